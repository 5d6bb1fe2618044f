package database

import (
	"context"
	dbsql "database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// silent is a server that takes connections and transactions, and answers no
// question.
type silent struct{}

func (s silent) Connect(context.Context) (driver.Conn, error) { return s, nil }
func (silent) Driver() driver.Driver                          { return nil }
func (silent) Prepare(string) (driver.Stmt, error)            { return nil, driver.ErrSkip }
func (silent) Close() error                                   { return nil }
func (s silent) Begin() (driver.Tx, error)                    { return s, nil }
func (silent) Commit() error                                  { return nil }
func (silent) Rollback() error                                { return nil }

func (silent) PrepareContext(ctx context.Context, _ string) (driver.Stmt, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (silent) QueryContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Rows, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (silent) ExecContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Result, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestEveryQuestionHasALimit: a statement that waits for a lock ends by its own
// limit, which is told from a lost connection, and not by the driver's.
func TestEveryQuestionHasALimit(t *testing.T) {
	for name, ask := range map[string]func(*asker) error{
		"do":      func(a *asker) error { return a.do("x") },
		"one":     func(a *asker) error { return a.one("x") },
		"each":    func(a *asker) error { return a.each(func(func(...any) error) error { return nil }, "x") },
		"records": func(a *asker) error { return a.records(func(map[string]string) {}, "x") },
		"prepare": func(a *asker) error { return a.prepare("x") },
		"three":   func(a *asker) error { return a.three("x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // against hanging
			defer cancel()
			db := dbsql.OpenDB(silent{})
			defer db.Close()
			tx, err := db.BeginTx(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			err = ask(&asker{ctx: ctx, tx: tx, limit: time.Millisecond})
			if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
				t.Errorf("got %v, want its own limit; the whole: %v", err, ctx.Err())
			}
		})
	}
}

// TestAnotherServer: a web server at the address is told from a database.
func TestAnotherServer(t *testing.T) {
	web, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer web.Close()
	go func() {
		for conn, err := web.Accept(); err == nil; conn, err = web.Accept() {
			_, _ = conn.Read(make([]byte, 8)) // the request for TLS
			_, _ = io.WriteString(conn, "HTTP/1.1 400 Illegal character CNTL=0x0\r\n\r\n")
			_ = conn.Close()
		}
	}()
	host, port, _ := net.SplitHostPort(web.Addr().String())
	_, err = NewReader(DefaultOptions).Check(t.Context(), Request{Kind: Postgres, Config: map[string]string{
		"database.hostname": host, "database.port": port, "database.user": "u", "database.password": "not-used", "database.dbname": "d",
	}})
	refused, ok := errors.AsType[*ConnectionError](err)
	if !ok || refused.Problem != Foreign || refused.Property() != "database.port" {
		t.Fatalf("got %v", err)
	}
	if want := "what answers there isn't a database server of this kind. Check database.hostname and database.port."; !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %q, want %q at its end", err, want)
	}
}
