package database_test

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// movesTo tells a site that its server has another port, after a restart.
func (s *site) movesTo(server stackfile.Database) {
	s.config["database.port"] = strconv.Itoa(server.Port)
	server.Name = ""
	s.admin = acctest.MySQL(s.t, server)
}

// options are the lines that a remedy puts into the server's option file.
func options(t *testing.T, remedy string) []string {
	t.Helper()
	lines := statements(remedy)
	if len(lines) < 2 || lines[0] != "[mysqld]" || !strings.HasSuffix(remedy, "Then restart the server.") {
		t.Fatalf("no lines for the option file: %s", remedy)
	}
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, " = ", "=")
	}
	return lines[1:]
}

// TestBinlogServers drives what is a matter of the whole server.
func TestBinlogServers(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		server := serve(t, kind, "skip-log-bin")
		s := newBinlogOn(t, stack, kind, server.Database)
		t.Cleanup(s.remove)

		off := s.finds("binlog-log-bin")
		s.remedied(off)
		s.fails(infoOf(t, "binlog-log-bin").Failure)
		running := options(t, off.Remedy)
		server.restart(running...)
		s.movesTo(server.Database)
		s.clean()
		s.capturesT()

		for _, c := range binlogVariables {
			if c.only == "" || c.only == kind {
				t.Run(strings.Trim(c.check+"/"+c.name, "/"), func(t *testing.T) {
					one := *s
					one.t, one.config = t, maps.Clone(s.config)
					one.movesTo(server.Database)
					c.run(t, &one)
					s.started = one.started
				})
			}
		}

		limited := func(option, check string) database.Finding {
			server.restart(append(running, option)...)
			s.movesTo(server.Database)
			found := s.finds(check)
			s.remedied(found)
			return found
		}
		if only := limited("binlog-do-db=other", "binlog-databases"); only.Property != "table.include.list" || only.Severity != failing {
			t.Errorf("got %+v", only)
		}
		limited("binlog-ignore-db="+s.name, "binlog-databases")
		server.restart(append(running, "skip-show-database")...)
		s.movesTo(server.Database)
		hidden := s.finds("binlog-show-databases")
		s.remedied(hidden)
		s.fails(infoOf(t, "binlog-show-databases").Failure)
		s.admin.Exec(statements(hidden.Remedy)...)
		s.clean()
	})
}

// binlogVariables are set on a server of their own, one after the other.
var binlogVariables = []unready{
	{
		check: "binlog-format", wrong: []string{`SET GLOBAL binlog_format = 'STATEMENT'`},
		severity: failing, property: "database.hostname", summary: "binlog_format is STATEMENT",
	},
	{
		check: "binlog-row-image", wrong: []string{`SET GLOBAL binlog_row_image = 'MINIMAL'`},
		severity: failing, property: "database.hostname", summary: "binlog_row_image is MINIMAL",
	},
	{
		check: "binlog-row-value-options", only: database.MySQL, wrong: []string{`SET GLOBAL binlog_row_value_options = 'PARTIAL_JSON'`},
		severity: failing, property: "database.hostname", summary: "PARTIAL_JSON",
	},
	{
		check: "binlog-compress", only: database.MariaDB, wrong: []string{`SET GLOBAL log_bin_compress = ON`},
		severity: failing, property: "database.hostname", summary: "log_bin_compress is ON",
	},
	{
		check: "binlog-expiry", wrong: []string{`SET GLOBAL binlog_expire_logs_seconds = 3600`},
		severity: warning, property: "database.hostname", summary: "kept for 60 minutes",
	},
	{
		check: "binlog-rows-query", only: database.MySQL, config: map[string]string{"include.query": "true"},
		severity: warning, property: "include.query", summary: "binlog_rows_query_log_events is off",
	},
	{
		check: "binlog-rows-query", only: database.MariaDB, wrong: []string{`SET GLOBAL binlog_annotate_row_events = OFF`}, config: map[string]string{"include.query": "true"},
		severity: warning, property: "include.query", summary: "binlog_annotate_row_events is off",
	},
	{
		check: "binlog-gtid-mode", only: database.MySQL, config: map[string]string{"read.only": "true"},
		wrong:    []string{`SET GLOBAL gtid_mode = 'ON_PERMISSIVE'`, `SET GLOBAL gtid_mode = 'OFF_PERMISSIVE'`, `SET GLOBAL gtid_mode = 'OFF'`, `SET GLOBAL enforce_gtid_consistency = 'OFF'`},
		severity: warning, property: "read.only", summary: "gtid_mode is OFF",
	},
	{
		check: "binlog-gtid-mode", name: "sources", only: database.MySQL, config: map[string]string{"gtid.source.includes": ".*"},
		wrong:    []string{`SET GLOBAL gtid_mode = 'ON_PERMISSIVE'`},
		severity: warning, property: "gtid.source.includes", summary: "gtid_mode is ON_PERMISSIVE",
	},
}

