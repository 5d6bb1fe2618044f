package connecttest

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Request is a request that arrived, whatever its outcome.
type Request struct {
	Method string
	Path   string // escaped, as sent: "/connectors/a%20b/status"
	Query  url.Values
	Body   []byte
}

// writes reports whether the request may change something.
func (r Request) writes() bool {
	return r.Method != http.MethodGet && !strings.HasSuffix(r.Path, "/config/validate")
}

func (s *Server) record(r *http.Request) (Request, error) {
	body, err := io.ReadAll(r.Body)
	request := Request{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Body: body}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, request)
	return request, err
}

// Requests returns all requests since the start or the last ResetRequests, in
// order of arrival.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := slices.Clone(s.requests)
	for i := range requests {
		requests[i].Body = bytes.Clone(requests[i].Body)
	}
	return requests
}

// Writes returns the requests that may have changed something: all but GETs and
// validations.
func (s *Server) Writes() []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return !r.writes() })
}

// Count returns the number of requests with a method ("" means any) and a path
// that matches a path.Match pattern, in which '*' matches text within one
// segment ("" means any): Count("PUT", "/connectors/*/config").
func (s *Server) Count(method, pattern string) int {
	n := 0
	for _, r := range s.Requests() {
		if matches(r, method, pattern) {
			n++
		}
	}
	return n
}

// ResetRequests discards the requests so far.
func (s *Server) ResetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
}

func matches(r Request, method, pattern string) bool {
	if method != "" && method != r.Method {
		return false
	}
	if pattern == "" {
		return true
	}
	match, err := path.Match(pattern, r.Path)
	if err != nil {
		panic(err)
	}
	return match
}
