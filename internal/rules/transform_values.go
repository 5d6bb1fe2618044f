package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// datePattern requires an option to be a java.text.SimpleDateFormat pattern.
func datePattern(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		if text, ok := v.known(p.prefix + option); ok {
			if problem := dateProblem(text); problem != "" {
				return option, fmt.Sprintf("%s isn't a date format of Java: %s", quoted(text), problem)
			}
		}
		return "", ""
	}
}

// dateProblem returns why SimpleDateFormat rejects a pattern, or "".
func dateProblem(pattern string) string {
	inQuotes := false
	for i, c := range pattern {
		switch {
		case c == '\'':
			inQuotes = !inQuotes
		case inQuotes || (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'):
		case !strings.ContainsRune("GyYMLwWDdFEuaHkKhmsSzZX", c):
			return fmt.Sprintf("%c has no meaning; text stands in quotes, as in 'T'", c)
		case strings.HasPrefix(pattern[i:], "XXXX"):
			return "X stands at most three times"
		}
	}
	if inQuotes {
		return "a quote isn't closed"
	}
	return ""
}

// zoneRules is what TimezoneConverter matches the text of a whole list against.
var zoneRules = regexp.MustCompile(`^\[(source|topic|[".\w\s_]+):([".\w\s_]+(?::[".\w\s_]+)?(?:,|]$))+$`)

// zoneList requires a list of rules to have the form TimezoneConverter reads.
func zoneList(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		entries := v.list(p.prefix + option)
		if len(entries) > 0 && !zoneRules.MatchString("["+strings.Join(entries, ", ")+"]") {
			return option, "the first entry must be source:TABLE, source:TABLE:FIELD, topic:TOPIC, topic:TOPIC:FIELD or NAME:FIELD, and each further one NAME or NAME:FIELD; names have only letters, digits, underscores, dots and quotes"
		}
		return "", ""
	}
}

func hasPartitions(v *evaluation, p part) (string, string) {
	if n, ok := v.number(p.prefix + "partition.topic.num"); ok && v.isSet(p.prefix+"partition.topic.num") && n < positive {
		return "partition.topic.num", "it must be at least 1"
	}
	return "", ""
}

// schemaChanges are the types of schema changes, as Debezium writes them.
var schemaChanges = []string{"CREATE", "ALTER", "DROP", "TRUNCATE", "DATABASE"}

func namesSchemaChanges(v *evaluation, p part) (string, string) {
	const option = "schema.change.event.exclude.list"
	for _, entry := range v.list(p.prefix + option) {
		if !slices.Contains(schemaChanges, entry) {
			return option, fmt.Sprintf("%s isn't a type of schema change: these are %s, in capitals", quoted(entry), strings.Join(schemaChanges, ", "))
		}
	}
	return "", ""
}
