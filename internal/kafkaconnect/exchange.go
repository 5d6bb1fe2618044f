package kafkaconnect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// maxBroken is how often a read may lose its connection before it fails.
const maxBroken = 3

// call is one request to the cluster, no matter which worker gets it.
type call struct {
	method string
	path   []string // segments, not escaped
	query  url.Values
	body   any                    // JSON; nil for none
	accept func(body []byte) bool // reports whether to accept a response whose status isn't 2xx; may be nil
}

// ask sends a call and decodes its response.
func ask[T any](ctx context.Context, c *Client, r call) (*T, error) {
	e, err := c.send(ctx, r)
	if err != nil {
		return nil, err
	}
	answer := new(T)
	err = json.Unmarshal(e.answer, answer)
	if trimmed := bytes.TrimSpace(e.answer); err == nil && bytes.Equal(trimmed, []byte("null")) {
		err = errors.New("null")
	}
	if v, ok := any(answer).(interface{ missing() error }); ok && err == nil {
		err = v.missing()
	}
	if err != nil {
		return nil, e.unreadable(err)
	}
	return answer, nil
}

// do sends a call whose response body doesn't matter.
func (c *Client) do(ctx context.Context, r call) error {
	_, err := c.send(ctx, r)
	return err
}

// exchange is a call with its retries.
type exchange struct {
	client *Client
	call   call

	worker      int         // index of the worker in use
	unreachable []error     // from the workers tried in a row
	sent        atomic.Bool // the attempt got as far as a connection
	broken      int         // connections lost so far
	pauses      int         // how often the call has waited so far
	doubtful    bool        // a write got a 503: from a proxy, it may hide a write carried out

	status  int    // of the last response
	answer  []byte // its body
	failure *Error // of the last attempt, nil after a success
}

// send carries out a call. Its error is an *Error.
func (c *Client) send(ctx context.Context, r call) (*exchange, error) {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, defaultCallTimeout)
		defer cancel()
	}
	e := &exchange{client: c, call: r, worker: int(c.preferred.Load())}
	if misdirected(r.method, r.path) {
		return nil, e.newError(ErrInvalidConfig, 0, "the name contains a semicolon, where workers cut it off: the request could change another connector", nil)
	}
	request, err := e.newRequest(ctx)
	if err != nil {
		return nil, e.newError(ErrInvalidConfig, 0, err.Error(), err)
	}
	attempts := retryablehttp.Client{
		HTTPClient:   c.http,
		RetryWaitMin: c.shortestPause,
		RetryWaitMax: c.longestPause,
		RetryMax:     math.MaxInt, // the context is the bound
		CheckRetry:   e.checkRetry,
		Backoff:      e.pause,
		PrepareRetry: e.aim,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	// checkRetry records the outcome of every attempt: an error it doesn't know
	// means the context ended before the next one.
	//nolint:bodyclose // checkRetry has closed it
	if _, err := attempts.Do(request); err != nil && e.failure.cause == nil {
		e.failure.cause = err
	}
	if e.failure == nil {
		return e, nil
	}
	if kind := e.failure.Kind; e.doubtful && (kind == ErrAlreadyExists || kind == ErrRebalancing || kind == ErrUnreachable) {
		e.failure.Kind = ErrInterrupted
	}
	return nil, e.failure
}

func (e *exchange) newRequest(ctx context.Context) (*retryablehttp.Request, error) {
	var body any
	if e.call.body != nil {
		encoded, err := json.Marshal(e.call.body)
		if err != nil {
			return nil, err
		}
		body = encoded
	}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { e.sent.Store(true) },
	})
	request, err := retryablehttp.NewRequestWithContext(ctx, e.call.method, e.url().String(), body)
	if err != nil {
		return nil, err
	}
	request.Header = e.client.header.Clone()
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}

func (e *exchange) url() *url.URL {
	return locate(e.client.workers[e.worker], e.call.path, e.call.query)
}

// aim points the next attempt at its worker (retryablehttp.PrepareRetry).
func (e *exchange) aim(request *http.Request) error {
	e.sent.Store(false)
	request.URL = e.url()
	request.Host = request.URL.Host
	return nil
}

// checkRetry records the outcome of an attempt and decides whether another
// follows (retryablehttp.CheckRetry).
func (e *exchange) checkRetry(ctx context.Context, response *http.Response, err error) (again bool, _ error) {
	path, status := e.url().EscapedPath(), 0
	if err == nil {
		status = response.StatusCode
		err = e.read(response)
	}
	var lost error
	if err == nil {
		again = e.retryAnswer(response)
	} else {
		again = e.retryFailure(err)
		lost = e.failure
	}
	if e.client.onRequest != nil {
		e.client.onRequest(ctx, e.call.method, path, status, lost)
	}
	if observe, ok := ctx.Value(observerKey{}).(func(error)); ok {
		observe(e.outcome())
	}
	if again && ctx.Err() != nil {
		return false, ctx.Err()
	}
	return again, nil
}

// outcome is the last attempt's, unaffected by later ones.
func (e *exchange) outcome() error {
	if e.failure == nil {
		return nil
	}
	failure := *e.failure
	return &failure
}

// read reads the body; for an error response, only as much as is shown.
func (e *exchange) read(response *http.Response) (err error) {
	defer response.Body.Close()
	var body io.Reader = response.Body
	if response.StatusCode/100 != 2 {
		body = io.LimitReader(body, maxErrorBody)
	}
	e.status = response.StatusCode
	e.answer, err = io.ReadAll(body)
	return err
}

