package function_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// complete is a configuration without errors.
const complete = `{
  "topic.prefix" = "p", "database.hostname" = "h", "database.user" = "u", "database.dbname" = "d",
  "plugin.name" = "pgoutput", "slot.name" = "s"
}`

// TestResults lets Terraform work out what the functions return. There is no
// provider block: functions need neither a URL nor a cluster.
func TestResults(t *testing.T) {
	results := []struct {
		expression string
		want       knownvalue.Check
	}{
		{`connector_name("Acme Corp", "Production DB")`, knownvalue.StringExact("acme_corp_production_db_connector")},
		{`topic_prefix("Acme Corp", "Production DB")`, knownvalue.StringExact("acme_corp_production_db")},
		{`server_id("orders")`, knownvalue.Int64Exact(catalog.ServerID("orders"))},

		{`snapshot_modes("vitess", "3.5.0.Final")`, knownvalue.MapExact(map[string]knownvalue.Check{
			"initial": knownvalue.StringRegexp(regexp.MustCompile(`^Reads all rows`)),
			"never":   knownvalue.StringRegexp(regexp.MustCompile(`^Reads no rows`)),
		})},
		{`snapshot_modes("sqlserver", "2.5")`, knownvalue.MapPartial(map[string]knownvalue.Check{
			"schema_only": knownvalue.StringRegexp(regexp.MustCompile(`old name of no_data`)),
		})},
		{`snapshot_modes("jdbc_sink", "3.5")`, knownvalue.MapSizeExact(0)},

		{`config_errors("postgres", "3.5", ` + complete + `)`, knownvalue.ListSizeExact(0)},
		{`config_errors("postgres", "3.5", merge(` + complete + `, {
		  "name" = "c", "connector.class" = "PostgresConnector", "slot.name" = "$${env:SLOT}", "database.port" = null, "plugin.nam" = "a warning"
		}))`, knownvalue.ListSizeExact(0)},
		{`config_errors("postgres", "3.5", merge(` + complete + `, { "database.port" = "x", "database.dbname" = null }))`,
			knownvalue.ListExact([]knownvalue.Check{
				knownvalue.StringRegexp(regexp.MustCompile(`^database\.dbname: is required\. .+\.$`)),
				knownvalue.StringRegexp(regexp.MustCompile(`^database\.port: must be .*"x".+\.$`)),
			})},
		// One configuration, judged by two versions.
		{`config_errors("postgres", "3.2", merge(` + complete + `, { "snapshot.mode" = "never" }))`, knownvalue.ListSizeExact(0)},
		{`config_errors("postgres", "3.3", merge(` + complete + `, { "snapshot.mode" = "never" }))`,
			knownvalue.ListExact([]knownvalue.Check{knownvalue.StringRegexp(regexp.MustCompile(`^snapshot\.mode: .*no_data`))})},

		{`config_findings("postgres", "3.5", ` + complete + `)`, knownvalue.ListSizeExact(0)},
		{`config_findings("postgres", "3.5", merge(` + complete + `, { "database.port" = "x", "plugin.nam" = "y" }))`,
			knownvalue.ListExact([]knownvalue.Check{
				findingCheck("error", "database.port", `^database\.port must be .*"x".+\.$`),
				findingCheck("warning", "plugin.nam", `^plugin\.nam is unknown: did you mean plugin\.name\? [A-Z].+\.$`),
			})},
	}
	var config strings.Builder
	var checks []statecheck.StateCheck
	for i, r := range results {
		output := fmt.Sprintf("result_%d", i)
		fmt.Fprintf(&config, "output %q {\n  value = provider::debezium::%s\n}\n", output, r.expression)
		checks = append(checks, statecheck.ExpectKnownOutputValue(output, r.want))
	}
	acctest.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{Config: config.String(), ConfigStateChecks: checks}},
	})
}

func findingCheck(severity, property, message string) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"severity": knownvalue.StringExact(severity),
		"property": knownvalue.StringExact(property),
		"message":  knownvalue.StringRegexp(regexp.MustCompile(message)),
	})
}

// TestErrors calls the functions in process: why there is no result, and which
// parameter it is about.
func TestErrors(t *testing.T) {
	none := map[string]string{}
	for _, c := range []struct {
		function        string
		arguments       []any
		parameter, want string
	}{
		{"connector_name", nil, "", `at least one part`},
		{"connector_name", []any{"", " ./"}, "", `at least one part`},
		{"topic_prefix", []any{"", " ./"}, "", `at least one letter`},
		{"server_id", []any{""}, "name", `can't be empty`},
		{"snapshot_modes", []any{"postgresql", "3.5"}, "kind", `no Debezium kind "postgresql"\. The kinds are: .*postgres,`},
		{"snapshot_modes", []any{"mysql", "latest"}, "version", `"latest" is not a Debezium version, such as 3\.5`},
		{"config_errors", []any{"mysql", "3", none}, "version", `"3" is not a Debezium version`},
		{"config_errors", []any{"Mysql", "3.5", none}, "kind", `no Debezium kind "Mysql"`},
		{"config_errors", []any{"mysql", "3.5", map[string]string{"connector.class": "X"}}, "config", `connector\.class is X, but the kind mysql`},
	} {
		t.Run(fmt.Sprint(c.function, c.arguments), func(t *testing.T) {
			result, err := acctest.CallFunction(t, c.function, c.arguments...)
			var e *acctest.FunctionError
			if !errors.As(err, &e) || e.Parameter != c.parameter || !regexp.MustCompile(c.want).MatchString(e.Text) {
				t.Errorf("got %v and the error %v, want one of the parameter %q like %s", result, err, c.parameter, c.want)
			}
		})
	}
}

// TestErrorInTerraform: the binary shows where an error is.
func TestErrorInTerraform(t *testing.T) {
	acctest.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{
			Config: `
output "result" {
  value = provider::debezium::snapshot_modes("postgresql", "3.5")
}`,
			ExpectError: acctest.Saying(`"kind" parameter`, `no Debezium kind "postgresql". The kinds are:`),
		}},
	})
}

// TestSensitiveStaysSensitive: what is said about a sensitive value is as
// sensitive, since it may quote it.
func TestSensitiveStaysSensitive(t *testing.T) {
	acctest.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{
			Config: `
output "result" {
  value = provider::debezium::config_errors("postgres", "3.5", { "database.port" = sensitive("x") })
}`,
			ExpectError: regexp.MustCompile(`Output refers to sensitive values`),
		}},
	})
}
