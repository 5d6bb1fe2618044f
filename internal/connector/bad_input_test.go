package connector_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestBadInput: one clear error each, where it is written, and nothing created.
func TestBadInput(t *testing.T) {
	server := connecttest.New(t)
	t.Setenv("DEBEZIUM_CONNECT_URL", "")
	mysql := kinds[0].body
	provider := func(block string) string {
		return "provider \"debezium\" {\n" + block + "\n}\nresource \"debezium_mysql_connector\" \"c\" {\n  name = \"c\"\n" + mysql + "\n}\n"
	}
	with := func(more string) string { return hcl(server, "mysql", "c", mysql+more) }
	cases := []struct{ name, config, want string }{
		{"no URL", provider(""), `Set url in the provider block to the REST URL of a Kafka Connect worker`},
		{"a URL that isn't one", provider(`  url = "kafka-connect"`), `kafka-connect`},
		{"a URL of another scheme", provider(`  url = "ftp://kafka-connect:8083"`), `ftp://kafka-connect:8083`},
		{"a duration that isn't one", provider(fmt.Sprintf("  url = %q\n  request_timeout = \"10\"", server.URL)), `"10" is not a duration`},
		{"config repeats an attribute", with(`
  config = { "topic.prefix" = "shop" }`), `The property is set by the attribute topic_prefix too`},
		{"config in place of an attribute", with(`
  config = { "max.batch.size" = "10" }`), `set max_batch_size instead`},
		{"the name in config", with(`
  config = { "name" = "d" }`), `The connector's name is the attribute name`},
		{"the class in config", with(`
  config = { "connector.class" = "x" }`), `The class is fixed`},
		{"an empty config", with(`
  config = {}`), `at least 1`},
		{"a property of another kind", with(`
  config = { "slot.name" = "x" }`), `slot.name`},
		{"a number where a bool belongs", with(`
  tombstones_on_delete = 7`), `Inappropriate value for attribute "tombstones_on_delete"`},
		{"a word where a number belongs", with(`
  config = { "poll.interval.ms" = "soon" }`), `poll.interval.ms`},
		{"an unknown desired state", with(`
  state = "asleep"`), `"running" "paused" "stopped"`},
		{"a value that isn't allowed", with(`
  snapshot_mode = "sometimes"`), `snapshot.mode`},
		{"both a secret and its write-only twin", with(`
  database_password_wo         = "x"
  database_password_wo_version = 1`), `database_password`},
		{"a plugin that isn't installed", hcl(server, "", "c", ""), `com.example.Missing`},
	}
	cases[len(cases)-1].config = fmt.Sprintf(`
provider "debezium" { url = %q }
resource "debezium_connector" "c" {
  name            = "c"
  connector_class = "com.example.Missing"
}
`, server.URL)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.InMemory(),
				Steps:                    []resource.TestStep{{Config: c.config, ExpectError: saying(c.want)}},
			})
		})
	}
	if writes := server.Writes(); len(writes) > 0 {
		t.Errorf("something was written: %v", writes)
	}
}
