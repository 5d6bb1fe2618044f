package database_test

import (
	"fmt"
	"maps"
	"regexp"
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

// row waits until the connector of a site has captured its table.
func (s *site) capturesT() {
	s.t.Helper()
	s.captures("public.t", "first", `INSERT INTO t VALUES (2, 'second')`, "second")
}

// postgresCase is one way in which a database isn't ready.
type postgresCase struct {
	check    string
	name     string // where a check has several cases
	wrong    []string
	config   map[string]string
	severity database.Severity
	property string
	summary  string            // words in it
	also     []string          // other checks that find something, too
	runs     bool              // the task doesn't fail, though other cases of the check do
	fix      map[string]string // where the remedy is in the configuration
	left     []string          // what is still found then
	idle     bool              // what is put right captures nothing to wait for
}

// mark stands in the cases for the site's name; it isn't the end of RENAME.
var mark = regexp.MustCompile(`\bNAME`)

func fill(name string, texts []string) []string {
	filled := make([]string, len(texts))
	for i, text := range texts {
		filled[i] = mark.ReplaceAllString(text, name)
	}
	return filled
}

func fillMap(name string, values map[string]string) map[string]string {
	filled := map[string]string{}
	for key, value := range values {
		filled[key] = mark.ReplaceAllString(value, name)
	}
	return filled
}

// run drives a case: found, seen to fail, put right as printed, seen to run.
func (c postgresCase) run(t *testing.T, s *site) {
	s.admin.Exec(fill(s.name, c.wrong)...)
	maps.Copy(s.config, fillMap(s.name, c.config))
	found := s.finds(c.check, c.also...)
	if found.Severity != c.severity || found.Property != c.property || !strings.Contains(found.Summary, mark.ReplaceAllString(c.summary, s.name)) {
		t.Errorf("want %s at %s with %q, got %+v", c.severity, c.property, c.summary, found)
	}
	if info := infoOf(t, c.check); !info.Silent && !c.runs {
		s.fails(info.Failure)
	}
	if c.fix != nil {
		maps.Copy(s.config, fillMap(s.name, c.fix))
	} else {
		s.admin.Exec(statements(found.Remedy)...)
	}
	for _, f := range s.check().Findings {
		t.Errorf("after the remedy it still says: %+v", f)
	}
	if !c.idle {
		s.capturesT()
	}
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
