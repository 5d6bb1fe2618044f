package stack_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// bench is one connector on a real database, with a table of its own.
type bench struct {
	*acctest.Resource
	t      *testing.T
	stack  *stackfile.Stack
	db     *acctest.Database
	client *kafkaconnect.Client
	proxy  *acctest.Proxy
	label  string // of realDatabases
	space  string // schema or database, and topic prefix
	name   string
}

// newBench makes the table (id, note) as SPACE.a. All of it is removed again.
func newBench(t *testing.T, label string) *bench {
	t.Helper()
	stack := acctest.Stack(t)
	t.Parallel()
	d := realDatabases[label]
	b := &bench{
		t: t, stack: stack, label: label, space: unique("bench"), name: unique("bench"),
		db: d.open(t, stack), proxy: acctest.NewProxy(t, stack.Connect[0].URL()),
	}
	b.Resource = acctest.NewTerraform(t, acctest.Real(), acctest.Block{"url": b.proxy.URL}).Resource(d.resource)
	b.client = realClient(t, stack, b.name)
	b.db.Exec(d.create(b.space, "a")...)
	t.Cleanup(func() {
		_ = b.client.Delete(context.Background(), b.name)
		if label == "postgres" {
			b.db.DropSlot(catalog.SlotName(b.name))
			b.db.Exec("DROP PUBLICATION IF EXISTS " + b.name)
		}
		b.db.Exec(d.drop(b.space)...)
	})
	return b
}

// block is the connector's configuration, with changes.
func (b *bench) block(changes acctest.Block) acctest.Block {
	return realDatabases[b.label].block(b.stack, b.name, b.space, "a").With(changes)
}

func (b *bench) insert(id int, note string) {
	b.t.Helper()
	b.db.Exec(fmt.Sprintf("INSERT INTO %s.a VALUES (%d, '%s')", b.space, id, note))
}

// topic is where the rows arrive.
func (b *bench) topic() string { return b.space + "." + b.space + ".a" }

// read reads the topic up to the record with a note.
func (b *bench) read(note string) []string {
	b.t.Helper()
	return acctest.ReadUntil(b.t, b.stack, b.topic(), note)
}

// streams waits until a change arrives that the connector read from the log: a
// running task may still be taking its snapshot, and create its publication anew
// when it begins to stream.
func (b *bench) streams() {
	b.t.Helper()
	stop := b.db.Repeat(func(n int) string { return fmt.Sprintf("INSERT INTO %s.a VALUES (%d, 'streamed')", b.space, 1000+n) })
	defer stop()
	b.read(`"op":"c"`)
}

func count(values []string, note string) int {
	n := 0
	for _, v := range values {
		n += strings.Count(v, note)
	}
	return n
}

// noPut fails when a configuration was sent since the last Reset.
func (b *bench) noPut() {
	b.t.Helper()
	for _, w := range b.proxy.Writes() {
		if strings.HasPrefix(w, "PUT ") && strings.HasSuffix(w, "/config") {
			b.t.Errorf("a configuration was sent: %v", b.proxy.Writes())
		}
	}
}

// TestRealHeal: a task that failed and whose slot somebody took meanwhile is
// restarted by an apply. While the slot is held the apply fails with the cause;
// once it is free it heals the task, without a PUT.
func TestRealHeal(t *testing.T) {
	b := newBench(t, "postgres")
	slot := catalog.SlotName(b.name)
	connector := b.block(acctest.Block{"errors_max_retries": 0, "config": map[string]string{"slot.max.retries": "0"}})
	b.WantPlan(t.Context(), "create", connector)

	// With no retries, a broken connection is the end of the task.
	b.db.Exec(fmt.Sprintf("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '%s'", slot))
	b.failed()
	release := acctest.HoldSlot(t, b.stack, slot, slot)
	b.proxy.Reset()
	acctest.WantError(t, b.Run(t.Context(), connector), "is active for PID", "What to do:", "Remove the cause and apply again")

	release()
	b.WantPlan(t.Context(), "update", connector)
	b.noPut()
	b.insert(1, "after the heal")
	b.read("after the heal")
}

// failed waits until the cluster shows a failed task.
func (b *bench) failed() {
	b.t.Helper()
	acctest.Eventually(b.t, "connector "+b.name+" is FAILED", func() bool {
		status, err := b.client.Status(b.t.Context(), b.name)
		return err == nil && status.Summary() == kafkaconnect.StateFailed
	})
}

