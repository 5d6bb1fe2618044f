package datasource_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// ofPostgres is the body of a validation: orders() and further properties,
// each as an expression; null takes one away.
func ofPostgres(further map[string]string) string {
	properties := map[string]string{}
	for property, value := range orders() {
		if property != "connector.class" {
			properties[property] = fmt.Sprintf("%q", value)
		}
	}
	maps.Copy(properties, further)
	var b strings.Builder
	b.WriteString("  kind = \"postgres\"\n  config = {\n")
	for _, property := range slices.Sorted(maps.Keys(properties)) {
		fmt.Fprintf(&b, "    %q = %s\n", property, properties[property])
	}
	return b.String() + "  }"
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
		reads(server, "config_validation", ofPostgres(nil), valid()),
		reads(server, "config_validation", ofPostgres(map[string]string{
			"database.port": `"many"`, "database.dbname": "null",
			"name": `"orders"`, "connector.class": `"io.debezium.connector.postgresql.PostgresConnector"`,
		}), invalid(
			[2]string{"database.dbname", "The 'database.dbname' value is invalid: A value is required"},
			// The worker says it twice.
			[2]string{"database.port", "The 'database.port' value is invalid: An integer is expected"},
		)),
		reads(server, "config_validation", `
			connector_class = "io.debezium.connector.jdbc.JdbcSinkConnector"
			config          = { topics = "a" }`, valid()),
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
		reads(server, "config_validation", ofPostgres(nil), invalid(
			[2]string{"database.hostname", "Unable to connect to db.internal as debezium/(sensitive)"},
		)),
		reads(server, "config_validation", ofPostgres(map[string]string{"database.hostname": `"$${file:/secrets:host}"`}), invalid(
			[2]string{"database.hostname", "The worker couldn't connect with the value that the reference stands for " + left},
		)),
		reads(server, "config_validation", ofPostgres(map[string]string{"database.hostname": `"$${file:/secrets:bad}"`}), invalid(
			[2]string{"database.hostname", "The value that the reference stands for is refused " + left},
		)),
	)
}

func TestValidationThatCannotBeMade(t *testing.T) {
	server := connecttest.New(t, connecttest.Plugins(connecttest.DebeziumPlugin("mysql", "3.5.0.Final")))
	run(t,
		refuses(server, "config_validation", ofPostgres(nil),
			"no plugin of class io.debezium.connector.postgresql.PostgresConnector. Install it"),
		// The worker's words differ from the second time on.
		refuses(server, "config_validation", ofPostgres(nil), "Installed are: io.debezium.connector.mysql.MySqlConnector (3.5.0.Final)"),
		refuses(server, "config_validation", ofPostgres(map[string]string{"database.user": `"$${file:/none:user}"`}),
			"Could not read properties from file /none"),
	)
}

func TestValidationOfNothing(t *testing.T) {
	server := connecttest.New(t)
	run(t,
		refuses(server, "config_validation", "config = {}", "one (and only one) of [kind,connector_class]"),
		refuses(server, "config_validation", `
			kind            = "mysql"
			connector_class = "org.example.Other"
			config          = {}`, "one (and only one) of [kind,connector_class]"),
		refuses(server, "config_validation", `
			kind   = "postgresql"
			config = {}`, `"postgres"`),
		refuses(server, "config_validation", ofPostgres(map[string]string{"connector.class": `"org.example.Other"`}), "Two connector classes"),
	)
}