func (e *exchange) succeeded() bool {
	return e.status/100 == 2 || (e.call.accept != nil && e.call.accept(e.answer))
}

func (e *exchange) retryAnswer(response *http.Response) (again bool) {
	e.reached()
	if e.call.method == http.MethodGet && e.status == http.StatusNoContent {
		// Every read has a body. Of a connector that is just being deleted a worker
		// may answer null, which becomes this, until it knows and answers 404
		// (AbstractHerder.connectorInfo; seen with 4.3).
		e.failure = e.unreadable(nil)
		return e.mayRepeat()
	}
	if e.succeeded() {
		e.failure = nil
		return false
	}
	refused := parseRefusal(e.status, e.answer)
	kind := refused.kind()
	switch {
	case e.status/100 == 3:
		refused.message = "redirect to " + redirectTarget(response) + " (not followed, since Kafka Connect never redirects)"
		kind = e.foreign()
	case refused.message == "":
		refused.message = "no further details"
	}
	e.failure = e.newError(kind, e.status, refused.message, nil)
	if e.status == http.StatusServiceUnavailable {
		e.doubtful = e.call.method != http.MethodGet
		return true
	}
	return kind == ErrRebalancing || (e.status == http.StatusBadGateway && e.mayRepeat())
}

// redirectTarget returns where a redirect leads, without user info or query.
func redirectTarget(response *http.Response) string {
	target, err := response.Location()
	if err != nil {
		return "an address that can't be read"
	}
	return (&url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path}).String()
}

func (e *exchange) retryFailure(err error) (again bool) {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // its text repeats the method and URL
	}
	if !e.sent.Load() || abortedHandshake(err) {
		return e.retryUnreachable(err)
	}
	e.reached()
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		e.failure = e.newError(ErrTimedOut, 0, err.Error(), err)
		return false
	}
	e.failure = e.newError(ErrInterrupted, 0, err.Error(), err)
	return e.mayRepeat()
}

// mayRepeat counts a lost connection, and reports whether to retry: only a read.
func (e *exchange) mayRepeat() bool {
	e.broken++
	return e.call.method == http.MethodGet && e.broken < maxBroken
}

// reached makes the worker in use the first choice for later calls.
func (e *exchange) reached() {
	e.client.preferred.Store(int64(e.worker))
	e.unreachable = nil
}

// retryUnreachable moves on to the next worker until all have been tried.
func (e *exchange) retryUnreachable(err error) (again bool) {
	workers := e.client.workers
	err = explainHandshake(err, e.client.hasCertificate)
	e.unreachable = append(e.unreachable, fmt.Errorf("%s: %w", workers[e.worker], err))
	if len(workers) == 1 {
		e.failure = e.newError(ErrUnreachable, 0, err.Error(), err)
		return false
	}
	cause := errors.Join(e.unreachable...)
	message := "no worker can be reached: " + strings.ReplaceAll(cause.Error(), "\n", "; ")
	e.failure = e.newError(ErrUnreachable, 0, message, cause)
	e.worker = (e.worker + 1) % len(workers)
	return len(e.unreachable) < len(workers)
}

// abortedHandshake reports whether the server refused the TLS handshake: with
// TLS 1.3 the refusal of a client certificate arrives only after the request
// was sent, but a server that refuses doesn't read it.
func abortedHandshake(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "remote error"
}

// pause returns how long to wait before the next attempt
// (retryablehttp.Backoff): the server's Retry-After, else twice as long each
// time, with jitter, since many resources run into the same rebalance.
func (e *exchange) pause(shortest, longest time.Duration, _ int, response *http.Response) time.Duration {
	if len(e.unreachable) > 0 {
		return 0 // another worker
	}
	wait := max(shortest, retryablehttp.DefaultBackoff(shortest, longest, e.pauses, response))
	e.pauses++
	return wait + rand.N(wait/2+1)
}

// newError describes a failure of the worker in use.
func (e *exchange) newError(kind error, status int, message string, cause error) *Error {
	return &Error{
		Kind:    kind,
		Method:  e.call.method,
		URL:     e.client.secrets.Redact(e.url().Redacted()),
		Status:  status,
		Message: bounded(e.client.secrets.Redact(message)),
		cause:   cause,
	}
}

// unreadable returns the error for a success whose body can't be decoded. A text
// that may be a configuration isn't shown, since its secrets aren't known yet.
func (e *exchange) unreadable(err error) *Error {
	message := "unexpected answer: "
	body := strings.TrimSpace(string(e.answer))
	var wrongType *json.UnmarshalTypeError
	switch {
	case body == "":
		message += "the body is empty"
	case errors.As(err, &wrongType):
		message += fmt.Sprintf("unexpected JSON %s", wrongType.Value)
	case strings.ContainsAny(body[:1], "{[\""):
		message += err.Error()
	default:
		message += oneLine(body[:min(len(body), maxErrorBody)])
	}
	kind := e.foreign()
	if strings.HasPrefix(body, "{") && !json.Valid(e.answer) {
		kind = ErrServer // a worker's response that was cut off in transit
	}
	return e.newError(kind, e.status, message, err)
}

// foreign returns the kind of a response that no worker gives. For a write it
// says nothing about the outcome: it may come from a proxy that passed it on.
func (e *exchange) foreign() error {
	if e.call.method == http.MethodGet {
		return ErrNotKafkaConnect
	}
	return ErrServer
}
