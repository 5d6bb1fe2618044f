package database

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
)

// Problem is why a database can't be queried.
type Problem int

// The problems. The first two affect every client of the server.
const (
	Unreachable    Problem = iota // nothing listens there, or the name doesn't resolve
	Silent                        // something listens but doesn't respond in time
	TLSRequired                   // the server only accepts encrypted connections
	TLSRefused                    // the server has no TLS, but the configuration requires it
	TLSUntrusted                  // the server's certificate isn't one that the configuration trusts
	LoginRefused                  // the user or password is wrong, or the user may not log in
	NoSuchDatabase                // the server has no database of that name
	Full                          // the server accepts no more connections
	Lost                          // the connection broke midway
	Foreign                       // what answers there speaks another protocol
	Failed                        // anything else
)

// ConnectionError is why a database can't be queried. It names the server and
// the user, but no password.
type ConnectionError struct {
	Problem  Problem
	Server   string // host:port
	User     string
	Database string
	tls      tlsSettings
	stage    string
	cause    error
}

// everybody reports whether the error affects every client of the server.
func (e *ConnectionError) everybody() bool { return e.stage == connecting && e.Problem <= Silent }

// Property returns the configuration property that the error is about.
func (e *ConnectionError) Property() string {
	switch e.Problem {
	case TLSRequired, TLSRefused:
		return e.tls.property
	case LoginRefused:
		return "database.user"
	case NoSuchDatabase:
		return "database.dbname"
	case Foreign:
		return "database.port"
	}
	return "database.hostname"
}

func (e *ConnectionError) Unwrap() error { return e.cause }

// Error says what failed, where, why and what to do. From a driver's error it
// takes only the innermost text: the server's, or the network's.
func (e *ConnectionError) Error() string {
	where := "the database server " + e.Server
	if !e.everybody() {
		where += fmt.Sprintf(" as user %q", e.User)
		if e.Database != "" {
			where = fmt.Sprintf("database %q of %s", e.Database, where)
		}
	}
	if e.stage == reading {
		where = "of " + where
	}
	return fmt.Sprintf("%s %s: %s. %s", e.stage, where, e.answer(), e.advice())
}

// advice returns what to do, in terms of the kind's properties.
func (e *ConnectionError) advice() string {
	encrypt := fmt.Sprintf("set %s to %q", e.tls.property, e.tls.encrypting)
	advice := strings.NewReplacer("ENCRYPT", encrypt, "MODE", e.tls.property, "TRUSTED", e.tls.trusted).Replace(advices[e.Problem])
	// MySQL and MariaDB report such an account as a wrong password.
	if my := (*mysql.MySQLError)(nil); e.Problem == LoginRefused && !e.tls.encrypts() && errors.As(e.cause, &my) {
		advice += fmt.Sprintf(" If the account was created with REQUIRE SSL, %s.", encrypt)
	}
	return advice
}

var advices = map[Problem]string{
	Unreachable: "The machine that runs Terraform must reach the database for this check. The connector connects from its worker, and may work. " +
		"Allow the connection, or turn the database checks off.",
	Silent: "A firewall or a proxy on the way drops the connection, or the server is overloaded. " +
		"The connector connects from its worker, and may work. Allow the connection, or turn the database checks off.",
	TLSRequired:    "The server doesn't take this login without TLS: ENCRYPT.",
	TLSRefused:     "The server offers no TLS, and the configuration demands it: enable TLS on the server, or change MODE.",
	TLSUntrusted:   "Check that TRUSTED has the authority that signed the server's certificate, and that the certificate is for the name in database.hostname.",
	LoginRefused:   "Check database.user and database.password, and that the server lets this user log in from the machine that runs Terraform.",
	NoSuchDatabase: "Check database.dbname.",
	Full:           "Raise the server's connection limit, or the user's: the connector needs several connections of its own.",
	Lost:           "The server ended the connection, or the network did. Plan again once the server is up.",
	Foreign:        "Check database.hostname and database.port.",
	Failed:         "Plan again. If the error stays, turn the database checks off.",
}

func (e *ConnectionError) answer() string {
	var pg *pgconn.PgError
	var my *mysql.MySQLError
	switch {
	case errors.As(e.cause, &pg):
		return fmt.Sprintf("%s (SQLSTATE %s)", pg.Message, pg.Code)
	case errors.As(e.cause, &my):
		return fmt.Sprintf("%s (error %d)", my.Message, my.Number)
	case e.Problem == Silent:
		return "there was no answer in time"
	case e.Problem == Lost:
		return "the connection was lost"
	case e.Problem == Foreign:
		return "what answers there isn't a database server of this kind"
	}
	return innermost(e.cause).Error()
}

// innermost returns the error at the core: its wrappers may quote the
// connection's configuration. Of several attempts it takes the last.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if many, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // each layer is looked at
			tries := many.Unwrap()
			inner = tries[len(tries)-1]
		}
		if inner == nil {
			return err
		}
		err = inner
	}
}

// classify handles what all drivers share: network failures.
func classify(err error) Problem {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var timeout interface{ Timeout() bool }
	var dial *net.OpError
	var dns *net.DNSError
	switch {
	case errors.As(err, &verification), errors.As(err, &authority), errors.As(err, &hostname), errors.As(err, &invalid):
		return TLSUntrusted
	case errors.As(err, &dns):
		return Unreachable
	case errors.As(err, &dial) && dial.Op == "dial" && !dial.Timeout():
		return Unreachable
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return Silent
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		errors.Is(err, driver.ErrBadConn), errors.Is(err, net.ErrClosed):
		return Lost
	}
	return Failed
}
