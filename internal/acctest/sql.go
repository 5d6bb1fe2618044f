package acctest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	// The database drivers, for database/sql.
	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// Postgres opens the stack's PostgreSQL as administrator.
func Postgres(t *testing.T, stack *stackfile.Stack) *Database {
	t.Helper()
	d := stack.Postgres
	return open(t, "pgx", fmt.Sprintf("postgres://%s:%s@%s/%s", d.AdminUser, d.AdminPassword, address(d), d.Name))
}

// MySQL opens the stack's MySQL or MariaDB as administrator.
func MySQL(t *testing.T, d stackfile.Database) *Database {
	t.Helper()
	return open(t, "mysql", fmt.Sprintf("%s:%s@tcp(%s)/%s", d.AdminUser, d.AdminPassword, address(d), d.Name))
}

func address(d stackfile.Database) string { return net.JoinHostPort(d.Host, strconv.Itoa(d.Port)) }

// Database is an open database whose failures end the test.
type Database struct {
	t  *testing.T
	db *sql.DB
}

func open(t *testing.T, driver, source string) *Database {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &Database{t: t, db: db}
}

// Exec runs statements in order.
func (d *Database) Exec(statements ...string) {
	d.t.Helper()
	for _, s := range statements {
		if _, err := d.db.ExecContext(context.Background(), s); err != nil {
			d.t.Fatalf("%s: %s", s, err)
		}
	}
}

// Repeat runs a statement, with its number, again and again until stop is called.
func (d *Database) Repeat(statement func(n int) string) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		for n := 1; ; n++ {
			if _, err := d.db.ExecContext(ctx, statement(n)); err != nil {
				done <- err
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return func() {
		d.t.Helper()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			d.t.Errorf("%s: %s", statement(0), err)
		}
	}
}

// Number runs a query that returns one number.
func (d *Database) Number(query string) int {
	d.t.Helper()
	var n int
	if err := d.db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		d.t.Fatalf("%s: %s", query, err)
	}
	return n
}

// DropSlot drops a replication slot once nobody uses it, for a test's cleanup:
// Debezium leaves slots behind, and they pin WAL.
func (d *Database) DropSlot(slot string) {
	d.t.Helper()
	d.Exec(fmt.Sprintf(`SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '%s' AND active`, slot))
	Eventually(d.t, "slot "+slot+" is free", func() bool {
		return d.Number(fmt.Sprintf(`SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND active`, slot)) == 0
	})
	d.Exec(fmt.Sprintf(`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%s'`, slot))
}

// BinlogPosition returns the end of MySQL's binary log: its executed GTIDs,
// file and position.
func (d *Database) BinlogPosition() (gtids, file string, position int) {
	d.t.Helper()
	var doDB, ignoreDB string
	row := d.db.QueryRowContext(context.Background(), "SHOW MASTER STATUS")
	if err := row.Scan(&file, &position, &doDB, &ignoreDB, &gtids); err != nil {
		d.t.Fatal(err)
	}
	return strings.ReplaceAll(gtids, "\n", ""), file, position
}
