package examples_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestHeartbeatMovesTheSlot: in a database where nothing else happens.
func TestHeartbeatMovesTheSlot(t *testing.T) {
	a := newApplied(t, "heartbeat", "name", map[string]string{"schema": "NAME"})
	a.customers()
	a.destroys(a.name)
	a.apply()
	acctest.ReadUntil(t, a.stack, a.name+"."+a.name+".debezium_heartbeat", `"op":"u"`)
	position := func() int {
		return a.postgres.Number("SELECT (confirmed_flush_lsn - '0/0'::pg_lsn)::bigint FROM pg_replication_slots WHERE slot_name = '" + a.name + "'")
	}
	before := position()
	acctest.Eventually(t, "the slot moves on", func() bool { return position() > before })
}

// TestPausedUntilItIsStarted: nothing is read, and no slot made, before.
func TestPausedUntilItIsStarted(t *testing.T) {
	a := newApplied(t, "paused", "name", map[string]string{"schema": "NAME"})
	a.customers()
	a.destroys(a.name)
	a.apply()
	if got := a.output("status"); got != `"PAUSED"` {
		t.Errorf("status %s, want PAUSED", got)
	}
	if n := a.postgres.Number("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + a.name + "'"); n > 0 {
		t.Error("the paused connector has made its slot")
	}
	a.run("INSERT INTO customers VALUES (1, 'from before the start')")
	a.apply("-var=state=running")
	acctest.ReadUntil(t, a.stack, a.name+"."+a.name+".customers", "from before the start")
}

// TestHealthWarnsOfAFailure, and of nothing in the first plan or in one of a
// connector that runs (apply sees to that).
func TestHealthWarnsOfAFailure(t *testing.T) {
	a := newApplied(t, "health", "name", map[string]string{"schema": "NAME"})
	a.customers()
	a.destroys(a.name)
	a.apply()
	topic := a.name + "." + a.name + ".customers"
	a.run("INSERT INTO customers VALUES (1, 'small enough')")
	acctest.ReadUntil(t, a.stack, topic, "small enough")
	acctest.LimitRecords(t, a.stack, topic, "100")
	a.run("INSERT INTO customers VALUES (2, 'too large')")
	acctest.Eventually(t, "a plan warns of the failure", func() bool {
		messages, err := a.plan()
		if err != nil {
			t.Fatalf("terraform plan: %s", err)
		}
		return strings.Contains(strings.Join(messages, "\n"), "warning: Check block assertion failed: Connector "+a.name+" has failed.")
	})
}

// TestOutboxRoutesEvents: an event's payload arrives in the topic of its kind.
func TestOutboxRoutesEvents(t *testing.T) {
	a := newApplied(t, "outbox", "name", map[string]string{"schema": "NAME"})
	a.destroys(a.name)
	a.apply()
	a.run(`INSERT INTO outbox VALUES ('5f0c5b1e-7d0a-4a0e-9c65-0d5a3f1d2b11', 'orders', '17', 'OrderPlaced', '{"total": 42}')`)
	got := acctest.ReadUntil(t, a.stack, a.name+".orders", "total")
	if last := got[len(got)-1]; last != `{"total":42}` {
		t.Errorf("the event's record is %s", last)
	}
}

