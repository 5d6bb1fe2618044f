package adopt_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestImportWithRestartTriggers: the apply that imports a connector restarts
// nothing; a change of the triggers after it does.
func TestImportWithRestartTriggers(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	env.ResetCounts()
	tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL})
	w, diags := tf.Walk(env.Ctx)
	env.Must(diags.Err())
	r := tf.Resource(env.Connector.Type)
	block := acctest.Orders.With(acctest.Block{"restart_triggers": map[string]string{"certificates": "1"}})
	p, diags := w.PlanImport(env.Ctx, r, "orders", block)
	env.Must(diags.Err())
	env.Must(r.Apply(env.Ctx, p))
	env.WantWrites()
	env.Must(r.Converge(env.Ctx, block, 0))

	env.Must(r.Run(env.Ctx, block.With(acctest.Block{"restart_triggers": map[string]string{"certificates": "2"}})))
	env.WantWrites("POST /connectors/orders/restart")
}
