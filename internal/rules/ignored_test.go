package rules_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// TestIgnoredValuesPreventNothing: a value that is wrong in a property that the
// kind, or this side of Kafka Connect, doesn't read is no error.
func TestIgnoredValuesPreventNothing(t *testing.T) {
	for property, c := range map[string]struct{ kind, value string }{
		"database.history.kafka.topic":                    {"postgres", "no topic!"},
		"database.server.name":                            {"mongodb", "two words"},
		"gtid.source.excludes":                            {"mongodb", "[1"},
		"errors.deadletterqueue.topic.replication.factor": {"postgres", "three"},
		"topic.creation.groups":                           {"jdbc_sink", "a"},
	} {
		in := rules.Input{
			Kind:    catalog.KindByName(c.kind),
			Config:  catalogtest.Minimal(c.kind).With(catalogtest.Config{property: c.value}),
			Unknown: map[string]bool{"slot.name": true, "plugin.name": true, "publication.name": true},
		}
		for _, f := range append(rules.Check(in), rules.CheckEvery(in)...) {
			if f.Severity == rules.Error && f.Property == property {
				t.Errorf("%s on %s: %s", property, c.kind, f.Summary)
			}
		}
	}
}
