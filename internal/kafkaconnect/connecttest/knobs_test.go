package connecttest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// start is a worker in memory, of which the database is never asked.
func start(t *testing.T, options ...connecttest.Option) (*connecttest.Server, *worker) {
	t.Helper()
	server := connecttest.New(t, options...)
	w := &worker{url: server.URL, prefix: "knob"}
	w.postgres.Host, w.postgres.Port, w.postgres.Name = "127.0.0.1", 5432, "inventory"
	w.postgres.AdminUser, w.postgres.AdminPassword = "postgres", "secret"
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	return server, w
}

// reads are the statuses that one read after the other shows.
func reads(t *testing.T, w *worker, name string, n int) string {
	t.Helper()
	var seen []string
	for range n {
		status, err := w.client.Status(t.Context(), name)
		switch {
		case errors.Is(err, kafkaconnect.ErrNotFound):
			seen = append(seen, "none")
		case err != nil:
			t.Fatal(err)
		default:
			seen = append(seen, describe(status))
		}
	}
	return strings.Join(seen, ", ")
}

func TestLag(t *testing.T) {
	for lag, want := range [][]string{
		{"RUNNING RUNNING, RUNNING RUNNING, RUNNING RUNNING", "RUNNING FAILED, RUNNING FAILED, RUNNING FAILED", "PAUSED FAILED, PAUSED FAILED", "none, none"},
		{"none, RUNNING, RUNNING RUNNING", "RUNNING RUNNING, RUNNING FAILED, RUNNING FAILED", "PAUSED FAILED, PAUSED FAILED", "UNASSIGNED FAILED, none"},
		{"none, none, RUNNING", "RUNNING RUNNING, RUNNING RUNNING, RUNNING FAILED", "PAUSED FAILED, PAUSED FAILED", "UNASSIGNED FAILED, UNASSIGNED FAILED"},
	} {
		server, w := start(t, connecttest.Lag(lag))
		server.OnStart(func(_ string, config kafkaconnect.Config) string { return config["fail"] })
		w.create(t, "c", "")
		check := func(about, want string, n int) {
			t.Helper()
			if got := reads(t, w, "c", n); got != want {
				t.Errorf("lag %d, after %s: got %s; want %s", lag, about, got, want)
			}
		}
		check("creation", want[0], 3)
		if _, err := w.client.PutConfig(t.Context(), "c", with(w.config("c"), "fail", "a trace")); err != nil {
			t.Fatal(err)
		}
		tasks, err := w.client.Tasks(t.Context(), "c")
		if err != nil || len(tasks) != 1 || (tasks[0].Config["fail"] == "") != (lag > 0) {
			t.Errorf("lag %d: %v, %v", lag, tasks, err)
		}
		check("update", want[1], 3)
		if err := w.client.Pause(t.Context(), "c"); err != nil {
			t.Fatal(err)
		}
		check("pause", want[2], 2)
		if err := w.client.Delete(t.Context(), "c"); err != nil {
			t.Fatal(err)
		}
		check("deletion", want[3], 2)
	}
}

func TestListingLeavesOutWhatHasNoStatus(t *testing.T) {
	_, w := start(t)
	w.create(t, "c", "")
	for i, want := range []int{0, 1} {
		listing, err := w.client.Connectors(t.Context())
		if err != nil || len(listing) != want {
			t.Errorf("read %d: %v, %v", i, listing, err)
		}
	}
}

// TestFaults: what the client learns of a PUT, and what the worker has done.
func TestFaults(t *testing.T) {
	released := make(chan struct{})
	close(released)
	for _, test := range []struct {
		about string
		fault connecttest.Fault
		want  error
		done  bool
	}{
		{"answer", connecttest.Fault{Kind: connecttest.Answer, Status: 403, Message: "no"}, kafkaconnect.ErrUnauthorized, false},
		{"raw answer", connecttest.Fault{Kind: connecttest.Answer, Status: 502, Body: "<html>bad gateway</html>"}, kafkaconnect.ErrServer, false},
		{"lost request", connecttest.Fault{Kind: connecttest.LoseRequest}, kafkaconnect.ErrInterrupted, false},
		{"lost answer", connecttest.Fault{Kind: connecttest.LoseAnswer}, kafkaconnect.ErrInterrupted, true},
		{"timeout", connecttest.Fault{Kind: connecttest.TimeOut}, kafkaconnect.ErrTimedOut, true},
		{"released", connecttest.Fault{Kind: connecttest.Hang, Release: released}, nil, true},
		{"dropped", connecttest.Fault{Kind: connecttest.DropWrite}, nil, false},
		{"unknown field", connecttest.Fault{Kind: connecttest.UnknownField}, nil, true},
		{"another request's", connecttest.Fault{Kind: connecttest.LoseRequest, Path: "/connectors/*/status"}, nil, true},
	} {
		t.Run(test.about, func(t *testing.T) {
			server, w := start(t)
			w.create(t, "c", "")
			test.fault.Method = "PUT"
			server.Fault(test.fault)
			_, err := w.client.PutConfig(t.Context(), "c", with(w.config("c"), "max.batch.size", "1"))
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			config, _ := server.Config("c")
			if done := config["max.batch.size"] == "1"; done != test.done {
				t.Errorf("done: %t", done)
			}
		})
	}
}

