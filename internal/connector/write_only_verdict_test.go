package connector_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// TestUnchangedWriteOnlyVersion: while its version stays the same, another
// value, a null one and an absent one have no part in the plan's verdict, nor in
// what is sent: the worker is asked about the password that it has.
func TestUnchangedWriteOnlyVersion(t *testing.T) {
	const absent = "(absent)"
	for _, validation := range []acctest.Block{{"mode": "offline"}, {"mode": "online"}, {"database_connection": "error"}} {
		for _, value := range []string{"placeholder", "", absent} {
			env := acctest.NewEnv(t)
			env.Manage("debezium_postgres_connector", acctest.Block{"url": env.Hooks.URL, "validation": validation})
			env.ConnectionError(func(config kafkaconnect.Config) string {
				if config["database.password"] == acctest.OrdersSecret {
					return ""
				}
				return `FATAL: password authentication failed for user "debezium"`
			})
			orders := acctest.Orders.With(acctest.Block{"wait_for_state": false})
			env.SetUp(orders)

			changed := orders.With(acctest.Block{"max_batch_size": 512, "database_password_wo": value})
			if value == absent {
				delete(changed, "database_password_wo")
			} else if value == "" {
				changed["database_password_wo"] = nil
			}
			env.Must(env.Connector.Run(env.Ctx, changed))
			if all := env.Connector.Diagnostics; len(all) > 0 {
				t.Errorf("%v, %q: %v", validation, value, all)
			}
			env.WantWrites("PUT /connectors/orders/config")
			env.WantUnmasked(acctest.OrdersSecret)
			env.WantNoChanges(changed)
		}
	}
}

// TestNewWriteOnlyVersionWithoutAValue: it would send nothing, so it is an error
// where the value is missing.
func TestNewWriteOnlyVersionWithoutAValue(t *testing.T) {
	env := acctest.NewEnv(t)
	versionAlone := acctest.Orders.With(acctest.Block{"database_password_wo": nil})
	want := func() {
		t.Helper()
		if all := env.Connector.Diagnostics; len(all) != 1 || all[0].Path != "database_password_wo_version" || !strings.Contains(all[0].Detail, "is null") {
			t.Errorf("want one error at database_password_wo_version, got %v", all)
		}
		env.WantWrites()
	}
	if _, err := env.Connector.Plan(env.Ctx, versionAlone); err == nil {
		t.Error("a new connector is planned without its password")
	}
	want()
	env.SetUp(acctest.Orders)
	if _, err := env.Connector.Plan(env.Ctx, versionAlone.With(acctest.Block{"database_password_wo_version": 2})); err == nil {
		t.Error("a new version is planned without its value")
	}
	want()
}