// TestRealOffsetsSurviveUnlessReset: a connector that is created again resumes
// where the old one ended, unless its destroy deleted the offsets: then it takes
// a snapshot again.
func TestRealOffsetsSurviveUnlessReset(t *testing.T) {
	for reset, want := range map[bool]int{false: 1, true: 2} {
		t.Run(fmt.Sprintf("reset_offsets_on_destroy=%v", reset), func(t *testing.T) {
			b := newBench(t, "postgres")
			b.insert(1, "first row")
			b.WantPlan(t.Context(), "create", b.block(acctest.Block{"reset_offsets_on_destroy": reset}))
			b.read("first row")
			b.offsets()
			b.WantPlan(t.Context(), "delete", nil)
			b.WantPlan(t.Context(), "create", b.block(nil))
			b.insert(2, "second row")
			if got := count(b.read("second row"), "first row"); got != want {
				t.Errorf("the first row arrived %d times, want %d", got, want)
			}
		})
	}
}

// TestRealResetOffsetsOfBusyConnectors: a connector is shown without tasks before
// each worker has ended its own, and a task that ends commits its offsets. There
// are several, for tasks on the worker that doesn't lead, where this happens.
func TestRealResetOffsetsOfBusyConnectors(t *testing.T) {
	for n := range 4 {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			b := newBench(t, "postgres")
			stop := b.db.Repeat(func(n int) string { return fmt.Sprintf("INSERT INTO %s.a VALUES (%d, 'busy')", b.space, n) })
			defer stop()
			for range 2 {
				b.WantPlan(t.Context(), "create", b.block(acctest.Block{"reset_offsets_on_destroy": true}))
				b.offsets()
				b.WantPlan(t.Context(), "delete", nil)
				b.WantPlan(t.Context(), "create", b.block(acctest.Block{"state": "stopped"}))
				offsets, err := b.client.Offsets(t.Context(), b.name)
				if err != nil {
					t.Fatal(err)
				}
				if len(offsets.Offsets) > 0 {
					t.Errorf("after the destroy it has the offsets %s", offsets.Offsets[0].Offset)
				}
				b.WantPlan(t.Context(), "delete", nil)
			}
		})
	}
}

// offsets waits until the connector has committed offsets.
func (b *bench) offsets() {
	b.t.Helper()
	acctest.Eventually(b.t, "connector "+b.name+" has offsets", func() bool {
		offsets, err := b.client.Offsets(b.t.Context(), b.name)
		return err == nil && len(offsets.Offsets) > 0
	})
}

// TestRealInitialOffsets: a connector starts from the offsets that it is given:
// what was written before doesn't arrive, what was written after does.
func TestRealInitialOffsets(t *testing.T) {
	t.Run("postgres", func(t *testing.T) {
		b := newBench(t, "postgres")
		slot := catalog.SlotName(b.name)
		b.db.Exec(
			fmt.Sprintf("CREATE PUBLICATION %s FOR TABLE %s.a", b.name, b.space),
			fmt.Sprintf("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')", slot),
		)
		b.insert(1, "before the offset")
		lsn := b.db.Number("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")
		b.insert(2, "after the offset")
		b.startsAfter(acctest.Block{
			"publication_autocreate_mode": "disabled", "publication_name": b.name,
			"initial_offsets": fmt.Sprintf(`{"offsets": [{"partition": {"server": %q},
				"offset": {"lsn": %d, "lsn_proc": %d, "lsn_commit": %d, "txId": 1, "ts_usec": 1}}]}`, b.space, lsn, lsn, lsn),
		})
	})
	t.Run("mysql", func(t *testing.T) {
		b := newBench(t, "mysql")
		b.insert(1, "before the offset")
		gtids, file, position := b.db.BinlogPosition()
		b.insert(2, "after the offset")
		b.startsAfter(acctest.Block{
			"snapshot_mode": "recovery",
			"initial_offsets": fmt.Sprintf(`{"offsets": [{"partition": {"server": %q},
				"offset": {"file": %q, "pos": %d, "gtids": %q}}]}`, b.space, file, position, gtids),
		})
	})
}

func (b *bench) startsAfter(offsets acctest.Block) {
	b.t.Helper()
	b.WantPlan(b.t.Context(), "create", b.block(offsets))
	if values := b.read("after the offset"); count(values, "before the offset") > 0 {
		b.t.Errorf("a row from before the offset arrived: %v", values)
	}
}
