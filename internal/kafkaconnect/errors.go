package kafkaconnect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// The kinds of failure that callers tell apart with errors.Is. Status codes
// alone don't: Kafka Connect answers 409 both for a name that exists and for a
// rebalance, and 500 for several mistakes of the user.
var (
	// ErrNotFound: no connector (or task, or plugin) of that name.
	ErrNotFound = errors.New("not found")
	// ErrAlreadyExists: POST of a name that the cluster has.
	ErrAlreadyExists = errors.New("already exists")
	// ErrRebalancing: the cluster refused for the moment; nothing was done.
	ErrRebalancing = errors.New("rebalancing")
	// ErrInvalidConfig: the worker rejects the configuration, by 400 or by
	// one of the texts that it wraps into a 500.
	ErrInvalidConfig = errors.New("invalid configuration")
	// ErrTimedOut: the worker or the client gave up waiting. A write may
	// still be carried out: read back before doing it again.
	ErrTimedOut = errors.New("timed out")
	// ErrUnauthorized: 401 or 403.
	ErrUnauthorized = errors.New("unauthorized")
	// ErrUnreachable: no worker could be reached; nothing was sent.
	ErrUnreachable = errors.New("unreachable")
	// ErrHandshake: a worker was reached, but no TLS connection came about. It
	// stands beside ErrUnreachable; the error's text says what to change.
	ErrHandshake = errors.New("TLS handshake failed")
	// ErrInterrupted: the connection broke after the request was sent. A
	// write may have been carried out.
	ErrInterrupted = errors.New("connection lost")
	// ErrUnsupported: this version of Kafka Connect has no such endpoint.
	ErrUnsupported = errors.New("not supported by this worker")
	// ErrNotKafkaConnect: what answered a read isn't a Kafka Connect worker, but
	// another server, a login page, a proxy without a route to one.
	ErrNotKafkaConnect = errors.New("not Kafka Connect")
	// ErrServer: any other answer that is not a success.
	ErrServer = errors.New("server error")
)

// Error is a failed request. Its text names the call and repeats the worker's
// words; it never holds a request's body, so that no secret of a configuration
// gets in by way of the request.
type Error struct {
	Kind    error  // one of the Err… values
	Method  string // GET, POST, …
	URL     string // the worker's URL with the path, without user info
	Status  int    // HTTP status, 0 when there was no answer
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
// carried out all the same, so that the caller must read back.
func OutcomeUnknown(err error) bool {
	return errors.Is(err, ErrTimedOut) || errors.Is(err, ErrInterrupted) || errors.Is(err, ErrServer)
}

type observerKey struct{}

// WithObserver returns a context whose calls tell of the outcome of each
// attempt, of those too that are followed by another one.
func WithObserver(ctx context.Context, observe func(error)) context.Context {
	return context.WithValue(ctx, observerKey{}, observe)
}
