// Package filterlist parses Debezium's include and exclude lists, whose entries
// are Java regular expressions, and matches names against them.
package filterlist

import (
	"regexp"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// patience limits one match. Entries that take longer can't be evaluated here.
const patience = time.Second

// Entry is one entry of a list, matched as Debezium does: in Java's syntax,
// against the whole name, ignoring the case of ASCII letters.
type Entry struct {
	text  string
	plain []rune // in lower case, with wild in place of a dot, if the entry has no other operators
	regex *regexp2.Regexp
}

// wild represents any one character in Entry.plain.
const wild = '\x00'

// plain matches entries without special characters other than dots and escaped
// ones.
var plain = regexp.MustCompile(`^(?:[A-Za-z0-9_ -]|\\[^A-Za-z0-9]|\.)+$`)

// Parse parses an entry. It returns nil for an expression that can't be
// evaluated here. Go's regexp lacks lookahead; regexp2 supports what Java does,
// except for nested classes and the x flag.
func Parse(text string) *Entry {
	e := &Entry{text: text}
	if plain.MatchString(text) {
		e.plain = []rune(Fold(dots.ReplaceAllStringFunc(text, func(c string) string {
			if c == "." {
				return string(wild)
			}
			return c[1:]
		})))
		return e
	}
	if nestedClass(text) || commentFlag.MatchString(text) {
		return nil
	}
	regex, err := regexp2.Compile(`\A(?:`+text+`)\z`, regexp2.IgnoreCase)
	if err != nil {
		return nil
	}
	regex.MatchTimeout = patience
	e.regex = regex
	return e
}

var dots = regexp.MustCompile(`\\.|\.`)

// Text returns the entry as written.
func (e *Entry) Text() string { return e.text }

// Plain reports whether the entry is nearly always meant as a name: its only
// operators are dots.
func (e *Entry) Plain() bool { return e.regex == nil }

// Match reports whether the entry matches a name; ok is false if that took too
// long to determine.
func (e *Entry) Match(name string) (matched, ok bool) {
	if e.regex == nil {
		return e.equals([]rune(Fold(name))), true
	}
	matched, err := e.regex.MatchString(name)
	return matched, err == nil
}

// equals compares a plain entry with a folded name.
func (e *Entry) equals(name []rune) bool {
	if len(e.plain) != len(name) {
		return false
	}
	for i, c := range e.plain {
		if c != wild && c != name[i] {
			return false
		}
	}
	return true
}

// literal is what a plain entry nearly always means: each wild is a dot.
func (e *Entry) literal() string { return strings.ReplaceAll(string(e.plain), string(wild), ".") }

// Likely returns the name that an entry most likely means: its text without the
// backslashes.
func (e *Entry) Likely() string { return strings.ReplaceAll(e.text, `\`, "") }

// Fold lowercases a name's ASCII letters: without another flag, Java's matching
// ignores the case of no others.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

var commentFlag = regexp.MustCompile(`\(\?[a-zA-Z]*x`)

// nestedClass reports whether a [...] contains [ or &&, which Java reads as a
// union or an intersection of classes.
func nestedClass(text string) bool {
	in := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case !in:
			in = c == '['
			if in && strings.HasPrefix(text[i+1:], "]") {
				i++
			}
		case c == '[' || c == '&' && strings.HasPrefix(text[i+1:], "&"):
			return true
		case c == ']':
			in = false
		}
	}
	return false
}