// TestBinlogOtherServer: the connector of the one kind, and a server of the other.
func TestBinlogOtherServer(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		s := newBinlog(t, stack, kind, binlogServer(stack, kind))
		right, class := s.kind, s.class
		s.kind, s.class = database.MySQL, "io.debezium.connector.mysql.MySqlConnector"
		if right == database.MySQL {
			s.kind, s.class = database.MariaDB, "io.debezium.connector.mariadb.MariaDbConnector"
		}
		other := s.finds("binlog-server")
		s.remedied(other)
		if other.Severity != failing || !strings.Contains(other.Summary, "the connector is for") {
			t.Errorf("got %+v", other)
		}
		words := infoOf(t, "binlog-server").Failure
		if s.kind == database.MariaDB {
			words = `Cannot invoke "com.github.shyiko.mysql.binlog.GtidSet.getUUIDSets()"`
		}
		s.fails(words)
		s.kind, s.class = right, class
		s.clean()
		s.capturesT()
	})
}

// TestBinlogOwnServerID: the id of the server itself does no harm, and is no
// finding, whatever the manuals ask for.
func TestBinlogOwnServerID(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		s := newBinlog(t, stack, kind, binlogServer(stack, kind))
		s.config["database.server.id"] = strconv.Itoa(s.admin.Number(`SELECT @@server_id`))
		s.clean()
		s.capturesT()
	})
}

// TestBinlogReplica: a primary and its replica. The connector has the replica's
// id; and it reads from the replica, which doesn't log what it replicates.
func TestBinlogReplica(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	primary := serve(t, "mariadb", "server-id=11")
	s := newBinlogOn(t, stack, database.MariaDB, primary.Database)
	t.Cleanup(s.remove)
	mine := s.config["database.server.id"]

	replica := serve(t, "mariadb", "server-id=12", "log-slave-updates=OFF")
	there := replica.Database
	there.Name = ""
	root := acctest.MySQL(t, there)
	root.Exec(fmt.Sprintf(`CHANGE MASTER TO MASTER_HOST = '%s', MASTER_PORT = %d, MASTER_USER = '%s', MASTER_PASSWORD = '%s', MASTER_USE_GTID = no, MASTER_SSL_VERIFY_SERVER_CERT = 0`,
		primary.Host, primary.Port, primary.AdminUser, primary.AdminPassword), `START SLAVE`)
	s.admin.Exec(`GRANT REPLICATION MASTER ADMIN ON *.* TO ` + s.name)
	s.config["database.server.id"] = "12"
	acctest.Eventually(t, "the replica is registered", func() bool { return len(s.check().Findings) > 0 })
	taken := s.finds("binlog-replica-id")
	s.remedied(taken)
	if taken.Property != "database.server.id" || taken.Severity != failing {
		t.Errorf("got %+v", taken)
	}
	s.fails(infoOf(t, "binlog-replica-id").Failure)
	s.config["database.server.id"] = mine
	s.clean()

	// The same on the replica, which has the site's user and tables by now.
	s.config["database.port"] = strconv.Itoa(replica.Port)
	acctest.Eventually(t, "the replica has the site", func() bool {
		_, err := database.NewReader(database.DefaultOptions).Check(t.Context(), database.Request{Kind: s.kind, Config: s.config})
		return err == nil
	})
	root.Exec(fmt.Sprintf(`GRANT REPLICA MONITOR ON *.* TO %s`, s.name))
	silent := s.finds("binlog-replica-updates")
	s.remedied(silent)
	if silent.Severity != failing || silent.Property != "database.hostname" {
		t.Errorf("got %+v", silent)
	}
	replica.restart(append([]string{"server-id=12"}, options(t, silent.Remedy)...)...)
	s.config["database.port"] = strconv.Itoa(replica.Port)
	s.clean()
	s.capturesT()
}

