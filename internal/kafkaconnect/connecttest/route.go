package connecttest

import (
	"net/http"
	"net/url"
	"strings"
)

// endpoint is one method on one path. In the pattern, * is a name.
type endpoint struct {
	method, pattern string
	since           [2]int // the first Kafka Connect version that has it, as major and minor
	serve           func(s *Server, r Request, names []string) answer
}

// endpoints are Kafka Connect's, with the version that added each (the resource
// classes in org.apache.kafka.connect.runtime.rest.resources).
var endpoints = []endpoint{
	{method: "GET", pattern: "/", serve: (*Server).info},
	{method: "GET", pattern: "/health", since: [2]int{3, 9}, serve: (*Server).health},

	{method: "GET", pattern: "/connectors", serve: (*Server).list},
	{method: "POST", pattern: "/connectors", serve: (*Server).create},
	{method: "GET", pattern: "/connectors/*", serve: (*Server).get},
	{method: "DELETE", pattern: "/connectors/*", serve: (*Server).delete},
	{method: "GET", pattern: "/connectors/*/config", serve: (*Server).getConfig},
	{method: "PUT", pattern: "/connectors/*/config", serve: (*Server).putConfig},
	{method: "PATCH", pattern: "/connectors/*/config", since: [2]int{3, 8}, serve: (*Server).patchConfig},
	{method: "GET", pattern: "/connectors/*/status", serve: (*Server).getStatus},
	{method: "GET", pattern: "/connectors/*/tasks", serve: (*Server).getTasks},
	{method: "GET", pattern: "/connectors/*/tasks/*/status", serve: (*Server).getTaskStatus},

	{method: "PUT", pattern: "/connectors/*/pause", serve: (*Server).pause},
	{method: "PUT", pattern: "/connectors/*/resume", serve: (*Server).resume},
	{method: "PUT", pattern: "/connectors/*/stop", since: [2]int{3, 5}, serve: (*Server).stop},
	{method: "POST", pattern: "/connectors/*/restart", serve: (*Server).restart},
	{method: "POST", pattern: "/connectors/*/tasks/*/restart", serve: (*Server).restartTask},

	{method: "GET", pattern: "/connectors/*/offsets", since: [2]int{3, 5}, serve: (*Server).getOffsets},
	{method: "PATCH", pattern: "/connectors/*/offsets", since: [2]int{3, 6}, serve: (*Server).alterOffsets},
	{method: "DELETE", pattern: "/connectors/*/offsets", since: [2]int{3, 6}, serve: (*Server).resetOffsets},
	{method: "GET", pattern: "/connectors/*/topics", since: [2]int{2, 5}, serve: (*Server).getTopics},
	{method: "PUT", pattern: "/connectors/*/topics/reset", since: [2]int{2, 5}, serve: (*Server).resetTopics},

	{method: "GET", pattern: "/connector-plugins", serve: (*Server).listPlugins},
	{method: "GET", pattern: "/connector-plugins/*/config", since: [2]int{3, 2}, serve: (*Server).pluginConfig},
	{method: "PUT", pattern: "/connector-plugins/*/config/validate", serve: (*Server).validate},
}

// route finds the endpoint. An unknown path is a 404, a known one with another
// method a 405, both with JAX-RS's messages.
func (s *Server) route(r Request) answer {
	segments, refused := s.segments(r.Path)
	if refused != "" {
		return answer{status: http.StatusBadRequest, raw: "<html>\n<head>\n<title>Error 400 " + refused + "</title>\n</head>\n</html>\n"}
	}
	known := false
	for _, e := range endpoints {
		names, match := matchSegments(e.pattern, segments)
		if !match || !s.since(e.since[0], e.since[1]) {
			continue
		}
		known = true
		if e.method == r.Method {
			return e.serve(s, r, names)
		}
	}
	if known {
		return failure(http.StatusMethodNotAllowed, "HTTP 405 Method Not Allowed")
	}
	return failure(http.StatusNotFound, "HTTP 404 Not Found")
}

// segments splits and unescapes a path. Since Kafka Connect 4 its web server
// (Jetty 12) rejects escapes that others might read differently, so a connector
// with such a name can be created but never addressed in a path again. A
// parameter after ';' isn't part of a name.
func (s *Server) segments(escaped string) (segments []string, refused string) {
	for segment := range strings.SplitSeq(strings.TrimPrefix(escaped, "/"), "/") {
		segment, _, _ = strings.Cut(segment, ";")
		name, err := url.PathUnescape(segment)
		if err != nil {
			return nil, "Bad URI"
		}
		if s.since(4, 0) {
			if reason := ambiguous(segment, name); reason != "" {
				return nil, reason
			}
		}
		segments = append(segments, name)
	}
	return segments, ""
}

func ambiguous(escaped, name string) string {
	isControl := func(r rune) bool { return r < ' ' || r == 0x7f }
	switch {
	case strings.Contains(name, "/"):
		return "Ambiguous URI path separator"
	case strings.Contains(name, "%"):
		return "Ambiguous URI path encoding"
	case (name == "." || name == "..") && escaped != name:
		return "Ambiguous URI path segment"
	case strings.Contains(name, `\`) || strings.ContainsFunc(name, isControl):
		return "Suspicious Path Character"
	}
	return ""
}

func matchSegments(pattern string, segments []string) (names []string, match bool) {
	parts := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
	if len(parts) != len(segments) {
		return nil, false
	}
	for i, part := range parts {
		if part == "*" {
			names = append(names, segments[i])
		} else if part != segments[i] {
			return nil, false
		}
	}
	return names, true
}

func (s *Server) info(Request, []string) answer {
	return ok(map[string]string{"version": s.version.String(), "commit": "26b251a451ce941d", "kafka_cluster_id": "5n7fESlUQiuxn9Aqg0k8CQ"})
}

func (s *Server) health(Request, []string) answer {
	return ok(map[string]string{"status": "healthy", "message": "Worker has completed startup and is ready to handle requests."})
}
