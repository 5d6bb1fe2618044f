package database_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// moveTo tells a site that its server has another port, after a restart.
func (s *site) moveTo(server stackfile.Database) {
	s.config["database.port"] = strconv.Itoa(server.Port)
	server.Name = s.name
	s.admin = acctest.Postgres(s.t, &stackfile.Stack{Postgres: server})
}

// onServer makes a site on a server of its own, which is gone before the
// site's clean-up could reach it.
func onServer(t *testing.T, stack *stackfile.Stack, settings ...string) (*site, *server) {
	t.Helper()
	server := serve(t, "postgres", settings...)
	s := newPostgresOn(t, stack, server.Database)
	t.Cleanup(s.remove)
	return s, server
}

// TestPostgresServers drives what is a matter of the whole server: each has one
// of its own, whose remedy takes a restart.
func TestPostgresServers(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	for _, c := range []struct {
		check, property, summary string
		settings                 []string
		wrong                    []string
	}{
		{"postgres-wal-level", "database.hostname", "wal_level is replica", []string{"wal_level=replica"}, nil},
		{
			"postgres-free-slots", "slot.name", "0 replication slots free", []string{"wal_level=logical", "max_replication_slots=1"},
			[]string{`SELECT pg_create_logical_replication_slot('taken', 'pgoutput')`},
		},
		{"postgres-free-senders", "database.hostname", "0 WAL senders free", []string{"wal_level=logical", "max_wal_senders=0"}, nil},
	} {
		t.Run(c.check, func(t *testing.T) {
			t.Parallel()
			s, server := onServer(t, stack, c.settings...)
			s.admin.Exec(c.wrong...)
			found := s.finds(c.check)
			if found.Severity != failing || found.Property != c.property || !strings.Contains(found.Summary, c.summary) {
				t.Errorf("got %+v", found)
			}
			s.remedied(found)
			s.fails(infoOf(t, c.check).Failure)
			if !strings.HasSuffix(found.Remedy, "Then restart the server.") {
				t.Errorf("the remedy doesn't end with a restart: %s", found.Remedy)
			}
			s.admin.Exec(statements(found.Remedy)...)
			server.restart()
			s.moveTo(server.Database)
			s.clean()
			s.capturesT()
		})
	}
}

// TestPostgresSlots drives a slot through what can happen to it: of another
// database, read by another, about to be lost, lost.
func TestPostgresSlots(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s, server := onServer(t, stack, "wal_level=logical", "checkpoint_timeout=1h", "max_slot_wal_keep_size=1MB")

	keep := s.finds("postgres-slot-keep-size")
	if keep.Severity != warning || !strings.Contains(keep.Summary, "1 MB") {
		t.Errorf("got %+v", keep)
	}

	elsewhere := server.Database
	elsewhere.Name = "postgres"
	root := acctest.Postgres(t, &stackfile.Stack{Postgres: elsewhere})
	root.Exec(fmt.Sprintf(`SELECT pg_create_logical_replication_slot('%s', 'pgoutput')`, s.name))
	other := s.finds("postgres-slot-database", "postgres-slot-keep-size")
	if other.Severity != failing || !strings.Contains(other.Remedy, `in database "postgres"`) {
		t.Errorf("got %+v", other)
	}
	s.fails(infoOf(t, "postgres-slot-database").Failure)
	s.remedied(keep)
	s.remedied(other)
	root.Exec(statements(other.Remedy)...)
	s.finds("postgres-slot-keep-size")

	s.admin.Exec(fmt.Sprintf(`SELECT pg_create_logical_replication_slot('%s', 'pgoutput')`, s.name))
	holder := server.Database
	holder.Name = s.name
	release := acctest.HoldSlot(t, &stackfile.Stack{Postgres: holder}, s.name, s.name)
	active := s.finds("postgres-slot-active", "postgres-slot-keep-size")
	if active.Severity != failing || active.Property != "slot.name" {
		t.Errorf("got %+v", active)
	}
	s.fails(infoOf(t, "postgres-slot-active").Failure)
	// The connector that holds the slot itself isn't told so, nor is one that
	// takes its place.
	for _, request := range []database.Request{
		{Kind: s.kind, Config: s.config, Current: s.config},
		{Kind: s.kind, Config: s.config, Replaced: []map[string]string{s.config}},
	} {
		for _, f := range s.checkWith(request).Findings {
			if f.Check == "postgres-slot-active" {
				t.Errorf("it says of the connector's own slot: %+v", f)
			}
		}
	}
	release()
	acctest.Eventually(t, "the slot is free", func() bool {
		return s.admin.Number(`SELECT count(*) FROM pg_replication_slots WHERE active`) == 0
	})
	s.finds("postgres-slot-keep-size")

	// The slot falls behind by several segments; a checkpoint takes them away.
	s.admin.Exec(`CREATE TABLE filler (t text)`)
	for range 4 {
		s.admin.Exec(`INSERT INTO filler SELECT repeat('x', 1000) FROM generate_series(1, 16000)`, `SELECT pg_switch_wal()`)
	}
	unreserved := s.finds("postgres-slot-lost", "postgres-slot-keep-size")
	if unreserved.Severity != warning || !strings.Contains(unreserved.Summary, "about to be lost") {
		t.Errorf("got %+v", unreserved)
	}
	s.admin.Exec(`CHECKPOINT`)
	lost := s.finds("postgres-slot-lost", "postgres-slot-keep-size")
	if lost.Severity != failing || !strings.Contains(lost.Summary, "is lost") {
		t.Errorf("got %+v", lost)
	}
	s.remedied(active)
	s.remedied(lost)
	s.admin.Exec(statements(lost.Remedy)...)
	s.admin.Exec(statements(keep.Remedy)...)
	acctest.Eventually(t, "the server has reread its settings", func() bool { return len(s.check().Findings) == 0 })
	s.capturesT()
}

