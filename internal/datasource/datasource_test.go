package datasource_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// orders is a configuration without errors.
func orders() kafkaconnect.Config {
	return kafkaconnect.Config{
		"connector.class":   "io.debezium.connector.postgresql.PostgresConnector",
		"topic.prefix":      "shop",
		"database.hostname": "db.internal",
		"database.user":     "debezium",
		"database.password": "s3cret-of-orders",
		"database.dbname":   "orders",
	}
}

// withOrders is a cluster that has one connector, "orders".
func withOrders(t *testing.T, options ...connecttest.Option) *connecttest.Server {
	t.Helper()
	server := connecttest.New(t, options...)
	server.AddConnector("orders", orders(), kafkaconnect.StateRunning)
	return server
}

// hcl is a configuration with one data source, named d.
func hcl(url, source, body string) string {
	return fmt.Sprintf("provider \"debezium\" {\n  url = %q\n}\n\ndata \"debezium_%s\" \"d\" {\n%s\n}\n", url, source, body)
}

// reads is a step that reads the data source and checks what it answers.
func reads(url, source, body string, want map[string]knownvalue.Check) resource.TestStep {
	step := resource.TestStep{Config: hcl(url, source, body)}
	for attribute, check := range want {
		step.ConfigStateChecks = append(step.ConfigStateChecks,
			statecheck.ExpectKnownValue("data.debezium_"+source+".d", tfjsonpath.New(attribute), check))
	}
	return step
}

// refuses is a step that ends with an error that holds a text; Terraform
// breaks the lines of a message, so that any space may be the end of one.
func refuses(url, source, body, text string) resource.TestStep {
	return resource.TestStep{Config: hcl(url, source, body), ExpectError: words(text)}
}

func words(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `[\s│]+`))
}

func run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	acctest.Test(t, resource.TestCase{Steps: steps})
}

func object(fields map[string]string) knownvalue.Check {
	checks := map[string]knownvalue.Check{}
	for name, value := range fields {
		checks[name] = knownvalue.StringExact(value)
	}
	return knownvalue.ObjectPartial(checks)
}

func texts(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.ListExact(checks)
}

const ordersByName = `name = "orders"`

// TestRequestsThatFail: every data source says what it was doing, the worker's
// words and what to do.
func TestRequestsThatFail(t *testing.T) {
	for source, body := range map[string]string{
		"cluster":           "",
		"config_validation": `kind = "postgres"` + "\n" + `config = {}`,
		"connector_offsets": ordersByName,
		"connector_plugins": "",
		"connector_status":  ordersByName,
		"connector_topics":  ordersByName,
		"connectors":        "",
	} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			server := withOrders(t)
			server.Fault(connecttest.Fault{Status: 401, Message: "who are you?"})
			run(t,
				refuses(server.URL, source, body, "who are you? Check the provider's credentials"),
				resource.TestStep{
					Config:      hcl("http://127.0.0.1:1", source, body),
					ExpectError: words("connection refused Check the provider's url"),
				},
			)
		})
	}
}

// TestRebalanceIsWaitedOut: a data source is read while the cluster changes.
func TestRebalanceIsWaitedOut(t *testing.T) {
	server := withOrders(t)
	server.SetTopics("orders", "shop.public.lines")
	for _, rebalance := range connecttest.Rebalances {
		server.Fault(rebalance)
	}
	run(t, reads(server.URL, "connector_topics", ordersByName, map[string]knownvalue.Check{"topics": texts("shop.public.lines")}))
}

// TestNoSuchConnector: an unknown name is an error, also where Kafka Connect
// answers as if there were such a connector.
func TestNoSuchConnector(t *testing.T) {
	for _, source := range []string{"connector_offsets", "connector_status", "connector_topics"} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			run(t,
				refuses(withOrders(t).URL, source, `name = "order"`, `The cluster has no connector "order"`),
				refuses(withOrders(t).URL, source, `name = ""`, `length must be at least 1`),
			)
		})
	}
}
