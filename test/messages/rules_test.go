package messages_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
	"github.com/cdc/terraform-provider-debezium/internal/rules/rulestest"
)

// ruleSituations are one for each rule about a configuration: its first example,
// planned without a worker.
func ruleSituations() []situation {
	var all []situation
	for _, info := range rules.List() {
		i := slices.IndexFunc(rulestest.Examples, func(e rulestest.Example) bool { return e.Rule == info.Rule })
		if info.Scope != rules.OneConfiguration || i < 0 {
			continue // that each has an example is a test of package rules
		}
		e := rulestest.Examples[i]
		if e.Version == "" {
			e.Version = "3.5"
		}
		all = append(all, situation{
			"rule-" + info.Rule, fmt.Sprintf("A new %s with Debezium %s.\n%s", acctest.ResourceOf(catalog.KindByName(e.Kind)), e.Version, written(e.Bad)),
			func(t *testing.T) acctest.Diagnostics { return breakRule(t, e) },
		})
	}
	return all
}

// written are changes to a minimal configuration, as lines.
func written(changes catalogtest.Config) string {
	var lines []string
	for _, property := range slices.Sorted(maps.Keys(changes)) {
		line := fmt.Sprintf("  %s = %s", property, changes[property])
		if changes[property] == catalogtest.Unset {
			line = "  without " + property
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// breakRule plans what breaks a rule. What the provider derives for a resource
// of the kind may mend it: then debezium_connector is what is left.
func breakRule(t *testing.T, e rulestest.Example) acctest.Diagnostics {
	t.Helper()
	kind := catalog.KindByName(e.Kind)
	version, err := catalog.ParseVersion(e.Version)
	if err != nil {
		t.Fatal(err)
	}
	least := catalogtest.Minimal(e.Kind).With(catalogtest.Config{"connector.plugin.version": catalogtest.Unset})
	if version.Major < 2 {
		least = catalogtest.MinimalIn(kind, version).With(catalogtest.Config{"connector.plugin.version": catalogtest.Unset})
	}
	if least["database.hostname"] != "" {
		least["database.hostname"] = "db"
	}
	provider := acctest.Block{"url": "http://127.0.0.1:1", "validation": acctest.Block{"mode": "offline", "debezium_version": e.Version}}
	typed, generic := least.With(e.Bad), catalogtest.WithDefaults(kind, version, "orders", least).With(e.Bad)
	for _, try := range []struct {
		resource string
		block    acctest.Block
	}{
		{acctest.ResourceOf(kind), acctest.Connector(kind, "orders", typed)},
		{acctest.ResourceOf(nil), acctest.AnyConnector(kind, "orders", generic)},
	} {
		diagnostics := acctest.StartWalk(t, acctest.InMemory(), provider).PlanNew(t.Context(), try.resource, try.block)
		for _, f := range rules.Check(rules.Input{Kind: kind, Version: version, Config: generic}) {
			if f.Rule != e.Rule {
				continue
			}
			// What other rules say of the example is in files of its own.
			if i := slices.IndexFunc(diagnostics, func(d acctest.Diagnostic) bool { return d.Summary == f.Summary }); i >= 0 {
				return diagnostics[i : i+1]
			}
		}
	}
	t.Fatalf("no plan says what breaks %s", e.Rule)
	return nil
}

// offsetSituations are about initial_offsets, one for each rule.
var offsetSituations = []situation{
	offsets("rule-offsets-form", "postgres", nil, `{"offsets": [{"offset": {"lsn": 1}}]}`),
	offsets("rule-offsets-partition", "postgres", nil, `{"offsets": [{"partition": {"server": "other"}, "offset": {"lsn": 1}}]}`),
	offsets("rule-offsets-lsn", "postgres", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": "0/1963B08"}}]}`),
	offsets("rule-offsets-slot", "postgres", catalogtest.Config{"slot.name": "s1"}, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"lsn": 1}}]}`),
	offsets("rule-offsets-history", "mysql", nil, `{"offsets": [{"partition": {"server": "shop"}, "offset": {"gtids": "x"}}]}`),
}

func offsets(file, kindName string, changes catalogtest.Config, text string) situation {
	kind := catalog.KindByName(kindName)
	title := fmt.Sprintf("A new %s with the topic prefix shop.\n  initial_offsets = %s", acctest.ResourceOf(kind), text)
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		provider := acctest.Block{"url": "http://127.0.0.1:1", "validation": acctest.Block{"mode": "offline", "debezium_version": "3.5"}}
		block := acctest.Connector(kind, "orders", catalogtest.Minimal(kindName).With(changes)).With(acctest.Block{"initial_offsets": text})
		return acctest.StartWalk(t, acctest.InMemory(), provider).PlanNew(t.Context(), acctest.ResourceOf(kind), block)
	}}
}
