package acctest

import (
	"bufio"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"sync"
	"testing"
)

// Hooks sits in front of a worker and calls hooks on requests.
type Hooks struct {
	URL string

	worker http.Handler
	mu     sync.Mutex
	hooks  []*hook
}

// hook is called once, on a matching request.
type hook struct {
	method, path string
	after        bool // the worker has acted, but its response isn't out yet
	do           func()
}

// NewHooks starts listening, until the test ends.
func NewHooks(t *testing.T, worker http.Handler) *Hooks {
	t.Helper()
	h := &Hooks{worker: worker}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.URL = server.URL
	return h
}

func (h *Hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.call(r, false)
	answer := &heldAnswer{ResponseWriter: w, before: func() { h.call(r, true) }}
	h.worker.ServeHTTP(answer, r)
}

// BeforeRequest registers do to be called once, as soon as a request arrives.
func (h *Hooks) BeforeRequest(method, pattern string, do func()) {
	h.add(&hook{method: method, path: pattern, do: do})
}

// AfterRequest is like BeforeRequest, but once the worker has acted.
func (h *Hooks) AfterRequest(method, pattern string, do func()) {
	h.add(&hook{method: method, path: pattern, after: true, do: do})
}

func (h *Hooks) add(added *hook) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hooks = append(h.hooks, added)
}

func (h *Hooks) call(r *http.Request, after bool) {
	h.mu.Lock()
	var due []*hook
	h.hooks = slices.DeleteFunc(h.hooks, func(k *hook) bool {
		match, _ := path.Match(k.path, r.URL.EscapedPath())
		if k.after != after || k.method != r.Method || !match {
			return false
		}
		due = append(due, k)
		return true
	})
	h.mu.Unlock()
	for _, k := range due {
		k.do()
	}
}

// heldAnswer calls back once before any of the response is sent.
type heldAnswer struct {
	http.ResponseWriter
	once   sync.Once
	before func()
}

func (a *heldAnswer) WriteHeader(status int) {
	a.once.Do(a.before)
	a.ResponseWriter.WriteHeader(status)
}

func (a *heldAnswer) Write(text []byte) (int, error) {
	a.once.Do(a.before)
	return a.ResponseWriter.Write(text)
}

// Hijack lets faults break the connection.
func (a *heldAnswer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	a.once.Do(a.before)
	return a.ResponseWriter.(http.Hijacker).Hijack() //nolint:forcetypeassert // as the server's writers are
}
