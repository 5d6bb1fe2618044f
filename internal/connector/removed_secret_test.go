package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestSecretTakenOutOfTheConfiguration: it stays on the server, with a warning
// and without a PUT; a null in config removes it.
func TestSecretTakenOutOfTheConfiguration(t *testing.T) {
	without := acctest.Orders.Without("database_password_wo", "database_password_wo_version")
	for name, configuration := range map[string]acctest.Block{
		"stored": without.With(acctest.Block{"database_password": acctest.OrdersSecret}), "write-only": acctest.Orders,
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.NewEnv(t)
			env.SetUp(configuration)
			env.Must(env.Connector.Run(env.Ctx, without))
			if warnings := env.Connector.Diagnostics.Warnings(); !warnings.Mention("database.password stays on the server") {
				t.Errorf("the warnings are: %s", warnings)
			}
			env.WantWrites()
			env.WantUnmasked(acctest.OrdersSecret)
			env.WantNoChanges(without)

			removed := without.With(acctest.Block{"config": map[string]*string{"database.password": nil}})
			env.Must(env.Connector.Run(env.Ctx, removed))
			if config, _ := env.Config("orders"); config["database.password"] != "" {
				t.Error("the password is still there")
			}
			env.WantNoChanges(removed)
		})
	}
}
