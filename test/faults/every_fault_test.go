package faults_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// ending is where an operation leaves the cluster and the state.
type ending struct {
	names   []string
	config  kafkaconnect.Config
	target  kafkaconnect.State
	offsets []kafkaconnect.Offset
	state   tftypes.Value
}

// undisturbed is an operation without faults: how it began, what it read on
// the way ("METHOD path"), and how it ended.
type undisturbed struct {
	began   ending
	private []byte
	reads   []string
	ended   ending
}

// begin sets up an environment and brings it to where an operation begins: by an apply,
// or, as that takes longer, to where one has brought another.
func (o operation) begin(t *testing.T, as *undisturbed) *acctest.Env {
	t.Helper()
	env := acctest.NewEnv(t)
	switch {
	case o.given == nil:
	case as == nil:
		env.SetUp(o.given)
	default:
		env.AddConnector("orders", as.began.config, as.began.target)
		env.Connector.State, env.Connector.Private = as.began.state, as.private
		env.ResetCounts()
	}
	return env
}

func (o operation) prepare(env *acctest.Env) {
	if o.before != nil {
		o.before(env)
	}
}

func (o operation) run(env *acctest.Env) error {
	if o.act != nil {
		return o.act(env, o.wanted)
	}
	return env.Connector.Run(env.Ctx, o.wanted)
}

// finalName is the name that the connector has in the end.
func (o operation) finalName() string {
	if o.wanted == nil {
		return "orders"
	}
	return o.wanted["name"].(string)
}

func (o operation) ending(env *acctest.Env) ending {
	e := ending{names: env.ConnectorNames(), target: env.State(o.finalName()), offsets: env.StoredOffsets(o.finalName()), state: env.Connector.State}
	e.config, _ = env.Config(o.finalName())
	return e
}

// undisturbed runs an operation without faults, and holds it to its row.
func (o operation) undisturbed(t *testing.T) (u undisturbed) {
	t.Helper()
	env := o.begin(t, nil)
	u.began, u.private = ending{state: env.Connector.State, target: env.State("orders")}, env.Connector.Private
	u.began.config, _ = env.Config("orders")
	o.prepare(env)
	env.Must(o.run(env))
	u.reads = slices.Sorted(maps.Keys(env.ReadCounts()))
	env.WantNoChanges(o.wanted)
	env.WantWrites(o.writes...)
	if env.TaskStarts() != o.starts {
		t.Errorf("%d tasks were started, want %d", env.TaskStarts(), o.starts)
	}
	e := o.ending(env)
	u.ended = e
	switch {
	case o.wanted == nil:
		if len(e.names) > 0 || !e.state.IsNull() {
			t.Errorf("left: %v, %s", e.names, e.state)
		}
	case !slices.Equal(e.names, []string{o.finalName()}) || e.target != o.state:
		t.Errorf("the cluster has %v, %s", e.names, e.target)
	case e.config["database.password"] != secret:
		t.Errorf("the secret is %q", e.config["database.password"])
	case e.config["table.include.list"] != tables(o.wanted["table_include_list"].([]string)):
		t.Errorf("the tables are %q", e.config["table.include.list"])
	}
	if o.wanted["database_password"] == nil && strings.Contains(fmt.Sprint(e.state), secret) || strings.Contains(string(env.Connector.Private), secret) {
		t.Error("the state holds the secret")
	}
	return u
}

func tables(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	return strings.Join(names, ",")
}

// disturbed is one cell of the table: an operation and one fault.
type disturbed struct {
	operation
	fault
	request string // which request it applies to, "METHOD path"; "" for no particular one
}

func (d disturbed) label() string {
	return strings.ReplaceAll(strings.TrimSpace(d.fault.name+" "+d.request), "/", "_")
}

