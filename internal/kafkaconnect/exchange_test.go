package kafkaconnect

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// steps makes a table of answers short.
type steps = []http.HandlerFunc

func TestRepetitions(t *testing.T) {
	retryAfter := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "0")
		answer(http.StatusServiceUnavailable, "try later")(w, r)
	}
	for _, test := range []struct {
		name  string
		call  func(context.Context, *Client) error
		steps steps
		want  error // nil for success; every step must be used
	}{
		{"a write waits out every refusal", create, steps{
			answer(409, rebalance), answer(409, staleConfig), answer(409, noLeader), answer(500, expected),
			answer(429, "slow down"), retryAfter, answer(201, ordersInfo)}, nil},
		{"so does a read", read, steps{answer(409, rebalance), answer(503, ""), answer(200, ordersInfo)}, nil},
		{"an existing name is final", create, steps{answer(409, exists)}, ErrAlreadyExists},
		{"another conflict is final", create, steps{answer(409, `{"error_code":409,"message":"conflict"}`)}, ErrServer},
		{"after 503 the existing one may be ours", create, steps{answer(503, ""), answer(409, exists)}, ErrInterrupted},
		{"after a rebalance it isn't", create, steps{answer(409, rebalance), answer(409, exists)}, ErrAlreadyExists},
		{"a failure is final", read, steps{answer(500, `{"error_code":500,"message":"boom"}`)}, ErrServer},
		{"a read after a lost connection", read, steps{hangUp, hangUpLater, answer(200, ordersInfo)}, nil},
		{"a read whose connections are all lost", read, steps{hangUp, hangUp, hangUp}, ErrInterrupted},
		{"a write after a lost connection", create, steps{hangUp}, ErrInterrupted},
		{"a write whose answer is cut", create, steps{hangUpLater}, ErrInterrupted},
		{"a read after a bad gateway", read, steps{answer(502, ""), answer(200, ordersInfo)}, nil},
		{"a read while the connector is deleted", read, steps{answer(204, ""), answer(404, missing)}, ErrNotFound},
		{"a read whose answers are all empty", read, steps{answer(204, ""), answer(204, ""), answer(204, "")}, ErrNotKafkaConnect},
		{"a write after a bad gateway", create, steps{answer(502, "")}, ErrServer},
		{"a read whose answer isn't JSON", read, steps{answer(200, "<html>sign in</html>")}, ErrNotKafkaConnect},
		{"a read whose answer is another server's", read, steps{answer(200, "{}")}, ErrNotKafkaConnect},
		{"a write whose answer isn't JSON", create, steps{answer(201, "")}, ErrServer},
		{"a read without end", read, steps{block}, ErrTimedOut},
		{"a write without end", create, steps{block}, ErrTimedOut},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.steps...)
			o := Options{URL: s.URL}
			if test.want == ErrTimedOut {
				o.RequestTimeout = 500 * time.Millisecond // a slow machine must be connected by then
			}
			err := test.call(t.Context(), newClient(t, o))
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			var failure *Error
			if test.want != nil && (!errors.As(err, &failure) || failure.Message == "") {
				t.Errorf("%#v is not an Error with a message", err)
			}
			s.requests(t, len(test.steps))
		})
	}
}

func TestRepeatedWriteHasItsBody(t *testing.T) {
	s := serve(t, answer(409, rebalance), answer(201, ordersInfo))
	if err := create(t.Context(), newClient(t, Options{URL: s.URL})); err != nil {
		t.Fatal(err)
	}
	got := s.requests(t, 2)
	if want := `{"name":"orders","config":{"topic.prefix":"p"}}`; got[0].Body != want || got[1].Body != want {
		t.Errorf("bodies %q and %q, want %q", got[0].Body, got[1].Body, want)
	}
}

func TestContextEndsWhileRebalancing(t *testing.T) {
	s := serve(t, answer(409, rebalance), answer(409, staleConfig))
	ctx, cancel := context.WithCancel(t.Context())
	seen := 0
	c := newClient(t, Options{URL: s.URL, OnRequest: func(context.Context, string, string, int, error) {
		if seen++; seen == 2 {
			cancel()
		}
	}})
	err := create(ctx, c)
	if !errors.Is(err, ErrRebalancing) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not both a rebalance and a cancellation", err)
	}
	if !strings.Contains(err.Error(), "stale configuration") {
		t.Errorf("%v doesn't repeat the last refusal", err)
	}
	if OutcomeUnknown(err) {
		t.Error("a write that was refused can't have been carried out")
	}
}

func TestContextEndsDuringThePause(t *testing.T) {
	s := serve(t, answer(409, rebalance))
	c := newClient(t, Options{URL: s.URL})
	c.shortestPause, c.longestPause = time.Hour, time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	err := create(ctx, c)
	if !errors.Is(err, ErrRebalancing) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v is not both a rebalance and the deadline", err)
	}
}

func TestCanceledDuringTheAnswer(t *testing.T) {
	for name, call := range map[string]func(context.Context, *Client) error{"read": read, "write": create} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			s := serve(t, func(w http.ResponseWriter, r *http.Request) { cancel(); block(w, r) })
			err := call(ctx, newClient(t, Options{URL: s.URL}))
			if !errors.Is(err, ErrInterrupted) || !errors.Is(err, context.Canceled) {
				t.Errorf("%v is not an interruption by cancellation", err)
			}
		})
	}
}

