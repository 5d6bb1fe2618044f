package kafkaconnect

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestKinds(t *testing.T) {
	connect := func(status, message string) string {
		return `{"error_code":` + status + `,"message":"` + message + `"}`
	}
	for _, test := range []struct {
		name   string
		status int
		body   string
		want   error
	}{
		{"unknown connector", 404, missing, ErrNotFound},
		{"no status", 404, connect("404", "No status found for connector orders"), ErrNotFound},
		{"missing endpoint", 404, connect("404", "HTTP 404 Not Found"), ErrUnsupported},
		{"another server's answer in the same form", 404, connect("404", "RESTEASY003210: Could not find resource for full path: http://registry:8085/connectors/orders"), ErrNotKafkaConnect},
		{"a proxy's page", 404, "<html>nginx</html>", ErrNotKafkaConnect},
		{"a proxy's JSON", 404, `{"message":"no Route matched with those values"}`, ErrNotKafkaConnect},
		{"method not allowed", 405, connect("405", "HTTP 405 Method Not Allowed"), ErrUnsupported},
		{"not implemented", 501, "", ErrUnsupported},
		{"unauthorized", 401, "", ErrUnauthorized},
		{"forbidden", 403, "<html>", ErrUnauthorized},
		{"topic tracking is off", 403, connect("403", "Topic tracking is disabled."), ErrUnsupported},
		{"invalid", 400, connect("400", "Connector configuration is invalid"), ErrInvalidConfig},
		{"unprocessable", 422, connect("422", "no"), ErrInvalidConfig},
		{"already exists", 409, exists, ErrAlreadyExists},
		{"already exists, named after a rebalance", 409, connect("409", "Connector worker rebalance already exists"), ErrAlreadyExists},
		{"rebalance", 409, rebalance, ErrRebalancing},
		{"stale configuration", 409, staleConfig, ErrRebalancing},
		{"no leader", 409, noLeader, ErrRebalancing},
		{"rebalance as a failure", 500, expected, ErrRebalancing},
		{"any conflict", 409, connect("409", "no"), ErrServer},
		{"too many", 429, "", ErrRebalancing},
		{"gateway timeout", 504, "", ErrTimedOut},
		{"worker timeout", 500, connect("500", "Request timed out"), ErrTimedOut},
		{"worker timeout in a stage", 500, connect("500", "Request timed out. The worker is currently starting 3 connector(s) and task(s) after a rebalance, which began at 1"), ErrTimedOut},
		{"alias without value", 500, connect("500", `Cannot invoke \"org.apache.kafka.connect.runtime.rest.entities.ConfigValueInfo.errors()\" because the return value of \"org.apache.kafka.connect.runtime.rest.entities.ConfigInfo.configValue()\" is null`), ErrInvalidConfig},
		{"alias without value, read", 500, connect("500", `Cannot invoke \"…ConfigInfo.configValue()\" because … is null`), ErrInvalidConfig},
		{"unknown class", 500, connect("500", "java.util.concurrent.ExecutionException: Failed to find any class that implements Connector and which name matches X"), ErrInvalidConfig},
		{"no class", 500, connect("500", "BadRequestException: Connector config {} contains no connector type"), ErrInvalidConfig},
		{"config provider", 500, connect("500", "org.apache.kafka.common.config.ConfigException: Could not read properties from file /missing"), ErrInvalidConfig},
		{"unknown field", 500, connect("500", `Unrecognized field \"initial_state\"`), ErrUnsupported},
		{"unknown field as a mistake", 400, connect("400", `Unrecognized field \"initial_state\"`), ErrUnsupported},
		{"any failure", 500, connect("500", "boom"), ErrServer},
		{"bad gateway", 502, "", ErrServer},
		{"teapot", 418, "", ErrServer},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := parseRefusal(test.status, []byte(test.body)).kind(); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"Kafka Connect's keeps its lines", `{"error_code":400,"message":"invalid:\nA\nB\n"}`, "invalid:\nA\nB"},
		{"a page", "<html><head><style>p {}</style>\n<title>Error 400</title></head>\n<body><p>A &amp; B</p></body></html>", "Error 400 A & B"},
		{"a text", "one\n two\r\n", "one two"},
		{"other JSON", `{"error": "x"}`, `{"error": "x"}`},
		{"control characters", "{\"message\":\"a\\u001b[31mb\"}", "a[31mb"},
		{"nothing", "", "no further details"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, answer(400, test.body))
			var failure *Error
			if err := create(t.Context(), newClient(t, Options{URL: s.URL})); !errors.As(err, &failure) {
				t.Fatalf("got %v", err)
			}
			if failure.Message != test.want || failure.Status != 400 {
				t.Errorf("got %d %q, want %q", failure.Status, failure.Message, test.want)
			}
			if want := "POST " + s.URL + "/connectors: 400 Bad Request: " + test.want; failure.Error() != want {
				t.Errorf("got %q, want %q", failure.Error(), want)
			}
		})
	}
}

func TestEndlessErrorBodyIsCut(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(500)
		for { // until the client has read enough and hangs up
			if _, err := w.Write([]byte(strings.Repeat("ä", 4096))); err != nil {
				return
			}
		}
	})
	var failure *Error
	if err := read(t.Context(), newClient(t, Options{URL: s.URL})); !errors.As(err, &failure) {
		t.Fatalf("got %v", err)
	}
	if want := strings.Repeat("ä", maxMessage/2) + "…"; failure.Message != want {
		t.Errorf("the message has %d bytes, want %d", len(failure.Message), len(want))
	}
}

func FuzzRefusal(f *testing.F) {
	f.Add(404, []byte(missing))
	f.Add(409, []byte(rebalance))
	f.Add(500, []byte("<html><script>x</script>&amp;\xff</html>"))
	f.Add(400, []byte(strings.Repeat("é", maxMessage)))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		refused := parseRefusal(status, body)
		if refused.kind() == nil {
			t.Error("an answer without a kind")
		}
		message := bounded(refused.message)
		if len(message) > maxMessage+len("…") || !utf8.ValidString(message) {
			t.Errorf("a message of %d bytes: %q", len(message), message)
		}
	})
}
