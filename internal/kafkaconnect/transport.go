package kafkaconnect

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-cleanhttp"
)

// idleConnTimeout is below the 30 seconds after which Jetty hangs up, so that
// no write uses a connection that is being closed.
const idleConnTimeout = 20 * time.Second

// maxIdleConns is above Terraform's default parallelism of 10, so that
// resources in progress don't keep opening connections.
const maxIdleConns = 16

// ParseURL parses and checks a worker's URL. Its errors don't repeat text that
// may contain a password.
func ParseURL(text string) (*url.URL, error) {
	shown := fmt.Sprintf("%q", text)
	if strings.ContainsAny(text, "@?") {
		shown = "the URL"
	}
	worker, err := url.Parse(text)
	switch {
	case text == "":
		return nil, errors.New("the URL of a Kafka Connect worker is missing")
	case err == nil && worker.User != nil:
		return nil, errors.New("the URL contains a user name or password: set username and password instead")
	case err != nil || (worker.Scheme != "http" && worker.Scheme != "https") || worker.Hostname() == "":
		return nil, fmt.Errorf("%s is not the URL of a worker, such as http://localhost:8083", shown)
	case worker.RawQuery != "" || worker.ForceQuery || worker.Fragment != "":
		return nil, fmt.Errorf("%s has a query or a fragment, which a worker's URL can't have", shown)
	case endsInEndpoint(worker.Path):
		return nil, fmt.Errorf("%s points to one resource of the REST API: leave out the path, as in http://localhost:8083", shown)
	}
	return worker, nil
}

// endsInEndpoint reports whether a URL was copied from a request.
func endsInEndpoint(path string) bool {
	path = strings.TrimRight(path, "/")
	return strings.HasSuffix(path, "/connectors") || strings.HasSuffix(path, "/connector-plugins")
}

func newHTTPClient(o Options) *http.Client {
	transport := cleanhttp.DefaultPooledTransport()
	transport.IdleConnTimeout = idleConnTimeout
	transport.MaxIdleConnsPerHost = maxIdleConns
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if o.TLS != nil {
		transport.TLSClientConfig = o.TLS.Clone()
		transport.TLSClientConfig.MinVersion = max(o.TLS.MinVersion, tls.VersionTLS12)
	}
	timeout := o.RequestTimeout
	if timeout == 0 {
		timeout = defaultRequestTimeout
	}
	return &http.Client{Transport: transport, Timeout: timeout, CheckRedirect: checkRedirect}
}

// checkRedirect follows a redirect only to the same server and with the same
// method: another server must not get the credentials or a configuration, and a
// write followed as a GET would seem to have succeeded. Any other redirect is
// returned as the response, and so is an error.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	sameServer := next.URL.Scheme == first.URL.Scheme && next.URL.Host == first.URL.Host
	if !sameServer || next.Method != first.Method || len(via) >= 10 {
		return http.ErrUseLastResponse
	}
	return nil
}
