package connector_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestSecretTakenOutOfTheConfiguration: it stays on the server, with a warning
// and without a PUT; a null in config removes it.
func TestSecretTakenOutOfTheConfiguration(t *testing.T) {
	without := without(orders, "database_password_wo", "database_password_wo_version")
	for name, configuration := range map[string]acctest.Block{
		"stored": without.With(acctest.Block{"database_password": secret}), "write-only": orders,
	} {
		t.Run(name, func(t *testing.T) {
			b := newRig(t)
			b.given(configuration)
			b.must(b.driver.Run(b.ctx, without))
			if text := strings.Join(b.driver.Warnings, "\n"); !strings.Contains(text, "database.password stays on the server") {
				t.Errorf("the warnings are: %s", text)
			}
			b.wantWrites()
			b.wantUnmasked(secret)
			b.settled(without)

			removed := without.With(acctest.Block{"config": map[string]*string{"database.password": nil}})
			b.must(b.driver.Run(b.ctx, removed))
			if config, _ := b.Config("orders"); config["database.password"] != "" {
				t.Error("the password is still there")
			}
			b.settled(removed)
		})
	}
}
