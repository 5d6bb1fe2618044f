package leaks_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// unusable is a connector whose database can't be checked.
type unusable struct {
	kind, name string
	password   marked
	says       string            // words of the warning, or of the error
	config     map[string]string // as templates
	passphrase string            // the property that is one, if any
	sourceOnly bool              // a rule refuses the connector for it
}

// TestNoSecretComesOutOfDatabases has the checks of databases fail in every way,
// on servers that quote the secrets of whoever connects: in plans, in applies,
// in the data source, and in all logs.
func TestNoSecretComesOutOfDatabases(t *testing.T) {
	l := newLeaks(t, byPassword+"\n  validation = { database_checks = var.database_checks }")
	l.write("variables.tf", `variable "database_checks" {}`)
	var all, silent []unusable // the silent ones apart: each command waits for them
	for _, kind := range database.Kinds() {
		all = append(all, l.unusable(kind, typed)...)
		all = append(all, l.unusable(kind, writeOnly)...)
		silent = append(silent, l.unusableBy(kind, "silent", "SERVER: there was no answer in time.", typed, &impostor{failure: neverAnswers}, nil))
	}
	t.Setenv("TF_VAR_database_checks", "error")
	l.configure(connectors(all, 1))
	l.run("init")
	l.tells(all)
	l.wantOutput("(sensitive)")
	l.planned(true)
	t.Setenv("TF_VAR_database_checks", "warning")
	kept := l.kept()
	l.configure(connectors(all, 2) + kept.imported())
	l.tells(append(all, kept))
	l.planned(true)

	l.configure(connectors(silent, 1))
	l.tells(silent)
	all = append(all, silent...)
	l.configure(databaseChecks(all))
	l.fails("The database can't be checked", "plan")
	for _, u := range all {
		if u.password == typed && u.passphrase == "" {
			l.wantOutput(u.says)
		}
	}
}

// tells plans, and wants what is wrong with each database to be told. In JSON
// Terraform folds no warnings.
func (l *leaks) tells(all []unusable) {
	l.t.Helper()
	l.run("plan", "-json")
	for _, u := range all {
		if !u.sourceOnly {
			l.wantOutput(u.says)
		}
	}
}

// A statement with a password inside, and a host that is a whole URL with one.
const (
	statement = "SELECT dblink('host=other password=${urlencode(var.in_url)}')"
	urlAsHost = "postgres://u:${urlencode(var.in_url)}@127.0.0.1"
)

// unusable are the databases of a kind that can't be checked, each with a
// server of its own.
func (l *leaks) unusable(kind string, password marked) []unusable {
	l.t.Helper()
	files := l.files(kind, password)
	var all []unusable
	add := func(name, says string, server *impostor, config map[string]string) {
		all = append(all, l.unusableBy(kind, name, says, password, server, config))
	}
	add("unreachable", "SERVER: connection refused.", nil, nil)
	add("gone", "SERVER as user", &impostor{failure: hangsUp}, nil)
	add("dying", "SERVER as user", &impostor{failure: hangsUpAfterLogin}, nil)
	add("refusing", "SERVER as user", &impostor{failure: refusesLogin}, nil)
	add("breaking", "SERVER as user", &impostor{failure: refusesStatement}, nil)
	add("plain", "SERVER as user", &impostor{failure: refusesLogin}, files.encrypted)
	add("untrusted", "SERVER as user", &impostor{failure: refusesLogin, tls: files.server}, files.verified)
	add("passphrase", "can't be read here: it is neither", nil, files.keyed)
	all[len(all)-1].passphrase = files.passphrase
	add("unknown", "no such host", nil, map[string]string{"database.hostname": urlAsHost})
	all[len(all)-1].sourceOnly = true
	return all
}

func (l *leaks) unusableBy(kind, name, says string, password marked, server *impostor, config map[string]string) unusable {
	l.t.Helper()
	u := unusable{kind: kind, name: kind + "_" + name + "_" + password.name, password: password}
	u.config = map[string]string{"database.hostname": "127.0.0.1", "heartbeat.action.query": statement, "heartbeat.interval.ms": "1000"}
	maps.Copy(u.config, config)
	u.config["database.port"] = l.imposture(kind, server, password)
	u.says = strings.ReplaceAll(says, "SERVER", "127.0.0.1:"+u.config["database.port"])
	return u
}

