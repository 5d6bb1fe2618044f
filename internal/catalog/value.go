package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reference matches what Kafka's ConfigTransformer replaces. The colon tells it
// from Debezium's own placeholders, such as ${topic}.
var reference = regexp.MustCompile(`\$\{[^}]*:[^}]*\}`)

// IsReference reports whether a value contains a config provider reference,
// ${provider:[path:]key}. The worker resolves it; its value isn't known here,
// so rules about values don't apply to it (KIP-297).
func IsReference(value string) bool { return reference.MatchString(value) }

// IsMask reports whether a value is what some distributions return in place of
// a secret: only bullets or asterisks. One or two asterisks are a real value,
// such as a pattern.
func IsMask(value string) bool {
	return utf8.RuneCountInString(value) > 2 && strings.Trim(value, "•*●") == ""
}

// SplitList parses a LIST as Debezium does (Strings.RegExSplitter): commas
// separate unless preceded by a backslash, elements are trimmed, empty ones
// dropped, and an escaped comma is unescaped.
func SplitList(text string) []string {
	var parts []string
	start, escaped := 0, false
	add := func(part string) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, strings.ReplaceAll(part, `\,`, ","))
		}
	}
	for i := range len(text) {
		switch {
		case escaped:
			escaped = false
		case text[i] == '\\':
			escaped = true
		case text[i] == ',':
			add(text[start:i])
			start = i + 1
		}
	}
	add(text[start:])
	return parts
}

// JoinList formats a LIST so that SplitList returns the same elements. A comma
// within an element is escaped, unless the element's author already did.
func JoinList(elements []string) string {
	escaped := make([]string, len(elements))
	for i, e := range elements {
		escaped[i] = escapeCommas(e)
	}
	return strings.Join(escaped, ",")
}

func escapeCommas(element string) string {
	var b strings.Builder
	escaped := false
	for i := range len(element) {
		c := element[i]
		if c == ',' && !escaped {
			b.WriteByte('\\')
		}
		escaped = c == '\\' && !escaped
		b.WriteByte(c)
	}
	return b.String()
}

// ParseBool parses a BOOLEAN as Kafka's ConfigDef does: any case, spaces trimmed.
func ParseBool(text string) (bool, bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// ParseInt parses an INT, SHORT or LONG within the type's range, with spaces
// trimmed as in Kafka's ConfigDef.
func ParseInt(text string, t Type) (int64, bool) {
	bits := map[Type]int{Short: 16, Int: 32, Long: 64}[t]
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, bits)
	return n, err == nil
}

// ParseDouble parses a DOUBLE, with spaces trimmed.
func ParseDouble(text string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return f, err == nil
}

// SameMeaning reports whether two values of a property mean the same to
// Debezium: "True" and "true", " 8" and "8", "b, a" and "a,b".
func SameMeaning(a, b string, t Type) bool {
	if a == b {
		return true
	}
	switch t {
	case Boolean:
		x, ok1 := ParseBool(a)
		y, ok2 := ParseBool(b)
		return ok1 && ok2 && x == y
	case Int, Short, Long:
		x, ok1 := ParseInt(a, t)
		y, ok2 := ParseInt(b, t)
		return ok1 && ok2 && x == y
	case Double:
		x, ok1 := ParseDouble(a)
		y, ok2 := ParseDouble(b)
		return ok1 && ok2 && x == y
	case List:
		return slices.Equal(listMeaning(a), listMeaning(b))
	}
	return false
}

func listMeaning(text string) []string {
	parts := SplitList(text)
	slices.Sort(parts)
	return slices.Compact(parts)
}
