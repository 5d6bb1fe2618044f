package database_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestPlanChecksTheDatabase: with database_checks a plan tells at its attribute
// what the database isn't ready for, as the setting weighs it, and says nothing
// where it is ready.
func TestPlanChecksTheDatabase(t *testing.T) {
	stack := acctest.Stack(t)
	s := newPostgres(t, stack, stack.Postgres)
	postgres := catalog.KindByName("postgres")
	for _, c := range []struct {
		setting, property, value, path string
		error                          bool
	}{
		{"off", "table.include.list", "public.none", "", false},
		{"warning", "table.include.list", "public.t", "", false},
		{"warning", "table.include.list", "public.none", "table_include_list", false},
		{"warning", "publication.name", "none", "publication_name", false},
		{"error", "publication.name", "none", "publication_name", true},
	} {
		walk := acctest.StartWalk(t, acctest.Real(), acctest.Block{
			"url": stack.Connect[0].URL(), "validation": acctest.Block{"database_checks": c.setting},
		})
		config := maps.Clone(s.config)
		config["topic.prefix"], config[c.property] = s.name, c.value
		all := walk.PlanNew(t.Context(), "debezium_postgres_connector", acctest.Connector(postgres, s.name, config))
		if c.path == "" {
			if len(all) > 0 {
				t.Errorf("%s, %s: %v", c.setting, c.value, all)
			}
			continue
		}
		found := false
		for _, d := range all {
			found = found || d.Path == c.path && d.IsError() == c.error && strings.Contains(d.Summary+d.Detail, c.value)
			if strings.Contains(d.Detail, "s3cret-of") {
				t.Errorf("a password is shown: %v", d)
			}
		}
		if !found {
			t.Errorf("%s, %s: want a diagnostic at %s, error: %t, got %v", c.setting, c.value, c.path, c.error, all)
		}
	}
}
