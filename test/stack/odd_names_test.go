package stack_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// TestRealOddNames: a whole life under names with odd characters, through a
// real worker. Those that it can't address are refused in the plan.
func TestRealOddNames(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	provider := acctest.Block{"url": stack.Connect[1].URL(), "validation": acctest.Block{"database_connection": "skip"}}
	const resource = "debezium_jdbc_sink_connector"
	// A stopped sink needs no database.
	connector := func(name string) acctest.Block {
		return acctest.Connector(catalog.KindByName("jdbc_sink"), name, catalogtest.Minimal("jdbc_sink")).With(acctest.Block{"state": "stopped"})
	}
	for _, odd := range []string{"a b", "what?", "#1", "ü", "409", `it's "it"`, "a+b&c=d"} {
		t.Run(odd, func(t *testing.T) {
			name := odd + " " + unique("odd")
			realClient(t, stack, name)
			acctest.Life(t.Context(), t, acctest.NewTerraform(t, acctest.Real(), provider).Resource(resource),
				connector(name), connector(name).With(acctest.Block{"batch_size": 2000}), "connection_password")
		})
	}
	for _, odd := range []string{"a/b", "a%20b"} {
		t.Run(odd, func(t *testing.T) {
			diags := acctest.StartWalk(t, acctest.Real(), provider).PlanNew(t.Context(), resource, connector(odd+unique("odd")))
			if len(diags) != 1 || diags[0].Path != "name" || !diags.Mention("rejects a slash") {
				t.Errorf("want one error at name, got %v", diags)
			}
		})
	}
}
