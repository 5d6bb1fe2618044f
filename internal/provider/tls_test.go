package provider_test

import (
	"crypto/tls"
	"io"
	"log"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// serveTLS puts the in-memory worker behind TLS and returns its URL.
func serveTLS(t *testing.T, settings *tls.Config) string {
	t.Helper()
	server := httptest.NewUnstartedServer(connecttest.New(t))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes fail on purpose
	server.TLS = settings
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestServerCertificates(t *testing.T) {
	ca := issue(t, nil, "Our CA", authority)
	otherCA := issue(t, nil, "Another CA", authority)
	good := issue(t, ca, "connect")
	ours := block{"ca_cert_pem": ca.certPEM()}
	for _, test := range []struct {
		name   string
		server *issued
		tls    any
		want   []string // parts of the error, none for success
	}{
		{"the authority", good, ours, nil},
		{"the authority among others", good, block{"ca_cert_pem": "# others\n" + otherCA.certPEM() + ca.certPEM()}, nil},
		{"an authority that has expired beside it", good, block{"ca_cert_pem": issue(t, nil, "Old CA", authority, expired).certPEM() + ca.certPEM()}, nil},
		{"the server's own certificate", good, block{"ca_cert_pem": good.certPEM()}, nil},
		{"the system's authorities", good, nil, []string{"unknown authority", `subject "CN=connect", the issuer "CN=Our CA" and the names 127.0.0.1`, "Set ca_cert_pem"}},
		{"another authority", good, block{"ca_cert_pem": otherCA.certPEM()}, []string{"unknown authority", `issuer "CN=Our CA"`}},
		{"an authority of the same name", good, block{"ca_cert_pem": issue(t, nil, "Our CA", authority).certPEM()}, []string{"verification failure"}},
		{"expired", issue(t, ca, "connect", expired), ours, []string{`"CN=connect" expired on 2021-02-03 04:05 UTC`}},
		{"not yet valid", issue(t, ca, "connect", notYetValid), ours, []string{`"CN=connect" is not valid before 2120-01-01 00:00 UTC`}},
		{"another host", issue(t, ca, "connect", named("connect.internal", "c")), ours, []string{"names connect.internal, c: use one of them", "server_name"}},
		{"no name", issue(t, ca, "connect", named()), ours, []string{"has no names"}},
		{"its name", issue(t, ca, "connect", named("connect.internal")), block{"ca_cert_pem": ca.certPEM(), "server_name": "connect.internal"}, nil},
		{"another name", good, block{"ca_cert_pem": ca.certPEM(), "server_name": "connect.internal"}, []string{"names 127.0.0.1"}},
		{"not for servers", issue(t, ca, "connect", forClientsOnly), ours, []string{"not issued for servers"}},
		{"insecure", good, block{"insecure_skip_verify": true}, nil},
		{"insecure, expired and of another host", issue(t, ca, "connect", expired, named("c")), block{"insecure_skip_verify": true}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			withoutEnvironment(t)
			url := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{test.server.pair()}})
			checkAnswer(t, list(t.Context(), t, block{"url": url, "tls": test.tls}), test.want)
		})
	}
}

// checkAnswer checks that a listing succeeded, or that it failed with one
// error of these parts.
func checkAnswer(t *testing.T, diags diagnostics, want []string) {
	t.Helper()
	if len(want) == 0 {
		if len(diags) > 0 {
			t.Errorf("got %s", diags)
		}
		return
	}
	for _, part := range want {
		if len(diags) != 1 || !strings.Contains(diags[0].Detail, part) {
			t.Errorf("want one error with %q, got:\n%s", part, diags)
		}
	}
}

func TestClientCertificates(t *testing.T) {
	ca := issue(t, nil, "Our CA", authority)
	server, client := issue(t, ca, "connect"), issue(t, ca, "terraform")
	ofOtherCA := issue(t, issue(t, nil, "Another CA", authority), "terraform")
	intermediate := issue(t, ca, "Team CA", authority)
	ofTeam := issue(t, intermediate, "terraform")
	with := func(certificates, key string) block {
		return block{"client_cert_pem": certificates, "client_key_pem": key}
	}
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		for _, test := range []struct {
			name string
			tls  block
			want []string
		}{
			{"none", block{}, []string{"requires a client certificate", "client_cert_pem and client_key_pem"}},
			{"the authority's", with(client.certPEM(), client.keyPEM()), nil},
			{"with its intermediate", with(ofTeam.certPEM()+intermediate.certPEM(), ofTeam.keyPEM()), nil},
			{"without its intermediate", with(ofTeam.certPEM(), ofTeam.keyPEM()), []string{"client certificate"}},
			{"of another authority", with(ofOtherCA.certPEM(), ofOtherCA.keyPEM()), []string{"the authority that issued"}},
		} {
			t.Run(tls.VersionName(version)+", "+test.name, func(t *testing.T) {
				withoutEnvironment(t)
				url := serveTLS(t, &tls.Config{
					Certificates: []tls.Certificate{server.pair()}, MaxVersion: version,
					ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: ca.pool(),
				})
				settings := block{"ca_cert_pem": ca.certPEM()}
				maps.Copy(settings, test.tls)
				checkAnswer(t, list(t.Context(), t, block{"url": url, "tls": settings}), test.want)
			})
		}
	}
}