// TestFaults runs each operation under each fault. Whatever goes wrong, the
// cluster and the state end as without it, nothing is written or started more
// often than that takes, and the next plan is empty.
func TestFaults(t *testing.T) {
	t.Parallel()
	var cases, failed atomic.Int32
	acctest.Parallel(t, operations, func(o operation) string { return o.name }, func(t *testing.T, o operation) {
		var want undisturbed
		if !t.Run("undisturbed", func(t *testing.T) { want = o.undisturbed(t) }) {
			return
		}
		cells := o.cells(want.reads)
		acctest.Parallel(t, cells, disturbed.label, func(t *testing.T, d disturbed) {
			cases.Add(1)
			if d.test(t, want) != nil {
				failed.Add(1)
			}
		})
	})
	t.Logf("%d operations, %d cases; the apply under the fault ended with an error in %d, and the next one put it right",
		len(operations), cases.Load(), failed.Load())
	for _, reason := range notApplicable {
		t.Log("not a case: " + reason)
	}
}

// test runs the cell and returns the error of the apply under the fault.
func (d disturbed) test(t *testing.T, want undisturbed) error {
	env := d.begin(t, &want)
	d.prepare(env)
	d.disturb(env, d.request)
	problem := d.run(env)
	if problem != nil && d.outcome == succeeds {
		t.Errorf("the apply under the fault: %s", problem)
	}
	if problem == nil && d.outcome == fails {
		t.Error("the apply under the fault saw nothing of it")
	}
	if problem != nil && strings.Contains(problem.Error(), secret) {
		t.Errorf("the error holds the secret: %s", problem)
	}
	if left := env.ConnectorNames(); len(left) > 1 {
		t.Errorf("there are two: %v", left)
	}
	if !d.stays {
		env.ClearFaults()
	}
	rounds := 0
	switch {
	case problem != nil:
		rounds = 2
	case d.hides:
		rounds = 1
	}
	if problem != nil && d.act != nil && env.Connector.State.IsNull() {
		env.Must(env.Connector.Import(env.Ctx, d.finalName()))
	}
	if err := env.Connector.Converge(env.Ctx, d.wanted, rounds); err != nil {
		t.Errorf("afterwards: %s\n\n(after: %v)", err, problem)
	}
	d.compare(t, env, want.ended)
	return problem
}

func (d disturbed) compare(t *testing.T, env *acctest.Env, want ending) {
	t.Helper()
	got := d.ending(env)
	for key, value := range d.added {
		if d.wanted != nil && slices.ContainsFunc(d.writes, carriesConfig) && got.config[key] != value {
			t.Errorf("the server's own %s is %q", key, got.config[key])
		}
		delete(got.config, key)
	}
	if !slices.Equal(got.names, want.names) || got.target != want.target || !maps.Equal(got.config, want.config) || len(got.offsets) != len(want.offsets) {
		t.Errorf("the cluster has %v %s\n%v %s\nwant %v %s\n%v %s",
			got.names, got.target, got.config, got.offsets, want.names, want.target, want.config, want.offsets)
	}
	if !got.state.Equal(want.state) || env.Connector.Tainted {
		t.Errorf("the state is %s\nwant %s (tainted: %t)", got.state, want.state, env.Connector.Tainted)
	}
	d.counts(t, env)
}

// counts holds the number of writes and starts to those of the undisturbed
// operation, and to one more of a write that was kept from the worker. What
// can be done twice may be, once it can't be known whether it was done.
func (d disturbed) counts(t *testing.T, env *acctest.Env) {
	t.Helper()
	most, starts := map[string]int{}, d.starts
	for _, w := range d.writes {
		most[w] = 1
		if w == d.request && (d.prevents || repeatable(w)) {
			most[w]++
		}
	}
	if d.request == restart && !d.prevents || d.outcome == fails { // a dropped write starts the tasks of a copy
		starts++
	}
	for request, n := range env.WriteCounts() {
		if n > most[request] {
			t.Errorf("%s was sent %d times, want %d at most", request, n, most[request])
		}
	}
	if env.TaskStarts() > starts {
		t.Errorf("%d tasks were started, want %d at most", env.TaskStarts(), starts)
	}
}

// repeatable writes change nothing when they are done again, or, as a restart,
// nothing that lasts.
func repeatable(request string) bool {
	return !carriesConfig(request)
}

func carriesConfig(request string) bool { return request == posted || request == put }