// openMySQL opens a server as its administrator.
func openMySQL(t *testing.T, server stackfile.Database) *sql.DB {
	t.Helper()
	config := mysql.NewConfig()
	config.Net, config.Addr, config.User, config.Passwd = "tcp", fmt.Sprintf("%s:%d", server.Host, server.Port), server.AdminUser, server.AdminPassword
	config.Logger = &mysql.NopLogger{}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestBinlogTimeZone drives a MySQL whose system is on summer time.
func TestBinlogTimeZone(t *testing.T) {
	stack := acctest.Stack(t)
	before, had := os.LookupEnv("TZ")
	_ = os.Setenv("TZ", "CEST-2") //nolint:usetesting // the server alone is to have it
	server := serve(t, "mysql")
	if had {
		_ = os.Setenv("TZ", before) //nolint:usetesting // as it was
	} else {
		_ = os.Unsetenv("TZ")
	}
	t.Parallel()
	s := newBinlogOn(t, stack, database.MySQL, server.Database)
	t.Cleanup(s.remove)
	zone := s.finds("binlog-time-zone")
	s.remedied(zone)
	if zone.Severity != failing || !strings.Contains(zone.Summary, "CEST") {
		t.Errorf("got %+v", zone)
	}
	s.fails(infoOf(t, "binlog-time-zone").Failure)
	s.config["database.connectionTimeZone"] = "Europe/Berlin"
	s.clean()
	s.capturesT()
	delete(s.config, "database.connectionTimeZone")
	s.admin.Exec(statements(zone.Remedy)...)
	s.clean()
	s.capturesT()
}

// TestBinlogPartialJSON: what binlog_row_value_options loses silently.
func TestBinlogPartialJSON(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newBinlog(t, stack, database.MySQL, stack.MySQL)
	s.admin.Exec(fmt.Sprintf(`CREATE TABLE %s.j (id INT PRIMARY KEY, v JSON)`, s.name),
		fmt.Sprintf(`INSERT INTO %s.j VALUES (1, '{"a": 1, "b": "%s"}')`, s.name, strings.Repeat("x", 200)))
	s.config["table.include.list"] = s.name + ".j"
	s.create(s.configuration("100"))
	topic := s.name + "." + s.name + ".j"
	s.reads(topic, "xxx")
	conn, err := openMySQL(t, stack.MySQL).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, statement := range []string{
		`SET SESSION binlog_row_value_options = 'PARTIAL_JSON'`,
		fmt.Sprintf(`UPDATE %s.j SET v = JSON_SET(v, '$.a', 2)`, s.name),
		fmt.Sprintf(`INSERT INTO %s.j VALUES (2, '{"a": "afterwards"}')`, s.name),
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, event := range acctest.ReadUntil(t, stack, topic, "afterwards") {
		if strings.Contains(event, `"op":"u"`) {
			t.Errorf("the update has come: %s", event)
		}
	}
}