func TestFilesOfTheEnvironment(t *testing.T) {
	withoutEnvironment(t)
	ca := issue(t, nil, "Our CA", authority)
	client := issue(t, ca, "terraform")
	dir := t.TempDir()
	for name, text := range map[string]string{"CA_CERT": ca.certPEM(), "CLIENT_CERT": client.certPEM(), "CLIENT_KEY": client.keyPEM()} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("DEBEZIUM_CONNECT_"+name+"_FILE", file)
	}
	url := serveTLS(t, &tls.Config{
		Certificates: []tls.Certificate{issue(t, ca, "connect").pair()},
		ClientAuth:   tls.RequireAndVerifyClientCert, ClientCAs: ca.pool(),
	})
	checkAnswer(t, list(t.Context(), t, block{"url": url}), nil)
	other := issue(t, nil, "Another CA", authority)
	checkAnswer(t, list(t.Context(), t, block{"url": url, "tls": block{"ca_cert_pem": other.certPEM()}}), []string{"unknown authority"})
	t.Setenv("DEBEZIUM_CONNECT_CLIENT_KEY_FILE", filepath.Join(dir, "missing"))
	checkError(t, list(t.Context(), t, block{"url": url}), "tls.client_key_pem", "DEBEZIUM_CONNECT_CLIENT_KEY_FILE points to a file that can't be read")
}

func TestServersWithoutModernTLS(t *testing.T) {
	withoutEnvironment(t)
	ca := issue(t, nil, "Our CA", authority)
	old := serveTLS(t, &tls.Config{
		Certificates: []tls.Certificate{issue(t, ca, "connect").pair()},
		MinVersion:   tls.VersionTLS10, MaxVersion: tls.VersionTLS11,
	})
	trust := block{"ca_cert_pem": ca.certPEM()}
	checkAnswer(t, list(t.Context(), t, block{"url": old, "tls": trust}), []string{"support TLS 1.2 or later"})
	plain := newConnect(t)
	url := strings.Replace(plain.URL, "http:", "https:", 1)
	checkAnswer(t, list(t.Context(), t, block{"url": url, "tls": trust}), []string{"use http:// in the URL"})
}

func TestTLSWithoutHTTPS(t *testing.T) {
	withoutEnvironment(t)
	plain, insecure := newConnect(t).URL, block{"insecure_skip_verify": true}
	diags := list(t.Context(), t, block{"url": plain, "failover_urls": []string{plain}, "tls": insecure})
	if len(diags) != 1 || attribute(diags[0]) != "tls" || !strings.Contains(diags[0].Summary, "no effect") {
		t.Errorf("want a warning at tls, got:\n%s", diags)
	}
	for _, urls := range [][2]string{{plain, "https://127.0.0.1:1"}, {"https://127.0.0.1:1", plain}} {
		if diags := list(t.Context(), t, block{"url": urls[0], "failover_urls": []string{urls[1]}, "tls": insecure}); len(diags) > 0 {
			t.Errorf("with %v: %s", urls, diags)
		}
	}
}

// A worker's Java refuses clients in other words than Go's server does.
func TestRealTLS(t *testing.T) {
	stack := acctest.Stack(t)
	withoutEnvironment(t)
	read := func(file string) string {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	ca := issue(t, nil, "Our CA", authority)
	unknown := issue(t, ca, "unknown")
	authorities, certificate, key := read(stack.TLS.CAFile), read(stack.TLS.CertFile), read(stack.TLS.KeyFile)
	for _, worker := range stack.Connect {
		if worker.SecurePort == 0 {
			t.Fatal("a worker was started without HTTPS, by an earlier version of the stack: make stack-down, then again")
		}
		for _, test := range []struct {
			name string
			tls  block
			want []string
		}{
			{"all", block{"ca_cert_pem": authorities, "client_cert_pem": certificate, "client_key_pem": key}, nil},
			{"another name of the worker", block{"ca_cert_pem": authorities, "client_cert_pem": certificate, "client_key_pem": key, "server_name": "localhost"}, nil},
			{"no certificate", block{"ca_cert_pem": authorities}, []string{"The server requires a client certificate"}},
			{"an unknown certificate", block{"ca_cert_pem": authorities, "client_cert_pem": unknown.certPEM(), "client_key_pem": unknown.keyPEM()},
				[]string{"the authority that issued it"}},
			{"another authority", block{"ca_cert_pem": ca.certPEM(), "client_cert_pem": certificate, "client_key_pem": key},
				[]string{`subject "CN=Kafka Connect worker"`, "127.0.0.1"}},
			{"another host", block{"ca_cert_pem": authorities, "client_cert_pem": certificate, "client_key_pem": key, "server_name": "elsewhere"},
				[]string{"names localhost, 127.0.0.1"}},
		} {
			t.Run(test.name, func(t *testing.T) {
				checkAnswer(t, list(t.Context(), t, block{"url": worker.SecureURL(), "tls": test.tls}), test.want)
			})
		}
	}
}
