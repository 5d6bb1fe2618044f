package connector_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

const secret = "s3cret-of-orders"

// orders is the connector of the fault tests. Its password is never stored,
// so that what the cluster holds in the end came from nowhere but the first
// write.
var orders = acctest.Block{
	"name":                         "orders",
	"database_hostname":            "db.internal",
	"database_user":                "debezium",
	"database_password_wo":         secret,
	"database_password_wo_version": 1,
	"database_dbname":              "inventory",
	"topic_prefix":                 "shop",
	"table_include_list":           []string{"public.orders"},
}

// rig is a worker, a driver of the provider, and what stands between them.
type rig struct {
	*connecttest.Server
	t      *testing.T
	ctx    context.Context
	driver *acctest.Driver
	url    string // of the way through the hooks

	mu     sync.Mutex
	starts int // of tasks
	hooks  []*hook
}

// factories serve the provider with short waits. The longest of them, for the
// case that nothing is seen to move, must not end while a fault still hides it.
func factories(poll time.Duration) acctest.Factories {
	timing := cluster.DefaultTiming()
	timing.Poll, timing.Pause = poll, 5*time.Millisecond
	timing.Settle, timing.SettleBlind = 10*time.Millisecond, 2*time.Second
	return acctest.Factories{"debezium": providerserver.NewProtocol6WithError(provider.New("test", provider.WithTiming(timing))())}
}

// hook is called once, when a request passes.
type hook struct {
	method, path string
	after        bool // the worker has acted, but its answer isn't out yet
	do           func()
}

func newRig(t *testing.T, options ...connecttest.Option) *rig {
	t.Helper()
	slots <- struct{}{}
	t.Cleanup(func() { <-slots })
	options = append([]connecttest.Option{connecttest.Plugins(
		connecttest.DebeziumPlugin("postgres", "3.5.0.Final"), connecttest.DebeziumPlugin("mysql", "3.5.0.Final"))}, options...)
	b := &rig{Server: connecttest.New(t, options...), t: t}
	b.OnStart(func(string, kafkaconnect.Config) string {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.starts++
		return ""
	})
	way := httptest.NewServer(http.HandlerFunc(b.pass))
	t.Cleanup(way.Close)
	b.url = way.URL
	// A guard against a hanging case, far from what any case takes.
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	b.ctx = ctx
	b.driver = b.newDriver("debezium_postgres_connector", acctest.Block{"url": b.url})
	return b
}

func (b *rig) newDriver(resource string, provider acctest.Block) *acctest.Driver {
	b.t.Helper()
	d, err := acctest.NewDriver(factories(5*time.Millisecond), resource, provider)
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

func (b *rig) pass(w http.ResponseWriter, r *http.Request) {
	b.call(r, false)
	answer := &held{ResponseWriter: w, before: func() { b.call(r, true) }}
	b.ServeHTTP(answer, r)
}

// held calls back once before anything of an answer goes out.
type held struct {
	http.ResponseWriter
	once   sync.Once
	before func()
}

func (h *held) WriteHeader(status int) {
	h.once.Do(h.before)
	h.ResponseWriter.WriteHeader(status)
}

func (h *held) Write(text []byte) (int, error) {
	h.once.Do(h.before)
	return h.ResponseWriter.Write(text)
}

// Hijack lets faults break the connection.
func (h *held) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	h.once.Do(h.before)
	return h.ResponseWriter.(http.Hijacker).Hijack() //nolint:forcetypeassert // as the server's writers are
}

// when has something done as soon as a request passes, once.
func (b *rig) when(method, pattern string, do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hooks = append(b.hooks, &hook{method: method, path: pattern, do: do})
}

// afterwards is the same once the worker has acted.
func (b *rig) afterwards(method, pattern string, do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hooks = append(b.hooks, &hook{method: method, path: pattern, after: true, do: do})
}

func (b *rig) call(r *http.Request, after bool) {
	b.mu.Lock()
	var due []*hook
	b.hooks = slices.DeleteFunc(b.hooks, func(h *hook) bool {
		match, _ := path.Match(h.path, r.URL.EscapedPath())
		if h.after != after || h.method != r.Method || !match {
			return false
		}
		due = append(due, h)
		return true
	})
	b.mu.Unlock()
	for _, h := range due {
		h.do()
	}
}

// fresh forgets what was counted so far.
func (b *rig) fresh() {
	b.ResetRequests()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.starts = 0
}

func (b *rig) started() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.starts
}

// must ends the case when something that no fault befell failed.
func (b *rig) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// given applies a configuration, and counts anew.
func (b *rig) given(configuration acctest.Block) {
	b.t.Helper()
	b.must(b.driver.Run(b.ctx, configuration))
	b.fresh()
}

// settled wants one more plan to find nothing to do.
func (b *rig) settled(configuration acctest.Block) {
	b.t.Helper()
	if err := b.driver.Converge(b.ctx, configuration, 0); err != nil {
		b.t.Errorf("the next plan: %s", err)
	}
}

// saw are the requests so far as "METHOD path", each with how often.
func (b *rig) saw(which func(connecttest.Request) bool) map[string]int {
	counts := map[string]int{}
	for _, r := range b.Requests() {
		if which(r) {
			counts[r.Method+" "+r.Path]++
		}
	}
	return counts
}

func writes(r connecttest.Request) bool {
	return r.Method != http.MethodGet && !strings.HasSuffix(r.Path, "/config/validate")
}

func reads(r connecttest.Request) bool { return !writes(r) }

// wantWrites wants exactly these since fresh: "METHOD path".
func (b *rig) wantWrites(want ...string) {
	b.t.Helper()
	counts := map[string]int{}
	for _, w := range want {
		counts[w]++
	}
	if got := b.saw(writes); !maps.Equal(got, counts) {
		b.t.Errorf("written: %v, want %v", got, counts)
	}
}

// names are the connectors of the cluster.
func (b *rig) names() []string {
	b.t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: b.URL})
	b.must(err)
	listing, err := client.Connectors(b.ctx)
	b.must(err)
	return slices.Sorted(maps.Keys(listing))
}

// wantError wants an error with all these texts.
func wantError(t *testing.T, err error, texts ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("the error lacks %q:\n%s", text, err)
		}
	}
}

// slots bound how many rigs there are at a time.
var slots = make(chan struct{}, 32)

// together runs cases side by side: they wait for the client's pauses far more
// than for the processor.
func together[C any](t *testing.T, cases []C, name func(C) string, run func(*testing.T, C)) {
	t.Helper()
	var wg sync.WaitGroup
	for _, c := range cases {
		wg.Go(func() { t.Run(name(c), func(t *testing.T) { run(t, c) }) })
	}
	wg.Wait()
}

func says(texts []string, want string) bool {
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, want) })
}

func without(b acctest.Block, names ...string) acctest.Block {
	b = maps.Clone(b)
	for _, name := range names {
		if _, ok := b[name]; !ok {
			panic(fmt.Sprintf("%q isn't set", name))
		}
		delete(b, name)
	}
	return b
}
