// Package connecttest is an in-memory Kafka Connect worker for tests: its REST
// API, its connectors' states, Debezium's validation, and faults on request.
// Its responses are those seen from Kafka Connect 4.3.1; its contract test runs
// the same cases against a real worker.
//
// No time passes in it. A change that a real worker carries out in the
// background becomes visible after a number of reads (see Lag), so that a
// polling test ends after the same number of polls on any machine.
package connecttest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// workerID is the worker_id in all statuses: the only worker's host and port.
const workerID = "127.0.0.1:8083"

// Server is the worker, and so the cluster. Its methods may be called at any
// time, even while requests are being served.
type Server struct {
	// URL is the worker's REST URL, without a trailing slash.
	URL string

	version catalog.Version
	plugins []*Plugin
	lag     int
	latency time.Duration
	closed  chan struct{} // ends hanging requests

	mu              sync.Mutex
	connectors      map[string]*connector
	deleted         map[string][]*kafkaconnect.Status // what is still shown of a deleted connector
	offsets         map[string][]kafkaconnect.Offset
	late            map[string][]kafkaconnect.Offset // see CommitLate
	topics          map[string][]string
	files           map[string]map[string]string
	faults          []*Fault
	requests        []Request
	before          priorState
	refused         map[string]bool // the classes and versions that were requested in vain
	maskSecrets     bool
	onStart         func(name string, config kafkaconnect.Config) string
	connectionError func(config kafkaconnect.Config) string
}

// Option is an option for starting a worker.
type Option func(*Server)

// Version makes it a worker of an older Kafka Connect, "3.4.0": without the
// endpoints and fields that came later, and with the responses that a worker
// gives to what it doesn't know. The default is 4.3.1.
func Version(version string) Option {
	v, err := catalog.ParseVersion(version)
	if err != nil {
		panic(err)
	}
	return func(s *Server) { s.version = v }
}

// Plugins sets the connector plugins, replacing DefaultPlugins.
func Plugins(plugins ...*Plugin) Option {
	return func(s *Server) { s.plugins = plugins }
}

// Lag is for how many reads each transitional status is shown before the next
// one; a listing with statuses counts as a read of each. The default is 1:
//
//   - after POST, status is 404 once (and the listing leaves the connector
//     out), then RUNNING without tasks once;
//   - after PUT, the old generation's status is shown once, and …/tasks has
//     the old generation's configuration once (once also with a greater lag:
//     a status of the old generation alongside new tasks is what Kafka Connect
//     shows for seconds);
//   - pause, resume and restart show their transitional statuses;
//   - after DELETE, status is UNASSIGNED, of type "unknown", once.
//
// With 0 every change is visible at once.
func Lag(reads int) Option {
	return func(s *Server) { s.lag = reads }
}

// Latency delays every answer. It is for measuring; no test may depend on it.
func Latency(delay time.Duration) Option {
	return func(s *Server) { s.latency = delay }
}

// New starts a worker that stops when the test ends.
func New(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := &Server{
		version:    catalog.Version{Major: 4, Minor: 3, Patch: 1},
		lag:        1,
		closed:     make(chan struct{}),
		connectors: map[string]*connector{},
		deleted:    map[string][]*kafkaconnect.Status{},
		offsets:    map[string][]kafkaconnect.Offset{},
		late:       map[string][]kafkaconnect.Offset{},
		topics:     map[string][]string{},
		files:      map[string]map[string]string{},
		refused:    map[string]bool{},
	}
	for _, option := range options {
		option(s)
	}
	if s.plugins == nil {
		s.plugins = DefaultPlugins()
	}
	s.plugins = slices.Clone(s.plugins)
	for i, p := range s.plugins {
		installed := *p // a plugin may be on several servers
		if s.since(4, 1) {
			installed.shownVersion = p.Version
		}
		s.plugins[i] = &installed
	}
	server := httptest.NewServer(s)
	s.URL = server.URL
	t.Cleanup(func() {
		close(s.closed)
		server.Close()
	})
	return s
}

// since reports whether the worker's Kafka Connect has what a version added.
func (s *Server) since(major, minor int) bool {
	return !s.version.Less(catalog.Version{Major: major, Minor: minor})
}

// ServeHTTP records the request, applies any fault, and answers.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	request, err := s.record(r)
	if err != nil {
		return // the client went away while sending
	}
	select {
	case <-time.After(s.latency):
	case <-r.Context().Done():
	}
	fault := s.takeFault(request)
	if fault == nil {
		send(w, s.act(request, nil))
		return
	}
	s.serveFaulty(w, r, request, fault)
}

// act carries out a request. The fault may change how.
func (s *Server) act(r Request, fault *Fault) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if fault != nil {
		if fault.Kind == AddKeys {
			r.Body = withAddedKeys(r, fault.Config)
		}
		defer s.prepare(r, fault)()
	}
	if r.writes() {
		s.remember(r.target())
	}
	return s.route(r)
}

// answer is a response: a status, a body to encode as JSON (or raw, as text),
// and the Location of what was created.
type answer struct {
	status   int
	body     any
	raw      string
	location string
}

// failure is an error in Kafka Connect's format (ErrorMessage).
func failure(status int, message string) answer {
	return answer{status: status, body: map[string]any{"error_code": status, "message": message}}
}

func ok(body any) answer { return answer{status: http.StatusOK, body: body} }

func send(w http.ResponseWriter, a answer) {
	if a.location != "" {
		w.Header().Set("Location", a.location)
	}
	switch {
	case a.raw != "":
		w.Header().Set("Content-Type", contentType(a.raw))
		w.WriteHeader(a.status)
		_, _ = w.Write([]byte(a.raw))
	case a.body == nil:
		w.WriteHeader(a.status)
	default:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.status)
		_ = json.NewEncoder(w).Encode(a.body)
	}
}

func contentType(raw string) string {
	if strings.HasPrefix(strings.TrimSpace(raw), "<") {
		return "text/html;charset=iso-8859-1"
	}
	return "application/json"
}
