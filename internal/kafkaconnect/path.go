package kafkaconnect

import (
	"net/http"
	"net/url"
	"strings"
)

// locate returns the URL of an endpoint below a worker's URL. Each segment is
// escaped as a whole, since the name of a connector may hold any character but
// a control character (ConnectorConfig's validator). Jetty 12, in Kafka Connect
// 4, refuses the escapes of slash, backslash and percent sign with 400; it
// takes "." and ".." as names as long as they are not escaped (seen on 4.3.1).
func locate(worker *url.URL, segments []string, query url.Values) *url.URL {
	escaped := make([]string, len(segments))
	for i, segment := range segments {
		escaped[i] = url.PathEscape(segment)
	}
	located := *worker
	base := "/" + strings.Trim(worker.EscapedPath(), "/")
	located.RawPath = strings.TrimSuffix(base, "/") + "/" + strings.Join(escaped, "/")
	located.Path, _ = url.PathUnescape(located.RawPath) // escaped by us: can't fail
	located.RawQuery = query.Encode()
	return &located
}

// misdirected tells that a write may meet another connector than the one that
// it names: a worker that isn't the leader passes the request on without the
// escape of a semicolon, and the leader cuts the name there. To delete "a;b"
// would delete "a" (seen on Kafka Connect 4.3.1).
func misdirected(method string, segments []string) bool {
	return method != http.MethodGet && strings.Contains(strings.Join(segments, ""), ";")
}
