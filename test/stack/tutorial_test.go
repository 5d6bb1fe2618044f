package stack_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// tutorials are the configurations of Debezium's tutorial, as most people
// first meet them.
var tutorials = map[string]properties{
	"mysql": {
		"tasks.max": "1", "database.hostname": "mysql", "database.port": "3306", "database.user": "debezium",
		"database.password": "dbz", "database.server.id": "184054", "topic.prefix": "dbserver1",
		"database.include.list":                           "inventory",
		"schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
		"schema.history.internal.kafka.topic":             "schema-changes.inventory",
	},
	"postgres": {
		"tasks.max": "1", "database.hostname": "postgres", "database.port": "5432", "database.user": "postgres",
		"database.password": "postgres", "database.dbname": "postgres", "topic.prefix": "dbserver1",
		"schema.include.list": "inventory",
	},
}

// TestRealTutorial: the tutorial's connectors are planned without a diagnostic,
// in every version, and as connectors of any class too.
func TestRealTutorial(t *testing.T) {
	stack := acctest.Stack(t)
	for _, on := range onStack(t, realClient(t, stack)) {
		config, is := tutorials[on.kind.Name]
		if !is || on.version.Major < 2 {
			continue
		}
		t.Run(on.kind.Name+" "+on.version.String(), func(t *testing.T) {
			config := config.With(properties{keyVersion: on.version.String()})
			walk := acctest.StartWalk(t, acctest.Real(), withoutDatabases(stack))
			for _, s := range walk.PlanNew(t.Context(), on.resource(), acctest.Connector(on.kind, unique("tutorial"), config)) {
				t.Error(s)
			}
			all := walk.PlanNew(t.Context(), "debezium_connector", acctest.Block{
				"name": unique("tutorial"), "connector_class": on.kind.Class, "config": map[string]string(config),
			})
			if len(all) > 0 {
				t.Errorf("unexpected diagnostics: %v", all)
			}
		})
	}
}
