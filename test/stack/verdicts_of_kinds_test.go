package stack_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// installed is a kind in a version that the stack has.
type installed struct {
	kind    *catalog.Kind
	version catalog.Version
}

// onStack is every kind in every version that the stack's workers have.
func onStack(t *testing.T, client *kafkaconnect.Client) []installed {
	t.Helper()
	plugins, err := client.Plugins(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []installed
	for _, kind := range catalog.Kinds() {
		had := len(all)
		for _, p := range plugins {
			if v, err := catalog.ParseVersion(p.Version); err == nil && p.Class == kind.Class {
				all = append(all, installed{kind, v})
			}
		}
		if len(all) == had {
			t.Errorf("the stack has no plugin of %s", kind.Name)
		}
	}
	return all
}

func (i installed) resource() string { return acctest.ResourceOf(i.kind) }

// withoutDatabases configures the provider for the stack so that no plan
// connects to a database.
func withoutDatabases(stack *stackfile.Stack) acctest.Block {
	return acctest.Block{"url": stack.Connect[0].URL(), "validation": acctest.Block{"database_connection": "skip", "collisions": "off"}}
}

// TestRealMinimalConfigurations: what is right has no finding, by
// any kind's rules in any version, nor by the worker. They are planned at
// once, so that the worker's requests overlap.
func TestRealMinimalConfigurations(t *testing.T) {
	stack := acctest.Stack(t)
	client := realClient(t, stack)
	for _, on := range onStack(t, client) {
		t.Run(on.kind.Name+" "+on.version.String(), func(t *testing.T) {
			t.Parallel()
			walk := acctest.StartWalk(t, acctest.Real(), withoutDatabases(stack))
			for _, s := range walk.PlanNew(t.Context(), on.resource(), acctest.Connector(on.kind, "minimal", catalogtest.MinimalIn(on.kind, on.version))) {
				t.Error(s)
			}
		})
	}
}

// TestRealMistakes: each mistake is an error where it is written, and the
// worker agrees, or is known to see nothing wrong.
func TestRealMistakes(t *testing.T) {
	stack := acctest.Stack(t)
	client := realClient(t, stack)
	for _, on := range onStack(t, client) {
		if on.version.Major < 2 {
			continue // other names; the differential test covers these versions
		}
		t.Run(on.kind.Name+" "+on.version.String(), func(t *testing.T) {
			t.Parallel()
			walk := acctest.StartWalk(t, acctest.Real(), withoutDatabases(stack))
			made := 0
			for _, m := range mistakesOf(on.kind) {
				if m.exists(on) {
					made++
					checkMistake(t, walk, client, on, m)
				}
			}
			if made < 10 {
				t.Errorf("only %d mistakes were made", made)
			}
		})
	}
}

// exists reports whether a version has the properties that a mistake sets.
func (m mistake) exists(on installed) bool {
	if until, ends := before[m.what]; on.version.Less(since[m.what]) || ends && !on.version.Less(until) {
		return false
	}
	for property, text := range m.changes {
		d := on.kind.Definition(property, on.version)
		if text != unset && d == nil && m.unseen != ignoredKey && !on.kind.Passthrough(property) && !connects(property) {
			return false
		}
		if property == "snapshot.mode" && text == "custom" && !slices.Contains(d.Values, text) {
			return false
		}
	}
	return true
}

// connects are the properties of Kafka Connect's own that mistakes set and the
// catalog doesn't list.
func connects(property string) bool {
	return slices.Contains([]string{"topics", "topics.regex", "tasks.max", "transforms", "errors.tolerance"}, property)
}

func checkMistake(t *testing.T, walk *acctest.Walk, client *kafkaconnect.Client, on installed, m mistake) {
	t.Helper()
	config := catalogtest.MinimalIn(on.kind, on.version).With(m.changes)
	at := acctest.PathOf(on.kind, cmp.Or(foundAt[m.what], m.at), config)
	name := unique("mistake")
	all := walk.PlanNew(t.Context(), on.resource(), acctest.Connector(on.kind, name, config))
	if !slices.ContainsFunc(all, func(s acctest.Diagnostic) bool { return s.IsError() && s.Path == at }) {
		t.Errorf("%s: no error at %s, but: %v", m.what, at, all)
	}
	for _, s := range all {
		if !strings.HasPrefix(s.Detail, fmt.Sprintf("Connector %q: ", name)) {
			t.Errorf("%s: the detail doesn't begin with the connector: %s", m.what, s)
		}
		if s.IsError() && s.Path != at {
			t.Errorf("%s: an error elsewhere than at %s: %s", m.what, at, s)
		}
	}
	refused, err := refusedProperties(t, client, on, config)
	switch {
	case cluster.IsConnectionFailure(err): // it looks at nothing without a database
	case cluster.IsPluginException(err): // it sees that something is wrong
	case err != nil:
		t.Error(err)
	case slices.Contains(refused, m.at) == (m.unseen != ""):
		t.Errorf("%s: the worker refuses %v, this test says of it: %q", m.what, refused, m.unseen)
	}
}

// refusedProperties are those that the worker itself has errors on.
func refusedProperties(t *testing.T, client *kafkaconnect.Client, on installed, config properties) ([]string, error) {
	t.Helper()
	verdicts, err := verdictsOn(t, client, on, config)
	var refused []string
	for property, errors := range verdicts {
		if errors > 0 {
			refused = append(refused, property)
		}
	}
	return refused, err
}

// timeoutProperty bounds the connection test, from 3.2 on.
const timeoutProperty = "connection.validation.timeout.ms"

// verdictsOn counts the errors that the worker itself has on each property that
// it looks at. It is asked about what the provider would send, but so that it
// connects to no database; what is set for that isn't among the answers.
func verdictsOn(t *testing.T, client *kafkaconnect.Client, on installed, config properties) (map[string]int, error) {
	t.Helper()
	whole := kafkaconnect.Config(catalogtest.WithDefaults(on.kind, on.version, "mistake", config))
	whole["name"], whole["connector.class"] = "mistake", on.kind.Class
	var own string
	switch {
	case on.kind.Definition(timeoutProperty, on.version) != nil:
		own, whole[timeoutProperty] = timeoutProperty, "0"
	case on.kind.Name == "mongodb_sink":
		own, whole["mongodb.connection.string"] = "mongodb.connection.string", ""
	case on.version.Major < 2 && config["database.server.name"] == "shop":
		own, whole["database.server.name"] = "database.server.name", ""
	case config["topic.prefix"] == "shop":
		own, whole["topic.prefix"] = "topic.prefix", ""
	}
	answer, err := client.Validate(t.Context(), on.kind.Class, whole)
	if err != nil {
		return nil, err
	}
	verdicts := map[string]int{}
	for _, c := range answer.Configs {
		if c.Value != nil && c.Value.Name != own {
			verdicts[c.Value.Name] = 0
		}
	}
	for _, r := range cluster.New(client, cluster.Options{}).Refusals(answer, whole) {
		if r.Property != own && !r.Connection {
			verdicts[r.Property]++
		}
	}
	return verdicts, nil
}