// TestSourceToSink: inserts, updates, deletes and a new column of a table in
// MySQL arrive in PostgreSQL.
func TestSourceToSink(t *testing.T) {
	a := newApplied(t, "source-to-sink", "name", map[string]string{"source_database": "NAME", "sink_schema": "NAME"})
	mysql := acctest.MySQL(t, a.stack.MySQL)
	mysql.Exec("CREATE DATABASE "+a.name, "CREATE TABLE "+a.name+".customers (id INT PRIMARY KEY, note VARCHAR(50))",
		"INSERT INTO "+a.name+".customers VALUES (1, 'in the snapshot'), (2, 'to be deleted')")
	t.Cleanup(func() { mysql.Exec("DROP DATABASE " + a.name) })
	a.destroys()
	a.apply()
	holds := func(query string) func() bool {
		return func() bool { return a.postgres.Number("SELECT count(*) FROM "+query) > 0 }
	}
	table, replica := a.name+".customers", a.name+".customers_copy"
	acctest.Eventually(t, "the table is made", holds("pg_tables WHERE schemaname = '"+a.name+"' AND tablename = 'customers_copy'"))
	acctest.Eventually(t, "the snapshot arrives", holds(replica+" WHERE id = 1 AND note = 'in the snapshot'"))
	mysql.Exec("INSERT INTO "+table+" VALUES (3, 'inserted')", "UPDATE "+table+" SET note = 'updated' WHERE id = 1", "DELETE FROM "+table+" WHERE id = 2")
	acctest.Eventually(t, "the insert arrives", holds(replica+" WHERE id = 3 AND note = 'inserted'"))
	acctest.Eventually(t, "the update arrives", holds(replica+" WHERE id = 1 AND note = 'updated'"))
	acctest.Eventually(t, "the delete arrives", holds("(SELECT count(*) AS n FROM "+replica+" WHERE id = 2) AS deleted WHERE n = 0"))
	mysql.Exec("ALTER TABLE "+table+" ADD COLUMN city VARCHAR(50)", "INSERT INTO "+table+" VALUES (4, 'with a city', 'Ulm')")
	acctest.Eventually(t, "the new column arrives", holds("information_schema.columns WHERE table_schema = '"+a.name+"' AND column_name = 'city'"))
	acctest.Eventually(t, "a row with the new column arrives", holds(replica+" WHERE id = 4 AND city = 'Ulm'"))
}

// TestTenants: one module captures a MySQL, a MariaDB and a PostgreSQL.
func TestTenants(t *testing.T) {
	a := newApplied(t, "tenants", "client", nil)
	a.destroys(a.name + "_billing_connector")
	a.apply()
	for _, topic := range []string{"_shop.inventory.customers", "_shop.inventory.orders", "_warehouse.inventory.customers", "_billing.public.customers"} {
		acctest.ReadUntil(t, a.stack, a.name+topic, `"op":"r"`)
	}
	var connectors map[string]struct{ Name, Status string }
	if err := json.Unmarshal([]byte(a.output("connectors")), &connectors); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"shop", "warehouse", "billing"} {
		if c := connectors[id]; c.Name != a.name+"_"+id+"_connector" || c.Status != "RUNNING" {
			t.Errorf("%s is %+v", id, c)
		}
	}
}

// TestAvroWithARegistry: records are Avro, and the registry has their schemas.
func TestAvroWithARegistry(t *testing.T) {
	a := newApplied(t, "avro", "name", map[string]string{"schema": "NAME"})
	a.customers()
	a.destroys(a.name)
	a.apply()
	a.run("INSERT INTO customers VALUES (1, 'written as Avro')")
	topic := a.name + "." + a.name + ".customers"
	for _, record := range acctest.ReadUntil(t, a.stack, topic, "written as Avro") {
		// JSON would begin with a brace; this is the mark before a schema's ID.
		if !strings.HasPrefix(record, "\x00") {
			t.Errorf("a record isn't Avro: %q", record)
		}
	}
	for _, id := range []string{topic + "-key", topic + "-value"} {
		answer, err := http.Get(a.stack.Registry.URL() + "/groups/default/artifacts/" + url.PathEscape(id) + "/meta")
		if err != nil {
			t.Fatal(err)
		}
		var meta struct{ Type string }
		err = json.NewDecoder(answer.Body).Decode(&meta)
		answer.Body.Close()
		if err != nil || meta.Type != "AVRO" {
			t.Errorf("the registry has %+v for %s (%v)", meta, id, err)
		}
	}
}

// TestFailoverSlot: the server is told to keep the slot on standbys, too.
func TestFailoverSlot(t *testing.T) {
	a := newApplied(t, "failover-slot", "name", map[string]string{"schema": "NAME"})
	a.customers()
	a.destroys(a.name)
	a.apply()
	a.run("INSERT INTO customers VALUES (1, 'before the failover')")
	acctest.ReadUntil(t, a.stack, a.name+"."+a.name+".customers", "before the failover")
	if n := a.postgres.Number("SELECT count(*) FROM pg_replication_slots WHERE failover AND slot_name = '" + a.name + "'"); n != 1 {
		t.Error("the slot isn't one that standbys copy")
	}
}
