package leaks_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// impostor is a database server that fails, in words that quote secrets where
// there are any. It lets every login come as far as its failure.
type impostor struct {
	failure failure
	says    string      // instead of an error of its own
	tls     *tls.Config // nil: it has none
}

// failure is where an impostor fails.
type failure int

const (
	neverAnswers failure = iota
	hangsUp
	refusesLogin
	refusesStatement
	hangsUpAfterLogin
)

// listen starts the server, which ends with the test.
func (i impostor) listen(t *testing.T, kind string) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	serve := i.serveBinlog
	if kind == "postgres" {
		serve = i.servePostgres
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				switch i.failure {
				case neverAnswers:
					_, _ = conn.Read(make([]byte, 1)) // the client's first byte, or nothing
					<-t.Context().Done()
				case hangsUp:
				default:
					serve(conn)
				}
			}()
		}
	}()
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port
}

// servePostgres speaks PostgreSQL's protocol up to the failure.
func (i impostor) servePostgres(conn net.Conn) {
	backend := pgproto3.NewBackend(conn, conn)
	for {
		message, err := backend.ReceiveStartupMessage()
		if err != nil {
			return
		}
		if _, wantsTLS := message.(*pgproto3.SSLRequest); !wantsTLS {
			break
		}
		if i.tls == nil {
			_, _ = conn.Write([]byte("N"))
			continue
		}
		_, _ = conn.Write([]byte("S"))
		conn = tls.Server(conn, i.tls)
		backend = pgproto3.NewBackend(conn, conn)
	}
	refuse := func(code string) {
		backend.Send(&pgproto3.ErrorResponse{Severity: "FATAL", SeverityUnlocalized: "FATAL", Code: code, Message: i.says})
		_ = backend.Flush()
	}
	if i.failure == refusesLogin {
		refuse("28P01")
		return
	}
	backend.Send(&pgproto3.AuthenticationOk{})
	backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	_ = backend.Flush()
	if _, err := backend.Receive(); err == nil && i.failure == refusesStatement {
		refuse("XX000")
	}
}

// What a server of MySQL's protocol can do: a login by a plug-in (protocol 4.1),
// with TLS or without.
const (
	capabilities = 1 | 0x200 | 0x2000 | 0x8000 | 1<<19 | 1<<20
	withTLS      = 0x800
)

// serveBinlog speaks the protocol of MySQL and MariaDB up to the failure.
func (i impostor) serveBinlog(conn net.Conn) {
	can := capabilities
	if i.tls != nil {
		can |= withTLS
	}
	greeting := append([]byte{10}, "8.0.36\x00\x01\x00\x00\x00saltsalt\x00"...)
	greeting = append(greeting, byte(can), byte(can>>8), 45, 2, 0, byte(can>>16), byte(can>>24), 21)
	greeting = append(greeting, make([]byte, 10)...)
	greeting = append(greeting, "saltsaltsalt\x00mysql_native_password\x00"...)
	writePacket(conn, 0, greeting)

	sequence, login := readPacket(conn)
	if len(login) == 32 { // all that is sent before TLS
		conn = tls.Server(conn, i.tls)
		sequence, login = readPacket(conn)
	}
	if login == nil {
		return
	}
	if i.failure == refusesLogin {
		writePacket(conn, sequence+1, i.binlogError(1045, "28000"))
		return
	}
	writePacket(conn, sequence+1, []byte{0, 0, 0, 2, 0, 0, 0})
	if sequence, statement := readPacket(conn); statement != nil && i.failure == refusesStatement {
		writePacket(conn, sequence+1, i.binlogError(1105, "HY000"))
	}
}

func (i impostor) binlogError(number int, state string) []byte {
	return append([]byte{0xFF, byte(number), byte(number >> 8)}, "#"+state+i.says...)
}

func writePacket(conn net.Conn, sequence byte, payload []byte) {
	n := len(payload)
	_, _ = conn.Write(append([]byte{byte(n), byte(n >> 8), byte(n >> 16), sequence}, payload...))
}

// readPacket returns no payload where the connection has ended.
func readPacket(conn net.Conn) (sequence byte, payload []byte) {
	header := make([]byte, 4)
	if _, err := io.ReadFull(conn, header); err != nil {
		return 0, nil
	}
	payload = make([]byte, int(header[0])|int(header[1])<<8|int(header[2])<<16)
	if _, err := io.ReadFull(conn, payload); err != nil {
		return 0, nil
	}
	return header[3], payload
}

// sameName makes a server, and an authority that isn't its own but has the same
// name: who trusts that one says the name when it refuses the server.
func sameName(t *testing.T, name string) (server *tls.Config, other *x509.Certificate) {
	t.Helper()
	for range 2 {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		server = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
		if other == nil {
			if other, err = x509.ParseCertificate(der); err != nil {
				t.Fatal(err)
			}
		}
	}
	return server, other
}
