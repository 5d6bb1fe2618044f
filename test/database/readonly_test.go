package database_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// everything is a configuration that makes the reader ask all that it can ask.
func everything(s *site, beat, signals string) {
	s.config["heartbeat.interval.ms"], s.config["heartbeat.action.query"] = "1000", beat
	s.config["signal.data.collection"] = signals
}

// TestPostgresIsNotWritten has a server of its own log all statements.
func TestPostgresIsNotWritten(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s, server := onServer(t, stack, "wal_level=logical", "log_statement=all", "log_line_prefix=%a|%v|", "autovacuum=off")
	s.admin.Exec(`CREATE TABLE beat (id int)`, `CREATE TABLE signals (id text PRIMARY KEY, type text, data text)`,
		`GRANT ALL ON beat, signals TO `+s.name, `ALTER PUBLICATION `+s.name+` ADD TABLE signals`)
	everything(s, "INSERT INTO beat VALUES (1)", "public.signals")
	const objects = `SELECT (SELECT count(*) FROM pg_class) + (SELECT count(*) FROM pg_publication) + (SELECT count(*) FROM pg_replication_slots)`
	there := s.admin.Number(objects)
	s.clean()
	s.config["database.password"] = "wr0ng-s3cret"
	if _, err := database.NewReader(database.DefaultOptions).Check(t.Context(), database.Request{Kind: s.kind, Config: s.config}); err == nil {
		t.Error("a wrong password is taken")
	}
	if after := s.admin.Number(objects); after != there {
		t.Errorf("%d objects became %d", there, after)
	}
	server.stop() // so that its log is complete
	text, err := os.ReadFile(filepath.Join(server.dir, "logs", "postgres.log"))
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`terraform-provider-debezium\|.*s3cret`).Match(text) {
		t.Error("a password is in the server's log")
	}
	allowed := regexp.MustCompile(`(?i)^(begin read only|rollback|SELECT|SET LOCAL statement_timeout|EXPLAIN INSERT INTO beat|-- ping)`)
	statements := 0
	for _, match := range regexp.MustCompile(`(?m)^terraform-provider-debezium\|[^|]*\|LOG:\s+(?:statement|execute [^:]*): (.*)$`).FindAllStringSubmatch(string(text), -1) {
		statements++
		if !allowed.MatchString(match[1]) {
			t.Errorf("it runs: %s", match[1])
		}
	}
	if statements < 8 {
		t.Errorf("the log has %d statements", statements)
	}
}

// TestBinlogIsNotWritten compares what a server of its own has counted.
func TestBinlogIsNotWritten(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		server := serve(t, kind)
		s := newBinlogOn(t, stack, kind, server.Database)
		s.admin.Exec(`CREATE TABLE `+s.name+`.beat (id INT)`, `CREATE TABLE `+s.name+`.signals (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32), data VARCHAR(2048))`,
			`GRANT INSERT ON `+s.name+`.* TO `+s.name)
		everything(s, "INSERT INTO "+s.name+".beat VALUES (1)", s.name+".signals")
		before := changes(t, server)
		s.clean()
		if after := changes(t, server); after != before {
			t.Errorf("before %s\nafter %s", before, after)
		}
	})
}

// changes are a server's counts of what changes something, and where its
// binary log ends.
func changes(t *testing.T, server *server) string {
	t.Helper()
	db := openMySQL(t, server.Database)
	rows, err := db.Query(`SHOW GLOBAL STATUS WHERE Variable_name REGEXP
		'^(Com_(insert|update|delete|replace|load|create|alter|drop|grant|revoke|flush|lock|truncate|rename|set_password|optimize|repair|analyze|kill|reset|purge|xa|call).*|Innodb_rows_(inserted|updated|deleted))$'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var counted []string
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			t.Fatal(err)
		}
		counted = append(counted, name+"="+value)
	}
	if len(counted) < 20 {
		t.Fatalf("only %v", counted)
	}
	var file, position string
	var others [3]any
	into := []any{&file, &position, &others[0], &others[1], &others[2]}
	if server.kind == database.MariaDB {
		into = into[:4]
	}
	if err := db.QueryRow(`SHOW MASTER STATUS`).Scan(into...); err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(counted, file, position), " ")
}
