package faults_test

import (
	"context"
	"net/http"
	"regexp"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestInterrupted: an apply that is canceled anywhere leaves a state that the
// next one goes on from, without a second connector and without a snapshot
// that nobody asked for.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	type interruption struct {
		name   string
		from   acctest.Block
		wanted acctest.Block
		cancel func(env *acctest.Env, cancel func())
		writes []string // in all, with the applies that follow
		starts int
		taints bool
		fails  bool
	}
	withOffsets := orders.With(acctest.Block{"initial_offsets": startingOffsets})
	// hangs: the worker never gets to act; acts: it does, and its answer hangs.
	hangs := func(method, path string) func(*acctest.Env, func()) {
		return func(env *acctest.Env, cancel func()) {
			env.Fault(connecttest.Fault{Kind: connecttest.Hang, Method: method, Path: path, Times: 1})
			env.BeforeRequest(method, path, cancel)
		}
	}
	acts := func(method, path string) func(*acctest.Env, func()) {
		return func(env *acctest.Env, cancel func()) {
			env.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: method, Path: path, Times: 1})
			env.AfterRequest(method, path, cancel)
		}
	}
	waiting := func(method, path string) func(*acctest.Env, func()) {
		return func(env *acctest.Env, cancel func()) {
			env.AfterRequest(method, path, func() {
				env.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Method: http.MethodGet})
				env.AfterRequest(http.MethodGet, "/connectors", cancel)
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
	acctest.Parallel(t, cases, func(c interruption) string { return c.name }, func(t *testing.T, c interruption) {
		env := acctest.NewEnv(t)
		if c.from != nil {
			env.SetUp(c.from)
		}
		p, err := env.Connector.Plan(env.Ctx, c.wanted)
		env.Must(err)
		ctx, cancel := context.WithCancel(env.Ctx)
		defer cancel()
		c.cancel(env, cancel)
		err = env.Connector.Apply(ctx, p)
		if (err != nil) != c.fails || env.Connector.Tainted != c.taints {
			t.Errorf("tainted: %t, the apply: %v", env.Connector.Tainted, err)
		}
		env.ClearFaults()
		env.Must(env.Connector.Converge(env.Ctx, c.wanted, 1))
		env.WantWrites(c.writes...)
		if env.TaskStarts() != c.starts {
			t.Errorf("%d tasks were started, want %d", env.TaskStarts(), c.starts)
		}
		if offsets := env.StoredOffsets("orders"); c.taints && len(offsets) != 1 {
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
	env := acctest.NewEnv(t)
	env.SetUp(orders)
	env.Connector.Forget()
	err := env.Connector.Run(env.Ctx, orders)
	acctest.WantError(t, err, "The connector already exists")
	found := importBlock.FindStringSubmatch(err.Error())
	if found == nil || found[1] != "debezium_postgres_connector" {
		t.Fatalf("no import block in: %s", err)
	}
	env.ResetCounts()
	env.Must(env.Connector.Import(env.Ctx, found[2]))
	env.WantNoChanges(unspoken)
	env.WantWrites()
}
