package datasource_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func TestStatus(t *testing.T) {
	server := withOrders(t)
	running := reads(server.URL, "connector_status", ordersByName, map[string]knownvalue.Check{
		"status":          knownvalue.StringExact("RUNNING"),
		"connector_state": knownvalue.StringExact("RUNNING"),
		"type":            knownvalue.StringExact("source"),
		"healthy":         knownvalue.Bool(true),
		"failed_tasks":    knownvalue.ListSizeExact(0),
		"tasks": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"id": knownvalue.Int64Exact(0), "state": knownvalue.StringExact("RUNNING"), "trace": knownvalue.Null(), "remedy": knownvalue.Null(),
		})}),
	})
	paused := reads(server.URL, "connector_status", ordersByName, map[string]knownvalue.Check{
		"status": knownvalue.StringExact("PAUSED"), "running": knownvalue.Bool(false), "healthy": knownvalue.Bool(true),
	})
	paused.before = func() { server.SetState("orders", kafkaconnect.StatePaused) }
	run(t, running, paused)
}

// TestMissingConnectors: where that is allowed, they are no error.
func TestMissingConnectors(t *testing.T) {
	server := withOrders(t)
	missing := acctest.Block{"name": "none", "allow_missing": true}
	no := map[string]knownvalue.Check{"exists": knownvalue.Bool(false)}
	run(t, reads(server.URL, "connector_status", missing, map[string]knownvalue.Check{
		"exists": knownvalue.Bool(false), "status": knownvalue.Null(), "healthy": knownvalue.Bool(false),
	}), reads(server.URL, "connector_offsets", missing, no), reads(server.URL, "connector_topics", missing, no),
		reads(server.URL, "connector_topics", ordersByName, map[string]knownvalue.Check{"exists": knownvalue.Bool(true)}))
}

// TestStatusOfAFailure: the trace goes through without the connector's
// password, with what is known about its cause.
func TestStatusOfAFailure(t *testing.T) {
	server := withOrders(t)
	server.FailTask("orders", 0, "org.apache.kafka.connect.errors.ConnectException: signed in with s3cret-of-orders\n"+
		"Caused by: org.postgresql.util.PSQLException: ERROR: logical decoding requires wal_level >= logical")
	run(t, reads(server.URL, "connector_status", ordersByName, map[string]knownvalue.Check{
		"status":          knownvalue.StringExact("FAILED"),
		"connector_state": knownvalue.StringExact("RUNNING"),
		"healthy":         knownvalue.Bool(false),
		"failed_tasks":    knownvalue.ListExact([]knownvalue.Check{knownvalue.Int64Exact(0)}),
		"tasks": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"trace":  knownvalue.StringRegexp(words("signed in with (sensitive)")),
			"remedy": knownvalue.StringRegexp(words("wal_level")),
		})}),
	}))
}

// TestStatusThatTheListingLacks: a status that is asked for by name comes
// without the configuration that tells the secrets, and yet shows none.
func TestStatusThatTheListingLacks(t *testing.T) {
	server := withOrders(t)
	server.FailTask("orders", 0, "org.apache.kafka.connect.errors.ConnectException: signed in with s3cret-of-orders")
	server.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Method: "GET", Path: "/connectors"})
	run(t, reads(server.URL, "connector_status", ordersByName, map[string]knownvalue.Check{
		"tasks": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"trace": knownvalue.StringRegexp(words("signed in with (sensitive)")),
		})}),
	}))
}

// TestStatusThatHasNotArrived: right after its creation a connector has none.
func TestStatusThatHasNotArrived(t *testing.T) {
	server := withOrders(t)
	server.Fault(connecttest.Fault{Kind: connecttest.NoStatus})
	run(t, refuses(server.URL, "connector_status", ordersByName, "or has no status for it yet"))
}
