package connecttest_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func testStates(t *testing.T, w *worker) {
	name := w.name(t)
	w.create(t, name, kafkaconnect.StateRunning)
	w.waitFor(t, name, "RUNNING RUNNING")
	for _, step := range []struct {
		verb   string
		status int
		want   string
	}{
		{"pause", 202, "PAUSED PAUSED"},
		{"pause", 202, "PAUSED PAUSED"},
		{"resume", 202, "RUNNING RUNNING"},
		{"resume", 202, "RUNNING RUNNING"},
		{"stop", 204, "STOPPED"},
		{"stop", 204, "STOPPED"},
		{"pause", 202, "PAUSED"}, // a stopped connector is paused without tasks
		{"resume", 202, "RUNNING RUNNING"},
	} {
		got := w.call(t, "PUT", "/connectors/"+name+"/"+step.verb, "")
		if got.status != step.status || got.text != "" {
			t.Fatalf("%s: %+v", step.verb, got)
		}
		w.waitFor(t, name, step.want)
	}
	if err := w.client.Stop(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	w.waitFor(t, name, "STOPPED")
	if _, err := w.client.PutConfig(t.Context(), name, with(w.config(name), "max.batch.size", "1024")); err != nil {
		t.Fatal(err)
	}
	w.waitFor(t, name, "STOPPED")
	if tasks, err := w.client.Tasks(t.Context(), name); err != nil || len(tasks) != 0 {
		t.Errorf("%v, %v", tasks, err)
	}
}

func testInitialState(t *testing.T, w *worker) {
	stopped, paused := w.name(t), w.name(t)
	w.create(t, stopped, kafkaconnect.StateStopped)
	w.create(t, paused, "paused") // any case will do
	w.waitFor(t, stopped, "STOPPED")
	w.waitFor(t, paused, "PAUSED")
	for _, name := range []string{stopped, paused} {
		if err := w.client.Resume(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		w.waitFor(t, name, "RUNNING RUNNING")
	}
}

func testRestart(t *testing.T, w *worker) {
	name := w.name(t)
	w.create(t, name, kafkaconnect.StateRunning)
	w.waitFor(t, name, "RUNNING RUNNING")
	for _, test := range []struct {
		query  string
		status int
		during string
	}{
		{"", 204, ""},
		{"?includeTasks=false&onlyFailed=false", 204, ""},
		{"?onlyFailed=true", 202, "RUNNING RUNNING"},
		{"?includeTasks=true&onlyFailed=true", 202, "RUNNING RUNNING"},
		{"?includeTasks=true", 202, "RESTARTING RESTARTING"},
	} {
		got := w.call(t, "POST", "/connectors/"+name+"/restart"+test.query, "")
		if got.status != test.status {
			t.Fatalf("%q: %+v", test.query, got)
		}
		if test.during != "" {
			if status := decode[kafkaconnect.Status](t, got); describe(&status) != test.during || status.Name != name {
				t.Errorf("%q: %s", test.query, got.text)
			}
		}
		w.waitFor(t, name, "RUNNING RUNNING")
	}
	if got := w.call(t, "POST", "/connectors/"+name+"/tasks/0/restart", ""); got.status != 204 {
		t.Errorf("%+v", got)
	}
	w.waitFor(t, name, "RUNNING RUNNING")
	wantReply(t, w.call(t, "POST", "/connectors/"+name+"/tasks/9/restart", ""), 404, "Unknown task: "+name+"-9")

	// A restart changes neither STOPPED nor PAUSED.
	for _, step := range []struct{ verb, want string }{{"pause", "PAUSED PAUSED"}, {"stop", "STOPPED"}} {
		w.call(t, "PUT", "/connectors/"+name+"/"+step.verb, "")
		w.waitFor(t, name, step.want)
		if err := w.client.Restart(t.Context(), name, kafkaconnect.RestartOptions{IncludeTasks: true}); err != nil {
			t.Fatal(err)
		}
		w.waitFor(t, name, step.want)
	}
}

// pauseFailed pauses a connector whose task fails: the task stays FAILED. The
// FAILED seen last may be that of before a restart; a task that starts only now
// pauses instead, and is sent on to fail again.
func (w *worker) pauseFailed(t *testing.T, name string) {
	t.Helper()
	w.until(t, func() string {
		if err := w.client.Pause(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		switch got := describe(w.waitForAny(t, name, "PAUSED FAILED", "PAUSED PAUSED")); got {
		case "PAUSED FAILED":
			return ""
		default:
			if err := w.client.Resume(t.Context(), name); err != nil {
				t.Fatal(err)
			}
			w.waitFor(t, name, "RUNNING FAILED")
			return got
		}
	})
}

func testRestartFailed(t *testing.T, w *worker) {
	name := w.name(t)
	failing := with(w.config(name), "plugin.name", "decoderbufs") // PostgreSQL has no such output plugin
	if _, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: failing}); err != nil {
		t.Fatal(err)
	}
	status := w.waitFor(t, name, "RUNNING FAILED")
	if status.Tasks[0].Trace == "" || status.Connector.Trace != "" {
		t.Errorf("%+v", status)
	}
	for _, test := range []struct{ query, during string }{
		{"?onlyFailed=true", "RUNNING FAILED"}, // without the tasks it does nothing
		{"?includeTasks=true&onlyFailed=true", "RUNNING RESTARTING"},
		{"?includeTasks=true", "RESTARTING RESTARTING"},
	} {
		got := w.call(t, "POST", "/connectors/"+name+"/restart"+test.query, "")
		during := decode[kafkaconnect.Status](t, got)
		if got.status != 202 || describe(&during) != test.during {
			t.Errorf("%q: %+v", test.query, got)
		}
		w.waitFor(t, name, "RUNNING FAILED")
	}
	w.pauseFailed(t, name)
	if err := w.client.Resume(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	w.waitFor(t, name, "RUNNING FAILED")
	if _, err := w.client.PutConfig(t.Context(), name, w.config(name)); err != nil {
		t.Fatal(err)
	}
	w.waitFor(t, name, "RUNNING RUNNING")
}

func testOffsets(t *testing.T, w *worker) {
	name := w.name(t)
	path := "/connectors/" + name + "/offsets"
	w.create(t, name, kafkaconnect.StateRunning)
	w.waitFor(t, name, "RUNNING RUNNING")
	const body = `{"offsets":[{"partition":{"server":"p1"},"offset":{"lsn":123456789012345678}},{"partition":{"server":"p2"},"offset":{"lsn":2}}]}`
	const notStopped = "Connectors must be in the STOPPED state before their offsets can be modified. " +
		"This can be done for the specified connector by issuing a 'PUT' request to the '/connectors/NAME/stop' endpoint"
	wantReply(t, w.call(t, "PATCH", path, body), 400, named(notStopped, name))
	wantReply(t, w.call(t, "DELETE", path, ""), 400, named(notStopped, name))
	if err := w.client.Stop(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	wantReply(t, w.call(t, "PATCH", path, `{}`), 400, "Partitions / offsets need to be provided for an alter offsets request")

	const altered = "The Connect framework-managed offsets for this connector have been altered successfully. However, "
	wantReply(t, w.call(t, "PATCH", path, body), 200, altered)
	w.untilJSON(t, path, body)
	wantReply(t, w.call(t, "PATCH", path, `{"offsets":[{"partition":{"server":"p1"},"offset":null}]}`), 200, altered)
	w.untilJSON(t, path, `{"offsets":[{"partition":{"server":"p2"},"offset":{"lsn":2}}]}`)
	wantReply(t, w.call(t, "PATCH", path, `{"offsets":[{"partition":{"server":"p2"}}]}`), 200, altered)
	w.untilJSON(t, path, `{"offsets":[]}`)
	wantReply(t, w.call(t, "DELETE", path, ""), 200, "The Connect framework-managed offsets for this connector have been reset successfully. However, ")
}

func testOffsetsOutlive(t *testing.T, w *worker) {
	name := w.name(t)
	want := &kafkaconnect.Offsets{Offsets: []kafkaconnect.Offset{
		{Partition: json.RawMessage(`{"server":"` + name + `"}`), Offset: json.RawMessage(`{"lsn":1}`)},
	}}
	w.create(t, name, kafkaconnect.StateStopped)
	if err := w.client.AlterOffsets(t.Context(), name, want); err != nil {
		t.Fatal(err)
	}
	if err := w.client.Delete(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	_, err := w.client.Offsets(t.Context(), name)
	wantError(t, err, kafkaconnect.ErrNotFound, http.StatusNotFound, "Connector "+name+" not found")
	w.create(t, name, kafkaconnect.StateStopped)
	got, err := w.client.Offsets(t.Context(), name)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if err := w.client.ResetOffsets(t.Context(), name); err != nil {
		t.Error(err)
	}
}

func testTopics(t *testing.T, w *worker) {
	name := w.name(t)
	for _, about := range []string{"unknown", "known"} {
		got := w.call(t, "GET", "/connectors/"+name+"/topics", "")
		if got.status != http.StatusOK {
			t.Fatalf("%s: %+v", about, got)
		}
		sameJSON(t, got.text, `{"`+name+`":{"topics":[]}}`)
		if got := w.call(t, "PUT", "/connectors/"+name+"/topics/reset", ""); got.status != http.StatusAccepted {
			t.Errorf("%s: %+v", about, got)
		}
		if about == "unknown" {
			w.create(t, name, kafkaconnect.StateStopped)
		}
	}
}
