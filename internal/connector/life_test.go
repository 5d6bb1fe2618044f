package connector_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// minimal configurations of each typed kind that the issue of a life needs:
// what the worker requires, and a list to change.
var kinds = []struct {
	kind, body, list string
}{
	{"mysql", `
  database_hostname = "db.internal"
  database_user     = "debezium"
  database_password = "s3cret-of-mysql"
  topic_prefix      = "shop"
  schema_history_internal_kafka_bootstrap_servers = "kafka:9092"`, "inventory.%s"},
	{"postgres", `
  database_hostname = "db.internal"
  database_user     = "debezium"
  database_password = "s3cret-of-postgres"
  database_dbname   = "inventory"
  topic_prefix      = "shop"`, "public.%s"},
	{"oracle", `
  database_hostname = "db.internal"
  database_user     = "c##dbzuser"
  database_password = "s3cret-of-oracle"
  database_dbname   = "ORCLCDB"
  topic_prefix      = "shop"
  schema_history_internal_kafka_bootstrap_servers = "kafka:9092"`, "C##DBZUSER.%s"},
}

func hcl(server *connecttest.Server, kind, name, body string) string {
	return fmt.Sprintf("provider \"debezium\" {\n  url = %q\n}\n\nresource \"debezium_%s_connector\" \"c\" {\n  name = %q\n%s\n}\n",
		server.URL, kind, name, body)
}

// gone checks that a destroy left nothing on the cluster.
func gone(server *connecttest.Server) func(*terraform.State) error {
	return func(*terraform.State) error {
		client, err := kafkaconnect.New(kafkaconnect.Options{URL: server.URL})
		if err != nil {
			return err
		}
		left, err := client.Connectors(context.Background())
		if len(left) > 0 {
			return fmt.Errorf("still on the cluster: %v", slices.Sorted(maps.Keys(left)))
		}
		return err
	}
}

// TestLife is the whole life of a connector of each typed kind: created,
// planned again, changed in place, replaced, imported, deleted by hand,
// created anew, destroyed.
func TestLife(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.kind, func(t *testing.T) {
			server := connecttest.New(t)
			address := "debezium_" + k.kind + "_connector.c"
			with := func(name, table string) string {
				return hcl(server, k.kind, name, k.body+fmt.Sprintf("\n  table_include_list = [%q]", fmt.Sprintf(k.list, table)))
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.InMemory(),
				CheckDestroy:             gone(server),
				Steps: []resource.TestStep{
					{
						Config:           with("one", "orders"),
						ConfigPlanChecks: applies(address, plancheck.ResourceActionCreate),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue(address, tfjsonpath.New("status"), knownvalue.StringExact("RUNNING")),
							statecheck.ExpectSensitiveValue(address, tfjsonpath.New("database_password")),
						},
					},
					{Config: with("one", "orders"), ConfigPlanChecks: nothing()},
					{Config: with("one", "customers"), ConfigPlanChecks: applies(address, plancheck.ResourceActionUpdate)},
					{Config: with("two", "customers"), ConfigPlanChecks: applies(address, plancheck.ResourceActionReplace)},
					{
						ResourceName: address, ImportState: true, ImportStateId: "two",
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
						ImportStateVerifyIgnore: []string{"database_password"},
					},
					{
						PreConfig:        func() { server.Remove("two") },
						Config:           with("two", "customers"),
						ConfigPlanChecks: applies(address, plancheck.ResourceActionCreate),
					},
				},
			})
		})
	}
}

func applies(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

func nothing() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}
