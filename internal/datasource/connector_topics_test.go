package datasource_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func TestTopics(t *testing.T) {
	server := withOrders(t)
	none := reads(server.URL, "connector_topics", ordersByName, map[string]knownvalue.Check{"topics": texts()})
	some := reads(server.URL, "connector_topics", ordersByName, map[string]knownvalue.Check{"topics": texts("a", "b", "c")})
	some.before = func() { server.SetTopics("orders", "c", "a", "b") }
	// The listing leaves out a connector that has no status.
	withoutStatus := some
	withoutStatus.before = func() { server.Fault(connecttest.Fault{Kind: connecttest.NoStatus}) }
	run(t, none, some, withoutStatus)
}

func TestTopicsWithoutTracking(t *testing.T) {
	server := withOrders(t)
	server.Fault(connecttest.Fault{Path: "/connectors/*/topics", Status: 403, Message: "Topic tracking is disabled."})
	run(t, refuses(server.URL, "connector_topics", ordersByName, "topic.tracking.enable=false. The worker answered: GET"))
}
