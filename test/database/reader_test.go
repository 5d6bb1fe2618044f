package database_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"maps"
	"math/big"
	"net"
	"os"
	"path/filepath"
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
		if most := proxy.atMost.Load(); most > 4 {
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
		reader := database.NewReader(database.Options{ConnectTimeout: 300 * time.Millisecond, StatementTimeout: time.Second})
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
		proxy.hangUpAt = "pg_publication_rel"
		if s.kind != database.Postgres {
			proxy.hangUpAt = "information_schema.tables"
		}
		config := proxy.through(s.config, map[string]string{"database.sslmode": "disable", "database.ssl.mode": disabled(s.kind)})
		_ = problem(t, database.NewReader(database.DefaultOptions), s, config, database.Lost, "database.hostname", "connection was lost")
	})
}

// disabled is the mode without TLS, through which the proxy can look.
func disabled(kind string) string {
	if kind == database.MariaDB {
		return "disable"
	}
	return "disabled"
}

// TestTLSOnly: a PostgreSQL that takes encrypted connections alone.
func TestTLSOnly(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s, server := onServer(t, stack, "wal_level=logical")
	ca := certify(t, filepath.Join(server.dir, "postgres", "data"))
	s.admin.Exec(`ALTER SYSTEM SET ssl = on`)
	hba := filepath.Join(server.dir, "postgres", "data", "pg_hba.conf")
	if err := os.WriteFile(hba, []byte("hostssl all "+s.name+" 127.0.0.1/32 scram-sha-256\nhostssl replication "+s.name+" 127.0.0.1/32 scram-sha-256\nhost all postgres 127.0.0.1/32 scram-sha-256\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server.restart()
	s.moveTo(server.Database)
	s.clean() // prefer, the default
	mode := func(mode, root string) map[string]string {
		config := maps.Clone(s.config)
		config["database.sslmode"], config["database.sslrootcert"] = mode, root
		return config
	}
	reader := database.NewReader(database.DefaultOptions)
	_ = problem(t, reader, s, mode("disable", ""), database.TLSRequired, "database.sslmode", "set database.sslmode to require encryption")
	for _, good := range []map[string]string{mode("require", ""), mode("allow", ""), mode("verify-ca", ca), mode("verify-full", ca)} {
		s.config = good
		s.clean()
	}
	_ = problem(t, reader, s, mode("verify-full", certify(t, t.TempDir())), database.TLSUntrusted, "database.hostname", "certificate")
	report, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: mode("verify-full", "/not/on/this/machine.pem")})
	if err != nil || !strings.Contains(report.Skipped, "database.sslrootcert names a file that this machine doesn't have") {
		t.Errorf("%v %+v", err, report)
	}
	s.config = mode("verify-full", ca)
	s.capturesT()

	plain := newPostgres(t, stack, stack.Postgres)
	plain.config["database.sslmode"] = "require"
	_ = problem(t, reader, plain, plain.config, database.TLSRefused, "database.sslmode", "no TLS")
}

// certify writes server.crt and server.key for 127.0.0.1 into a directory, with
// the owner of the directory, and returns the certificate's path.
func certify(t *testing.T, dir string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "server.crt")
	for name, block := range map[string]*pem.Block{
		path: {Type: "CERTIFICATE", Bytes: certificate}, filepath.Join(dir, "server.key"): {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		giveAsDirectory(t, dir, name)
	}
	return path
}
