package kafkaconnect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// The kinds of failure that callers distinguish with errors.Is. Status codes
// aren't enough: Kafka Connect answers 409 both for a name that exists and for
// a rebalance, and 500 for several user errors.
var (
	// ErrNotFound means no connector (or task, or plugin) has that name.
	ErrNotFound = errors.New("not found")
	// ErrAlreadyExists means a POST used a name that is taken.
	ErrAlreadyExists = errors.New("already exists")
	// ErrRebalancing means the cluster refused for now; nothing was done.
	ErrRebalancing = errors.New("rebalancing")
	// ErrInvalidConfig means the worker rejects the configuration, with 400 or
	// with one of the texts that it wraps in a 500.
	ErrInvalidConfig = errors.New("invalid configuration")
	// ErrTimedOut means the worker or the client gave up waiting. A write may
	// still be carried out: read back before repeating it.
	ErrTimedOut = errors.New("timed out")
	// ErrUnauthorized means 401 or 403.
	ErrUnauthorized = errors.New("unauthorized")
	// ErrUnreachable means no worker could be reached; nothing was sent.
	ErrUnreachable = errors.New("unreachable")
	// ErrHandshake means a worker was reached, but the TLS handshake failed. It
	// comes with ErrUnreachable; the error's text says what to change.
	ErrHandshake = errors.New("TLS handshake failed")
	// ErrInterrupted means the connection broke after the request was sent. A
	// write may have been carried out.
	ErrInterrupted = errors.New("connection lost")
	// ErrUnsupported means this version of Kafka Connect has no such endpoint.
	ErrUnsupported = errors.New("not supported by this worker")
	// ErrNotKafkaConnect means the request was answered not by a Kafka Connect worker
	// but by another server, a login page, or a proxy without a route to one.
	ErrNotKafkaConnect = errors.New("not Kafka Connect")
	// ErrServer means any other error response.
	ErrServer = errors.New("server error")
)

// Error is a failed request. Its text names the call and repeats the worker's
// message; it never includes the request body, so no secret in a configuration
// gets in that way.
type Error struct {
	Kind    error  // one of the Err… values
	Method  string // GET, POST, …
	URL     string // the worker's URL with the path, without user info
	Status  int    // HTTP status, 0 if there was no response
	Message string // the worker's message, or the transport's; bounded
	cause   error
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: ", e.Method, e.URL)
	if e.Status != 0 {
		fmt.Fprintf(&b, "%d %s: ", e.Status, http.StatusText(e.Status))
	}
	b.WriteString(e.Message)
	return b.String()
}

// Unwrap lets errors.Is find both the kind and the transport's own error
// (context.DeadlineExceeded, a TLS error).
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.cause}
}

// OutcomeUnknown reports whether a write that failed with err may have been
// carried out anyway, so that the caller must read back.
func OutcomeUnknown(err error) bool {
	return errors.Is(err, ErrTimedOut) || errors.Is(err, ErrInterrupted) || errors.Is(err, ErrServer)
}

type observerKey struct{}

// WithObserver returns a context whose calls report the outcome of each
// attempt, including those followed by another one.
func WithObserver(ctx context.Context, observe func(error)) context.Context {
	return context.WithValue(ctx, observerKey{}, observe)
}
