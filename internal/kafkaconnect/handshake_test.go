package kafkaconnect

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
)

// The alerts of servers, in crypto/tls's words; those of a real server are
// tested with the provider's settings.
func TestAlerts(t *testing.T) {
	for _, test := range []struct {
		alert          string
		hasCertificate bool
		want           string
	}{
		{"certificate required", false, "requires a client certificate"},
		{"bad certificate", false, "requires a client certificate"},
		{"unknown certificate", false, "requires a client certificate"},
		{"handshake failure", false, "or the server requires a client certificate"},
		{"handshake failure", true, "or the server doesn't accept the client certificate"},
		{"bad certificate", true, "trusts the authority that issued it"},
		{"unknown certificate authority", true, "doesn't know the authority"},
		{"expired certificate", true, "renew it"},
		{"revoked certificate", true, "renew it"},
		{"protocol version not supported", false, "support TLS 1.2 or later"},
		{"unrecognized name", false, "know this host name"},
		{"internal error", false, ""},
	} {
		t.Run(fmt.Sprint(test.alert, test.hasCertificate), func(t *testing.T) {
			alert := &net.OpError{Op: "remote error", Err: errors.New("tls: " + test.alert)}
			err := explainHandshake(alert, test.hasCertificate)
			explained := errors.Is(err, ErrHandshake)
			if explained != (test.want != "") || !strings.Contains(err.Error(), test.want) || !errors.Is(err, alert) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestOtherFailuresAreNoHandshakes(t *testing.T) {
	refused := create(t.Context(), newClient(t, Options{URL: closedURL()}))
	if !errors.Is(refused, ErrUnreachable) || errors.Is(refused, ErrHandshake) {
		t.Errorf("a refused connection is %v", refused)
	}
	s := serve(t, hangUp)
	if err := create(t.Context(), newClient(t, Options{URL: s.URL})); errors.Is(err, ErrHandshake) {
		t.Errorf("a lost connection is %v", err)
	}
}

// What is no TLS at all, and no HTTP either.
func TestPortWithoutTLS(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte("220 mail.example ESMTP\r\n"))
			_, _ = conn.Read(make([]byte, 1024)) // the greeting of TLS, so that closing isn't a reset
			_ = conn.Close()
		}
	}()
	err = create(t.Context(), newClient(t, Options{URL: "https://" + listener.Addr().String(), FailoverURLs: []string{closedURL()}}))
	if !errors.Is(err, ErrHandshake) || !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "speak TLS on this port") {
		t.Errorf("got %v", err)
	}
	if record := (tls.RecordHeaderError{}); !errors.As(err, &record) {
		t.Errorf("%v lost its cause", err)
	}
}

func TestJoinedNames(t *testing.T) {
	names := strings.Split("a b c d e f g h i j k l", " ")
	if got, want := joined(names), "a, b, c, d, e, f, g, h, i, j and 2 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
