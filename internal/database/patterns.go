package database

import (
	"regexp"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// patience bounds one match. A pattern that takes longer is one that this
// check can't follow.
const patience = time.Second

// pattern is one entry of a list of regular expressions, matched as Debezium
// does: in Java's syntax, against the whole name, in any case of ASCII letters.
type pattern struct {
	text  string
	plain string // in lower case, with wild in place of a dot, where the entry has no other operators
	regex *regexp2.Regexp
}

// wild stands in pattern.plain for one character, whichever.
const wild = '\x00'

// plain are entries without a character that means something, but the dot,
// and escaped ones.
var plain = regexp.MustCompile(`^(?:[A-Za-z0-9_ -]|\\[^A-Za-z0-9]|\.)+$`)

// compile is nil for an expression that can't be followed here. Go's own
// package knows no look-ahead; regexp2 has what Java has, but for classes
// within classes and the flag x.
func compile(text string) *pattern {
	p := &pattern{text: text}
	if plain.MatchString(text) {
		p.plain = lower(dots.ReplaceAllStringFunc(text, func(c string) string {
			if c == "." {
				return string(wild)
			}
			return c[1:]
		}))
		return p
	}
	if nestedClass(text) || commentFlag.MatchString(text) {
		return nil
	}
	regex, err := regexp2.Compile(`\A(?:`+text+`)\z`, regexp2.IgnoreCase)
	if err != nil {
		return nil
	}
	regex.MatchTimeout = patience
	p.regex = regex
	return p
}

var dots = regexp.MustCompile(`\\.|\.`)

// matches reports whether the entry means this name; ok is false where that
// took too long to find out.
func (p *pattern) matches(name string) (matched, ok bool) {
	if p.regex == nil {
		return p.equals(lower(name)), true
	}
	matched, err := p.regex.MatchString(name)
	return matched, err == nil
}

func (p *pattern) equals(name string) bool {
	want, got := []rune(p.plain), []rune(name)
	if len(want) != len(got) {
		return false
	}
	for i, c := range want {
		if c != wild && c != got[i] {
			return false
		}
	}
	return true
}

// lower is a text with its ASCII letters in lower case: without a further flag,
// Java's matching ignores the case of no others.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

// likely is the name that an entry most likely stands for: itself, without
// what escapes a dot.
func (p *pattern) likely() string { return unescape(p.text) }

func unescape(text string) string { return strings.ReplaceAll(text, `\`, "") }

var commentFlag = regexp.MustCompile(`\(\?[a-zA-Z]*x`)

// nestedClass reports whether a [ stands within a [...], or &&, which Java
// reads as a union and an intersection of classes.
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
