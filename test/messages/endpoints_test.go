package messages_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// endpoint is a URL in the provider's configuration that leads elsewhere than
// to a worker's REST API.
type endpoint struct {
	file, title string
	url         func(t *testing.T) string
}

var endpoints = []endpoint{
	{"path", "The URL has a path: …/connectors.", func(t *testing.T) string { return acctest.NewEnv(t).Hooks.URL + "/connectors" }},
	{"other-server", "The URL leads to another server, which answers 404 with HTML.", answering(http.StatusNotFound, "text/html", "<html>Not Found</html>")},
	{"other-api", "The URL leads to another REST API, which answers 404 with a worker's JSON.", answering(http.StatusNotFound, "application/json",
		`{"error_code": 404, "message": "RESTEASY003210: Could not find resource for full path: http://registry:8080/apis/connector-plugins"}`)},
	{"login-page", "A login page answers, as 200 with HTML.", answering(http.StatusOK, "text/html", "<html><title>Sign in</title></html>")},
	{"redirect", "A proxy redirects to a login page.", redirecting},
	{"empty-object", "The answer is {}.", answering(http.StatusOK, "application/json", "{}")},
	{"not-http", "The port doesn't speak HTTP.", closing},
	{"nobody", "Nothing listens on the port.", func(*testing.T) string { return "http://127.0.0.1:1" }},
	{"https", "The URL has https, and the worker speaks http.", func(t *testing.T) string {
		return strings.Replace(acctest.NewEnv(t).Hooks.URL, "http:", "https:", 1)
	}},
	{"unauthorized", "The worker wants credentials.", answering(http.StatusUnauthorized, "application/json", `{"error_code": 401, "message": "User cannot access the resource."}`)},
}

// endpointSituations are, for each endpoint, a new connector's plan, and the
// refresh of one that was created before.
func endpointSituations() []situation {
	var all []situation
	for _, e := range endpoints {
		refresh := situation{"endpoint-" + e.file + "-refresh", e.title + " A connector was created before.", func(t *testing.T) acctest.Diagnostics {
			env := acctest.NewEnv(t)
			env.SetUp(acctest.Orders)
			return acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": e.url(t)}).Refresh(env.Ctx, env.Connector)
		}}
		all = append(all,
			situation{"endpoint-" + e.file, e.title, func(t *testing.T) acctest.Diagnostics {
				w, diagnostics := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": e.url(t)}).Walk(t.Context())
				if diagnostics.HasError() {
					return diagnostics
				}
				return append(diagnostics, w.PlanNew(t.Context(), "debezium_postgres_connector", acctest.Orders)...)
			}},
		)
		if e.file != "path" { // which the provider's configuration refuses
			all = append(all, refresh)
		}
	}
	return append(all,
		situation{"endpoint-nobody-required", `Nothing listens on the port, with unreachable = "error".`, func(t *testing.T) acctest.Diagnostics {
			provider := acctest.Block{"url": "http://127.0.0.1:1", "validation": acctest.Block{"unreachable": "error"}}
			return acctest.StartWalk(t, acctest.InMemory(), provider).PlanNew(t.Context(), "debezium_postgres_connector", acctest.Orders)
		}},
		situation{"endpoint-hangs", "The worker doesn't answer.", func(t *testing.T) acctest.Diagnostics {
			env := acctest.NewEnv(t)
			env.Fault(connecttest.Fault{Kind: connecttest.Hang, Release: make(chan struct{})})
			// Long enough for the request to be sent on a busy machine.
			provider := acctest.Block{"url": env.Hooks.URL, "request_timeout": "3s"}
			return acctest.StartWalk(t, acctest.InMemory(), provider).PlanNew(env.Ctx, "debezium_postgres_connector", acctest.Orders)
		}},
	)
}

func answering(status int, contentType, body string) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
}

func redirecting(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.RedirectHandler("https://sso.example.com/login", http.StatusFound))
	t.Cleanup(server.Close)
	return server.URL
}

// closing is a port that ends each connection, as Kafka's own does for what
// isn't its protocol.
func closing(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			// What was sent is read first, so that closing is no reset.
			_, _ = connection.Read(make([]byte, 64<<10))
			_ = connection.Close()
		}
	}()
	return "http://" + listener.Addr().String()
}
