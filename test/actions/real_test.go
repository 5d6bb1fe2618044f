package actions_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// onStack is a connector on the real stack, with tables of its own.
type onStack struct {
	t         *testing.T
	stack     *stackfile.Stack
	db        *acctest.Database
	client    *kafkaconnect.Client
	terraform *acctest.Terraform
	name      string // of the connector, its topic prefix and its schema
}

// newReal creates the connector, for the tables "a" and "b", of which a has the
// row "the first row".
func newReal(t *testing.T, more kafkaconnect.Config) *onStack {
	t.Helper()
	stack := acctest.Stack(t)
	t.Parallel()
	r := &onStack{
		t: t, stack: stack, db: acctest.Postgres(t, stack), name: fmt.Sprintf("actions_%08x", rand.Uint32()),
		terraform: acctest.NewTerraform(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL()}),
	}
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	r.client = client
	r.exec("CREATE SCHEMA NAME AUTHORIZATION debezium",
		"CREATE TABLE NAME.a (id int PRIMARY KEY, note text)", "INSERT INTO NAME.a VALUES (1, 'the first row')",
		"CREATE TABLE NAME.signal (id varchar(64) PRIMARY KEY, type varchar(32), data text)",
		"ALTER TABLE NAME.a OWNER TO debezium", "ALTER TABLE NAME.signal OWNER TO debezium")
	t.Cleanup(func() {
		_ = client.Delete(context.Background(), r.name)
		r.db.DropSlot(catalog.SlotName(r.name))
		r.exec("DROP PUBLICATION IF EXISTS NAME", "DROP SCHEMA NAME CASCADE")
	})
	config := kafkaconnect.Config{
		"connector.class":                "io.debezium.connector.postgresql.PostgresConnector",
		"database.hostname":              stack.Postgres.Host,
		"database.port":                  fmt.Sprint(stack.Postgres.Port),
		"database.user":                  stack.Postgres.User,
		"database.password":              stack.Postgres.Password,
		"database.dbname":                stack.Postgres.Name,
		"topic.prefix":                   r.name,
		"plugin.name":                    "pgoutput",
		"slot.name":                      catalog.SlotName(r.name),
		"publication.name":               r.name,
		"publication.autocreate.mode":    "filtered",
		"table.include.list":             r.name + ".a," + r.name + ".signal",
		"signal.enabled.channels":        "source,kafka",
		"signal.data.collection":         r.name + ".signal",
		"signal.kafka.bootstrap.servers": stack.Kafka.BootstrapServers(),
		"signal.poll.interval.ms":        "500",
	}
	maps.Copy(config, more)
	maps.DeleteFunc(config, func(_, value string) bool { return value == "" })
	if _, err := client.Create(t.Context(), kafkaconnect.CreateRequest{Name: r.name, Config: config}); err != nil {
		t.Fatal(err)
	}
	r.running()
	return r
}

func (r *onStack) exec(statements ...string) {
	r.t.Helper()
	for _, s := range statements {
		r.db.Exec(strings.ReplaceAll(s, "NAME", r.name))
	}
}

func (r *onStack) running() {
	r.t.Helper()
	acctest.Eventually(r.t, "connector "+r.name+" runs", func() bool {
		status, err := r.client.Status(r.t.Context(), r.name)
		return err == nil && status.Summary() == kafkaconnect.StateRunning
	})
}

// read reads a table's topic up to the record with a note.
func (r *onStack) read(table, note string) []string {
	r.t.Helper()
	return acctest.ReadUntil(r.t, r.stack, r.name+"."+r.name+"."+table, note)
}

func (r *onStack) must(action string, more acctest.Block) []string {
	r.t.Helper()
	progress, err := r.terraform.Invoke(r.t.Context(), action, acctest.Block{"name": r.name}.With(more))
	r.t.Log(strings.Join(progress, "\n"))
	if err != nil {
		r.t.Fatal(err)
	}
	return progress
}

func count(values []string, note string) int {
	return strings.Count(strings.Join(values, "\n"), note)
}

