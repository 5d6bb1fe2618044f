package database_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// newBinlog makes a database with one table, and a user that may do what the
// guide says, and no more.
func newBinlog(t *testing.T, stack *stackfile.Stack, kind string, server stackfile.Database) *site {
	t.Helper()
	s := newBinlogOn(t, stack, kind, server)
	t.Cleanup(func() {
		s.remove()
		s.admin.Exec(`DROP DATABASE `+s.name, `DROP USER `+s.name)
	})
	return s
}

// newBinlogOn leaves the site behind: on a server that goes away itself.
func newBinlogOn(t *testing.T, stack *stackfile.Stack, kind string, server stackfile.Database) *site {
	t.Helper()
	s := &site{t: t, stack: stack, client: newClient(t, stack), name: newName(), kind: kind, class: "io.debezium.connector.mysql.MySqlConnector"}
	monitor := "REPLICATION CLIENT"
	if kind == database.MariaDB {
		s.class, monitor = "io.debezium.connector.mariadb.MariaDbConnector", "BINLOG MONITOR"
	}
	server.Name = ""
	s.admin = acctest.MySQL(t, server)
	s.admin.Exec(
		`CREATE DATABASE `+s.name,
		fmt.Sprintf(`CREATE TABLE %s.t (id INT PRIMARY KEY, v VARCHAR(100))`, s.name),
		fmt.Sprintf(`INSERT INTO %s.t VALUES (1, 'first')`, s.name),
		fmt.Sprintf(`CREATE USER %s IDENTIFIED BY 's3cret-of-%[1]s'`, s.name),
		fmt.Sprintf(`GRANT RELOAD, REPLICATION SLAVE, %s ON *.* TO %s`, monitor, s.name),
		fmt.Sprintf(`GRANT SELECT ON %s.* TO %[1]s`, s.name),
	)
	s.config = map[string]string{
		"database.hostname": server.Host, "database.port": strconv.Itoa(server.Port),
		"database.user": s.name, "database.password": "s3cret-of-" + s.name,
		"database.server.id":    strconv.Itoa(1000 + rand.IntN(1<<30)),
		"database.include.list": s.name, "table.include.list": s.name + ".t",
	}
	return s
}

// binlogServer is the stack's server of a kind.
func binlogServer(stack *stackfile.Stack, kind string) stackfile.Database {
	if kind == database.MariaDB {
		return stack.MariaDB
	}
	return stack.MySQL
}

// eachKind runs a test on MySQL and on MariaDB.
func eachKind(t *testing.T, run func(t *testing.T, kind string)) {
	for _, kind := range []string{database.MySQL, database.MariaDB} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			run(t, kind)
		})
	}
}

func TestBinlogReady(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		s := newBinlog(t, stack, kind, binlogServer(stack, kind))
		s.clean()
		s.capturesT()
	})
}

func TestBinlog(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		for _, c := range binlogCases {
			if c.only != "" && c.only != kind {
				continue
			}
			t.Run(strings.Trim(c.check+"/"+c.name, "/"), func(t *testing.T) {
				t.Parallel()
				c.run(t, newBinlog(t, stack, kind, binlogServer(stack, kind)))
			})
		}
	})
}

// TestMariaDBSystemVersionedTable: it is captured like any other.
func TestMariaDBSystemVersionedTable(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newBinlog(t, stack, database.MariaDB, stack.MariaDB)
	s.admin.Exec(fmt.Sprintf(`CREATE TABLE %s.h (id INT PRIMARY KEY, v VARCHAR(100), f TIMESTAMP(6) GENERATED ALWAYS AS ROW START, u TIMESTAMP(6) GENERATED ALWAYS AS ROW END,
		PERIOD FOR SYSTEM_TIME(f, u)) WITH SYSTEM VERSIONING`, s.name), fmt.Sprintf(`INSERT INTO %s.h (id, v) VALUES (1, 'first')`, s.name))
	s.config["table.include.list"] = s.name + ".h"
	s.clean()
	s.captures(s.name+".h", fmt.Sprintf(`INSERT INTO %s.h (id, v) VALUES (2, 'second')`, s.name), "second")
}
