package database_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// newPostgres makes a database with one table, a role that may replicate and
// read it, and no more, and a publication that the role has no part in.
func newPostgres(t *testing.T, stack *stackfile.Stack, server stackfile.Database) *site {
	t.Helper()
	s := newPostgresOn(t, stack, server)
	server.Name = "postgres"
	root := acctest.Postgres(t, &stackfile.Stack{Postgres: server})
	t.Cleanup(func() {
		s.remove()
		dropSlots(t, root, s.name)
		root.Exec(fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, s.name), fmt.Sprintf(`DROP ROLE IF EXISTS %s, %[1]s_owner`, s.name))
	})
	return s
}

// newPostgresOn leaves the site behind: on a server that goes away itself.
func newPostgresOn(t *testing.T, stack *stackfile.Stack, server stackfile.Database) *site {
	t.Helper()
	s := &site{t: t, stack: stack, client: newClient(t, stack), name: newName(), kind: database.Postgres, class: "io.debezium.connector.postgresql.PostgresConnector"}
	server.Name = "postgres"
	root := acctest.Postgres(t, &stackfile.Stack{Postgres: server})
	root.Exec(
		fmt.Sprintf(`CREATE ROLE %s LOGIN REPLICATION PASSWORD 's3cret-of-%[1]s'`, s.name),
		fmt.Sprintf(`CREATE DATABASE %s`, s.name),
	)
	server.Name = s.name
	s.admin = acctest.Postgres(t, &stackfile.Stack{Postgres: server})
	s.admin.Exec(
		`CREATE TABLE t (id int PRIMARY KEY, v text)`,
		`INSERT INTO t VALUES (1, 'first')`,
		`GRANT SELECT ON t TO `+s.name,
		`CREATE PUBLICATION `+s.name+` FOR TABLE t`,
	)
	s.config = map[string]string{
		"database.hostname": server.Host, "database.port": strconv.Itoa(server.Port), "database.dbname": s.name,
		"database.user": s.name, "database.password": "s3cret-of-" + s.name,
		"plugin.name": "pgoutput", "slot.name": s.name, "publication.name": s.name, "publication.autocreate.mode": "disabled",
		"table.include.list": "public.t",
	}
	return s
}

// dropSlots ends the slots that a test has left in its database.
func dropSlots(t *testing.T, root *acctest.Database, name string) {
	of := fmt.Sprintf(`FROM pg_replication_slots WHERE slot_name LIKE '%s%%'`, name)
	root.Exec(`SELECT pg_terminate_backend(active_pid) ` + of + ` AND active`)
	acctest.Eventually(t, "the slots are free", func() bool { return root.Number(`SELECT count(*) `+of+` AND active`) == 0 })
	root.Exec(`SELECT pg_drop_replication_slot(slot_name) ` + of)
}

func TestPostgresReady(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.clean()
	s.capturesT()
}

func TestPostgres(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	for _, c := range postgresCases {
		t.Run(strings.Trim(c.check+"/"+c.name, "/"), func(t *testing.T) {
			t.Parallel()
			c.run(t, newPostgres(t, stack, stack.Postgres))
		})
	}
}

// TestPostgresPublicationOfNoTable: where the lists match nothing yet, no
// publication of all tables is advised, which they don't mean.
func TestPostgresPublicationOfNoTable(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.config["publication.name"], s.config["table.include.list"] = s.name+"_2", "public.none"
	found := s.finds("postgres-publication-missing", "postgres-table-list", "postgres-no-table")
	if len(statements(found.Remedy)) > 0 || !strings.Contains(found.Remedy, "Correct table.include.list") {
		t.Errorf("got %+v", found)
	}
}

// TestPostgresPartitionsInThePublication: where the publication has the
// partitions and not their root, changes carry the names of the partitions,
// whatever publish_via_partition_root says.
func TestPostgresPartitionsInThePublication(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.admin.Exec(
		`CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)`, `CREATE TABLE p_low PARTITION OF p FOR VALUES FROM (0) TO (100)`,
		`GRANT SELECT ON p, p_low TO `+s.name, `ALTER PUBLICATION `+s.name+` SET TABLE p_low`,
		`ALTER PUBLICATION `+s.name+` SET (publish_via_partition_root = true)`, `INSERT INTO p VALUES (1, 'first')`,
	)
	s.config["table.include.list"] = "public.p_low"
	s.clean()
	s.captures("public.p_low", `INSERT INTO p VALUES (2, 'second')`, "second")
}

// TestPostgresTablesOfASuperuser: no remedy makes the role a superuser.
func TestPostgresTablesOfASuperuser(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.admin.Exec(`DROP PUBLICATION `+s.name, fmt.Sprintf(`GRANT CREATE ON DATABASE %s TO %[1]s`, s.name))
	s.config["publication.autocreate.mode"] = "filtered"
	found := s.finds("postgres-publication-table-owner")
	if strings.Contains(found.Remedy, `GRANT "postgres"`) {
		t.Fatalf("the remedy makes the role a superuser: %s", found.Remedy)
	}
	s.admin.Exec(statements(found.Remedy)...)
	s.config["publication.autocreate.mode"] = "disabled"
	s.clean()
	s.capturesT()
}
