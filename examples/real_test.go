package examples_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// withoutDatabases is a provider block for the stack: the databases of the
// examples don't exist.
const withoutDatabases = `
provider "debezium" {
  validation = { database_connection = "skip" }
}
`

// TestExamplesArePlannedByRealPlugins plans each resource's example with the
// worker and the plugins of the stack, and expects neither an error nor a
// warning.
func TestExamplesArePlannedByRealPlugins(t *testing.T) {
	stack := acctest.Stack(t)
	acctest.TerraformPath(t)
	provider := acctest.ProviderBinary(t)
	t.Setenv("DEBEZIUM_CONNECT_URL", stack.Connect[0].URL())
	t.Setenv("TF_VAR_service_account_key", "{}")
	t.Setenv("TF_VAR_mongodb_connection_string", "mongodb://writer:s3cret@mongo.internal/?replicaSet=rs0")
	for _, dir := range glob(t, "resources/*") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			work := copyOf(t, dir)
			text := read(t, work)
			if strings.Contains(text, "io.confluent") {
				t.Skip("the stack doesn't have this plugin, which isn't Debezium's")
			}
			write(t, filepath.Join(work, "provider.tf"), requirement+withoutDatabases)
			for _, variable := range required(text) {
				if name := "TF_VAR_" + variable; os.Getenv(name) == "" {
					t.Setenv(name, "1")
				}
			}
			plan(t, work, provider)
		})
	}
}
