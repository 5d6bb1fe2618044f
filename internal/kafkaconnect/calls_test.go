package kafkaconnect

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
)

// TestCalls checks what each method sends and what it makes of the answer.
func TestCalls(t *testing.T) {
	none := func(err error) (any, error) { return nil, err }
	for _, test := range []struct {
		name       string
		call       func(context.Context, *Client) (any, error)
		request    string // method and URI
		body       string
		status     int
		answer     string
		want       any
		wantAsJSON string // instead of want
	}{
		{name: "ServerInfo", call: func(ctx context.Context, c *Client) (any, error) { return c.ServerInfo(ctx) },
			request: "GET /", answer: `{"version":"4.3.1","commit":"abc","kafka_cluster_id":"id","more":1}`,
			want: &ServerInfo{"4.3.1", "abc", "id"}},
		{name: "Health", call: func(ctx context.Context, c *Client) (any, error) { return c.Health(ctx) },
			request: "GET /health", answer: `{"status":"healthy","message":"ok"}`, want: &Health{"healthy", "ok"}},
		{name: "Health, starting", call: func(ctx context.Context, c *Client) (any, error) { return c.Health(ctx) },
			request: "GET /health", status: 503, answer: `{"status":"starting","message":"wait"}`, want: &Health{"starting", "wait"}},
		{name: "Health, unhealthy", call: func(ctx context.Context, c *Client) (any, error) { return c.Health(ctx) },
			request: "GET /health", status: 500, answer: `{"status":"unhealthy","message":"x"}`, want: &Health{"unhealthy", "x"}},
		{name: "Connectors", call: func(ctx context.Context, c *Client) (any, error) { return c.Connectors(ctx) },
			request: "GET /connectors?expand=info&expand=status",
			answer: `{"a":{"info":{"name":"a","config":{"x":null,"n":1000000000000000001,"b":true,"t":"v"},"tasks":null,"type":"source"},"status":null},
				"b":{"status":{"name":"b","connector":{"state":"RUNNING","worker_id":"w:1"},"tasks":[{"id":0,"state":"FAILED","worker_id":"w:1","trace":"T"}],"type":"sink"}}}`,
			want: map[string]Connector{
				"a": {Info: &Info{Name: "a", Config: Config{"n": "1000000000000000001", "b": "true", "t": "v"}, Type: "source"}},
				"b": {Status: &Status{Name: "b", Connector: ConnectorStatus{State: StateRunning, WorkerID: "w:1"},
					Tasks: []TaskStatus{{ID: 0, State: StateFailed, WorkerID: "w:1", Trace: "T"}}, Type: "sink"}},
			}},
		{name: "Connector", call: func(ctx context.Context, c *Client) (any, error) { return c.Connector(ctx, "orders") },
			request: "GET /connectors/orders", answer: `{"name":"orders","config":{},"tasks":[{"connector":"orders","task":3}]}`,
			want: &Info{Name: "orders", Config: Config{}, Tasks: []TaskID{{"orders", 3}}}},
		{name: "Create", call: func(ctx context.Context, c *Client) (any, error) {
			return c.Create(ctx, CreateRequest{"orders", Config{"a": "b"}, StateStopped})
		}, request: "POST /connectors", body: `{"name":"orders","config":{"a":"b"},"initial_state":"STOPPED"}`, status: 201,
			answer: ordersInfo, wantAsJSON: ordersInfo},
		{name: "PutConfig", call: func(ctx context.Context, c *Client) (any, error) {
			return c.PutConfig(ctx, "orders", Config{"a": "b"})
		}, request: "PUT /connectors/orders/config", body: `{"a":"b"}`, answer: ordersInfo, wantAsJSON: ordersInfo},
		{name: "Delete", call: func(ctx context.Context, c *Client) (any, error) { return none(c.Delete(ctx, "orders")) },
			request: "DELETE /connectors/orders", status: 204},
		{name: "Status", call: func(ctx context.Context, c *Client) (any, error) { return c.Status(ctx, "orders") },
			request: "GET /connectors/orders/status", answer: `{"name":"orders","connector":null,"tasks":null}`, want: &Status{Name: "orders"}},
		{name: "Tasks", call: func(ctx context.Context, c *Client) (any, error) { return c.Tasks(ctx, "orders") },
			request: "GET /connectors/orders/tasks", answer: `[{"id":{"connector":"orders","task":0},"config":{"task.id":"0"}}]`,
			want: []Task{{TaskID{"orders", 0}, Config{"task.id": "0"}}}},
		{name: "Pause", call: func(ctx context.Context, c *Client) (any, error) { return none(c.Pause(ctx, "orders")) },
			request: "PUT /connectors/orders/pause", status: 202},
		{name: "Resume", call: func(ctx context.Context, c *Client) (any, error) { return none(c.Resume(ctx, "orders")) },
			request: "PUT /connectors/orders/resume", status: 202},
		{name: "Stop", call: func(ctx context.Context, c *Client) (any, error) { return none(c.Stop(ctx, "orders")) },
			request: "PUT /connectors/orders/stop", status: 204},
		{name: "Restart", call: func(ctx context.Context, c *Client) (any, error) {
			return none(c.Restart(ctx, "orders", RestartOptions{}))
		}, request: "POST /connectors/orders/restart", status: 204},
		{name: "Restart of what failed", call: func(ctx context.Context, c *Client) (any, error) {
			return none(c.Restart(ctx, "orders", RestartOptions{IncludeTasks: true, OnlyFailed: true}))
		}, request: "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true", status: 202, answer: `{"name":"orders"}`},
		{name: "Offsets", call: func(ctx context.Context, c *Client) (any, error) { return c.Offsets(ctx, "orders") },
			request: "GET /connectors/orders/offsets", answer: `{"offsets":[{"partition":{"server":"p"},"offset":{"lsn":9007199254740993}}]}`,
			wantAsJSON: `{"offsets":[{"partition":{"server":"p"},"offset":{"lsn":9007199254740993}}]}`},
		{name: "AlterOffsets", call: func(ctx context.Context, c *Client) (any, error) {
			return none(c.AlterOffsets(ctx, "orders", &Offsets{[]Offset{{Partition: json.RawMessage(`{"server":"p"}`)}}}))
		}, request: "PATCH /connectors/orders/offsets", body: `{"offsets":[{"partition":{"server":"p"},"offset":null}]}`, answer: `{"message":"done"}`},
		{name: "ResetOffsets", call: func(ctx context.Context, c *Client) (any, error) { return none(c.ResetOffsets(ctx, "orders")) },
			request: "DELETE /connectors/orders/offsets", answer: `{"message":"done"}`},
		{name: "Topics", call: func(ctx context.Context, c *Client) (any, error) { return c.Topics(ctx, "orders") },
			request: "GET /connectors/orders/topics", answer: `{"orders":{"topics":["a","b"]}}`, want: []string{"a", "b"}},
		{name: "Plugins", call: func(ctx context.Context, c *Client) (any, error) { return c.Plugins(ctx) },
			request: "GET /connector-plugins", answer: `[{"class":"C","type":"source","version":"3.5.0.Final"}]`,
			want: []Plugin{{"C", "source", "3.5.0.Final"}}},
		{name: "PluginConfig", call: func(ctx context.Context, c *Client) (any, error) { return c.PluginConfig(ctx, "C", "[1,2)") },
			request: "GET /connector-plugins/C/config?version=%5B1%2C2%29", answer: `[{"name":"a","default_value":null},{"name":"b","default_value":"1"}]`,
			want: []ConfigKeyInfo{{Name: "a"}, {Name: "b", Default: new("1")}}},
		{name: "Validate", call: func(ctx context.Context, c *Client) (any, error) { return c.Validate(ctx, "C", Config{"a": "b"}) },
			request: "PUT /connector-plugins/C/config/validate", body: `{"a":"b"}`,
			answer: `{"name":"C","error_count":1,"groups":null,"configs":[{"definition":null,"value":{"name":"a","value":null,"errors":["bad"]}},{"definition":{"name":"z"},"value":null}]}`,
			want: &ConfigInfos{ErrorCount: 1, Configs: []ConfigInfo{
				{Value: &ConfigValueInfo{Name: "a", Errors: []string{"bad"}}}, {}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, answer(max(test.status, 200), test.answer))
			got, err := test.call(t.Context(), newClient(t, Options{URL: s.URL}))
			if err != nil {
				t.Fatal(err)
			}
			sent := s.requests(t, 1)[0]
			if request := sent.Method + " " + sent.URI; request != test.request || sent.Body != test.body {
				t.Errorf("sent %s %q, want %s %q", request, sent.Body, test.request, test.body)
			}
			if (sent.Header.Get("Content-Type") == "application/json") != (test.body != "") {
				t.Errorf("content type %q for the body %q", sent.Header.Get("Content-Type"), test.body)
			}
			if test.wantAsJSON != "" {
				encoded, _ := json.Marshal(got)
				got, test.want = string(encoded), test.wantAsJSON
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, want %#v", got, test.want)
			}
		})
	}
}

