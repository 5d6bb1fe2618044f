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
	// maxErrorBody is how much of an unsuccessful answer is read, in bytes.
	maxErrorBody = 64 << 10
	// maxMessage bounds what an error shows of it, in bytes.
	maxMessage = 4000
)

// markup is what an HTML page holds beside its text.
var markup = regexp.MustCompile(`(?is)<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>`)

// refusal is the worker's explanation of a failure.
type refusal struct {
	status  int
	message string
	// own tells Kafka Connect's answers (ErrorMessage) from those of a proxy
	// before it, which know nothing of connectors.
	own bool
}

// parseRefusal reads the body of an unsuccessful answer. Kafka Connect's own
// message keeps its lines, any other body becomes one line. The message is
// neither bounded nor redacted.
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

// fragments maps texts to the kinds that they tell.
type fragments []struct {
	text string
	kind error
}

// kind is that of the first fragment that the message holds, or nil.
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
		// An invalid configuration of Debezium 3.5 and 3.6, on POST and PUT:
		// an alias without a value in the validation's answer.
		{"ConfigInfo.configValue()", ErrInvalidConfig},
		{"Failed to find any class that implements Connector", ErrInvalidConfig},
		{"contains no connector type", ErrInvalidConfig},
		{"ConfigException", ErrInvalidConfig},
	}
)

// kind sorts an answer that is not a success.
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
		// never look like a connector that is gone.
		switch {
		case !r.own:
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
	// First, since the name in this text may hold any of the others.
	if strings.HasSuffix(strings.TrimSpace(r.message), "already exists") {
		return ErrAlreadyExists
	}
	if kind := conflicts.kind(r.message); kind != nil {
		return kind
	}
	return ErrServer
}

// unknownField tells that the worker is too old for a field of the body,
// which can only be initial_state (Jackson's UnrecognizedPropertyException).
func (r refusal) unknownField() bool {
	return strings.Contains(strings.ToLower(r.message), "unrecognized field")
}

// bounded makes a message fit to be shown: valid UTF-8, without control
// characters, at most maxMessage bytes and the mark of the cut.
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
