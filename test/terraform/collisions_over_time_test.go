package terraform_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestCollisionsOverTime: with the terraform binary, where resources have a
// past. A replacement that keeps its slot, a move and a rename collide with
// nothing; nor does a pair that is left as it is; the second of a new pair does.
func TestCollisionsOverTime(t *testing.T) {
	for _, parallelism := range []string{"1", "10"} {
		t.Run("parallelism "+parallelism, func(t *testing.T) {
			t.Setenv("TF_CLI_ARGS_plan", "-parallelism="+parallelism)
			server := connecttest.New(t)
			config := func(collisions, resources string) string {
				return acctest.Block{"url": server.URL, "validation": acctest.Block{"collisions": collisions}}.ProviderHCL() + resources
			}
			one := func(label, name, slot string) string {
				return postgres(name).With(acctest.Block{"slot_name": slot, "topic_prefix": name}).HCL("debezium_postgres_connector", label)
			}
			each := func(names string) string {
				key := acctest.Expression("each.key")
				return postgres("").With(acctest.Block{
					"for_each": acctest.Expression("toset(" + names + ")"), "name": key, "slot_name": "slot", "topic_prefix": key,
				}).HCL("debezium_postgres_connector", "all")
			}
			const movedA = "moved {\n  from = debezium_postgres_connector.a\n  to = debezium_postgres_connector.all[\"b\"]\n}\n"
			acctest.Test(t, resource.TestCase{
				CheckDestroy: gone(server),
				Steps: []resource.TestStep{
					{Config: config("on", one("a", "a", "slot"))},
					{
						Config:           config("on", one("a", "a2", "slot")),
						ConfigPlanChecks: acctest.Applies("debezium_postgres_connector.a", plancheck.ResourceActionReplace),
					},
					{
						Config:           config("on", movedA+each(`["b"]`)),
						ConfigPlanChecks: acctest.Applies(`debezium_postgres_connector.all["b"]`, plancheck.ResourceActionReplace),
					},
					{Config: config("on", each(`["b", "c"]`)), ExpectError: acctest.Saying(`slot.name "slot" is used by connector`)},
					{Config: config("off", each(`["b", "c"]`))},
					{Config: config("on", each(`["b", "c"]`)), ConfigPlanChecks: acctest.NoChanges()},
					{Config: config("on", each(`["c"]`))},
					{Config: config("on", "")}, // the testing framework can't end a test with for_each
				},
			})
		})
	}
}
