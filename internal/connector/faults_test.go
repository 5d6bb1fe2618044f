package connector_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

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

// begin sets up a rig and brings it to where an operation begins: by an apply,
// or, as that takes longer, to where one has brought another rig.
func (o operation) begin(t *testing.T, as *undisturbed) *rig {
	t.Helper()
	b := newRig(t)
	switch {
	case o.given == nil:
	case as == nil:
		b.given(o.given)
	default:
		b.AddConnector("orders", as.began.config, as.began.target)
		b.driver.State, b.driver.Private = as.began.state, as.private
		b.fresh()
	}
	return b
}

func (o operation) prepare(b *rig) {
	if o.before != nil {
		o.before(b)
	}
}

func (o operation) run(b *rig) error {
	if o.act != nil {
		return o.act(b, o.wanted)
	}
	return b.driver.Run(b.ctx, o.wanted)
}

// finalName is the name that the connector has in the end.
func (o operation) finalName() string {
	if o.wanted == nil {
		return "orders"
	}
	return o.wanted["name"].(string)
}

func (o operation) ending(b *rig) ending {
	e := ending{names: b.names(), target: b.State(o.finalName()), offsets: b.StoredOffsets(o.finalName()), state: b.driver.State}
	e.config, _ = b.Config(o.finalName())
	return e
}

// undisturbed runs an operation without faults, and holds it to its row.
func (o operation) undisturbed(t *testing.T) (u undisturbed) {
	t.Helper()
	b := o.begin(t, nil)
	u.began, u.private = ending{state: b.driver.State, target: b.State("orders")}, b.driver.Private
	u.began.config, _ = b.Config("orders")
	o.prepare(b)
	b.must(o.run(b))
	u.reads = slices.Sorted(maps.Keys(b.saw(reads)))
	b.settled(o.wanted)
	b.wantWrites(o.writes...)
	if b.started() != o.starts {
		t.Errorf("%d tasks were started, want %d", b.started(), o.starts)
	}
	e := o.ending(b)
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
	if o.wanted["database_password"] == nil && strings.Contains(fmt.Sprint(e.state), secret) || strings.Contains(string(b.driver.Private), secret) {
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
	request string // which request it befalls, "METHOD path"; "" for no particular one
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
	together(t, operations, func(o operation) string { return o.name }, func(t *testing.T, o operation) {
		var want undisturbed
		if !t.Run("undisturbed", func(t *testing.T) { want = o.undisturbed(t) }) {
			return
		}
		cells := o.cells(want.reads)
		together(t, cells, disturbed.label, func(t *testing.T, d disturbed) {
			cases.Add(1)
			if d.test(t, want) != nil {
				failed.Add(1)
			}
		})
	})
	t.Logf("%d operations, %d cases; the apply under the fault ended with an error in %d, and the next one put it right",
		len(operations), cases.Load(), failed.Load())
	for _, reason := range senseless {
		t.Log("not a case: " + reason)
	}
}

// test returns the error of the apply under the fault.
func (d disturbed) test(t *testing.T, want undisturbed) error {
	b := d.begin(t, &want)
	d.prepare(b)
	d.disturb(b, d.request)
	problem := d.run(b)
	if problem != nil && d.outcome == succeeds {
		t.Errorf("the apply under the fault: %s", problem)
	}
	if problem == nil && d.outcome == fails {
		t.Error("the apply under the fault saw nothing of it")
	}
	if problem != nil && strings.Contains(problem.Error(), secret) {
		t.Errorf("the error holds the secret: %s", problem)
	}
	if left := b.names(); len(left) > 1 {
		t.Errorf("there are two: %v", left)
	}
	if !d.stays {
		b.ClearFaults()
	}
	rounds := 0
	switch {
	case problem != nil:
		rounds = 2
	case d.hides:
		rounds = 1
	}
	if problem != nil && d.act != nil && b.driver.State.IsNull() {
		b.must(b.driver.Import(b.ctx, d.finalName()))
	}
	if err := b.driver.Converge(b.ctx, d.wanted, rounds); err != nil {
		t.Errorf("afterwards: %s\n\n(after: %v)", err, problem)
	}
	d.compare(b, want.ended)
	return problem
}

func (d disturbed) compare(b *rig, want ending) {
	b.t.Helper()
	got := d.ending(b)
	for key, value := range d.added {
		if d.wanted != nil && slices.ContainsFunc(d.writes, carriesConfig) && got.config[key] != value {
			b.t.Errorf("the server's own %s is %q", key, got.config[key])
		}
		delete(got.config, key)
	}
	if !slices.Equal(got.names, want.names) || got.target != want.target || !maps.Equal(got.config, want.config) || len(got.offsets) != len(want.offsets) {
		b.t.Errorf("the cluster has %v %s\n%v %s\nwant %v %s\n%v %s",
			got.names, got.target, got.config, got.offsets, want.names, want.target, want.config, want.offsets)
	}
	if !got.state.Equal(want.state) || b.driver.Tainted {
		b.t.Errorf("the state is %s\nwant %s (tainted: %t)", got.state, want.state, b.driver.Tainted)
	}
	d.counts(b)
}

// counts holds the number of writes and starts to those of the undisturbed
// operation, and to one more of a write that was kept from the worker. What
// can be done twice may be, once it can't be known whether it was done.
func (d disturbed) counts(b *rig) {
	b.t.Helper()
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
	for request, n := range b.saw(writes) {
		if n > most[request] {
			b.t.Errorf("%s was sent %d times, want %d at most", request, n, most[request])
		}
	}
	if b.started() > starts {
		b.t.Errorf("%d tasks were started, want %d at most", b.started(), starts)
	}
}

// repeatable writes change nothing when they are done again, or, as a restart,
// nothing that lasts.
func repeatable(request string) bool {
	return !carriesConfig(request)
}

func carriesConfig(request string) bool { return request == posted || request == put }