func TestHangEndsWithTheRequest(t *testing.T) {
	server, w := start(t)
	server.Fault(connecttest.Fault{Kind: connecttest.Hang, Path: "/"})
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, err := w.client.ServerInfo(ctx)
		failed <- err
	}()
	w.until(t, func() string {
		if server.Count("GET", "/") == 0 {
			return "no request"
		}
		return ""
	})
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRebalances(t *testing.T) {
	for _, rebalance := range connecttest.Rebalances {
		server, w := start(t)
		w.create(t, "c", "")
		server.Fault(rebalance)
		if got := w.callOnce(t, "PUT", "/connectors/c/pause", ""); got.status != rebalance.Status || got.message() != rebalance.Message {
			t.Errorf("%+v", got)
		}
		if state := server.State("c"); state != kafkaconnect.StateRunning {
			t.Error(state)
		}
		if got := w.call(t, "PUT", "/connectors/c/pause", ""); got.status != http.StatusAccepted {
			t.Errorf("the second time: %+v", got)
		}
	}
}

func TestStaleReads(t *testing.T) {
	server, w := start(t, connecttest.Lag(0))
	w.create(t, "old", "")
	w.create(t, "new", "")
	server.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: "GET", Times: 1})
	for i, want := range []int{1, 2} {
		listing, err := w.client.Connectors(t.Context())
		if err != nil || len(listing) != want {
			t.Errorf("after the creation, read %d: %v, %v", i, listing, err)
		}
	}
	if _, err := w.client.PutConfig(t.Context(), "old", with(w.config("old"), "a", "1")); err != nil {
		t.Fatal(err)
	}
	server.Fault(connecttest.Fault{Kind: connecttest.Stale, Path: "/connectors/old", Times: 1})
	for i, want := range []string{"", "1"} {
		info, err := w.client.Connector(t.Context(), "old")
		if err != nil || info.Config["a"] != want {
			t.Errorf("after the update, read %d: %v, %v", i, info, err)
		}
	}
	server.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Times: 1})
	if got := reads(t, w, "old", 2); got != "none, RUNNING RUNNING" {
		t.Error(got)
	}
}

func TestAddedKeysAndMasks(t *testing.T) {
	server, w := start(t)
	server.Fault(connecttest.Fault{Kind: connecttest.AddKeys, Method: "POST", Config: kafkaconnect.Config{"added": "1"}})
	server.MaskSecrets(true)
	w.create(t, "c", "")
	info, err := w.client.Connector(t.Context(), "c")
	if err != nil || info.Config["added"] != "1" || info.Config["database.password"] != connecttest.Mask || info.Config["database.user"] != "postgres" {
		t.Errorf("%v, %v", info, err)
	}
	if config, _ := server.Config("c"); config["database.password"] != "secret" {
		t.Error(config)
	}
}

func TestChangesByHand(t *testing.T) {
	server, w := start(t)
	server.AddConnector("c", w.config("c"), "")
	server.FailTask("c", 0, "a trace")
	if got := reads(t, w, "c", 1); got != "RUNNING FAILED" {
		t.Error(got)
	}
	server.SetConfig("c", with(w.config("c"), "a", "1"))
	server.FailConnector("c", "another trace")
	if got := reads(t, w, "c", 1); got != "FAILED RUNNING" {
		t.Error(got)
	}
	server.SetState("c", kafkaconnect.StateStopped)
	if got := reads(t, w, "c", 1); got != "STOPPED" {
		t.Error(got)
	}
	server.SetTopics("c", "c.public.t")
	if topics, err := w.client.Topics(t.Context(), "c"); err != nil || len(topics) != 1 {
		t.Errorf("%v, %v", topics, err)
	}
	server.Remove("c")
	if got := reads(t, w, "c", 1); got != "none" {
		t.Error(got)
	}
	if n := len(server.Writes()); n != 0 {
		t.Errorf("%d writes are recorded", n)
	}
	if n := server.Count("GET", "/connectors/*/status"); n != 4 {
		t.Errorf("%d reads of the status are recorded", n)
	}
}

