package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestRunningProblemIsImported: what is an error for a new connector doesn't
// keep one that runs that way from being imported.
func TestRunningProblemIsImported(t *testing.T) {
	for _, c := range []struct {
		kind, resource, property, value string
		warns                           bool
	}{
		{"mysql", "debezium_mysql_connector", "tasks.max", "2", true},
		{"mysql", anyConnector, "tasks.max", "2", true},
		{"postgres", anyConnector, "connector.class", "PostgresConnector", false},
	} {
		t.Run(c.resource+" "+c.property, func(t *testing.T) {
			kind := catalog.KindByName(c.kind)
			worker := connecttest.New(t)
			config := catalogtest.WithDefaults(kind, kind.Newest(), "orders", catalogtest.Minimal(c.kind)).With(catalogtest.Config{"connector.class": kind.Class, c.property: c.value})
			tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
			walk, diags := tf.Walk(t.Context())
			if diags.HasError() {
				t.Fatal(diags)
			}
			if created := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": worker.URL}).PlanNew(t.Context(), anyConnector, acctest.AnyConnector(kind, "new", config)); !created.HasError() || !created.Mention(c.property) {
				t.Errorf("a new one gives %v", created)
			}
			worker.AddConnector("orders", kafkaconnect.Config(config), kafkaconnect.StateRunning)
			p, diags := walk.PlanImport(t.Context(), tf.Resource(c.resource), "orders", nil)
			if diags.HasError() || !p.Empty() || diags.Warnings().Mention(c.property) != c.warns {
				t.Errorf("the import plans %s with %v", p, diags)
			}
		})
	}
}
