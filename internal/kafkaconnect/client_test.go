package kafkaconnect

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

func TestOptions(t *testing.T) {
	const password = "hunter22"
	for _, test := range []struct {
		name    string
		options Options
		want    string // part of the error, "" for none
	}{
		{"http", Options{URL: "http://localhost:8083"}, ""},
		{"https with a base path", Options{URL: "https://connect.example/base/", FailoverURLs: []string{"http://[::1]:8083"}}, ""},
		{"none", Options{}, "is missing"},
		{"no scheme", Options{URL: "localhost:8083"}, `"localhost:8083" is not the URL of a worker`},
		{"another scheme", Options{URL: "ftp://localhost"}, "is not the URL of a worker"},
		{"no host", Options{URL: "http://:8083"}, "is not the URL of a worker"},
		{"a query", Options{URL: "http://localhost:8083?x=1"}, "query"},
		{"a secret in the query", Options{URL: "http://localhost:8083?key=" + password}, "query"},
		{"a fragment", Options{URL: "http://localhost:8083#x"}, "fragment"},
		{"user info", Options{URL: "http://u:" + password + "@localhost"}, "set username and password instead"},
		{"user info that can't be read", Options{URL: "http://u:%zz" + password + "@localhost"}, "is not the URL of a worker"},
		{"a bad failover URL", Options{URL: "http://localhost", FailoverURLs: []string{"x"}}, `"x"`},
		{"two ways to sign in", Options{URL: "http://localhost", Username: "u", BearerToken: password}, "exclude each other"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := New(test.options)
			if (err == nil) != (test.want == "") || (err != nil && !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), password) {
				t.Errorf("%v shows the password", err)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	for _, test := range []struct {
		name    string
		options Options
		header  string
		want    string
		secret  string
	}{
		{"basic", Options{Username: "user", Password: "hunter22"}, "Authorization", "Basic dXNlcjpodW50ZXIyMg==", "hunter22 dXNlcjpodW50ZXIyMg=="},
		{"bearer", Options{BearerToken: "token-1234\n"}, "Authorization", "Bearer token-1234", "token-1234"},
		{"own", Options{Headers: map[string]string{"x-api-key": "key-12345"}}, "X-Api-Key", "key-12345", "key-12345"},
		{"own way to sign in", Options{Headers: map[string]string{"Authorization": "ApiKey key-12345"}}, "Authorization", "ApiKey key-12345", "key-12345"},
		{"agent", Options{UserAgent: "agent/1"}, "User-Agent", "agent/1", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, answer(500, "sent: "+test.secret))
			test.options.URL = s.URL
			test.options.Secrets = new(redact.Set)
			err := read(t.Context(), newClient(t, test.options))
			if got := s.requests(t, 1)[0].Header.Get(test.header); got != test.want {
				t.Errorf("sent %q, want %q", got, test.want)
			}
			if test.secret != "" && strings.ContainsAny(strings.SplitAfter(err.Error(), "sent: ")[1], "0123456789") {
				t.Errorf("%v shows a secret", err)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	elsewhere := serve(t) // fails the test when it is asked
	for _, test := range []struct {
		name   string
		status int
		to     string
		write  bool
		want   error
	}{
		{"a read to the same server", 302, "/moved", false, nil},
		{"a write with its method", 307, "/moved", true, nil},
		{"a write that would become a read", 302, "/moved", true, ErrServer},
		{"a read to another server", 302, elsewhere.URL + "/x?token=1", false, ErrNotKafkaConnect},
		{"a write to another server", 308, elsewhere.URL, true, ErrServer},
		{"nowhere", 302, "", false, ErrNotKafkaConnect},
	} {
		t.Run(test.name, func(t *testing.T) {
			redirect := func(w http.ResponseWriter, _ *http.Request) {
				if test.to != "" {
					w.Header().Set("Location", test.to)
				}
				w.WriteHeader(test.status)
			}
			s := serve(t, redirect, answer(200, ordersInfo))
			call := read
			if test.write {
				call = create
			}
			err := call(t.Context(), newClient(t, Options{URL: s.URL, BearerToken: "token-1234"}))
			if !errors.Is(err, test.want) || (err != nil && strings.Contains(err.Error(), "token")) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if test.want == nil {
				s.requests(t, 2)
			}
		})
	}
}

func TestTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(answer(200, ordersInfo))
	s.Config.ErrorLog = discard
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())

	if err := read(t.Context(), newClient(t, Options{URL: s.URL, TLS: &tls.Config{RootCAs: pool}})); err != nil {
		t.Errorf("with the server's certificate: %v", err)
	}
	for _, failover := range [][]string{nil, {closedURL()}} {
		err := create(t.Context(), newClient(t, Options{URL: s.URL, FailoverURLs: failover}))
		var unknown x509.UnknownAuthorityError
		if !errors.Is(err, ErrUnreachable) || !errors.As(err, &unknown) {
			t.Errorf("an unknown authority is %v", err)
		}
	}
	err := create(t.Context(), newClient(t, Options{URL: s.URL, TLS: &tls.Config{RootCAs: pool, ServerName: "other"}}))
	var hostname x509.HostnameError
	if !errors.Is(err, ErrUnreachable) || !errors.As(err, &hostname) {
		t.Errorf("another name is %v", err)
	}
}

func TestOldTLSIsRefused(t *testing.T) {
	s := httptest.NewUnstartedServer(answer(200, ordersInfo))
	s.Config.ErrorLog = discard
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	c := newClient(t, Options{URL: s.URL, TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS10}})
	if err := create(t.Context(), c); !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}

// With TLS 1.3 the refusal arrives after the request has been sent.
func TestRefusedClientCertificate(t *testing.T) {
	s := httptest.NewUnstartedServer(answer(200, ordersInfo))
	s.Config.ErrorLog = discard
	s.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: x509.NewCertPool()}
	s.StartTLS()
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	for name, certificates := range map[string][]tls.Certificate{"none": nil, "unknown": {selfSigned(t)}} {
		c := newClient(t, Options{URL: s.URL, TLS: &tls.Config{RootCAs: pool, Certificates: certificates}})
		if err := create(t.Context(), c); !errors.Is(err, ErrUnreachable) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func selfSigned(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
