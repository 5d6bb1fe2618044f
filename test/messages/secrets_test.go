package messages_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// secretSituations are about secrets, and what keeps them out of the state.
var secretSituations = []situation{
	planned("secret-no-value", "A write-only password is null, and its version is new.", orders(acctest.Block{"database_password_wo": nil})),
	planned("secret-twice", "A password stands in both of its attributes.", orders(acctest.Block{"database_password": "x"})),
	planned("secret-no-version", "A write-only password has no version.", orders(acctest.Block{"database_password_wo_version": nil})),
	{"secret-kept", "A password was in the configuration, and no longer is.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		_, err := env.Connector.Plan(env.Ctx, acctest.Orders.Without("database_password_wo", "database_password_wo_version"))
		env.Must(err)
		return env.Connector.Diagnostics
	}},
	{"secret-left", "A connector gets another name, and only the server has its password.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		block := acctest.Orders.Without("database_password_wo", "database_password_wo_version")
		env.SetUp(acctest.Orders)
		env.Must(env.Connector.Run(env.Ctx, block))
		_, err := env.Connector.Plan(env.Ctx, block.With(acctest.Block{"name": "orders_v2"}))
		env.Must(err)
		return env.Connector.Diagnostics
	}},
	{"secret-lost", "config_wo_version is taken out, and with it what config_wo set.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders.With(acctest.Block{"config_wo": map[string]string{"driver.trustStorePassword": "secret"}, "config_wo_version": 1}))
		_, err := env.Connector.Plan(env.Ctx, acctest.Orders)
		env.Must(err)
		return env.Connector.Diagnostics
	}},
	{"secret-masked", "An update of a connector whose secrets the worker masks.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.MaskSecrets(true)
		_, _ = env.Connector.Plan(env.Ctx, orders(acctest.Block{"max_batch_size": 1024}).Without("database_password_wo", "database_password_wo_version"))
		return env.Connector.Diagnostics
	}},
}