// imposture starts an impostor, which quotes secrets; without one nobody listens.
func (l *leaks) imposture(kind string, server *impostor, password marked) (port string) {
	l.t.Helper()
	if server != nil {
		server.says = quotes(password.value) + quotes(inURL.value)
		return server.listen(l.t, kind)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		l.t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	_ = listener.Close()
	return port
}

// encryption are configurations with TLS.
type encryption struct {
	server                     *tls.Config
	encrypted, verified, keyed map[string]string
	passphrase                 string
}

// files writes the files of a kind: the certificate of an authority that has the
// secret for its name, and a key whose passphrase is another one.
func (l *leaks) files(kind string, secret marked) encryption {
	l.t.Helper()
	server, other := sameName(l.t, "authority of "+secret.value)
	write := func(name string, content []byte) string {
		path := filepath.Join(l.t.TempDir(), name) // apart: the secret is in the certificate
		if err := os.WriteFile(path, content, 0o600); err != nil {
			l.t.Fatal(err)
		}
		return path
	}
	pair := server.Certificates[0]
	key, err := pkcs12.Modern.Encode(pair.PrivateKey, other, nil, "another")
	if err != nil {
		l.t.Fatal(err)
	}
	store, err := pkcs12.Modern.EncodeTrustStore([]*x509.Certificate{other}, "")
	if err != nil {
		l.t.Fatal(err)
	}
	pem := write("authority.pem", []byte(inPEM("CERTIFICATE", other.Raw)))
	if kind == database.Postgres {
		return encryption{
			server: server, passphrase: "database.sslpassword",
			encrypted: map[string]string{"database.sslmode": "require"},
			verified:  map[string]string{"database.sslmode": "verify-ca", "database.sslrootcert": pem},
			keyed:     map[string]string{"database.sslmode": "require", "database.sslcert": pem, "database.sslkey": write("client.p12", key)},
		}
	}
	encrypt, verify := "required", "verify_ca"
	if kind == database.MariaDB {
		encrypt, verify = "trust", "verify-ca"
	}
	return encryption{
		server: server, passphrase: "database.ssl.keystore.password",
		encrypted: map[string]string{"database.ssl.mode": encrypt},
		verified:  map[string]string{"database.ssl.mode": verify, "database.ssl.truststore": write("trusted.p12", store)},
		keyed:     map[string]string{"database.ssl.mode": encrypt, "database.ssl.keystore": write("client.p12", key)},
	}
}

func connectors(all []unusable, version int) string {
	var b strings.Builder
	for _, u := range all {
		if !u.sourceOnly {
			b.WriteString(u.block(version).String())
		}
	}
	return b.String()
}

// block is the connector, with its secrets stored or not.
func (u unusable) block(version int) *block {
	b := newBlock(u.kind, u.name, version)
	b.Block["wait_for_state"] = false // the tasks are none of this test's
	properties, _ := needs(u.kind)
	maps.Copy(properties, u.config)
	for property, value := range properties {
		b.put(property, template(value))
	}
	switch u.password {
	case typed:
		b.put(passwordOf(b.kind), "var.typed")
		b.put(u.passphrase, "var.configured")
	case writeOnly:
		b.putWriteOnly(passwordOf(b.kind), "var.write_only")
		b.putWriteOnly(u.passphrase, "var.config_wo")
	}
	return b
}

// kept is a connector whose password is on the cluster alone.
func (l *leaks) kept() unusable {
	l.t.Helper()
	u := unusable{kind: database.Postgres, name: "kept", password: onServer, config: map[string]string{"database.hostname": "127.0.0.1"}}
	u.config["database.port"] = l.imposture(u.kind, &impostor{failure: refusesLogin}, onServer)
	u.says = "127.0.0.1:" + u.config["database.port"] + " as user"
	config := kafkaconnect.Config{"connector.class": catalog.KindByName(u.kind).Class, "topic.prefix": "kept", "database.password": onServer.value}
	properties, _ := needs(u.kind)
	maps.Copy(config, properties)
	l.worker.AddConnector("kept", config, "")
	return u
}

func (u unusable) imported() string {
	return fmt.Sprintf("import {\n  to = debezium_%s_connector.%s\n  id = %[2]q\n}\n", u.kind, u.name) + u.block(1).String()
}

// databaseChecks asks for the same databases in data sources, which have no
// write-only values.
func databaseChecks(all []unusable) string {
	var b strings.Builder
	for _, u := range all {
		if u.password != typed {
			continue
		}
		config := map[string]acctest.Expression{"database.password": "var.typed"}
		properties, _ := needs(u.kind)
		maps.Copy(properties, u.config)
		for property, value := range properties {
			config[property] = template(value)
		}
		if u.passphrase != "" {
			config[u.passphrase] = "var.configured"
		}
		hcl := acctest.Block{"kind": u.kind, "config": config}.HCL("debezium_database_checks", u.name)
		b.WriteString(strings.Replace(hcl, "resource", "data", 1))
	}
	return b.String()
}
