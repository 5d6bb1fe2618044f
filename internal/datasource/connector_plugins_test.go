package datasource_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func TestPlugins(t *testing.T) {
	mirror := &connecttest.Plugin{Class: "org.apache.kafka.connect.mirror.MirrorSourceConnector", Type: "source"}
	server := connecttest.New(t, connecttest.Plugins(
		mirror,
		connecttest.DebeziumPlugin("mysql", "3.5.0.Final"),
		&connecttest.Plugin{Class: "io.debezium.connector.mysql.MySqlConnector", Type: "source", Version: "3.10.0.Final"},
		connecttest.DebeziumPlugin("jdbc_sink", "3.5.0.Final"),
		mirror,
	))
	mysql := func(version string) knownvalue.Check {
		return object(map[string]string{"class": "io.debezium.connector.mysql.MySqlConnector", "type": "source", "version": version, "kind": "mysql"})
	}
	run(t, reads(server.URL, "connector_plugins", nil, map[string]knownvalue.Check{
		"plugins": knownvalue.ListExact([]knownvalue.Check{
			object(map[string]string{"class": "io.debezium.connector.jdbc.JdbcSinkConnector", "type": "sink", "version": "3.5.0.Final", "kind": "jdbc_sink"}),
			mysql("3.5.0.Final"),
			mysql("3.10.0.Final"),
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"class":   knownvalue.StringExact("org.apache.kafka.connect.mirror.MirrorSourceConnector"),
				"type":    knownvalue.StringExact("source"),
				"version": knownvalue.Null(),
				"kind":    knownvalue.Null(),
			}),
		}),
	}))
}
