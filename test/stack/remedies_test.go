package stack_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
)

// TestRealRemedies: a connector that runs fails over what happens in its
// database, and the trace that it leaves has its remedy.
func TestRealRemedies(t *testing.T) {
	acctest.Stack(t)
	tests := []struct {
		name    string
		change  acctest.Block
		breakIt func(b *bench)
		remedy  string
	}{
		{
			name: "a row larger than the producer sends",
			breakIt: func(b *bench) {
				b.db.Exec(fmt.Sprintf("INSERT INTO %s.a VALUES (1, repeat('x', 2000000))", b.space))
			},
			remedy: "producer.override.max.request.size",
		},
		{
			name:   "the publication is dropped",
			change: acctest.Block{"errors_max_retries": 0}, // otherwise it is tried for ever
			breakIt: func(b *bench) {
				b.db.Exec("DROP PUBLICATION " + b.name)
				b.insert(1, "after the publication")
			},
			remedy: "Create the publication, drop the slot",
		},
		{
			name: "a transformation that can't take tombstones",
			change: acctest.Block{"config": map[string]string{
				"transforms": "key", "transforms.key.type": "org.apache.kafka.connect.transforms.ValueToKey", "transforms.key.fields": "op",
			}},
			breakIt: func(b *bench) {
				b.insert(1, "to be deleted")
				b.db.Exec(fmt.Sprintf("DELETE FROM %s.a", b.space))
			},
			remedy: "RecordIsTombstone",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, "postgres")
			b.WantPlan(t.Context(), "create", b.block(test.change))
			b.streams()
			test.breakIt(b)
			b.failed()
			status, err := b.client.Status(t.Context(), b.name)
			if err != nil {
				t.Fatal(err)
			}
			trace := status.Tasks[0].Trace
			if got := diagnosis.Explain(trace); !strings.Contains(got.Remedy, test.remedy) {
				t.Errorf("got the remedy %q for\n%s", got.Remedy, trace)
			}
		})
	}
}