// addTable adds a table with rows to what the connector captures.
func (r *onStack) addTable() {
	r.t.Helper()
	r.read("a", "the first row")
	r.exec("CREATE TABLE NAME.later (id int PRIMARY KEY, note text)", "ALTER TABLE NAME.later OWNER TO debezium",
		"INSERT INTO NAME.later VALUES (1, 'one'), (2, 'two'), (3, 'three')")
	info, err := r.client.Connector(r.t.Context(), r.name)
	if err != nil {
		r.t.Fatal(err)
	}
	info.Config["table.include.list"] += "," + r.name + ".later"
	if _, err := r.client.PutConfig(r.t.Context(), r.name, info.Config); err != nil {
		r.t.Fatal(err)
	}
	// A new row shows that the new configuration runs.
	acctest.Eventually(r.t, "the table is in the publication", func() bool {
		return r.db.Number("SELECT count(*) FROM pg_publication_tables WHERE pubname = '"+r.name+"' AND tablename = 'later'") == 1
	})
	r.running()
	r.exec("INSERT INTO NAME.later VALUES (4, 'streamed')")
	r.read("later", "streamed")
}

// TestRealIncrementalSnapshot: the rows of a table that was added later arrive,
// those that meet the condition.
func TestRealIncrementalSnapshot(t *testing.T) {
	r := newReal(t, nil)
	r.addTable()
	r.must(snapshot, acctest.Block{
		"tables":                []string{r.name + ".later"},
		"additional_conditions": []acctest.Block{{"table": r.name + ".later", "filter": "id in (2, 3)"}},
		"surrogate_key":         "id",
	})
	got := r.read("later", "three")
	if count(got, `"two"`) != 1 || count(got, `"one"`) != 0 {
		t.Errorf("arrived: %v", got)
	}
}

// TestRealBlockingSnapshot: it needs no signal table.
func TestRealBlockingSnapshot(t *testing.T) {
	r := newReal(t, kafkaconnect.Config{"signal.enabled.channels": "kafka", "signal.data.collection": ""})
	r.addTable()
	r.must(snapshot, acctest.Block{"type": "blocking", "tables": []string{r.name + ".later"}})
	if got := r.read("later", "three"); count(got, `"one"`) != 1 {
		t.Errorf("arrived: %v", got)
	}
	r.running()
}

// TestRealRestartOfAFailedTask: nothing but the action restarts it.
func TestRealRestartOfAFailedTask(t *testing.T) {
	r := newReal(t, kafkaconnect.Config{"errors.max.retries": "0", "slot.max.retries": "0"})
	r.read("a", "the first row")
	r.exec("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + catalog.SlotName(r.name) + "'")
	acctest.Eventually(t, "the task fails", func() bool {
		status, err := r.client.Status(t.Context(), r.name)
		return err == nil && status.Summary() == kafkaconnect.StateFailed
	})
	r.must(restart, acctest.Block{"only_failed": true})
	r.exec("INSERT INTO NAME.a VALUES (2, 'a new row')")
	r.read("a", "a new row")
	progress := r.must(restart, acctest.Block{"only_failed": true})
	if len(progress) != 1 || !strings.Contains(progress[0], "nothing is restarted") {
		t.Errorf("a second time: %v", progress)
	}
	r.must(restart, nil)
	r.exec("INSERT INTO NAME.a VALUES (3, 'since the restart of all')")
	if got := r.read("a", "since the restart of all"); count(got, "the first row") != 1 {
		t.Errorf("arrived: %v", got)
	}
}

// TestRealResetOffsets: without offsets the connector takes a new snapshot, and
// with those that it had it goes on.
func TestRealResetOffsets(t *testing.T) {
	r := newReal(t, nil)
	r.read("a", "the first row")
	progress := r.must(reset, nil)
	r.exec("INSERT INTO NAME.a VALUES (2, 'a new row')")
	if got := r.read("a", "a new row"); count(got, "the first row") != 2 {
		t.Errorf("arrived after the offsets were deleted: %v", got)
	}
	// What the action reported can be set again.
	former := ""
	for _, line := range progress {
		if _, text, found := strings.Cut(line, "were: "); found {
			former = text
		}
	}
	r.must(reset, acctest.Block{"offsets": former})
	r.exec("INSERT INTO NAME.a VALUES (3, 'since the second reset')")
	if got := r.read("a", "since the second reset"); count(got, "the first row") != 2 {
		t.Errorf("arrived after the offsets were set again: %v", got)
	}
}
