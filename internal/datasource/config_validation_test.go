package datasource_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// validation is the body of the data source.
func validation(kind string, config map[string]string) acctest.Block {
	properties := map[string]*string{}
	for property, text := range config {
		if properties[property] = &text; text == null {
			properties[property] = nil
		}
	}
	return acctest.Block{"kind": kind, "config": properties}
}

// null stands for no value.
const null = "\x00"

// ofPostgres is the body of a validation of orders() with other values.
func ofPostgres(further map[string]string) acctest.Block {
	config := orders()
	delete(config, "connector.class")
	maps.Copy(config, further)
	return validation("postgres", config)
}

func valid() map[string]knownvalue.Check {
	return map[string]knownvalue.Check{"valid": knownvalue.Bool(true), "errors": knownvalue.ListSizeExact(0)}
}

// invalid has errors, each a property and its only message.
func invalid(errors ...[2]string) map[string]knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, e := range errors {
		checks = append(checks, knownvalue.ObjectExact(map[string]knownvalue.Check{
			"property": knownvalue.StringExact(e[0]),
			"messages": texts(e[1]),
		}))
	}
	return map[string]knownvalue.Check{"valid": knownvalue.Bool(false), "errors": knownvalue.ListExact(checks)}
}

func TestValidation(t *testing.T) {
	server := connecttest.New(t)
	run(t,
		reads(server.URL, "config_validation", ofPostgres(map[string]string{"database.port": null}), valid()),
		reads(server.URL, "config_validation", ofPostgres(map[string]string{
			"database.port": "many", "database.dbname": null,
			"name": "orders", "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
		}), invalid(
			[2]string{"database.dbname", "The 'database.dbname' value is invalid: A value is required"},
			[2]string{"database.port", "The 'database.port' value is invalid: An integer is expected"},
		)),
		reads(server.URL, "config_validation", acctest.Block{
			"connector_class": "io.debezium.connector.jdbc.JdbcSinkConnector", "config": map[string]string{"topics": "a"},
		}, valid()),
	)
	if left := server.Count("POST", "/connectors") + server.Count("PUT", "/connectors/*/config"); left > 0 {
		t.Errorf("a validation wrote %d times", left)
	}
}

// TestValidationOfTheConnection: where the database can't be reached, the
// answer names no secret, nor what a reference stands for.
func TestValidationOfTheConnection(t *testing.T) {
	server := connecttest.New(t)
	server.ConnectionError(func(c kafkaconnect.Config) string {
		return "Unable to connect to " + c["database.hostname"] + " as " + c["database.user"] + "/" + c["database.password"]
	})
	server.SetFile("/secrets", map[string]string{"host": "hidden.internal", "bad": "bad host"})
	const left = "(the worker's message is left out, since it may quote that value)."
	run(t,
		reads(server.URL, "config_validation", ofPostgres(nil), invalid(
			[2]string{"database.hostname", "Unable to connect to db.internal as debezium/(sensitive)"},
		)),
		reads(server.URL, "config_validation", ofPostgres(map[string]string{"database.hostname": "${file:/secrets:host}"}), invalid(
			[2]string{"database.hostname", "The worker couldn't connect with the value that the reference stands for " + left},
		)),
		reads(server.URL, "config_validation", ofPostgres(map[string]string{"database.hostname": "${file:/secrets:bad}"}), invalid(
			[2]string{"database.hostname", "The worker rejected the value that the reference stands for " + left},
		)),
	)
}

// TestValidationByAVersionThatIsNotInstalled: the answer is the same at every
// reading, though the worker's isn't.
func TestValidationByAVersionThatIsNotInstalled(t *testing.T) {
	server := connecttest.New(t, connecttest.Plugins(
		connecttest.DebeziumPlugin("postgres", "3.5.0.Final"), connecttest.DebeziumPlugin("postgres", "2.7.4.Final")))
	missing := reads(server.URL, "config_validation", ofPostgres(map[string]string{"connector.plugin.version": "9.9.9"}), invalid(
		[2]string{"connector.plugin.version", "Version 9.9.9 of the connector plugin is not installed. " +
			"The cluster has these versions of io.debezium.connector.postgresql.PostgresConnector: 2.7.4.Final, 3.5.0.Final."},
	))
	run(t, missing, missing)
}

func TestValidationThatCannotBeMade(t *testing.T) {
	server := connecttest.New(t, connecttest.Plugins(connecttest.DebeziumPlugin("mysql", "3.5.0.Final")))
	run(t,
		refuses(server.URL, "config_validation", ofPostgres(nil),
			"no plugin with the class io.debezium.connector.postgresql.PostgresConnector. Install it"),
		// The worker's words differ from the second time on.
		refuses(server.URL, "config_validation", ofPostgres(nil), "Installed plugins: io.debezium.connector.mysql.MySqlConnector (3.5.0.Final)"),
		refuses(server.URL, "config_validation", ofPostgres(map[string]string{"database.user": "${file:/none:user}"}),
			"Could not read properties from file /none"),
	)
}

func TestValidationOfNothing(t *testing.T) {
	server := connecttest.New(t)
	run(t,
		refuses(server.URL, "config_validation", acctest.Block{"config": map[string]string{}}, "one (and only one) of [kind,connector_class]"),
		refuses(server.URL, "config_validation", acctest.Block{
			"kind": "mysql", "connector_class": "org.example.Other", "config": map[string]string{},
		}, "one (and only one) of [kind,connector_class]"),
		refuses(server.URL, "config_validation", acctest.Block{"kind": "postgresql", "config": map[string]string{}}, `"postgres"`),
		refuses(server.URL, "config_validation", ofPostgres(map[string]string{"connector.class": "org.example.Other"}), "Two connector classes"),
	)
}
