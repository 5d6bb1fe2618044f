package datasource_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

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

// step reads a data source, by a provider of its own as Terraform starts one.
type step struct {
	url, source string
	body        acctest.Block
	before      func() // may be nil
	want        map[string]knownvalue.Check
	refused     string // words of the error; empty: there is none
}

// reads is a step that checks what the data source answers.
func reads(url, source string, body acctest.Block, want map[string]knownvalue.Check) step {
	return step{url: url, source: source, body: body, want: want}
}

// refuses is a step that ends with an error that holds a text.
func refuses(url, source string, body acctest.Block, text string) step {
	return step{url: url, source: source, body: body, refused: text}
}

// words matches a text whose lines may be broken at any space.
func words(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`))
}

func run(t *testing.T, steps ...step) {
	t.Helper()
	runOn(t, acctest.InMemory(), steps...)
}

func runOn(t *testing.T, factories acctest.Factories, steps ...step) {
	t.Helper()
	for _, s := range steps {
		if s.before != nil {
			s.before()
		}
		// A plan reads, and so does its apply.
		if s.read(t, factories) {
			s.read(t, factories)
		}
	}
}

// read reads once, and reports whether there is an answer.
func (s step) read(t *testing.T, factories acctest.Factories) bool {
	t.Helper()
	w := acctest.StartWalk(t, factories, acctest.Block{"url": s.url})
	attributes, diags := w.ReadDataSource(t.Context(), "debezium_"+s.source, s.body)
	if s.refused != "" {
		if len(diags) != 1 || !diags.HasError() || !words(s.refused).MatchString(diags.Error()) {
			t.Errorf("reading %s %v: want the error %q alone, got %v", s.source, s.body, s.refused, diags)
		}
		return false
	}
	if len(diags) > 0 {
		t.Errorf("reading %s %v: %v", s.source, s.body, diags)
		return false
	}
	for attribute, check := range s.want {
		value, exists := attributes[attribute]
		if !exists {
			t.Errorf("%s has no attribute %s", s.source, attribute)
		} else if err := check.CheckValue(value); err != nil {
			t.Errorf("%s of %s %v: %s", attribute, s.source, s.body, err)
		}
	}
	return true
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

var ordersByName = acctest.Block{"name": "orders"}

// TestRequestsThatFail: every data source says what it was doing, the worker's
// words and what to do.
func TestRequestsThatFail(t *testing.T) {
	for source, body := range map[string]acctest.Block{
		"cluster":           nil,
		"config_validation": {"kind": "postgres", "config": map[string]string{}},
		"connector_offsets": ordersByName,
		"connector_plugins": nil,
		"connector_status":  ordersByName,
		"connector_topics":  ordersByName,
		"connectors":        nil,
	} {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			server := withOrders(t)
			server.Fault(connecttest.Fault{Status: 401, Message: "who are you?"})
			run(t,
				refuses(server.URL, source, body, "who are you? The worker, or a proxy in front of it, denied access"),
				refuses("http://127.0.0.1:1", source, body, "connection refused Check the provider's url"),
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
				refuses(withOrders(t).URL, source, acctest.Block{"name": "order"}, `The cluster has no connector "order"`),
				refuses(withOrders(t).URL, source, acctest.Block{"name": ""}, `length must be at least 1`),
			)
		})
	}
}

// TestReadsAfterAWrite: in an apply that has written something, what is read
// about one connector comes from that connector, and not from a new listing of
// all for each data source.
func TestReadsAfterAWrite(t *testing.T) {
	server := withOrders(t)
	provider := acctest.Block{"url": server.URL}
	w := acctest.StartWalk(t, acctest.InMemory(), provider)
	other := w.Resource("debezium_connector")
	configuration := acctest.Block{"name": "other", "connector_class": orders()["connector.class"], "config": map[string]string{
		"topic.prefix": "other", "database.hostname": "other.internal", "database.user": "debezium", "database.dbname": "other",
	}}
	p, diags := acctest.StartWalk(t, acctest.InMemory(), provider).Plan(t.Context(), other, configuration)
	if !diags.HasError() {
		diags = w.Apply(t.Context(), other, p)
	}
	if diags.HasError() {
		t.Fatal(diags)
	}
	server.ResetRequests()
	for _, source := range []string{"connector_status", "connector_topics", "connector_offsets"} {
		attributes, diags := w.ReadDataSource(t.Context(), "debezium_"+source, ordersByName)
		if len(diags) > 0 || attributes["exists"] != true {
			t.Errorf("reading %s: %v, %v", source, attributes, diags)
		}
	}
	if n := server.Count("GET", "/connectors"); n > 0 {
		t.Errorf("%d listings of all connectors: %v", n, server.Requests())
	}
}
