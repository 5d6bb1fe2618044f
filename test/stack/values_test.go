package stack_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// difference is where we and a worker part, and why we are right.
type difference struct {
	kinds    string // one, or empty for all
	property string
	why      string
}

func explained(differences []difference, kind, property string) bool {
	return slices.ContainsFunc(differences, func(d difference) bool {
		return (d.kinds == "" || d.kinds == kind) && d.property == property
	})
}

// otherValues are properties whose allowed values aren't what a worker
// recommends.
var otherValues = []difference{
	{"", "errors.tolerance", connectsOwn}, {"", "config.action.reload", connectsOwn},
	{"spanner", "topic.creation.default.partitions", "so it does with this one"},
	{"", "transaction.boundary", connectsOwn}, {"", "exactly.once.support", connectsOwn},
	{"mysql", "time.precision.mode", removedAdaptive}, {"mariadb", "time.precision.mode", removedAdaptive},
	{"jdbc_sink", "insert.mode", unlisted}, {"jdbc_sink", "primary.key.mode", unlisted}, {"jdbc_sink", "schema.evolution", unlisted},
}

const (
	connectsOwn     = "Kafka Connect checks its own properties without recommending values"
	removedAdaptive = "recommended, and refused by the same validation: see adaptive in the table of mistakes"
)

// TestRealAllowedValues: what we allow is what the worker recommends, for each
// property of each kind in each version.
func TestRealAllowedValues(t *testing.T) {
	stack := acctest.Stack(t)
	client := realClient(t, stack)
	for _, on := range onStack(t, client) {
		t.Run(on.kind.Name+" "+on.version.String(), func(t *testing.T) {
			verdict, err := client.Validate(t.Context(), on.kind.Class, kafkaconnect.Config{
				"name": "values", "connector.class": on.kind.Class, "connector.plugin.version": on.version.String(),
				"database.connection.adapter": "LogMiner", // tells Oracle's values that depend on it
			})
			if cluster.IsConnectionFailure(err) {
				t.Skip("this plugin answers no validation without a database")
			}
			if err != nil {
				t.Fatal(err)
			}
			compared := 0
			for _, c := range verdict.Configs {
				if c.Value == nil {
					continue
				}
				d := on.kind.Definition(c.Value.Name, on.version)
				if d == nil || d.Type != catalog.String || strings.HasSuffix(d.Name, ".plugin.version") {
					continue
				}
				theirs := slices.Compact(slices.Sorted(slices.Values(c.Value.RecommendedValues)))
				if len(theirs) > 0 {
					compared++
				}
				if !slices.Equal(d.Values, theirs) && !explained(otherValues, on.kind.Name, d.Name) {
					t.Errorf("%s: we allow %v, the worker recommends %v", d.Name, d.Values, theirs)
				}
			}
			if compared == 0 && !on.kind.Sink && on.kind.Name != "spanner" { // they recommend none
				t.Error("the worker recommends no values at all")
			}
		})
	}
}

// otherVerdicts are properties on whose odd values we and a worker part.
var otherVerdicts = []difference{
	{"", "database.port", "Debezium checks no bounds; no database listens beyond TCP's"},
	{"", "database.server.id", "Debezium checks no upper end; the protocol has 32 bits"},
	{"spanner", "tasks.max", "Spanner's own definition takes the place of Kafka Connect's in the verdict"},
	{"spanner", "topic.creation.default.partitions", "so it does with this one"},
	{"", "transaction.boundary.interval.ms", leftToWorker}, {"postgres", "slot.retry.delay.ms", leftToWorker},
	{"spanner", "heartbeat.interval.ms", leftToWorker},
	{"oracle", "openlogreplicator.port", "judged by the worker only where its adapter is chosen"},
	{"jdbc_sink", "insert.mode", unlisted}, {"jdbc_sink", "primary.key.mode", unlisted}, {"jdbc_sink", "schema.evolution", unlisted},
}

// leftToWorker: an edge that hardly anyone meets; an online plan has it from
// the worker. So are the bounds of all properties that Debezium calls internal.
const leftToWorker = "refused by the worker alone"

// unlisted: the sink's own fields reach ConfigDef without their values.
const unlisted = "not validated: the task fails at its start"

// TestRealVerdicts sets every property that has a type or a set of values to
// texts that are no value of it, and to numbers at the edge; our rules must
// refuse the same properties as the worker.
func TestRealVerdicts(t *testing.T) {
	stack := acctest.Stack(t)
	client := realClient(t, stack)
	for _, on := range onStack(t, client) {
		for _, odd := range []string{"~", "-1", "0", "", " 1 ", "1.5", "99999999999", "TRUE"} {
			t.Run(fmt.Sprintf("%s %s %q", on.kind.Name, on.version, odd), func(t *testing.T) {
				t.Parallel()
				judgeAlike(t, client, on, odd)
			})
		}
	}
}

func judgeAlike(t *testing.T, client *kafkaconnect.Client, on installed, odd string) {
	set := properties{}
	for _, property := range on.kind.Properties() {
		d := on.kind.Definition(property, on.version)
		if d == nil || strings.HasSuffix(property, ".plugin.version") {
			continue
		}
		if property == "database.connection.adapter" {
			set[property] = "LogMiner" // Oracle judges what depends on it only where it is set
		} else if len(d.Values) > 0 || !slices.Contains([]catalog.Type{catalog.String, catalog.List, catalog.Class, catalog.Password}, d.Type) {
			set[property] = odd
		}
	}
	theirs := theirVerdict(t, client, on, set)
	ours := map[string]bool{}
	config := catalogtest.MinimalIn(on.kind, on.version)
	maps.Copy(config, set)
	for _, f := range rules.Check(rules.Input{Kind: on.kind, Version: on.version, Config: config}) {
		ours[f.Property] = ours[f.Property] || f.Severity == rules.Error
	}
	for _, property := range slices.Sorted(maps.Keys(set)) {
		refused, validated := theirs[property]
		if strings.HasPrefix(property, "internal.") && !ours[property] {
			continue
		}
		if validated && ours[property] != refused && !explained(otherVerdicts, on.kind.Name, property) {
			t.Errorf("%s = %q: we refuse it: %t, the worker: %t", property, odd, ours[property], refused)
		}
	}
}

// theirVerdict is whether the worker refuses each property that it looks at. It
// is asked about all at once, and one by one where the plugin throws.
func theirVerdict(t *testing.T, client *kafkaconnect.Client, on installed, set properties) map[string]bool {
	t.Helper()
	theirs := map[string]bool{}
	config := catalogtest.MinimalIn(on.kind, on.version)
	maps.Copy(config, set)
	verdicts, err := verdictsOn(t, client, on, config)
	switch {
	case cluster.IsConnectionFailure(err):
		t.Skip("this plugin answers no validation without a database")
	case cluster.IsPluginException(err) && len(set) == 1:
		return map[string]bool{slices.Collect(maps.Keys(set))[0]: true}
	case cluster.IsPluginException(err):
		for property, odd := range set {
			if refused, validated := theirVerdict(t, client, on, properties{property: odd})[property]; validated {
				theirs[property] = refused
			}
		}
		return theirs
	case err != nil:
		t.Fatal(err)
	}
	for property, errors := range verdicts {
		theirs[property] = errors > 0
	}
	return theirs
}
