package terraform_test

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
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// postgres is a connector on the in-memory worker.
func postgres(name string) acctest.Block {
	return acctest.Connector(catalog.KindByName("postgres"), name, catalogtest.Minimal("postgres"))
}

const address = "debezium_postgres_connector.c"

// hcl is a configuration with one connector.
func hcl(worker *connecttest.Server, connector acctest.Block) string {
	return acctest.Block{"url": worker.URL}.ProviderHCL() + connector.HCL("debezium_postgres_connector", "c")
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

// TestLife is the whole life of a connector: created, planned again, changed
// in place, replaced, imported, deleted by somebody else, created anew,
// destroyed. Every kind has the same one without Terraform, in
// internal/connector.
func TestLife(t *testing.T) {
	worker := connecttest.New(t)
	with := func(name, table string) string {
		return hcl(worker, postgres(name).With(acctest.Block{"table_include_list": []string{"public." + table}}))
	}
	acctest.Test(t, resource.TestCase{
		CheckDestroy: gone(worker),
		Steps: []resource.TestStep{
			{
				Config:           with("one", "orders"),
				ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("status"), knownvalue.StringExact("RUNNING")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("database_password")),
				},
			},
			{Config: with("one", "orders"), ConfigPlanChecks: acctest.NoChanges()},
			{Config: with("one", "customers"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionUpdate)},
			{Config: with("two", "customers"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionReplace)},
			{
				ResourceName: address, ImportState: true, ImportStateId: "two",
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
				ImportStateVerifyIgnore: []string{"database_password"},
			},
			{
				PreConfig:        func() { worker.Remove("two") },
				Config:           with("two", "customers"),
				ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionCreate),
			},
		},
	})
}

// TestOddName: Terraform takes a name with odd characters through, also as the
// id of an import.
func TestOddName(t *testing.T) {
	t.Parallel()
	worker := connecttest.New(t)
	const name = `it's "it" 100 ü a+b&c=d`
	acctest.Test(t, resource.TestCase{
		CheckDestroy: gone(worker),
		Steps: []resource.TestStep{
			{Config: hcl(worker, postgres(name)), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionCreate)},
			{
				ResourceName: address, ImportState: true, ImportStateId: name,
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
				ImportStateVerifyIgnore: []string{"database_password"},
			},
		},
	})
}

// TestErrorsOfTerraform: what Terraform itself refuses, what the validation
// refuses and what the plan refuses; nothing is created.
func TestErrorsOfTerraform(t *testing.T) {
	t.Parallel()
	worker := connecttest.New(t)
	for name, c := range map[string]struct {
		changes acctest.Block
		want    string
	}{
		"a number where a bool belongs": {acctest.Block{"tombstones_on_delete": 7}, `Inappropriate value for attribute "tombstones_on_delete"`},
		"a value that isn't allowed":    {acctest.Block{"snapshot_mode": "sometimes"}, `snapshot.mode`},
		"a name that can't be read":     {acctest.Block{"name": "a/b"}, `rejects a slash`},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, resource.TestCase{Steps: []resource.TestStep{
				{Config: hcl(worker, postgres("c").With(c.changes)), ExpectError: acctest.Saying(c.want)},
			}})
		})
	}
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("something was written: %v", writes)
	}
}
