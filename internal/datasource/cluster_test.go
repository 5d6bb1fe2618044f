package datasource_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func TestCluster(t *testing.T) {
	healthy := map[string]knownvalue.Check{
		"version":          knownvalue.StringExact("4.3.1"),
		"commit":           knownvalue.StringExact("26b251a451ce941d"),
		"kafka_cluster_id": knownvalue.StringExact("5n7fESlUQiuxn9Aqg0k8CQ"),
		"healthy":          knownvalue.Bool(true),
		"message":          knownvalue.StringExact("Worker has completed startup and is ready to handle requests."),
	}
	run(t, reads(connecttest.New(t).URL, "cluster", nil, healthy))
}

// TestClusterThatIsNotHealthy: the worker's own verdict is an answer, whatever
// its HTTP status; the failure of a proxy isn't one.
func TestClusterThatIsNotHealthy(t *testing.T) {
	for _, c := range []struct {
		status        int
		body, message string
	}{
		{503, `{"status": "starting", "message": "Worker is still starting up."}`, "Worker is still starting up."},
		{500, `{"status": "unhealthy", "message": "Worker was unable to handle this request."}`, "Worker was unable to handle this request."},
	} {
		server := connecttest.New(t)
		server.Fault(connecttest.Fault{Path: "/health", Status: c.status, Body: c.body})
		run(t, reads(server.URL, "cluster", nil, map[string]knownvalue.Check{
			"healthy": knownvalue.Bool(false), "message": knownvalue.StringExact(c.message),
		}))
	}
	server := connecttest.New(t)
	server.Fault(connecttest.Fault{Path: "/health", Status: 500, Body: "<html>out of order</html>"})
	run(t, refuses(server.URL, "cluster", nil, "Could not read the worker's health"))
}

func TestClusterOfAnOldWorker(t *testing.T) {
	run(t, reads(connecttest.New(t, connecttest.Version("3.8.1")).URL, "cluster", nil, map[string]knownvalue.Check{
		"version": knownvalue.StringExact("3.8.1"),
		"healthy": knownvalue.Bool(true),
		"message": knownvalue.StringRegexp(words("More about its health is reported by Kafka Connect 3.9 or later; the worker runs 3.8.1")),
	}))
}
