package acctest

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// Proxy sits in front of a real worker and records its requests.
type Proxy struct {
	URL string

	mu       sync.Mutex
	requests []string // "PUT /connectors/x/config"
}

// NewProxy starts a proxy that stops with the test.
func NewProxy(t *testing.T, worker string) *Proxy {
	t.Helper()
	target, err := url.Parse(worker)
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{}
	forward := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.requests = append(p.requests, r.Method+" "+r.URL.EscapedPath())
		p.mu.Unlock()
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Reset forgets the requests so far.
func (p *Proxy) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = nil
}

// Writes returns the requests that change something: no reads or validations.
func (p *Proxy) Writes() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var writes []string
	for _, r := range p.requests {
		if !isRead(r) {
			writes = append(writes, r)
		}
	}
	return writes
}

func isRead(request string) bool {
	method, path, _ := strings.Cut(request, " ")
	return method == http.MethodGet || strings.HasSuffix(path, "/config/validate")
}
