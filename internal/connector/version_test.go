package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestRunningVersion: the resource has the version that the connector runs with,
// also after another one was chosen. A worker that doesn't report it has none.
func TestRunningVersion(t *testing.T) {
	env := acctest.NewEnv(t, connecttest.Plugins(
		connecttest.DebeziumPlugin("postgres", "3.4.3.Final"), connecttest.DebeziumPlugin("postgres", "3.5.0.Final")))
	for _, version := range []string{"3.4.3.Final", "3.5.0.Final"} {
		pinned := acctest.Orders.With(acctest.Block{"connector_plugin_version": version})
		env.Must(env.Connector.Run(env.Ctx, pinned))
		if got := env.Connector.Text("version"); got != version {
			t.Errorf("it runs with %q, want %q", got, version)
		}
		env.WantNoChanges(pinned)
	}

	old := acctest.NewEnv(t, connecttest.Version("3.9.1"))
	old.SetUp(acctest.Orders)
	if v := old.Connector.Attributes()["version"]; !v.IsNull() {
		t.Errorf("version is %s, want null", v)
	}
	old.WantNoChanges(acctest.Orders)
}
