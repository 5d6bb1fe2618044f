package rules

import (
	"fmt"
	"strings"
)

// regexProblem returns why java.util.regex.Pattern certainly rejects a pattern,
// or "" if the pattern compiles or this check can't tell.
//
// It tracks groups, character classes, quantifiers, escapes and \Q…\E quotes.
// It doesn't check back references to nonexistent groups, the names of \p{…}
// properties, ranges within classes, or the length of look-behinds, and it
// reports nothing once the flag x (comments) appears. Go's own regexp package
// can't do this: it supports neither look-around nor possessive quantifiers nor
// nested classes, all of which Java accepts.
func regexProblem(pattern string) string {
	p := regexParser{text: pattern}
	for p.problem == "" && p.at < len(p.text) {
		p.atom()
	}
	switch {
	case p.silent:
		return ""
	case p.problem != "":
		return p.problem
	case p.groups > 0:
		return "a ( has no matching )"
	}
	return ""
}

type regexParser struct {
	text       string
	at         int
	groups     int
	repeatable bool // a quantifier may follow
	silent     bool
	problem    string
}

func (p *regexParser) atom() {
	c := p.text[p.at]
	p.at++
	switch c {
	case '\\':
		p.escape(false)
		p.repeatable = true
	case '[':
		p.class()
		p.repeatable = true
	case '(':
		p.groups++
		p.repeatable = false
		p.group()
	case ')':
		if p.groups--; p.groups < 0 {
			p.problem = "a ) has no matching ("
		}
		p.repeatable = true
	case '|':
		p.repeatable = false
	case '*', '+', '?':
		p.quantifier(fmt.Sprintf("there is nothing before %c to repeat", c))
	case '{':
		p.count()
	default:
		p.repeatable = true
	}
}

// quantifier ends a repeated part, with the ? or + that makes it lazy or possessive.
func (p *regexParser) quantifier(dangling string) {
	if !p.repeatable {
		p.problem = dangling
		return
	}
	if p.at < len(p.text) && (p.text[p.at] == '?' || p.text[p.at] == '+') {
		p.at++
	}
	p.repeatable = false
}

// count reads the rest of {n}, {n,} or {n,m}.
func (p *regexParser) count() {
	end := strings.IndexByte(p.text[p.at:], '}')
	inner := p.text[p.at:]
	if end >= 0 {
		inner = inner[:end]
	}
	if inner == "" || inner[0] < '0' || inner[0] > '9' {
		p.problem = "{ must be followed by a number; a literal one is written \\{"
		return
	}
	if end < 0 || strings.Trim(inner, "0123456789,") != "" || strings.Count(inner, ",") > 1 {
		p.problem = "{" + inner + " isn't closed by }"
		return
	}
	p.at += end + 1
	// Java repeats even nothing this many times, so this can't dangle.
	p.repeatable = true
	p.quantifier("")
}

// group reads what follows a (, if that begins with ?.
func (p *regexParser) group() {
	rest := p.text[p.at:]
	if !strings.HasPrefix(rest, "?") {
		return
	}
	flags := strings.TrimLeft(rest[1:], "imsduxU-")
	if strings.Contains(rest[1:len(rest)-len(flags)], "x") {
		p.silent = true
	}
	switch {
	case strings.HasPrefix(flags, ")"): // (?i) sets flags and isn't a group
		p.groups--
		p.at += len(rest) - len(flags) + 1
		p.repeatable = true // Java differs by version here: don't check
		return
	case flags == "" || !strings.Contains(":=!><", flags[:1]):
		p.problem = "(? is followed by something Java doesn't support"
		return
	case flags[0] == '<' && len(flags) == len(rest)-1:
		p.named(flags[1:])
		return
	}
	p.at += len(rest) - len(flags) + 1
}

// named reads the rest of (?<name>, (?<= or (?<!.
func (p *regexParser) named(rest string) {
	p.at += len("?<")
	if rest != "" && (rest[0] == '=' || rest[0] == '!') {
		p.at++
		return
	}
	end := strings.IndexByte(rest, '>')
	if end <= 0 {
		p.problem = "the name of a group isn't closed by >"
		return
	}
	p.at += end + 1
}

// unknownEscapes are letters that Java doesn't accept after a backslash.
const unknownEscapes = "gijlmoqyCEFIJKLMOTUY"

func (p *regexParser) escape(inClass bool) {
	if p.at >= len(p.text) {
		p.problem = "it ends with a single backslash"
		return
	}
	c := p.text[p.at]
	p.at++
	switch {
	case c == 'Q':
		if end := strings.Index(p.text[p.at:], `\E`); end >= 0 {
			p.at += end + len(`\E`)
		} else {
			p.at = len(p.text)
		}
	case strings.IndexByte(unknownEscapes, c) >= 0:
		p.problem = fmt.Sprintf("\\%c is not an escape in Java", c)
	case (c == 'p' || c == 'P') && strings.HasPrefix(p.text[p.at:], "{"):
		end := strings.IndexByte(p.text[p.at:], '}')
		if end < 0 {
			p.problem = fmt.Sprintf("\\%c{ isn't closed by }", c)
			return
		}
		p.at += end + 1
	case (c == 'x' || c == 'N' || c == 'k') && !inClass && p.at < len(p.text) && (p.text[p.at] == '{' || p.text[p.at] == '<'):
		// \x{…}, \N{…} and \k<…>: the braces aren't a quantifier.
		if end := strings.IndexAny(p.text[p.at:], "}>"); end >= 0 {
			p.at += end + 1
		}
	}
}

// class reads the rest of [...], in which Java allows nested classes. A leading
// ] is an ordinary character.
func (p *regexParser) class() {
	depth, first := 1, true
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch {
		case c == '^' && first && p.text[p.at-2] == '[':
			continue
		case c == '\\':
			if p.escape(true); p.problem != "" {
				return
			}
		case c == '[':
			depth++
			first = true
			continue
		case c == ']' && !first:
			if depth--; depth == 0 {
				return
			}
		}
		first = false
	}
	p.problem = "a [ has no matching ]"
}
