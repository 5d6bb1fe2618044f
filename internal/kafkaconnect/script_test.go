package kafkaconnect

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// received is what a script saw of a request.
type received struct {
	Method, URI, Body string
	Header            http.Header
}

// script is a server that gives its steps in turn. A request beyond them fails
// the test.
type script struct {
	*httptest.Server
	mu    sync.Mutex
	steps []http.HandlerFunc
	got   []received
}

func serve(t *testing.T, steps ...http.HandlerFunc) *script {
	t.Helper()
	s := &script{steps: steps}
	s.Server = httptest.NewServer(s.handler(t))
	t.Cleanup(s.Close)
	return s
}

func (s *script) handler(t *testing.T) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		n := len(s.got)
		s.got = append(s.got, received{r.Method, r.RequestURI, string(body), r.Header.Clone()})
		s.mu.Unlock()
		if n >= len(s.steps) {
			t.Errorf("unexpected request %s %s", r.Method, r.RequestURI)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		s.steps[n](w, r)
	})
}

// requests returns what has arrived, and checks how many that are.
func (s *script) requests(t *testing.T, want int) []received {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.got) != want {
		t.Fatalf("%d requests arrived, want %d: %v", len(s.got), want, s.got)
	}
	return s.got
}

// answer is a step that sends a status and a body.
func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// hangUp is a step that closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// hangUpLater is a step that closes the connection in the midst of a body.
func hangUpLater(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"name":`)
	_ = http.NewResponseController(w).Flush()
	hangUp(w, r)
}

// block is a step that never answers: it ends when the client gives up.
func block(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

var closed atomic.Int64

// closedURL is an address where nothing listens. A port that was just given
// back could be another test's a moment later.
func closedURL() string { return fmt.Sprintf("http://127.0.0.1:%d", 1+closed.Add(1)%5) }

// newClient returns a client that hardly waits between attempts.
func newClient(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.shortestPause, c.longestPause = time.Microsecond, time.Millisecond
	t.Cleanup(c.http.CloseIdleConnections)
	return c
}

const (
	rebalance   = `{"error_code":409,"message":"Cannot complete request because of a conflicting operation (e.g. worker rebalance)"}`
	staleConfig = `{"error_code":409,"message":"Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)"}`
	noLeader    = `{"error_code":409,"message":"Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway."}`
	expected    = `{"error_code":500,"message":"Request cannot be completed because a rebalance is expected"}`
	exists      = `{"error_code":409,"message":"Connector orders already exists"}`
	missing     = `{"error_code":404,"message":"Connector orders not found"}`
	ordersInfo  = `{"name":"orders","config":{"name":"orders","topic.prefix":"p"},"tasks":[],"type":"source"}`
)

// discard keeps the handshakes that fail on purpose out of the test's output.
var discard = log.New(io.Discard, "", 0)

// create and read are the two sorts of calls: a write and a read.
func create(ctx context.Context, c *Client) error {
	_, err := c.Create(ctx, CreateRequest{Name: "orders", Config: Config{"topic.prefix": "p"}})
	return err
}

func read(ctx context.Context, c *Client) error {
	_, err := c.Connector(ctx, "orders")
	return err
}
