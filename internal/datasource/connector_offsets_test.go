package datasource_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func TestOffsets(t *testing.T) {
	server := withOrders(t)
	empty := reads(server.URL, "connector_offsets", ordersByName, map[string]knownvalue.Check{
		"offsets": knownvalue.StringExact(`{"offsets":[]}`),
	})
	full := reads(server.URL, "connector_offsets", ordersByName, map[string]knownvalue.Check{
		"offsets": knownvalue.StringExact(`{"offsets":[` +
			`{"partition":{"server":"a"},"offset":null},` +
			`{"partition":{"server":"b<>&"},"offset":{"lsn":9007199254740993123,"snapshot":false,"ts":1.50}}]}`),
	})
	full.before = func() {
		server.SetOffsets("orders",
			kafkaconnect.Offset{Partition: raw(`{"server":"b<>&"}`), Offset: raw(`{"ts": 1.50, "snapshot": false, "lsn": 9007199254740993123}`)},
			kafkaconnect.Offset{Partition: raw(`{ "server": "a" }`), Offset: raw(`null`)},
		)
	}
	run(t, empty, full)
	// Terraform's own numbers have room for the digits, too.
	acctest.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: acctest.Block{"url": server.URL}.ProviderHCL() + "data \"debezium_connector_offsets\" \"d\" {\n  name = \"orders\"\n}\n" +
			"output \"lsn\" {\n  value = format(\"%d\", jsondecode(data.debezium_connector_offsets.d.offsets).offsets[1].offset.lsn)\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("lsn", knownvalue.StringExact("9007199254740993123")),
		},
	}}})
}

func raw(text string) json.RawMessage { return json.RawMessage(text) }

func TestOffsetsOfAnOldWorker(t *testing.T) {
	run(t, refuses(withOrders(t, connecttest.Version("3.4.0")).URL, "connector_offsets", ordersByName,
		"can be read with Kafka Connect 3.5 or later"))
}
