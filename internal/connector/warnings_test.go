package connector_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestWarnings: a warning names its property and its connector in its first
// line, which is all that Terraform shows of many, and comes once in a plan,
// the validation before it included.
func TestWarnings(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t)
	cases := []struct {
		kind, property string
		changes        properties
		missing        string // the property that the summary names, where it isn't the one that is written
	}{
		{"mysql", "my.own.setting", properties{"my.own.setting": "1"}, ""},
		{"mysql", "heartbeat.action.query", properties{"heartbeat.action.query": "SELECT 1"}, ""},
		{"mysql", "signal.enabled.channels", properties{"signal.enabled.channels": "source"}, "signal.data.collection"},
		{"mysql", "event.deserialization.failure.handling.mode", properties{"event.deserialization.failure.handling.mode": "warn"}, ""},
		{"mysql", "transforms.gone.type", properties{"transforms.gone.type": "x.Y"}, ""},
		{"mysql", "source.struct.version", properties{"source.struct.version": "v2"}, ""},
		{"postgres", "tasks.max", properties{"tasks.max": "3"}, ""},
		{"postgres", "signal.data.collection", properties{"signal.data.collection": "signals"}, ""},
		{"oracle", "log.mining.strategy", properties{"log.mining.strategy": "dictionary_from_file"}, "log.mining.path.dictionary"},
		{"mongodb", "capture.target", properties{"capture.target": "inventory"}, ""},
	}
	for _, c := range cases {
		t.Run(c.kind+" "+c.property, func(t *testing.T) {
			kind := catalog.KindByName(c.kind)
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": server.URL})
			config := catalogtest.Minimal(c.kind).With(c.changes)
			all := walk.PlanNew(t.Context(), acctest.ResourceOf(kind), acctest.Connector(kind, "warned", config))
			if len(all) != 1 || all[0].IsError() || all[0].Path != acctest.PathOf(kind, c.property, config) {
				t.Fatalf("want one warning at %s, got %v", c.property, all)
			}
			// Terraform folds warnings of the same summary.
			if s := all[0].Summary; !strings.Contains(s, cmp.Or(c.missing, c.property)) || strings.Contains(s, "warned") {
				t.Errorf("the summary doesn't name the property alone: %s", s)
			}
			if d := all[0].Detail; !strings.HasPrefix(d, `Connector "warned": `) {
				t.Errorf("the detail doesn't begin with the connector: %s", d)
			}
		})
	}
}

// BenchmarkRules plans 200 connectors with the rules and without, and reports
// how many times as long it takes with them.
func BenchmarkRules(b *testing.B) {
	const many = 200
	kind := catalog.KindByName("postgres")
	configs := make([]acctest.Block, many)
	for i := range configs {
		configs[i] = acctest.Connector(kind, fmt.Sprintf("c%d", i), catalogtest.Minimal("postgres").With(properties{
			"topic.prefix": fmt.Sprintf("c%d", i), "table.include.list": "public.orders,public.customers",
			"slot.stream.params": "messages=false", "transforms": "unwrap",
			"transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState",
		}))
	}
	server := connecttest.New(b)
	run := func(mode string) {
		walk := acctest.StartWalk(b, acctest.InMemory(), acctest.Block{"url": server.URL, "validation": acctest.Block{"mode": mode}})
		for _, config := range configs {
			if all := walk.PlanNew(b.Context(), typedPostgres, config); len(all) > 0 {
				b.Fatal(all)
			}
		}
	}
	spent := map[string]float64{}
	for b.Loop() {
		for _, mode := range []string{"off", "offline"} {
			before := b.Elapsed()
			run(mode)
			spent[mode] += (b.Elapsed() - before).Seconds()
		}
	}
	b.ReportMetric(spent["offline"]/spent["off"], "times")
}
