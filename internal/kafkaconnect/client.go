// Package kafkaconnect is a client of Kafka Connect's REST interface: its
// types, its errors, the repetitions that are safe, and one view of the
// cluster that many readers share.
package kafkaconnect

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

const (
	// defaultRequestTimeout is longer than the 90 seconds after which Kafka
	// Connect itself gives up (RestServerConfig), so that the worker's own
	// words arrive.
	defaultRequestTimeout = 100 * time.Second
	// defaultCallTimeout bounds calls whose context has no deadline.
	defaultCallTimeout = 5 * time.Minute

	// The pauses between attempts, before jitter.
	shortestPause = 250 * time.Millisecond
	longestPause  = 5 * time.Second
)

// Options describe a cluster's REST interface and how to sign in. Only URL is
// required.
type Options struct {
	// URL is a worker's REST URL; a path before "/connectors" is kept.
	URL string
	// FailoverURLs are further workers of the same cluster, in order.
	FailoverURLs []string
	// Username and Password are for basic authentication. They exclude
	// BearerToken.
	Username, Password string
	BearerToken        string
	// Headers go with every request.
	Headers map[string]string
	// TLS may be nil. TLS 1.2 is the least in any case.
	TLS *tls.Config
	// RequestTimeout bounds one attempt, the answer's body included; 0 is
	// 100 seconds. The context bounds the call with its repetitions.
	RequestTimeout time.Duration
	UserAgent      string
	// Secrets are removed from every error. It receives the credentials
	// above and the secrets of every configuration sent or received.
	Secrets *redact.Set
	// IsSecret tells whether a configuration key holds a secret. It is called
	// for each key of each configuration, concurrently.
	IsSecret func(key string) bool
	// OnRequest is told of every attempt: the escaped path without its query,
	// the status or 0, and the failure if there was no answer. It may be nil.
	OnRequest func(ctx context.Context, method, path string, status int, err error)
}

// Client calls one Kafka Connect cluster. It is safe for concurrent use.
//
// A call repeats an attempt that the cluster refused for the moment (a
// rebalance, 429, 503) until its context ends, or for 5 minutes if that has no
// deadline. A read is also repeated a few times when the connection breaks; a
// write never is. Every error is an *Error.
type Client struct {
	http      *http.Client
	workers   []*url.URL
	preferred atomic.Int64 // index of the worker that was reached last
	header    http.Header
	secrets   *redact.Set
	isSecret  func(key string) bool
	onRequest func(ctx context.Context, method, path string, status int, err error)
	// hasCertificate: there is a client certificate.
	hasCertificate bool

	shortestPause, longestPause time.Duration
}

// New checks the options and returns a client. It sends nothing.
func New(o Options) (*Client, error) {
	if o.BearerToken != "" && (o.Username != "" || o.Password != "") {
		return nil, errors.New("a bearer token and a username with password exclude each other")
	}
	c := &Client{
		secrets:       o.Secrets,
		isSecret:      o.IsSecret,
		onRequest:     o.OnRequest,
		shortestPause: shortestPause,
		longestPause:  longestPause,
	}
	if c.secrets == nil {
		c.secrets = new(redact.Set)
	}
	if c.isSecret == nil {
		c.isSecret = func(string) bool { return false }
	}
	for _, text := range append([]string{o.URL}, o.FailoverURLs...) {
		worker, err := ParseURL(text)
		if err != nil {
			return nil, err
		}
		c.workers = append(c.workers, worker)
	}
	c.hasCertificate = o.TLS != nil && (len(o.TLS.Certificates) > 0 || o.TLS.GetClientCertificate != nil)
	c.header = c.fixedHeader(o)
	c.http = newHTTPClient(o)
	return c, nil
}

// fixedHeader returns what every request carries, and registers the secrets in it.
func (c *Client) fixedHeader(o Options) http.Header {
	header := http.Header{"Accept": {"application/json"}}
	if o.UserAgent != "" {
		header.Set("User-Agent", o.UserAgent)
	}
	for name, value := range o.Headers {
		header.Set(name, value)
		c.secrets.Add(value)
		if strings.EqualFold(name, "Authorization") {
			_, credentials, _ := strings.Cut(value, " ")
			c.secrets.Add(credentials)
		}
	}
	// A token read from a file often ends in a line break, which no header may hold.
	if token := strings.TrimSpace(o.BearerToken); token != "" {
		header.Set("Authorization", "Bearer "+token)
		c.secrets.Add(token)
	}
	if o.Username != "" || o.Password != "" {
		credentials := base64.StdEncoding.EncodeToString([]byte(o.Username + ":" + o.Password))
		header.Set("Authorization", "Basic "+credentials)
		c.secrets.Add(o.Password, credentials)
	}
	return header
}
