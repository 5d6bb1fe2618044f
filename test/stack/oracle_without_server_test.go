package stack_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
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
	config := func(more string) string {
		return fmt.Sprintf(`
provider "debezium" { url = %q }
resource "debezium_oracle_connector" "c" {
  name              = %q
  database_hostname = "127.0.0.1"
  database_port     = 1
  database_user     = "c##dbzuser"
  database_password = "s3cret-of-oracle"
  database_dbname   = "ORCLCDB"
  topic_prefix      = "shop"
  schema_history_internal_kafka_bootstrap_servers = %q
  %s
}`, stack.Connect[0].URL(), name, stack.Kafka.BootstrapServers(), more)
	}
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Real(),
		CheckDestroy: func(*terraform.State) error {
			if _, err := client.Connector(t.Context(), name); !errors.Is(err, kafkaconnect.ErrNotFound) {
				return fmt.Errorf("the connector was created: %w", err)
			}
			return nil
		},
		Steps: []resource.TestStep{
			{Config: config(""), ExpectError: acctest.Saying("The database can't be reached", "Unable to connect")},
			{Config: config(`snapshot_fetch_size = -1`), ExpectError: acctest.Saying("snapshot")},
			{Config: config(`config = { "signal.data.collection" = "only_a_table" }`), ExpectError: acctest.Saying("signal")},
		},
	})
}
