package faults_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestMaskedSecretOfAnImport: a worker that masks secrets gives them to no one,
// so that an update of an imported connector needs the value anew.
func TestMaskedSecretOfAnImport(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(orders)
	env.Connector.Forget()
	env.MaskSecrets(true)
	env.ResetCounts()

	imported := orders.Without("database_password_wo", "database_password_wo_version")
	env.Must(env.Connector.Import(env.Ctx, "orders"))
	env.WantNoChanges(imported)
	env.WantWrites()

	changed := imported.With(acctest.Block{"max_batch_size": 512})
	acctest.WantError(t, env.Connector.Run(env.Ctx, changed), "masks database.password", "Nothing was sent")
	env.WantWrites()
	env.WantUnmasked(secret)

	env.Must(env.Connector.Run(env.Ctx, changed.With(acctest.Block{"database_password_wo": secret, "database_password_wo_version": 1})))
	env.WantWrites(put)
	env.WantUnmasked(secret)
	if config, _ := env.Config("orders"); config["max.batch.size"] != "512" {
		t.Errorf("max.batch.size is %q", config["max.batch.size"])
	}
}

// TestMaskedSecretsThatAreConfigured: where the configuration has the value, an
// update sends it in place of the mask, whether it is stored or not, and
// whether its version is new or not.
func TestMaskedSecretsThatAreConfigured(t *testing.T) {
	stored := orders.Without("database_password_wo", "database_password_wo_version").With(acctest.Block{"database_password": secret})
	for name, configuration := range map[string]acctest.Block{"stored": stored, "write-only": orders} {
		t.Run(name, func(t *testing.T) {
			env := acctest.NewEnv(t)
			env.SetUp(configuration)
			env.MaskSecrets(true)
			env.WantNoChanges(configuration)
			env.WantWrites()

			changed := configuration.With(acctest.Block{"max_batch_size": 512})
			env.Must(env.Connector.Run(env.Ctx, changed))
			env.WantNoChanges(changed)
			env.WantWrites(put)
			env.WantUnmasked(secret)
		})
	}
}

// TestMaskIsNoPassword: a mask in the configuration is refused before anything
// is sent.
func TestMaskIsNoPassword(t *testing.T) {
	env := acctest.NewEnv(t)
	masked := orders.Without("database_password_wo", "database_password_wo_version").With(acctest.Block{"database_password": connecttest.Mask})
	acctest.WantError(t, env.Connector.Run(env.Ctx, masked), "holds a mask")
	env.WantWrites()
}

// TestMaskedSecretIsNeeded: an update whose secret nobody knows is refused
// before anything is sent, and goes on once the configuration has the value.
func TestMaskedSecretIsNeeded(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.SetUp(orders)
	env.Connector.Forget()
	env.MaskSecrets(true)
	env.Must(env.Connector.Import(env.Ctx, "orders"))
	env.WantNoChanges(unspoken)
	changed := moreTables.Without("database_password_wo", "database_password_wo_version")
	acctest.WantError(t, env.Connector.Run(env.Ctx, changed), "The value of a secret is missing", "database.password")
	env.WantWrites()
	env.Must(env.Connector.Converge(env.Ctx, moreTables, 1))
	env.WantWrites(put)
	if config, _ := env.Config("orders"); config["database.password"] != secret || config["table.include.list"] != "public.lines,public.orders" {
		t.Errorf("the cluster has %v", config)
	}
}
