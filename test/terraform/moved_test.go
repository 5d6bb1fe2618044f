package terraform_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestMoved: a connector goes from the resource of any class to the typed one
// and back by moved blocks, without a change on the cluster.
func TestMoved(t *testing.T) {
	worker := connecttest.New(t)
	provider := fmt.Sprintf("provider \"debezium\" {\n  url = %q\n}\n", worker.URL)
	const generic = `
resource "debezium_connector" "orders" {
  name            = "orders"
  connector_class = "io.debezium.connector.postgresql.PostgresConnector"
  config = {
    "database.hostname"  = "db.internal"
    "database.user"      = "debezium"
    "database.dbname"    = "inventory"
    "topic.prefix"       = "shop"
    "table.include.list" = "public.b,public.a"
    "plugin.name"        = "pgoutput"
    "slot.name"          = "orders"
  }
}
`
	const typed = `
resource "debezium_postgres_connector" "orders" {
  name               = "orders"
  database_hostname  = "db.internal"
  database_user      = "debezium"
  database_dbname    = "inventory"
  topic_prefix       = "shop"
  table_include_list = ["public.a", "public.b"]
  plugin_name        = "pgoutput"
  slot_name          = "orders"
}
`
	moved := func(from, to string) string {
		return fmt.Sprintf("moved {\n  from = %s.orders\n  to   = %s.orders\n}\n", from, to)
	}
	unchanged := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	writes := 0
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.InMemory(),
		Steps: []resource.TestStep{
			{Config: provider + generic},
			{
				PreConfig: func() { writes = len(worker.Writes()) },
				Config:    provider + typed + moved("debezium_connector", "debezium_postgres_connector"), ConfigPlanChecks: unchanged,
			},
			{Config: provider + generic + moved("debezium_postgres_connector", "debezium_connector"), ConfigPlanChecks: unchanged},
			{
				PreConfig: func() {
					if now := len(worker.Writes()); now != writes {
						t.Errorf("the moves wrote %d times", now-writes)
					}
				},
				Config: provider + generic,
			},
		},
	})
}
