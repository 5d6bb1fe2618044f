package database_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

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
	_ = problem(t, reader, s, mode("disable", ""), database.TLSRequired, "database.sslmode", "set database.sslmode to \"require\"")
	for _, good := range []map[string]string{mode("require", ""), mode("allow", ""), mode("verify-ca", ca), mode("verify-full", ca)} {
		s.config = good
		s.clean()
	}
	other := certify(t, t.TempDir())
	for _, name := range []string{"verify-ca", "verify-full"} {
		_ = problem(t, reader, s, mode(name, other), database.TLSUntrusted, "database.hostname", "certificate", "Check that database.sslrootcert has")
	}
	report, err := reader.Check(t.Context(), database.Request{Kind: s.kind, Config: mode("verify-full", "/not/on/this/machine.pem")})
	if err != nil || !strings.Contains(report.Skipped, "database.sslrootcert names a file that doesn't exist on this machine") {
		t.Errorf("%v %+v", err, report)
	}
	s.config = mode("verify-full", ca)
	s.capturesT()

	plain := newPostgres(t, stack, stack.Postgres)
	plain.config["database.sslmode"] = "require"
	_ = problem(t, reader, plain, plain.config, database.TLSRefused, "database.sslmode", "no TLS")
}

// modes are those with TLS, of MySQL's driver and of MariaDB's.
var modes = map[string]struct{ encrypt, authority, name string }{
	database.MySQL:   {"required", "verify_ca", "verify_identity"},
	database.MariaDB: {"trust", "verify-ca", "verify-full"},
}

// TestBinlogTLSOnly: a MySQL and a MariaDB that take encrypted connections
// alone: from one user, then from all; and before that, one without TLS.
func TestBinlogTLSOnly(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		server := serve(t, kind, "ssl=0")
		s := newBinlogOn(t, stack, kind, server.Database)
		t.Cleanup(s.remove)
		modes := modes[kind]
		mode := func(mode, store string) map[string]string {
			config := maps.Clone(s.config)
			config["database.ssl.mode"] = mode
			if store != "" {
				config["database.ssl.truststore"], config["database.ssl.truststore.password"] = store, storePassword
			}
			return config
		}
		reader := database.NewReader(database.DefaultOptions)
		_ = problem(t, reader, s, mode(modes.encrypt, ""), database.TLSRefused, "database.ssl.mode", "enable TLS on the server, or change database.ssl.mode")

		certificate := certify(t, filepath.Join(server.dir, kind, "data"))
		server.restart("ssl-ca="+certificate, "ssl-cert="+certificate, "ssl-key="+strings.TrimSuffix(certificate, ".crt")+".key")
		there := server.Database
		there.Name = ""
		s.admin = acctest.MySQL(t, there)
		s.config["database.port"] = fmt.Sprint(server.Port)
		s.admin.Exec(fmt.Sprintf(`ALTER USER %s REQUIRE SSL`, s.name))
		plain := mode(disabled(kind), "")
		set := fmt.Sprintf(`set database.ssl.mode to %q`, modes.encrypt)
		reader = database.NewReader(database.DefaultOptions)
		_ = problem(t, reader, s, plain, database.LoginRefused, "database.user", "If the account was created with REQUIRE SSL, "+set)
		right, wrong := trustStore(t, certificate), trustStore(t, certify(t, t.TempDir()))
		for _, name := range []string{modes.authority, modes.name} {
			_ = problem(t, reader, s, mode(name, wrong), database.TLSUntrusted, "database.hostname", "certificate", "Check that database.ssl.truststore has")
		}
		for _, good := range []map[string]string{mode(modes.encrypt, ""), mode(modes.authority, right), mode(modes.name, right)} {
			s.config = good
			s.clean()
		}
		s.capturesT()

		// MySQL tells the two apart where the account itself doesn't demand it.
		s.admin.Exec(fmt.Sprintf(`ALTER USER %s REQUIRE NONE`, s.name), `SET GLOBAL require_secure_transport = ON`)
		_ = problem(t, database.NewReader(database.DefaultOptions), s, plain, database.TLSRequired, "database.ssl.mode", set)
		s.clean()
	})
}

const storePassword = "open-the-store"

// trustStore writes a certificate as Java's trust stores are.
func trustStore(t *testing.T, certificate string) string {
	t.Helper()
	text, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	store, err := pkcs12.Modern.EncodeTrustStore([]*x509.Certificate{parsed}, storePassword)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "trusted.p12")
	if err := os.WriteFile(path, store, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certify writes server.crt and server.key for 127.0.0.1 into a directory, with
// the owner of the directory, and returns the certificate's path.
func certify(t *testing.T, dir string) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048) // the stack's MySQL fails the handshake with an elliptic one
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"},
		// The connector's reader of the binary log looks for the name of the address.
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
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
