package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestLife is the whole life of a connector of each kind: created, changed in
// place, replaced, imported, deleted by somebody else, created anew, destroyed.
// That Terraform itself goes along is tested with one kind, by test/terraform.
func TestLife(t *testing.T) {
	t.Parallel()
	for _, kind := range catalog.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			worker := connecttest.New(t)
			connector := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL}).Resource(acctest.ResourceOf(kind))
			first := acctest.Connector(kind, "one", catalogtest.Minimal(kind.Name))
			changed := first.With(acctest.Block{"key_converter": "org.apache.kafka.connect.json.JsonConverter"})
			if kind.AttributeOf("table.include.list") != nil {
				changed = first.With(acctest.Block{"table_include_list": []string{"inventory.orders"}})
			}
			replaced := changed.With(acctest.Block{"name": "two"})

			connector.WantPlan(t.Context(), "create", first)
			if status := connector.Text("status"); status != "RUNNING" {
				t.Errorf("the status is %s", status)
			}
			connector.WantPlan(t.Context(), "update", changed)
			connector.WantPlan(t.Context(), "replace", replaced)
			connector.WantImport(t.Context(), "two", secretsOf(kind)...)
			worker.Remove("two")
			connector.WantPlan(t.Context(), "create", replaced)
			connector.WantPlan(t.Context(), "delete", nil)
			for _, name := range []string{"one", "two"} {
				if _, left := worker.Config(name); left {
					t.Errorf("%s is still on the cluster", name)
				}
			}
		})
	}
}

// secretsOf are the attributes that an import leaves out.
func secretsOf(kind *catalog.Kind) []string {
	var names []string
	for _, a := range kind.Attributes() {
		if a.Secret {
			names = append(names, a.Name)
		}
	}
	return names
}
