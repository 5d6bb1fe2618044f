package connector_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestInterrupted: an apply that is cancelled anywhere leaves a state that the
// next one goes on from, without a second connector and without a snapshot
// that nobody asked for.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	type interruption struct {
		name   string
		from   acctest.Block
		wanted acctest.Block
		cancel func(b *rig, cancel func())
		writes []string // in all, with the applies that follow
		starts int
		taints bool
		fails  bool
	}
	withOffsets := orders.With(acctest.Block{"initial_offsets": startingOffsets})
	// hangs: the worker never gets to act; acts: it does, and its answer hangs.
	hangs := func(method, path string) func(*rig, func()) {
		return func(b *rig, cancel func()) {
			b.Fault(connecttest.Fault{Kind: connecttest.Hang, Method: method, Path: path, Times: 1})
			b.when(method, path, cancel)
		}
	}
	acts := func(method, path string) func(*rig, func()) {
		return func(b *rig, cancel func()) {
			b.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: method, Path: path, Times: 1})
			b.afterwards(method, path, cancel)
		}
	}
	waiting := func(method, path string) func(*rig, func()) {
		return func(b *rig, cancel func()) {
			b.afterwards(method, path, func() {
				b.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Method: http.MethodGet})
				b.afterwards(http.MethodGet, "/connectors", cancel)
			})
		}
	}
	cases := []interruption{
		{name: "create, before the worker acts", wanted: orders, cancel: hangs("POST", "/connectors"), writes: []string{posted, posted}, starts: 1, fails: true},
		{name: "create, after the worker acted", wanted: orders, cancel: acts("POST", "/connectors"), writes: []string{posted}, starts: 1},
		{name: "create, waiting", wanted: orders, cancel: waiting("POST", "/connectors"), writes: []string{posted}, starts: 1},
		{
			name: "create with offsets, before they are set", wanted: withOffsets, cancel: hangs("PATCH", "/connectors/orders/offsets"),
			writes: []string{posted, patched, deleted, posted, patched, resumed}, starts: 1, fails: true, taints: true,
		},
		{name: "update, before the worker acts", from: orders, wanted: moreTables, cancel: hangs("PUT", "/connectors/orders/config"), writes: []string{put, put}, starts: 1, fails: true},
		{name: "update, after the worker acted", from: orders, wanted: moreTables, cancel: acts("PUT", "/connectors/orders/config"), writes: []string{put}, starts: 1, fails: true},
		{name: "update, waiting", from: orders, wanted: moreTables, cancel: waiting("PUT", "/connectors/orders/config"), writes: []string{put}, starts: 1},
		{name: "pause", from: orders, wanted: withState("paused"), cancel: waiting("PUT", "/connectors/orders/pause"), writes: []string{paused}},
		{name: "destroy, before the worker acts", from: orders, cancel: hangs("DELETE", "/connectors/orders"), writes: []string{deleted, deleted}, fails: true},
		{name: "destroy, after the worker acted", from: orders, cancel: acts("DELETE", "/connectors/orders"), writes: []string{deleted}, fails: true},
	}
	together(t, cases, func(c interruption) string { return c.name }, func(t *testing.T, c interruption) {
		b := newRig(t)
		if c.from != nil {
			b.given(c.from)
		}
		p, err := b.driver.Plan(b.ctx, c.wanted)
		b.must(err)
		ctx, cancel := context.WithCancel(b.ctx)
		defer cancel()
		c.cancel(b, cancel)
		err = b.driver.Apply(ctx, p)
		if (err != nil) != c.fails || b.driver.Tainted != c.taints {
			t.Errorf("tainted: %t, the apply said: %v", b.driver.Tainted, err)
		}
		b.ClearFaults()
		b.must(b.driver.Converge(b.ctx, c.wanted, 1))
		b.wantWrites(c.writes...)
		if b.started() != c.starts {
			t.Errorf("%d tasks were started, want %d", b.started(), c.starts)
		}
		if offsets := b.StoredOffsets("orders"); c.taints && len(offsets) != 1 {
			t.Errorf("the offsets are %v", offsets)
		}
	})
}

// importBlock is what the error for an existing connector shows.
var importBlock = regexp.MustCompile(`import \{\s+to = (\S+)\.NAME\s+id = "([^"]+)"\s+\}`)

// TestCrash: a provider that dies before Terraform could save the state leaves
// a connector that the error of the next apply tells how to import.
func TestCrash(t *testing.T) {
	t.Parallel()
	b := newRig(t)
	b.given(orders)
	b.driver.Lose()
	err := b.driver.Run(b.ctx, orders)
	wantError(t, err, "The connector already exists")
	found := importBlock.FindStringSubmatch(err.Error())
	if found == nil || found[1] != "debezium_postgres_connector" {
		t.Fatalf("no import block in: %s", err)
	}
	b.fresh()
	b.must(b.driver.Import(b.ctx, found[2]))
	b.settled(unspoken)
	b.wantWrites()
}

// TestFailover: operations go on while one of two workers is there, whichever
// dies and whenever.
func TestFailover(t *testing.T) {
	t.Parallel()
	dead := httptest.NewServer(nil)
	dead.Close()
	t.Run("the first is dead", func(t *testing.T) {
		b := newRig(t)
		b.driver = b.newDriver("debezium_postgres_connector", acctest.Block{"url": dead.URL, "failover_urls": []string{b.url}})
		b.given(orders)
		b.must(b.driver.Run(b.ctx, moreTables))
		b.wantWrites(put)
		b.must(b.driver.Run(b.ctx, nil))
		if left := b.names(); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
	type death struct{ name, request string }
	cases := []death{
		{"at the listing", "GET /connectors"}, {"at the validation", "GET /connector-plugins"},
		{"before the POST", "POST /connectors"}, {"after the POST", "POST /connectors"},
	}
	together(t, cases, func(d death) string { return d.name }, func(t *testing.T, d death) {
		b := newRig(t)
		first := httptest.NewUnstartedServer(http.HandlerFunc(b.pass))
		first.Config.SetKeepAlivesEnabled(false) // so that its end shows at once
		first.Start()
		t.Cleanup(first.Close)
		b.driver = b.newDriver("debezium_postgres_connector", acctest.Block{"url": first.URL, "failover_urls": []string{b.url}})
		die := func() { _ = first.Listener.Close() }
		method, path, _ := strings.Cut(d.request, " ")
		if d.name == "before the POST" {
			b.Fault(connecttest.Fault{Kind: connecttest.LoseRequest, Method: method, Path: path, Times: 1})
		} else {
			b.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: method, Path: path, Times: 1})
		}
		b.afterwards(method, path, die)
		b.must(b.driver.Run(b.ctx, orders))
		b.settled(orders)
		if b.State("orders") != kafkaconnect.StateRunning || b.started() != 1 {
			t.Errorf("it is %s, and its tasks were started %d times", b.State("orders"), b.started())
		}
	})
}