func TestFailover(t *testing.T) {
	s := serve(t, answer(201, ordersInfo), answer(200, ordersInfo))
	var tried []error
	c := newClient(t, Options{
		URL:          closedURL(),
		FailoverURLs: []string{closedURL(), s.URL},
		OnRequest:    func(_ context.Context, _, _ string, _ int, err error) { tried = append(tried, err) },
	})
	if err := create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if len(tried) != 3 || !errors.Is(tried[0], ErrUnreachable) || !errors.Is(tried[1], ErrUnreachable) || tried[2] != nil {
		t.Errorf("the attempts ended as %v", tried)
	}
	if err := read(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if len(tried) != 4 {
		t.Errorf("the worker that answered was not the first of the next call: %v", tried)
	}
	s.requests(t, 2)
}

func TestNoFailoverAfterSending(t *testing.T) {
	first, second := serve(t, hangUp), serve(t)
	err := create(t.Context(), newClient(t, Options{URL: first.URL, FailoverURLs: []string{second.URL}}))
	if !errors.Is(err, ErrInterrupted) {
		t.Errorf("got %v", err)
	}
	second.requests(t, 0)
}

func TestUnreachable(t *testing.T) {
	urls := []string{closedURL(), closedURL(), closedURL()}
	for _, c := range []*Client{
		newClient(t, Options{URL: urls[0]}),
		newClient(t, Options{URL: urls[0], FailoverURLs: urls[1:]}),
	} {
		err := create(t.Context(), c)
		if !errors.Is(err, ErrUnreachable) || OutcomeUnknown(err) {
			t.Errorf("got %v", err)
		}
		for i := range c.workers {
			if !strings.Contains(err.Error(), urls[i]) {
				t.Errorf("%v doesn't name %s", err, urls[i])
			}
		}
	}
}

func TestRefusalAfterFailover(t *testing.T) {
	s := serve(t, answer(409, rebalance), answer(200, ordersInfo))
	c := newClient(t, Options{URL: closedURL(), FailoverURLs: []string{s.URL}})
	if err := read(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// A worker that goes down between two attempts of one call: all are tried
// again, and nothing says that the last attempt was sent.
func TestWorkerGoesDownDuringTheCall(t *testing.T) {
	for name, test := range map[string]struct {
		call func(context.Context, *Client) error
		last http.HandlerFunc
	}{
		"read":  {read, hangUp},
		"write": {create, answer(409, rebalance)},
	} {
		t.Run(name, func(t *testing.T) {
			var s *script
			s = serve(t, func(w http.ResponseWriter, r *http.Request) {
				_ = s.Listener.Close()
				w.Header().Set("Connection", "close")
				test.last(w, r)
			})
			attempts := 0
			err := test.call(t.Context(), newClient(t, Options{
				URL:          closedURL(),
				FailoverURLs: []string{s.URL},
				OnRequest:    func(context.Context, string, string, int, error) { attempts++ },
			}))
			if !errors.Is(err, ErrUnreachable) || OutcomeUnknown(err) || attempts != 4 {
				t.Errorf("%d attempts, want 4, and %v", attempts, err)
			}
		})
	}
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	const password = `top secret "1"`
	for name, step := range map[string]http.HandlerFunc{
		"JSON":  answer(400, `{"error_code":400,"message":"the password top secret \"1\" is weak"}`),
		"page":  answer(500, `<html><body>top secret &#34;1&#34;</body></html>`),
		"cut":   answer(500, strings.Repeat("x", maxMessage-8)+password),
		"empty": answer(500, ""),
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, step)
			c := newClient(t, Options{URL: s.URL, IsSecret: func(key string) bool { return key == "database.password" }})
			_, err := c.PutConfig(t.Context(), "orders", Config{"database.password": password})
			if err == nil || strings.Contains(err.Error(), "top sec") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestReceivedSecretsAreRemoved(t *testing.T) {
	const config = `{"database.password":"received-pw","connection.url":"jdbc:x://h/?password=embedded-pw"}`
	info := `{"name":"orders","config":` + config + `}`
	for name, test := range map[string]struct {
		body string
		call func(*Client) error
	}{
		"listing":   {`{"orders":{"info":` + info + `}}`, func(c *Client) error { _, err := c.Connectors(t.Context()); return err }},
		"connector": {info, func(c *Client) error { return read(t.Context(), c) }},
		"tasks": {`[{"id":{"connector":"orders","task":0},"config":` + config + `}]`,
			func(c *Client) error { _, err := c.Tasks(t.Context(), "orders"); return err }},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, answer(200, test.body), answer(500, "received-pw embedded-pw"))
			c := newClient(t, Options{URL: s.URL, IsSecret: func(key string) bool { return key == "database.password" }})
			if err := test.call(c); err != nil {
				t.Fatal(err)
			}
			err := c.Delete(t.Context(), "orders")
			if err == nil || strings.Contains(err.Error(), "-pw") {
				t.Errorf("got %v", err)
			}
		})
	}
}
