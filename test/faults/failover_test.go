package faults_test

import (
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestFailover: operations go on while one of two workers is there, whichever
// dies and whenever.
func TestFailover(t *testing.T) {
	t.Parallel()
	t.Run("the first is dead", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.Manage("debezium_postgres_connector", acctest.Block{"url": "http://127.0.0.1:1", "failover_urls": []string{env.Hooks.URL}})
		env.SetUp(orders)
		env.Must(env.Connector.Run(env.Ctx, moreTables))
		env.WantWrites(put)
		env.Must(env.Connector.Run(env.Ctx, nil))
		if left := env.ConnectorNames(); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
	type death struct{ name, request string }
	cases := []death{
		{"at the listing", "GET /connectors"}, {"at the validation", "GET /connector-plugins"},
		{"before the POST", "POST /connectors"}, {"after the POST", "POST /connectors"},
	}
	acctest.Parallel(t, cases, func(d death) string { return d.name }, func(t *testing.T, d death) {
		env := acctest.NewEnv(t)
		first := httptest.NewUnstartedServer(env.Hooks)
		// Other tests' servers don't take the port of this address once it is free.
		if listener, err := net.Listen("tcp", "127.0.0.2:0"); err == nil {
			_ = first.Listener.Close()
			first.Listener = listener
		}
		first.Config.SetKeepAlivesEnabled(false) // so that its end shows at once
		first.Start()
		t.Cleanup(first.Close)
		env.Manage("debezium_postgres_connector", acctest.Block{"url": first.URL, "failover_urls": []string{env.Hooks.URL}})
		die := func() { _ = first.Listener.Close() }
		method, path, _ := strings.Cut(d.request, " ")
		if d.name == "before the POST" {
			env.Fault(connecttest.Fault{Kind: connecttest.LoseRequest, Method: method, Path: path, Times: 1})
		} else {
			env.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: method, Path: path, Times: 1})
		}
		env.AfterRequest(method, path, die)
		env.Must(env.Connector.Run(env.Ctx, orders))
		env.WantNoChanges(orders)
		if env.State("orders") != kafkaconnect.StateRunning || env.TaskStarts() != 1 {
			t.Errorf("it is %s, and its tasks were started %d times", env.State("orders"), env.TaskStarts())
		}
	})
}
