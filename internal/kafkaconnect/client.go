// Package kafkaconnect is a client for Kafka Connect's REST API: its types, its
// errors, the retries that are safe, and one view of the cluster shared by many
// readers.
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
	// message arrives.
	defaultRequestTimeout = 100 * time.Second
	// defaultCallTimeout bounds calls whose context has no deadline.
	defaultCallTimeout = 5 * time.Minute

	// The pauses between attempts, before jitter.
	shortestPause = 250 * time.Millisecond
	longestPause  = 5 * time.Second
)

// Options describe a cluster's REST API and how to authenticate. Only URL is
// required.
type Options struct {
	// URL is a worker's REST URL; a path before "/connectors" is kept.
	URL string
	// FailoverURLs are other workers of the same cluster, in order.
	FailoverURLs []string
	// Username and Password are for basic authentication. They can't be
	// combined with BearerToken.
	Username, Password string
	BearerToken        string
	// Headers are sent with every request.
	Headers map[string]string
	// TLS may be nil. The minimum is TLS 1.2 in any case.
	TLS *tls.Config
	// RequestTimeout bounds one attempt, including the response body; 0 means
	// 100 seconds. The context bounds the call with its retries.
	RequestTimeout time.Duration
	UserAgent      string
	// Secrets are redacted from every error. The client adds the credentials
	// above and the secrets in every configuration sent or received.
	Secrets *redact.Set
	// IsSecret reports whether a configuration key holds a secret. It is called
	// for each key of each configuration, concurrently.
	IsSecret func(key string) bool
	// OnRequest is called for every attempt: the escaped path without its
	// query, the status or 0, and the error if no response came. It may be nil.
	OnRequest func(ctx context.Context, method, path string, status int, err error)
}

// Client calls one Kafka Connect cluster. It is safe for concurrent use.
//
// A call retries an attempt that the cluster temporarily refused (a rebalance,
// 429, 503) until its context ends, or for 5 minutes if that has no deadline. A
// read is also retried a few times if the connection breaks; a write never is.
// Every error is an *Error.
type Client struct {
	http      *http.Client
	workers   []*url.URL
	preferred atomic.Int64 // index of the worker reached last
	header    http.Header
	secrets   *redact.Set
	isSecret  func(key string) bool
	onRequest func(ctx context.Context, method, path string, status int, err error)
	// hasCertificate reports whether there is a client certificate.
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

// fixedHeader returns what every request carries, and registers its secrets.
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
	// A token read from a file often ends in a newline, which no header may have.
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