// TestPostgresStandby drives a standby of PostgreSQL 17.
func TestPostgresStandby(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s, standby := newStandby(t, stack)

	feedback := s.finds("postgres-standby-feedback")
	s.remedied(feedback)
	if feedback.Severity != warning {
		t.Errorf("got %+v", feedback)
	}
	copyOf := standby.Database
	copyOf.Name = "postgres"
	acctest.Postgres(t, &stackfile.Stack{Postgres: copyOf}).Exec(statements(feedback.Remedy)...)
	acctest.Eventually(t, "the standby has reread its settings", func() bool { return len(s.check().Findings) == 0 })

	s.config["heartbeat.action.query"], s.config["heartbeat.interval.ms"] = "INSERT INTO t VALUES (9, 'beat')", "100"
	s.finds("postgres-heartbeat-query")
	delete(s.config, "heartbeat.action.query")

	s.config["publication.name"], s.config["publication.autocreate.mode"] = s.name+"_2", "all_tables"
	missing := s.finds("postgres-publication-missing")
	if !strings.Contains(missing.Remedy, "on the primary") {
		t.Errorf("got %+v", missing)
	}
	s.admin.Exec(statements(missing.Remedy)...) // s.admin is the primary's
	acctest.Eventually(t, "the publication has come to the standby", func() bool { return len(s.check().Findings) == 0 })
}

// TestPostgresStandbyOf15 drives a standby that can't decode its WAL: one of
// the machine's own PostgreSQL 15, where it has that.
func TestPostgresStandbyOf15(t *testing.T) {
	stack := acctest.Stack(t)
	const binaries = "/usr/lib/postgresql/15"
	if _, err := os.Stat(filepath.Join(binaries, "bin", "postgres")); err != nil {
		t.Skipf("needs PostgreSQL 15 in %s: install Debian 12's package postgresql-15", binaries)
	}
	t.Parallel()
	s, _ := newStandby(t, stack, "binaries="+binaries)
	old := s.finds("postgres-standby-version")
	if old.Severity != failing || !strings.Contains(old.Summary, "PostgreSQL 15") {
		t.Errorf("got %+v", old)
	}
	s.remedied(old)
	s.fails(infoOf(t, "postgres-standby-version").Failure)
	s.config["database.port"] = s.primary
	s.clean()
	s.capturesT()
}

// newStandby makes a site on a primary, and a standby that s.config leads to.
func newStandby(t *testing.T, stack *stackfile.Stack, settings ...string) (*site, *server) {
	t.Helper()
	settings = append([]string{"wal_level=logical", "hot_standby=on", "wal_keep_size=64MB"}, settings...)
	s, primary := onServer(t, stack, settings...)
	primary.stop()
	copied := openDir(t)
	if out, err := exec.Command("cp", "-a", primary.dir+"/.", copied).CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	primary.start(settings...)
	s.moveTo(primary.Database)
	s.primary = s.config["database.port"]

	data := filepath.Join(copied, "postgres", "data")
	conf := fmt.Sprintf("primary_conninfo = 'host=%s port=%d user=%s password=%s'\n", primary.Host, primary.Port, primary.AdminUser, primary.AdminPassword)
	file, err := os.OpenFile(filepath.Join(data, "postgresql.auto.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(conf); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "standby.signal"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	standby := &server{t: t, kind: "postgres", dir: copied, stop: func() {}}
	t.Cleanup(func() { standby.stop() })
	standby.start(settings...)
	s.config["database.port"] = strconv.Itoa(standby.Port)
	return s, standby
}
