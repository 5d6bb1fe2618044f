package connecttest

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// FaultKind is what goes wrong with a request.
type FaultKind int

const (
	// Answer means the worker does nothing and returns Status with Message as
	// its error, or with Body as is.
	Answer FaultKind = iota
	// LoseRequest means the connection breaks before the worker acts.
	LoseRequest
	// LoseAnswer means the worker acts, then the connection breaks.
	LoseAnswer
	// TimeOut means the worker acts, but returns 500 "Request timed out".
	TimeOut
	// Hang means the worker acts, and answers once Release is closed.
	Hang
	// Stale means a read shows the connectors as they were before the last write.
	Stale
	// NoStatus means the worker has no status for any connector.
	NoStatus
	// AddKeys means the keys in Config are added to the configuration in a POST
	// or PUT before it is stored.
	AddKeys
	// DropWrite means the worker answers a PUT as if done, but does nothing.
	DropWrite
	// UnknownField means the objects in the response have a field that no
	// version of Kafka Connect has had so far.
	UnknownField
)

// Fault is something that goes wrong with the requests it matches.
type Fault struct {
	Kind   FaultKind
	Method string // "" means any
	Path   string // a pattern as for Count; "" means any
	Times  int    // how many requests it applies to; 0 means all

	Status  int    // Answer
	Message string // Answer
	Body    string // Answer
	Release <-chan struct{}
	Config  kafkaconnect.Config
}

// Rebalances are the ways in which Kafka Connect reports that it can't act
// because of a rebalance, as faults that apply to one request of any kind.
var Rebalances = []Fault{
	{Times: 1, Status: 409, Message: "Cannot complete request because of a conflicting operation (e.g. worker rebalance)"},
	{Times: 1, Status: 409, Message: "Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)"},
	{Times: 1, Status: 409, Message: "Cannot complete request momentarily due to no known leader URL, likely because a rebalance was underway."},
	{Times: 1, Status: 500, Message: "Request cannot be completed because a rebalance is expected"},
}

// Fault adds a fault from now on. A request gets the first fault that matches
// it.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault returns the request's fault and counts one use of it.
func (s *Server) takeFault(r Request) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if !matches(r, f.Method, f.Path) {
			continue
		}
		if f.Times == 1 {
			s.faults = slices.Delete(s.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return f
	}
	return nil
}

func (s *Server) serveFaulty(w http.ResponseWriter, hr *http.Request, r Request, f *Fault) {
	switch f.Kind {
	case Answer:
		if f.Body != "" {
			send(w, answer{status: f.Status, raw: f.Body})
		} else {
			send(w, failure(f.Status, f.Message))
		}
	case LoseRequest:
		hangUp(w)
	case LoseAnswer:
		s.act(r, f)
		hangUp(w)
	case TimeOut:
		s.act(r, f)
		send(w, failure(http.StatusInternalServerError, "Request timed out. The worker is currently ensuring membership in the cluster, which began at 2026-01-01T00:00:00Z"))
	case Hang:
		select {
		case <-f.Release:
			send(w, s.act(r, f))
		case <-hr.Context().Done():
		case <-s.closed:
		}
	case UnknownField:
		a := s.act(r, f)
		a.body = withUnknownField(a.body, r)
		send(w, a)
	default:
		send(w, s.act(r, f))
	}
}

// hangUp breaks the connection without a response.
func hangUp(w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

// prepare changes the worker for one request and returns a function that undoes
// it. The worker is locked.
func (s *Server) prepare(r Request, f *Fault) (restore func()) {
	connectors, deleted := s.connectors, s.deleted
	restore = func() { s.connectors, s.deleted = connectors, deleted }
	switch {
	case f.Kind == Stale && !r.writes():
		s.connectors, s.deleted = maps.Clone(connectors), nil
		if s.before.connector == nil {
			delete(s.connectors, s.before.name)
		} else {
			s.connectors[s.before.name] = s.before.connector.copy()
		}
	case f.Kind == NoStatus:
		s.connectors, s.deleted = map[string]*connector{}, nil
		for name, c := range connectors {
			without := c.copy()
			without.pass(1, nil)
			s.connectors[name] = without
		}
	case f.Kind == DropWrite:
		s.connectors = map[string]*connector{}
		for name, c := range connectors {
			s.connectors[name] = c.copy()
		}
	default:
		restore = func() {}
	}
	return restore
}

// priorState is what the last write changed, as it was before.
type priorState struct {
	name      string
	connector *connector // nil: there was none
}

// remember saves what a write is about to change.
func (s *Server) remember(name string) {
	s.before = priorState{name, s.connectors[name].copy()}
}

// target returns the name of the connector that a write is for.
func (r Request) target() string {
	if segments := strings.Split(r.Path, "/"); len(segments) > 2 {
		return unescape(segments[2])
	}
	var body struct{ Name string }
	_ = json.Unmarshal(r.Body, &body)
	return body.Name
}

// withAddedKeys returns the body of a POST or PUT with keys added to its config.
func withAddedKeys(r Request, added kafkaconnect.Config) []byte {
	var body map[string]any
	if json.Unmarshal(r.Body, &body) != nil {
		return r.Body
	}
	config := body
	if r.Method == http.MethodPost {
		config, _ = body["config"].(map[string]any)
	}
	for key, value := range added {
		if config != nil {
			config[key] = value
		}
	}
	changed, err := json.Marshal(body)
	if err != nil {
		return r.Body
	}
	return changed
}

// withUnknownField adds the field to the response, or to the objects in it if
// the response is a list or is keyed by name. A bare configuration has no
// fields, so it stays unchanged.
func withUnknownField(body any, r Request) any {
	text, err := json.Marshal(body)
	if err != nil {
		return body
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return body
	}
	add := func(v any) {
		if object, isObject := v.(map[string]any); isObject {
			object["field_of_the_future"] = map[string]any{"a": []int{1}}
		}
	}
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			add(element)
		}
	case map[string]any:
		read := r.Method == http.MethodGet
		switch {
		case read && strings.HasSuffix(r.Path, "/config"):
		case read && (r.Path == "/connectors" || strings.HasSuffix(r.Path, "/topics")):
			for _, element := range v {
				add(element)
			}
		default:
			add(v)
		}
	}
	return value
}
