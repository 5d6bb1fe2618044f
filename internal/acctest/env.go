package acctest

import (
	"context"
	"flag"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// OrdersSecret is the password in Orders.
const OrdersSecret = "s3cret-of-orders"

// Orders is a connector for an Env. Its password is never stored, so whatever
// the cluster ends up with can only come from the first write.
var Orders = Block{
	"name":                         "orders",
	"database_hostname":            "db.internal",
	"database_user":                "debezium",
	"database_password_wo":         OrdersSecret,
	"database_password_wo_version": 1,
	"database_dbname":              "inventory",
	"topic_prefix":                 "shop",
	"table_include_list":           []string{"public.orders"},
}

// Env is an in-memory Kafka Connect, one resource in an in-process Terraform,
// and what is between the two.
type Env struct {
	*connecttest.Server
	*Hooks
	Connector *Resource
	Ctx       context.Context

	t      *testing.T
	mu     sync.Mutex
	starts int
}

// envs limits how many there are at a time.
var envs = make(chan struct{}, 64)

// NewEnv returns one for a debezium_postgres_connector.
func NewEnv(t *testing.T, options ...connecttest.Option) *Env {
	t.Helper()
	envs <- struct{}{}
	t.Cleanup(func() { <-envs })
	options = append([]connecttest.Option{connecttest.Plugins(
		connecttest.DebeziumPlugin("postgres", "3.5.0.Final"), connecttest.DebeziumPlugin("mysql", "3.5.0.Final"))}, options...)
	e := &Env{t: t, Server: connecttest.New(t, options...)}
	e.FailStarts(nil, "")
	e.Hooks = NewHooks(t, e.Server)
	// Guards against a hanging case; far longer than any case takes.
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	e.Ctx = ctx
	e.Manage("debezium_postgres_connector", Block{"url": e.Hooks.URL})
	return e
}

// PatientPace returns short waits, except for the longest, for when no change
// is seen: it must not end while a fault still hides one.
func PatientPace(poll time.Duration) Factories {
	timing := FastPace()
	timing.Poll, timing.SettleBlind = poll, 10*time.Second
	return Paced(timing)
}

// Manage switches to another resource, with the provider configured as given.
func (e *Env) Manage(resource string, provider Block) {
	e.t.Helper()
	e.Connector = NewTerraform(e.t, PatientPace(5*time.Millisecond), provider).Resource(resource)
}

// Client returns a client that bypasses the provider.
func (e *Env) Client() *kafkaconnect.Client {
	e.t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: e.Server.URL})
	e.Must(err)
	return client
}

// FailStarts makes task starts fail for which when returns true, given the
// number of starts so far; nil means none.
func (e *Env) FailStarts(when func(start int, config kafkaconnect.Config) bool, trace string) {
	e.OnStart(func(_ string, config kafkaconnect.Config) string {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.starts++
		if when != nil && when(e.starts, config) {
			return trace
		}
		return ""
	})
}

// Must ends the test if something fails that no fault disturbs.
func (e *Env) Must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// SetUp applies a configuration and resets the counts.
func (e *Env) SetUp(configuration Block) {
	e.t.Helper()
	e.Must(e.Connector.Run(e.Ctx, configuration))
	e.ResetCounts()
}

// WantNoChanges checks that another plan finds nothing to do.
func (e *Env) WantNoChanges(configuration Block) {
	e.t.Helper()
	if err := e.Connector.Converge(e.Ctx, configuration, 0); err != nil {
		e.t.Errorf("the next plan: %s", err)
	}
}

// ResetCounts forgets the requests and starts so far.
func (e *Env) ResetCounts() {
	e.ResetRequests()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.starts = 0
}

// TaskStarts returns the number of task starts.
func (e *Env) TaskStarts() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.starts
}

// WriteCounts returns the requests so far that change something, as "METHOD
// path", with their counts.
func (e *Env) WriteCounts() map[string]int { return e.count(true) }

// ReadCounts returns the other requests.
func (e *Env) ReadCounts() map[string]int { return e.count(false) }

func (e *Env) count(writes bool) map[string]int {
	counts := map[string]int{}
	for _, r := range e.Requests() {
		if (r.Method != http.MethodGet && !strings.HasSuffix(r.Path, "/config/validate")) == writes {
			counts[r.Method+" "+r.Path]++
		}
	}
	return counts
}

// WantWrites checks that exactly these were written: "METHOD path".
func (e *Env) WantWrites(want ...string) {
	e.t.Helper()
	counts := map[string]int{}
	for _, w := range want {
		counts[w]++
	}
	if got := e.WriteCounts(); !maps.Equal(got, counts) {
		e.t.Errorf("written: %v, want %v", got, counts)
	}
}

// WantUnmasked checks that the worker never got a mask, neither to store nor to
// validate, and that it has the password.
func (e *Env) WantUnmasked(password string) {
	e.t.Helper()
	for _, r := range e.Requests() {
		if strings.Contains(string(r.Body), connecttest.Mask) {
			e.t.Errorf("%s %s carries a mask: %s", r.Method, r.Path, r.Body)
		}
	}
	if config, _ := e.Config("orders"); config["database.password"] != password {
		e.t.Errorf("the worker has the password %q, want %q", config["database.password"], password)
	}
}

// ConnectorNames returns the cluster's connectors.
func (e *Env) ConnectorNames() []string {
	e.t.Helper()
	listing, err := e.Client().Connectors(e.Ctx)
	e.Must(err)
	return slices.Sorted(maps.Keys(listing))
}

// WantError checks for an error that contains all these texts.
func WantError(t *testing.T, err error, texts ...string) {
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

// InMemoryAtATime and OnStackAtATime are how many tests of a package run at a time, however few
// processors there are: they mostly wait for pauses, states and servers. On the
// real stack, each connector that comes or goes makes the workers rebalance, and
// with many at a time they do nothing else.
const (
	InMemoryAtATime = 16
	OnStackAtATime  = 4
)

// Main runs a package's tests, some at a time, and removes what they share. The
// flag -parallel takes precedence if given.
func Main(m *testing.M, atATime int) {
	if err := flag.Set("test.parallel", strconv.Itoa(atATime)); err != nil {
		panic(err)
	}
	code := m.Run()
	removePrograms()
	os.Exit(code)
}

// Parallel runs cases in parallel, as Main does with tests.
func Parallel[C any](t *testing.T, cases []C, name func(C) string, run func(*testing.T, C)) {
	t.Helper()
	var wg sync.WaitGroup
	for _, c := range cases {
		wg.Go(func() { t.Run(name(c), func(t *testing.T) { run(t, c) }) })
	}
	wg.Wait()
}
