// Package diagnosis reads the trace of a failed connector or task: what went
// wrong, in a few lines, and what to do about it. It doesn't redact secrets:
// callers redact traces first.
package diagnosis

import (
	"regexp"
	"strings"
)

// Diagnosis is the result of reading a trace.
type Diagnosis struct {
	// Cause holds the last causes of the failure, outermost first, without
	// stack frames and at most about 600 characters long. If the trace names no
	// cause, it is the trace's first line.
	Cause string
	// Remedy is what to do, in one or two sentences; empty if the failure isn't
	// a known one.
	Remedy string
	// SameSlotOrServerID is true if another client uses the same replication
	// slot or server id. A restart would only take it away from that client.
	SameSlotOrServerID bool
	// PositionLost is true if the connector starts from a stored position, and
	// what it needs from there on is gone, in the database or schema history.
	PositionLost bool
}

// Explain reads a trace. An empty trace yields an empty Diagnosis.
func Explain(trace string) Diagnosis {
	d := Diagnosis{Cause: cause(trace)}
	text := normalize(trace)
	for _, k := range known {
		if !k.matches(text) {
			continue
		}
		d.Remedy = k.remedy
		d.SameSlotOrServerID = k.shared
		d.PositionLost = k.lost
		break
	}
	return d
}

var space = regexp.MustCompile(`\s+`)

// normalize makes texts comparable: messages of Debezium and the drivers differ
// in where they break lines.
func normalize(text string) string {
	return strings.ToLower(strings.TrimSpace(space.ReplaceAllString(text, " ")))
}

// limit is the maximum length of a cause, in characters.
const limit = 600

// frame matches a line of a Java stack trace that names code, not a cause.
var frame = regexp.MustCompile(`^\s*(at\s+\S+\(.*\)|at\s+[\w$.]+/\S+|\.\.\. \d+ (more|common frames omitted))`)

const causedBy = "Caused by: "

// cause extracts the causes from a trace. A cause's text may span several
// lines, up to the first frame.
func cause(trace string) string {
	var head, causes []string
	var current *[]string
	for line := range strings.Lines(trace) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case frame.MatchString(line) || strings.HasPrefix(line, "Suppressed: "):
			if len(head) > 0 {
				current = nil
			}
		case strings.HasPrefix(line, causedBy):
			causes = append(causes, line)
			current = &causes
		case current != nil:
			(*current)[len(*current)-1] += " " + line
		case len(head) == 0:
			head = append(head, line)
			current = &head
		}
	}
	if len(causes) == 0 {
		return shorten(strings.Join(head, ""))
	}
	return lastOf(causes)
}

// lastOf joins as many of the last causes as the limit allows, and at least the
// innermost. It omits causes that repeat the one they wrap.
func lastOf(causes []string) string {
	text := shorten(causes[len(causes)-1])
	for i := len(causes) - 2; i >= 0; i-- {
		outer := causes[i]
		if strings.Contains(outer, strings.TrimPrefix(causes[i+1], causedBy)) {
			continue
		}
		if len([]rune(text))+len([]rune(outer)) >= limit {
			break
		}
		text = outer + "\n" + text
	}
	return text
}

// shorten cuts the middle of a long cause: the start says what it is, and the
// outcome is often at the end, after a whole offset or configuration.
func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	const head = limit / 3
	return string(runes[:head]) + " … " + string(runes[len(runes)-(limit-head):])
}
