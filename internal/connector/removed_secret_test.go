package connector_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestSecretTakenOutOfTheConfiguration: it stays on the server, with a warning
// and without a PUT; a null in config removes it.
func TestSecretTakenOutOfTheConfiguration(t *testing.T) {
	t.Parallel()
	without := acctest.Orders.Without("database_password_wo", "database_password_wo_version")
	for name, configuration := range map[string]acctest.Block{
		"stored": without.With(acctest.Block{"database_password": acctest.OrdersSecret}), "write-only": acctest.Orders,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
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

// TestRefusedDestroyQuotesASecret that was write-only: the state and the
// configuration of a destroy don't have it.
func TestRefusedDestroyQuotesASecret(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	env.Fault(connecttest.Fault{Method: http.MethodDelete, Status: http.StatusBadRequest, Message: "refused: " + acctest.OrdersSecret})
	p, err := env.Connector.Plan(env.Ctx, nil)
	env.Must(err)
	err = env.Connector.Apply(env.Ctx, p)
	if err == nil || !strings.Contains(err.Error(), "refused: (sensitive)") || strings.Contains(err.Error(), acctest.OrdersSecret) {
		t.Errorf("the destroy ends with: %v", err)
	}
}
