package kafkaconnect

import (
	"net/http"
	"net/url"
	"strings"
)

// locate returns the URL of an endpoint below a worker's URL. Each segment is
// escaped as a whole, since a connector's name may contain any character except
// control characters (ConnectorConfig's validator). Jetty 12, in Kafka Connect
// 4, rejects escaped slashes, backslashes and percent signs with 400; it
// accepts "." and ".." as names as long as they aren't escaped (seen on 4.3.1).
func locate(worker *url.URL, segments []string, query url.Values) *url.URL {
	escaped := make([]string, len(segments))
	for i, segment := range segments {
		escaped[i] = url.PathEscape(segment)
	}
	located := *worker
	base := "/" + strings.Trim(worker.EscapedPath(), "/")
	located.RawPath = strings.TrimSuffix(base, "/") + "/" + strings.Join(escaped, "/")
	located.Path, _ = url.PathUnescape(located.RawPath) // we escaped it: can't fail
	located.RawQuery = query.Encode()
	return &located
}

// misdirected reports whether a write may reach a connector other than the one
// it names: a worker that isn't the leader forwards the request with the
// semicolon unescaped, and the leader cuts the name off there. Deleting "a;b"
// would delete "a" (seen on Kafka Connect 4.3.1).
func misdirected(method string, segments []string) bool {
	return method != http.MethodGet && strings.Contains(strings.Join(segments, ""), ";")
}
