package kafkaconnect

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxErrorBody is how much of an error response is read, in bytes.
	maxErrorBody = 64 << 10
	// maxMessage limits how much of it an error shows, in bytes.
	maxMessage = 4000
)

// markup matches what an HTML page has besides its text.
var markup = regexp.MustCompile(`(?is)<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>`)

// refusal is the worker's explanation of a failure.
type refusal struct {
	status  int
	message string
	// own reports whether the response is Kafka Connect's (ErrorMessage), not
	// that of a proxy in front of it, which knows nothing about connectors.
	own bool
}

// parseRefusal parses the body of an error response. Kafka Connect's own
// message keeps its lines, any other body becomes one line. The message is
// neither truncated nor redacted.
func parseRefusal(status int, body []byte) refusal {
	var answer struct {
		ErrorCode int    `json:"error_code"`
		Message   string `json:"message"`
	}
	if err := json.Unmarshal(body, &answer); err == nil && answer.Message != "" {
		return refusal{status: status, message: answer.Message, own: answer.ErrorCode == status}
	}
	return refusal{status: status, message: oneLine(string(body))}
}

func oneLine(body string) string {
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		body = html.UnescapeString(markup.ReplaceAllString(body, " "))
	}
	return strings.Join(strings.Fields(body), " ")
}

// fragments maps texts to the kinds of error that they indicate.
type fragments []struct {
	text string
	kind error
}

// kind returns that of the first fragment found in the message, or nil.
func (f fragments) kind(message string) error {
	for _, fragment := range f {
		if strings.Contains(message, fragment.text) {
			return fragment.kind
		}
	}
	return nil
}

var (
	// Texts of a 409 (HerderRequestHandler, DistributedHerder in Kafka 4.3).
	conflicts = fragments{
		{"worker rebalance", ErrRebalancing},
		{"stale configuration", ErrRebalancing},
		{"no known leader URL", ErrRebalancing},
		{"a rebalance is expected", ErrRebalancing},
	}
	// Texts of a 500: exceptions that Kafka Connect doesn't map to a status.
	failures = fragments{
		{"a rebalance is expected", ErrRebalancing},
		{"Request timed out", ErrTimedOut},
		// An invalid configuration in Debezium 3.5 and 3.6, on POST and PUT:
		// the validation result has an alias without a value.
		{"ConfigInfo.configValue()", ErrInvalidConfig},
		{"Failed to find any class that implements Connector", ErrInvalidConfig},
		{"contains no connector type", ErrInvalidConfig},
		{"ConfigException", ErrInvalidConfig},
	}
)

// kind classifies an error response.
func (r refusal) kind() error {
	switch r.status {
	case http.StatusUnauthorized:
		return ErrUnauthorized
	case http.StatusForbidden:
		if strings.Contains(r.message, "Topic tracking is disabled") {
			return ErrUnsupported
		}
		return ErrUnauthorized
	case http.StatusNotFound:
		// A missing endpoint, or a proxy that doesn't lead to a worker, must
		// never look like a connector that is gone. The Apicurio registry answers
		// in the form of Kafka Connect.
		switch {
		case !r.own, strings.HasPrefix(r.message, "RESTEASY"):
			return ErrNotKafkaConnect
		case r.message == "HTTP 404 Not Found":
			return ErrUnsupported
		}
		return ErrNotFound
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return ErrUnsupported
	case http.StatusConflict:
		return r.conflict()
	case http.StatusTooManyRequests:
		return ErrRebalancing
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return ErrTimedOut
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		if r.unknownField() {
			return ErrUnsupported
		}
		return ErrInvalidConfig
	case http.StatusInternalServerError:
		if r.unknownField() {
			return ErrUnsupported
		}
		if kind := failures.kind(r.message); kind != nil {
			return kind
		}
	}
	return ErrServer
}

func (r refusal) conflict() error {
	// This comes first, since the name in this text may contain any of the others.
	if strings.HasSuffix(strings.TrimSpace(r.message), "already exists") {
		return ErrAlreadyExists
	}
	if kind := conflicts.kind(r.message); kind != nil {
		return kind
	}
	return ErrServer
}

// unknownField reports whether the worker is too old for a field in the body,
// which can only be initial_state (Jackson's UnrecognizedPropertyException).
func (r refusal) unknownField() bool {
	return strings.Contains(strings.ToLower(r.message), "unrecognized field")
}

// bounded makes a message fit for display: valid UTF-8, without control
// characters, at most maxMessage bytes plus the truncation mark.
func bounded(message string) string {
	message = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(message, "\uFFFD"))
	message = strings.TrimSpace(message)
	if len(message) <= maxMessage {
		return message
	}
	end := maxMessage
	for !utf8.RuneStart(message[end]) {
		end--
	}
	return message[:end] + "…"
}