func TestFileReferences(t *testing.T) {
	server, w := start(t)
	server.SetFile("/secrets", map[string]string{"host": "bad host"})
	config := with(w.config("c"), "name", "c", "database.hostname", "${file:/secrets:host}", "database.user", "${file:/secrets:missing}")
	got, err := w.client.Validate(t.Context(), postgresClass, config)
	if err != nil {
		t.Fatal(err)
	}
	checkVerdict(t, got, map[string]string{"database.hostname": "The 'PROPERTY' value is invalid: bad host has invalid format"})
}

// TestTasks: how many tasks each kind makes of tasks.max.
func TestTasks(t *testing.T) {
	for _, test := range []struct {
		plugin *connecttest.Plugin
		config kafkaconnect.Config
		want   string
	}{
		{connecttest.DebeziumPlugin("postgres", "3.5.0.Final"), kafkaconnect.Config{"tasks.max": "3"}, "RUNNING RUNNING"},
		{connecttest.DebeziumPlugin("mysql", "3.5.0.Final"), kafkaconnect.Config{"tasks.max": "2"}, "RUNNING"},
		{connecttest.DebeziumPlugin("sqlserver", "3.5.0.Final"), kafkaconnect.Config{"tasks.max": "3", "database.names": "a,b"}, "RUNNING RUNNING RUNNING"},
		{connecttest.DebeziumPlugin("jdbc_sink", "3.5.0.Final"), kafkaconnect.Config{"tasks.max": "3"}, "RUNNING RUNNING RUNNING RUNNING"},
		{&connecttest.Plugin{Class: "io.example.Other", Type: "source", Version: "1"}, kafkaconnect.Config{}, "RUNNING RUNNING"},
	} {
		server, w := start(t, connecttest.Plugins(test.plugin))
		server.AddConnector("c", with(test.config, "connector.class", test.plugin.Class), "")
		if got := reads(t, w, "c", 1); got != test.want {
			t.Errorf("%s: got %s, want %s", test.plugin.Class, got, test.want)
		}
	}
}

// TestVersions: what older workers lack. What they answer in its place was
// read in the sources of those releases, not seen.
func TestVersions(t *testing.T) {
	for _, test := range []struct {
		version, method, path, body string
		status                      int
	}{
		{"3.4.0", "PUT", "/connectors/c/stop", "", 404},
		{"3.5.0", "PUT", "/connectors/c/stop", "", 204},
		{"3.4.0", "GET", "/connectors/c/offsets", "", 404},
		{"3.5.0", "PATCH", "/connectors/c/offsets", "", 405},
		{"3.8.0", "GET", "/health", "", 404},
		{"3.9.0", "GET", "/health", "", 200},
		{"3.7.0", "PATCH", "/connectors/c/config", "{}", 405},
		{"2.8.0", "POST", "/connectors/c/restart?includeTasks=true", "", 204},
		{"3.0.0", "POST", "/connectors/c/restart?includeTasks=true", "", 202},
		{"3.6.0", "POST", "/connectors", `{"name":"d","initial_state":"STOPPED","config":{}}`, 500},
		{"3.9.0", "GET", "/connectors/a%2Fb", "", 404},
	} {
		server, w := start(t, connecttest.Version(test.version))
		server.AddConnector("c", w.config("c"), "")
		if got := w.call(t, test.method, test.path, test.body); got.status != test.status {
			t.Errorf("%s: %s %s: got %+v, want %d", test.version, test.method, test.path, got, test.status)
		}
	}
	server, w := start(t, connecttest.Version("4.0.0"))
	server.AddConnector("c", w.config("c"), "")
	if status := w.waitFor(t, "c", "RUNNING RUNNING"); status.Connector.Version != "" {
		t.Errorf("%+v", status)
	}
}
