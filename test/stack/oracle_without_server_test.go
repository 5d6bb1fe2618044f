package stack_test

import (
	"errors"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// TestRealOracleWithoutAnOracleServer: the real plugin's validation, and its
// failure to connect. Kafka Connect itself answers the POST of this
// configuration with a NullPointerException.
func TestRealOracleWithoutAnOracleServer(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	name := unique("oracle")
	client := realClient(t, stack, name)
	kind := catalog.KindByName("oracle")
	connector := acctest.Connector(kind, name, catalogtest.Minimal("oracle").With(properties{
		"database.port": "1", "schema.history.internal.kafka.bootstrap.servers": stack.Kafka.BootstrapServers(),
	}))
	for _, c := range []struct {
		changes acctest.Block
		want    []string
	}{
		{nil, []string{"The database can't be reached", "Unable to connect"}},
		{acctest.Block{"config": map[string]string{"snapshot.fetch.size": "-1"}}, []string{"snapshot"}},
		{acctest.Block{"config": map[string]string{"signal.data.collection": "only_a_table"}}, []string{"signal"}},
	} {
		resource := acctest.NewTerraform(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL()}).Resource(acctest.ResourceOf(kind))
		err := resource.Run(t.Context(), connector.With(c.changes))
		if err == nil {
			t.Errorf("%v: no error", c.changes)
		}
		for _, want := range c.want {
			if !resource.Diagnostics.Mention(want) {
				t.Errorf("%v: no diagnostic mentions %q: %v", c.changes, want, resource.Diagnostics)
			}
		}
	}
	if _, err := client.Connector(t.Context(), name); !errors.Is(err, kafkaconnect.ErrNotFound) {
		t.Errorf("the connector was created (%v)", err)
	}
}
