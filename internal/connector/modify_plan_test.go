package connector_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

func mysqlConnector(name string, changes properties) acctest.Block {
	return acctest.Connector(catalog.KindByName("mysql"), name, catalogtest.Minimal("mysql").With(changes))
}

// TestHangingWorker: a worker that takes a request and never answers is one
// error, however many connectors are planned.
func TestHangingWorker(t *testing.T) {
	t.Parallel()
	var taken atomic.Int32
	end := make(chan struct{})
	worker := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		taken.Add(1)
		<-end
	}))
	defer worker.Close()
	defer close(end)
	walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": worker.URL, "request_timeout": "2s"})
	var all acctest.Diagnostics
	for _, name := range []string{"a", "b", "c"} {
		all = append(all, walk.PlanNew(t.Context(), "debezium_mysql_connector", mysqlConnector(name, properties{"topic.prefix": name}))...)
	}
	if len(all) != 1 || !all[0].IsError() || all[0].Summary != "Kafka Connect doesn't answer" {
		t.Errorf("want one error, got %v", all)
	}
	if taken.Load() != 1 {
		t.Errorf("%d requests waited for an answer, want one", taken.Load())
	}
}

// TestUnreachableWorker: new connectors are planned by the rules, with one
// warning for all of them.
func TestUnreachableWorker(t *testing.T) {
	t.Parallel()
	walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": "http://127.0.0.1:1"})
	var all acctest.Diagnostics
	for _, name := range []string{"a", "b", "c"} {
		all = append(all, walk.PlanNew(t.Context(), "debezium_mysql_connector", mysqlConnector(name, properties{"topic.prefix": name}))...)
	}
	if len(all) != 1 || all[0].IsError() || !strings.Contains(all[0].Summary, "Kafka Connect can't be reached") {
		t.Errorf("want one warning, got %v", all)
	}
	all = walk.PlanNew(t.Context(), "debezium_mysql_connector", mysqlConnector("d", properties{"topic.prefix": "d", "snapshot.mode": "sometimes"}))
	if len(all) != 1 || !all[0].IsError() || all[0].Path != "snapshot_mode" {
		t.Errorf("want the rules' error at snapshot_mode, got %v", all)
	}
}

// TestOfflineVersions: without a worker, debezium_version says by which version
// to judge, and nothing is asked.
func TestOfflineVersions(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t)
	cases := []struct {
		what, mode, version string
		changes             properties
		at                  string // of the only diagnostic; empty: nothing is reported
		error               bool
	}{
		{"a value that only 2.7 has", "offline", "2.7", properties{"snapshot.mode": "schema_only_recovery"}, "snapshot_mode", false},
		{"the same in 3.5", "offline", "3.5", properties{"snapshot.mode": "schema_only_recovery"}, "snapshot_mode", true},
		{"a value of 3.x", "offline", "3.5", properties{"time.precision.mode": "isostring"}, "", false},
		{"the same in 2.7", "offline", "2.7", properties{"time.precision.mode": "isostring"}, "time_precision_mode", true},
		{"a property of 3.x", "offline", "3.5", properties{"guardrail.collections.max": "5"}, "", false},
		{"the same in 2.7", "offline", "2.7", properties{"guardrail.collections.max": "5"}, `config["guardrail.collections.max"]`, false},
		{"the version of the connector itself counts first", "offline", "2.7", properties{"time.precision.mode": "isostring", "connector.plugin.version": "3.5.0.Final"}, "", false},
		{"nothing is checked", "off", "", properties{"snapshot.mode": "no_data", "guardrail.collections.maxx": "5", "tasks.max": "1"}, "", false},
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			validation := acctest.Block{"mode": c.mode}
			if c.version != "" {
				validation["debezium_version"] = c.version
			}
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": server.URL, "validation": validation})
			all := walk.PlanNew(t.Context(), "debezium_mysql_connector", mysqlConnector("offline", c.changes))
			switch {
			case c.at == "" && len(all) > 0:
				t.Errorf("unexpected diagnostics: %v", all)
			case c.at != "" && (len(all) != 1 || all[0].Path != c.at || all[0].IsError() != c.error):
				t.Errorf("want one diagnostic at %s, error: %t, got %v", c.at, c.error, all)
			}
		})
	}
	if asked := server.Requests(); len(asked) > 0 {
		t.Errorf("the worker was asked: %v", asked)
	}
}
