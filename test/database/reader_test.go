package database_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// proxy stands between the reader and a server. It counts the connections, and
// can end them in the middle.
type proxy struct {
	host, port          string
	total, open, atMost atomic.Int32
	hangUpAt            string // ends the connection when the client sends this
	stallAt             string // passes nothing on from there
}

func newProxy(t *testing.T, host, port string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := &proxy{}
	p.host, p.port, _ = net.SplitHostPort(listener.Addr().String())
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(client, net.JoinHostPort(host, port))
		}
	}()
	return p
}

func (p *proxy) serve(client net.Conn, address string) {
	defer client.Close()
	p.total.Add(1)
	open := p.open.Add(1)
	defer p.open.Add(-1)
	for most := p.atMost.Load(); open > most; most = p.atMost.Load() {
		if p.atMost.CompareAndSwap(most, open) {
			break
		}
	}
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil || p.hangUpAt != "" && bytes.Contains(buffer[:n], []byte(p.hangUpAt)) {
			return
		}
		if p.stallAt != "" && bytes.Contains(buffer[:n], []byte(p.stallAt)) {
			_, _ = client.Read(buffer) // until the client gives up
			return
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// through is a copy of a configuration that goes through the proxy, with other values.
func (p *proxy) through(config map[string]string, further map[string]string) map[string]string {
	through := maps.Clone(config)
	through["database.hostname"], through["database.port"] = p.host, p.port
	maps.Copy(through, further)
	return through
}

// eachServer runs a test on a ready site of each kind.
func eachServer(t *testing.T, run func(t *testing.T, s *site)) {
	stack := acctest.Stack(t)
	t.Parallel()
	t.Run(database.Postgres, func(t *testing.T) {
		t.Parallel()
		run(t, newPostgres(t, stack, stack.Postgres))
	})
	eachKind(t, func(t *testing.T, kind string) { run(t, newBinlog(t, stack, kind, binlogServer(stack, kind))) })
}

// TestHundredConnectors: a plan of a hundred new connectors on one server asks
// it once, with one login.
func TestHundredConnectors(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		proxy := newProxy(t, s.config["database.hostname"], s.config["database.port"])
		reader := database.NewReader(database.DefaultOptions)
		began := time.Now()
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				config := proxy.through(s.config, map[string]string{
					"slot.name": s.name + "_" + strconv.Itoa(i), "database.server.id": strconv.Itoa(5000 + i), "topic.prefix": strconv.Itoa(i),
				})
				report, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: config})
				if err != nil || len(report.Tables) != 1 {
					t.Errorf("%v %+v", err, report)
				}
			})
		}
		all.Wait()
		t.Logf("100 connectors: %s, %d connections", time.Since(began), proxy.total.Load())
		// PostgreSQL's default mode asks for TLS first, and comes again without.
		if n := proxy.total.Load(); n > 2 {
			t.Errorf("%d connections", n)
		}
	})
}

// TestManyLogins: each login needs a connection of its own, but no more than a
// handful are open at once, and none stays.
func TestManyLogins(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		proxy := newProxy(t, s.config["database.hostname"], s.config["database.port"])
		reader := database.NewReader(database.DefaultOptions)
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				config := proxy.through(s.config, map[string]string{
					"heartbeat.interval.ms": "100", "heartbeat.action.query": "SELECT " + strconv.Itoa(i),
				})
				if _, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: config}); err != nil {
					t.Error(err)
				}
				config["database.password"] = "wr0ng-s3cret-" + strconv.Itoa(i)
				if _, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: config}); err == nil {
					t.Error("no error")
				}
			})
		}
		all.Wait()
		// Four, and some whose end the proxy has still to see; without a limit it would be thirty.
		if most := proxy.atMost.Load(); most > 10 {
			t.Errorf("%d connections at once", most)
		}
		acctest.Eventually(t, "no connection stays open", func() bool { return proxy.open.Load() == 0 })
	})
}

// problem asks and wants a problem, told in one error that names the server, and
// no password.
func problem(t *testing.T, reader *database.Reader, s *site, config map[string]string, want database.Problem, property string, words ...string) *database.ConnectionError {
	t.Helper()
	report, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: config})
	var failed *database.ConnectionError
	if !errors.As(err, &failed) {
		t.Fatalf("want an error, got %v %+v", err, report)
	}
	if failed.Problem != want || failed.Property() != property {
		t.Errorf("problem %d at %s, want %d at %s: %s", failed.Problem, failed.Property(), want, property, err)
	}
	for _, word := range append(words, config["database.hostname"]+":"+config["database.port"]) {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("it doesn't say %q: %s", word, err)
		}
	}
	if strings.Contains(err.Error(), config["database.password"]) || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("it says the password: %s", err)
	}
	return failed
}

