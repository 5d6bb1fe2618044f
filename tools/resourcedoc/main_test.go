package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestEveryAttributeHasOneItem, and no group names what no resource has.
func TestEveryAttributeHasOneItem(t *testing.T) {
	resources, err := resources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	had := map[string]bool{}
	for name, schema := range resources {
		text, err := attributes(kindOf(name), schema.Block)
		if err != nil {
			t.Errorf("%s: %s", name, err)
			continue
		}
		for _, a := range schema.Block.Attributes {
			had[a.Name] = true
			if n := strings.Count(text, "\n- <a id=\""+a.Name+"\"></a>"); n != 1 {
				t.Errorf("%s: %s has %d items", name, a.Name, n)
			}
		}
	}
	for _, g := range groups {
		for _, name := range g.names {
			if !had[name] {
				t.Errorf("the group %q names %s, which no resource has", g.title, name)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	tests := []struct{ kind, property, want string }{
		{"postgres", "table.include.list", "`table.include.list`"},
		{"postgres", "topic.prefix", "`topic.prefix` · from 2.0"},
		{"postgres", "database.port", "`database.port` · default `5432`"},
		{"postgres", "database.sslmode", "`database.sslmode` · default `prefer` (before 2.3: `disable`) · one of `allow` (from 2.3), `disable`, `prefer` (from 2.3), `require`, `verify-ca`, `verify-full`"},
		{"postgres", "publication.autocreate.mode", "`publication.autocreate.mode` · default `all_tables` · one of `all_tables`, `disabled`, `filtered`, `no_tables` (from 3.0)"},
		{"vitess", "topic.prefix", "`topic.prefix` · from 2.0"},
		{"sqlserver", "data.query.mode", "`data.query.mode` · default `direct` (before 3.4: `function`) · one of `direct`, `function` · from 2.6"},
	}
	for _, test := range tests {
		if got := facts(catalog.KindByName(test.kind), test.property); got != test.want {
			t.Errorf("%s, %s:\n%s\nwant\n%s", test.kind, test.property, got, test.want)
		}
	}
}

// TestRequired: what Debezium requires stands apart, unless it has a default.
func TestRequired(t *testing.T) {
	tests := map[string][]string{
		"postgres": {"database_hostname", "database_user", "database_dbname", "topic_prefix"},
		"mysql":    {"database_hostname", "database_user", "topic_prefix"},
		"mongodb":  {"mongodb_connection_string", "topic_prefix"},
	}
	for kind, want := range tests {
		arranged := arranged(catalog.KindByName(kind))
		i := slices.IndexFunc(arranged, func(g group) bool { return g.title == requiredTitle })
		if got := arranged[i].names; !slices.Equal(got, want) {
			t.Errorf("%s requires %v, want %v", kind, got, want)
		}
	}
}
