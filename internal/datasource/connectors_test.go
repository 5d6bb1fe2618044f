package datasource_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// several is a cluster with connectors of two kinds, in three states.
func several(t *testing.T) *connecttest.Server {
	server := withOrders(t)
	lines := orders()
	lines["topic.prefix"] = "lines"
	server.AddConnector("lines", lines, kafkaconnect.StatePaused)
	server.AddConnector("sink", kafkaconnect.Config{
		"connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector", "topics": "a", "tasks.max": "2",
	}, kafkaconnect.StateRunning)
	server.FailTask("sink", 1, "java.lang.IllegalStateException: broken")
	return server
}

func TestConnectors(t *testing.T) {
	server := several(t)
	names := func(names ...string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"names": texts(names...), "connectors": knownvalue.ListSizeExact(len(names))}
	}
	run(t,
		reads(server.URL, "connectors", nil, names("lines", "orders", "sink")),
		reads(server.URL, "connectors", acctest.Block{"kind": "postgres"}, names("lines", "orders")),
		reads(server.URL, "connectors", acctest.Block{"status": "FAILED"}, names("sink")),
		reads(server.URL, "connectors", acctest.Block{"name_regex": "^.in"}, names("lines", "sink")),
		reads(server.URL, "connectors", acctest.Block{"name_regex": "^.in", "status": "PAUSED"}, names("lines")),
		reads(server.URL, "connectors", acctest.Block{"kind": "oracle"}, names()),
		reads(server.URL, "connectors", acctest.Block{"name_regex": "sink"}, map[string]knownvalue.Check{
			"connectors": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
				"name":            knownvalue.StringExact("sink"),
				"connector_class": knownvalue.StringExact("io.debezium.connector.jdbc.JdbcSinkConnector"),
				"kind":            knownvalue.StringExact("jdbc_sink"),
				"resource_type":   knownvalue.StringExact("debezium_jdbc_sink_connector"),
				"type":            knownvalue.StringExact("sink"),
				"connector_state": knownvalue.StringExact("RUNNING"),
				"status":          knownvalue.StringExact("FAILED"),
				"tasks_total":     knownvalue.Int64Exact(2),
				"tasks_failed":    knownvalue.Int64Exact(1),
				"topic_prefix":    knownvalue.Null(),
				"config": knownvalue.MapExact(map[string]knownvalue.Check{
					"name":            knownvalue.StringExact("sink"),
					"connector.class": knownvalue.StringExact("io.debezium.connector.jdbc.JdbcSinkConnector"),
					"topics":          knownvalue.StringExact("a"),
					"tasks.max":       knownvalue.StringExact("2"),
				}),
			})}),
		}),
	)
}

// TestImportBlocks: each block has a valid label of its own, whatever the
// connectors are called.
func TestImportBlocks(t *testing.T) {
	server := connecttest.New(t)
	for _, name := range []string{"Orders.EU", "orders eu", "1st", "a ${b}"} {
		config := orders()
		config["topic.prefix"], config["slot.name"] = "x", "x"
		server.AddConnector(name, config, kafkaconnect.StateRunning)
	}
	run(t, reads(server.URL, "connectors", nil, map[string]knownvalue.Check{"import_blocks": knownvalue.StringExact(`import {
  to = debezium_postgres_connector.connector_1st
  id = "1st"
}

import {
  to = debezium_postgres_connector.orders_eu
  id = "Orders.EU"
}

import {
  to = debezium_postgres_connector.a_b
  id = "a $${b}"
}

import {
  to = debezium_postgres_connector.orders_eu_2
  id = "orders eu"
}
`)}))
}

func TestConnectorsByNonsense(t *testing.T) {
	server := several(t)
	run(t,
		refuses(server.URL, "connectors", acctest.Block{"name_regex": "("}, "Invalid regular expression"),
		refuses(server.URL, "connectors", acctest.Block{"kind": "postgresql"}, `"postgres"`),
		refuses(server.URL, "connectors", acctest.Block{"status": "BROKEN"}, `"RUNNING"`),
	)
}

// TestConnectorsShowNoSecret: secrets are left out, also masked ones, and
// those that hide inside another value; what only looks like one stays.
func TestConnectorsShowNoSecret(t *testing.T) {
	shown := map[string]string{
		"connection.url":    "jdbc:sqlserver://db;user=sa;password=(sensitive);encrypt=true",
		"mongo.uri":         "mongodb://app:(sensitive)@db.internal/?tls=true",
		"jaas":              `org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="(sensitive)";`,
		"by.reference":      "postgres://u:${env:PG}@db.internal/orders",
		"database.password": "${file:/secrets:password}",
		"signal.table":      "s3cret-1",
	}
	config := orders()
	maps.Copy(config, kafkaconnect.Config{
		"connection.url":               "jdbc:sqlserver://db;user=sa;password=s3cret-1;encrypt=true",
		"mongo.uri":                    "mongodb://app:s3cret-2@db.internal/?tls=true",
		"jaas":                         `org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="s3cret-3";`,
		"by.reference":                 shown["by.reference"],
		"database.password":            shown["database.password"],
		"signal.table":                 "s3cret-1",
		"database.ssl.password":        "s3cret-4",
		"schema.registry.basic.secret": "s3cret-5",
		"masked":                       connecttest.Mask,
	})
	server := connecttest.New(t)
	server.AddConnector("orders", config, kafkaconnect.StateRunning)
	want := map[string]knownvalue.Check{"name": knownvalue.StringExact("orders")}
	for _, property := range []string{"connector.class", "topic.prefix", "database.hostname", "database.user", "database.dbname"} {
		want[property] = knownvalue.StringExact(config[property])
	}
	for property, value := range shown {
		want[property] = knownvalue.StringExact(value)
	}
	run(t, reads(server.URL, "connectors", nil, map[string]knownvalue.Check{
		"connectors": knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectPartial(map[string]knownvalue.Check{"config": knownvalue.MapExact(want)}),
		}),
	}))
}