// What every worker has can't be missing, whatever form the answer has: the URL
// leads elsewhere.
func TestNothingAtTheRoot(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Client) error{
		"ServerInfo":        func(ctx context.Context, c *Client) error { _, err := c.ServerInfo(ctx); return err },
		"Connectors":        func(ctx context.Context, c *Client) error { _, err := c.Connectors(ctx); return err },
		"Plugins":           func(ctx context.Context, c *Client) error { _, err := c.Plugins(ctx); return err },
		"PluginsOfAllTypes": func(ctx context.Context, c *Client) error { _, err := c.PluginsOfAllTypes(ctx); return err },
		"Create":            create,
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, answer(404, `{"error_code":404,"message":"RESTEASY003210: Could not find resource for full path: http://registry/apis/"}`))
			if err := call(t.Context(), newClient(t, Options{URL: s.URL})); !errors.Is(err, ErrNotKafkaConnect) || OutcomeUnknown(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A listing that can't be read must never look like an empty cluster.
func TestUnreadableListings(t *testing.T) {
	for body, want := range map[string]error{
		"": ErrNotKafkaConnect, "null": ErrNotKafkaConnect, `["orders"]`: ErrNotKafkaConnect, `{"orders":1}`: ErrNotKafkaConnect,
		`{"orders":{"info":{"config":{"a":{}}}}}`: ErrNotKafkaConnect,
		"<html></html>": ErrNotKafkaConnect, `"x"`: ErrNotKafkaConnect,
		`{"orders":`: ErrServer, // cut off on the way
	} {
		t.Run(body, func(t *testing.T) {
			s := serve(t, answer(200, body))
			connectors, err := newClient(t, Options{URL: s.URL}).Connectors(t.Context())
			if !errors.Is(err, want) {
				t.Errorf("got %v, %v", connectors, err)
			}
		})
	}
}

func TestHealthOfSomethingElse(t *testing.T) {
	for body, want := range map[string]error{
		"<html>error</html>":                               ErrServer,
		`{"error_code":500,"message":"boom"}`:              ErrServer,
		`{"error_code":500,"message":"Request timed out"}`: ErrTimedOut,
	} {
		s := serve(t, answer(500, body))
		if health, err := newClient(t, Options{URL: s.URL}).Health(t.Context()); !errors.Is(err, want) {
			t.Errorf("%s: got %v, %v", body, health, err)
		}
	}
}

// TestNames has a server that routes by escaped segments, as Kafka Connect does.
func TestNames(t *testing.T) {
	var got string
	mux := http.NewServeMux()
	mux.HandleFunc("GET /base/path/connectors/{name}/status", func(w http.ResponseWriter, r *http.Request) {
		got = r.PathValue("name")
		answer(200, `{"name":"x"}`)(w, r)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	for _, url := range []string{s.URL + "/base/path", s.URL + "/base/path/"} {
		c := newClient(t, Options{URL: url})
		for _, name := range []string{"plain", "a b", "a/b", "a?b", "a#b", "%20", "a%2Fb", "ü", "409", "a+b", "a;b", "...", "{x}", `q"'\`, "日本"} {
			got = ""
			if _, err := c.Status(t.Context(), name); err != nil || got != name {
				t.Errorf("%q arrived as %q: %v", name, got, err)
			}
		}
	}
}

// Go's own server cleans these paths, Kafka Connect's doesn't.
func TestDotNamesAreSentAsTheyAre(t *testing.T) {
	for name, want := range map[string]string{".": "/connectors/./status", "..": "/connectors/../status"} {
		s := serve(t, answer(200, `{}`))
		if _, err := newClient(t, Options{URL: s.URL}).Status(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		if got := s.requests(t, 1)[0].URI; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
}

// Kafka Connect would cut the name at the semicolon and change "orders".
func TestWritesOfASemicolonAreNotSent(t *testing.T) {
	s := serve(t)
	c := newClient(t, Options{URL: s.URL})
	_, put := c.PutConfig(t.Context(), "orders;old", Config{})
	for _, err := range []error{put, c.Delete(t.Context(), "orders;old"), c.Stop(t.Context(), "orders;old")} {
		if !errors.Is(err, ErrInvalidConfig) {
			t.Errorf("got %v", err)
		}
	}
	s.requests(t, 0)
}