// TestNobodyListens: all connectors of the server get the same error, and the
// server is tried once.
func TestNobodyListens(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		_ = listener.Close()
		config := maps.Clone(s.config)
		config["database.port"] = port
		reader := database.NewReader(database.DefaultOptions)
		first := problem(t, reader, s, config, database.Unreachable, "database.hostname", "connection refused", "turn the database checks off")
		config["database.user"] = "another"
		if second := problem(t, reader, s, config, database.Unreachable, "database.hostname"); second != first {
			t.Errorf("two errors: %s, %s", first, second)
		}
		config["database.hostname"] = "no-such-host.invalid"
		_ = problem(t, reader, s, config, database.Unreachable, "database.hostname", "no-such-host.invalid")
	})
}

// TestServerThatNeverAnswers: the limit ends it; the next connector doesn't
// wait again.
func TestServerThatNeverAnswers(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		config := maps.Clone(s.config)
		config["database.hostname"], config["database.port"], _ = net.SplitHostPort(listener.Addr().String())
		// Both limits are the same, as they are by default.
		reader := database.NewReader(database.Options{ConnectTimeout: 300 * time.Millisecond, StatementTimeout: 300 * time.Millisecond})
		first := problem(t, reader, s, config, database.Silent, "database.hostname", "no answer in time")
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		// Nothing is asked any more, so that the context doesn't matter.
		if _, err := reader.Check(canceled, database.Request{Kind: s.kind, Config: config}); !errors.Is(err, first) {
			t.Errorf("the second says %v", err)
		}
	})
}

// TestCanceled: what the caller ends isn't remembered as the server's fault.
func TestCanceled(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		reader := database.NewReader(database.DefaultOptions)
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := reader.Check(canceled, database.Request{Kind: s.kind, Config: s.config}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if _, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: s.config}); err != nil {
			t.Errorf("got %v", err)
		}
	})
}

func TestLoginRefused(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		config := maps.Clone(s.config)
		config["database.password"] = "wr0ng-s3cret"
		reader := database.NewReader(database.DefaultOptions)
		first := problem(t, reader, s, config, database.LoginRefused, "database.user", "Check database.user and database.password", config["database.user"])
		if second := problem(t, reader, s, config, database.LoginRefused, "database.user"); second != first {
			t.Error("it was tried twice")
		}
		if s.kind == database.Postgres {
			config = maps.Clone(s.config)
			config["database.dbname"] = "no_such_database"
			_ = problem(t, reader, s, config, database.NoSuchDatabase, "database.dbname", "Check database.dbname")
			s.admin.Exec(`ALTER ROLE ` + s.name + ` NOLOGIN`)
			_ = problem(t, database.NewReader(database.DefaultOptions), s, s.config, database.LoginRefused, "database.user", "not permitted to log in")
		}
	})
}

// TestServerThatDies ends the connection in the middle of the questions.
func TestServerThatDies(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		proxy := newProxy(t, s.config["database.hostname"], s.config["database.port"])
		proxy.hangUpAt = middle(s.kind)
		config := proxy.through(s.config, map[string]string{"database.sslmode": "disable", "database.ssl.mode": disabled(s.kind)})
		_ = problem(t, database.NewReader(database.DefaultOptions), s, config, database.Lost, "database.hostname", "connection was lost")
	})
}

// TestServerThatStalls answers no more in the middle of the questions.
func TestServerThatStalls(t *testing.T) {
	eachServer(t, func(t *testing.T, s *site) {
		proxy := newProxy(t, s.config["database.hostname"], s.config["database.port"])
		proxy.stallAt = middle(s.kind)
		config := proxy.through(s.config, map[string]string{"database.sslmode": "disable", "database.ssl.mode": disabled(s.kind)})
		reader := database.NewReader(database.Options{ConnectTimeout: time.Second, StatementTimeout: time.Second})
		_ = problem(t, reader, s, config, database.Silent, "database.hostname", "no answer in time")
	})
}

// middle is part of a question that is neither the first nor the last.
func middle(kind string) string {
	if kind == database.Postgres {
		return "pg_publication_rel"
	}
	return "information_schema.tables"
}

// disabled is the mode without TLS, through which the proxy can look.
func disabled(kind string) string {
	if kind == database.MariaDB {
		return "disable"
	}
	return "disabled"
}
