package adopt_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// TestRealRename takes the guide's steps on a real database: the renamed
// connector goes on where the old one ended, without a snapshot, and what was
// written while neither ran arrives.
func TestRealRename(t *testing.T) {
	stack := acctest.Stack(t)
	space := fmt.Sprintf("rename_%08x", rand.Uint32())
	before, after := space+"_a", space+"_b"
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	db := acctest.Postgres(t, stack)
	db.Exec("CREATE SCHEMA "+space+" AUTHORIZATION debezium", "CREATE TABLE "+space+".a (id int PRIMARY KEY, note text)", "ALTER TABLE "+space+".a OWNER TO debezium",
		"INSERT INTO "+space+".a VALUES (1, 'in the snapshot')")
	t.Cleanup(func() {
		for _, name := range []string{before, after} {
			_ = client.Delete(context.Background(), name)
		}
		db.DropSlot(before)
		db.Exec("DROP PUBLICATION IF EXISTS "+before, "DROP SCHEMA "+space+" CASCADE")
	})
	block := acctest.Block{
		"name": before, "database_hostname": stack.Postgres.Host, "database_port": stack.Postgres.Port, "database_user": stack.Postgres.User,
		"database_password": stack.Postgres.Password, "database_dbname": stack.Postgres.Name, "topic_prefix": space,
		"table_include_list": []string{space + ".a"}, "publication_autocreate_mode": "filtered",
	}
	r := acctest.NewTerraform(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL()}).Resource("debezium_postgres_connector")
	topic := space + "." + space + ".a"
	r.WantPlan(t.Context(), "create", block)
	acctest.ReadUntil(t, stack, topic, "in the snapshot")

	r.WantPlan(t.Context(), "update", block.With(acctest.Block{"state": "stopped"}))
	db.Exec("INSERT INTO " + space + ".a VALUES (2, 'while neither ran')")
	offsets, err := client.Offsets(t.Context(), before)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(offsets)
	if err != nil {
		t.Fatal(err)
	}
	renamed := block.With(acctest.Block{
		"name": after, "slot_name": r.Text("slot_name"), "publication_name": r.Text("publication_name"), "initial_offsets": string(text),
	})
	p, err := r.Plan(t.Context(), renamed)
	if err != nil || p.String() != "replace" || len(r.Diagnostics) > 0 {
		t.Fatalf("plans to %v: %v %v", p, err, r.Diagnostics)
	}
	if err := r.Apply(t.Context(), p); err != nil || len(r.Diagnostics) > 0 {
		t.Fatalf("the apply says %v: %v", err, r.Diagnostics)
	}
	values := acctest.ReadUntil(t, stack, topic, "while neither ran")
	if n := strings.Count(strings.Join(values, "\n"), `"in the snapshot"`); n != 1 {
		t.Errorf("the row of the snapshot arrived %d times: %v", n, values)
	}
	if n := db.Number("SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE '" + space + "%'"); n != 1 {
		t.Errorf("there are %d slots", n)
	}
}

// TestRealFreshStart: a connector that is created again after its slot was
// dropped fails over the old position, says so, and starts with an empty list.
func TestRealFreshStart(t *testing.T) {
	stack := acctest.Stack(t)
	name := fmt.Sprintf("fresh_%08x", rand.Uint32())
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	db := acctest.Postgres(t, stack)
	db.Exec("CREATE SCHEMA "+name+" AUTHORIZATION debezium", "CREATE TABLE "+name+".a (id int PRIMARY KEY, note text)", "ALTER TABLE "+name+".a OWNER TO debezium",
		"INSERT INTO "+name+".a VALUES (1, 'a row')")
	t.Cleanup(func() {
		_ = client.Delete(context.Background(), name)
		db.DropSlot(name)
		db.Exec("DROP PUBLICATION IF EXISTS "+name, "DROP SCHEMA "+name+" CASCADE")
	})
	block := acctest.Block{
		"name": name, "database_hostname": stack.Postgres.Host, "database_port": stack.Postgres.Port, "database_user": stack.Postgres.User,
		"database_password": stack.Postgres.Password, "database_dbname": stack.Postgres.Name, "topic_prefix": name,
		"table_include_list": []string{name + ".a"}, "publication_autocreate_mode": "filtered",
	}
	r := acctest.NewTerraform(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL()}).Resource("debezium_postgres_connector")
	r.WantPlan(t.Context(), "create", block)
	acctest.Eventually(t, "it has offsets", func() bool {
		offsets, err := client.Offsets(t.Context(), name)
		return err == nil && len(offsets.Offsets) > 0
	})
	r.WantPlan(t.Context(), "delete", nil)
	db.DropSlot(name)

	acctest.WantError(t, r.Run(t.Context(), block), "left by an earlier connector of the same name", "initial_offsets")
	if err := r.Run(t.Context(), block.With(acctest.Block{"initial_offsets": freshStart})); err != nil {
		t.Fatal(err)
	}
	if status := r.Text("status"); status != "RUNNING" {
		t.Errorf("it is %s", status)
	}
}
