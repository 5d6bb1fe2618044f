package connector_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// wantUnmasked wants the worker to have never got a mask, neither to store nor
// to validate, and to hold the secret.
func (b *rig) wantUnmasked(password string) {
	b.t.Helper()
	for _, r := range b.Requests() {
		if strings.Contains(string(r.Body), connecttest.Mask) {
			b.t.Errorf("%s %s carries a mask: %s", r.Method, r.Path, r.Body)
		}
	}
	if config, _ := b.Config("orders"); config["database.password"] != password {
		b.t.Errorf("the worker has the password %q, want %q", config["database.password"], password)
	}
}

// TestMaskedSecretOfAnImport: a worker that masks secrets gives them to no one,
// so that an update of an imported connector needs the value anew.
func TestMaskedSecretOfAnImport(t *testing.T) {
	b := newRig(t)
	b.given(orders)
	b.driver.Lose()
	b.MaskSecrets(true)
	b.fresh()

	imported := without(orders, "database_password_wo", "database_password_wo_version")
	b.must(b.driver.Import(b.ctx, "orders"))
	b.settled(imported)
	b.wantWrites()

	changed := imported.With(acctest.Block{"max_batch_size": 512})
	wantError(t, b.driver.Run(b.ctx, changed), "as a mask", "database.password", "Nothing was sent")
	b.wantWrites()
	b.wantUnmasked(secret)

	b.must(b.driver.Run(b.ctx, changed.With(acctest.Block{"database_password_wo": secret, "database_password_wo_version": 1})))
	b.wantWrites(put)
	b.wantUnmasked(secret)
	if config, _ := b.Config("orders"); config["max.batch.size"] != "512" {
		t.Errorf("max.batch.size is %q", config["max.batch.size"])
	}
}

// TestMaskedSecretsThatAreConfigured: where the configuration has the value, an
// update sends it in place of the mask, whether it is stored or not, and
// whether its version is new or not.
func TestMaskedSecretsThatAreConfigured(t *testing.T) {
	stored := without(orders, "database_password_wo", "database_password_wo_version").With(acctest.Block{"database_password": secret})
	for name, configuration := range map[string]acctest.Block{"stored": stored, "write-only": orders} {
		t.Run(name, func(t *testing.T) {
			b := newRig(t)
			b.given(configuration)
			b.MaskSecrets(true)
			b.settled(configuration)
			b.wantWrites()

			changed := configuration.With(acctest.Block{"max_batch_size": 512})
			b.must(b.driver.Run(b.ctx, changed))
			b.settled(changed)
			b.wantWrites(put)
			b.wantUnmasked(secret)
		})
	}
}

// TestMaskIsNoPassword: a mask in the configuration is refused before anything
// is sent.
func TestMaskIsNoPassword(t *testing.T) {
	b := newRig(t)
	masked := without(orders, "database_password_wo", "database_password_wo_version").With(acctest.Block{"database_password": connecttest.Mask})
	wantError(t, b.driver.Run(b.ctx, masked), "holds a mask")
	b.wantWrites()
}
