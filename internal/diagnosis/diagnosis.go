// Package diagnosis reads the trace of a failed connector or task: what went
// wrong, in few lines, and what to do about it. It keeps no secrets back:
// callers redact traces first.
package diagnosis

import (
	"regexp"
	"strings"
)

// Diagnosis is what a trace says.
type Diagnosis struct {
	// Cause is the last causes of the failure, the outermost first, without
	// stack frames and at most about 600 characters long. Where the trace
	// names no cause, it is its first line.
	Cause string
	// Remedy says what to do, in one or two sentences; empty where the
	// failure isn't a known one.
	Remedy string
	// SameSlotOrServerID: another client uses the same replication slot or
	// server id. A restart would only take it away from that client.
	SameSlotOrServerID bool
}

// Explain reads a trace. An empty one gives an empty diagnosis.
func Explain(trace string) Diagnosis {
	d := Diagnosis{Cause: cause(trace)}
	text := normalize(trace)
	for _, k := range known {
		if !k.matches(text) {
			continue
		}
		d.Remedy = k.remedy
		d.SameSlotOrServerID = k.shared
		break
	}
	return d
}

var space = regexp.MustCompile(`\s+`)

// normalize makes a text comparable: Debezium's and the drivers' messages
// break their lines in different places.
func normalize(text string) string {
	return strings.ToLower(strings.TrimSpace(space.ReplaceAllString(text, " ")))
}

// limit is how long a cause may be, in characters.
const limit = 600

// frame is a line of Java's stack trace that names code, not a cause.
var frame = regexp.MustCompile(`^\s*(at\s+\S+\(.*\)|at\s+[\w$.]+/\S+|\.\.\. \d+ (more|common frames omitted))`)

const causedBy = "Caused by: "

// cause collects the head of the trace's causes. A cause's text may go on over
// several lines, up to the first frame.
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

// lastOf joins as many of the last causes as the limit allows; the innermost
// one is always there. Causes that repeat the one they wrap are left out.
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

// shorten cuts the middle of a long cause: what it is stands at the beginning,
// and what it comes to often at the end, after a whole offset or configuration.
func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	const head = limit / 3
	return string(runes[:head]) + " … " + string(runes[len(runes)-(limit-head):])
}
