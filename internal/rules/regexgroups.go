package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// regexGroups returns the capturing groups of a pattern in which regexProblem
// finds nothing wrong: how many there are, and the names of the named ones. It
// returns false if it can't tell.
func regexGroups(pattern string) (count int, names []string, ok bool) {
	if regexProblem(pattern) != "" || strings.Contains(pattern, `\Q`) || withComments.MatchString(pattern) {
		return 0, nil, false
	}
	depth := 0 // of character classes
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '[':
			depth++
		case c == ']' && depth > 0:
			depth--
		case c != '(' || depth > 0:
		case !strings.HasPrefix(pattern[i:], "(?"):
			count++
		default:
			if name := groupName.FindStringSubmatch(pattern[i:]); name != nil {
				count++
				names = append(names, name[1])
			}
		}
	}
	return count, names, true
}

var (
	withComments = regexp.MustCompile(`\(\?[imsduU]*x`)
	groupName    = regexp.MustCompile(`^\(\?<([a-zA-Z][a-zA-Z0-9]*)>`)
	// groupReference is an escape or a group reference, as
	// java.util.regex.Matcher reads a replacement.
	groupReference = regexp.MustCompile(`\\.|\$(\{[^}]*\}?|[0-9]|)`)
)

// replacementProblem returns why a replacement fails for every text that the
// pattern matches, or "" if it doesn't or this check can't tell.
func replacementProblem(pattern, replacement string) string {
	count, names, ok := regexGroups(pattern)
	if !ok {
		return ""
	}
	for _, reference := range groupReference.FindAllStringSubmatch(replacement, -1) {
		group := reference[1]
		switch {
		case strings.HasPrefix(reference[0], `\`):
		case group == "":
			return "a $ is followed by neither a number nor {; a literal one is written \\$"
		case strings.HasPrefix(group, "{"):
			if name := strings.Trim(group, "{}"); !slices.Contains(names, name) {
				return fmt.Sprintf("%s has no group named %s", quoted(pattern), quoted(name))
			}
		default:
			if n, _ := strconv.Atoi(group); n > count {
				return fmt.Sprintf("%s has no group %d", quoted(pattern), n)
			}
		}
	}
	return ""
}

// replaces requires a replacement to refer only to groups of its pattern. The
// default pattern is that of a class that doesn't require one.
func replaces(regex, replacement, defaultRegex, defaultReplacement string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		pattern, ok1 := v.option(p.prefix+regex, defaultRegex)
		text, ok2 := v.option(p.prefix+replacement, defaultReplacement)
		if !ok1 || !ok2 || pattern == "" || v.Partial && (!v.isSet(p.prefix+regex) || !v.isSet(p.prefix+replacement)) {
			return "", ""
		}
		problem := replacementProblem(pattern, text)
		if problem == "" {
			return "", ""
		}
		if !v.isSet(p.prefix + replacement) {
			return regex, fmt.Sprintf("the default of %s, %s, doesn't go with it: %s", replacement, quoted(text), problem)
		}
		return replacement, fmt.Sprintf("%s refers to a group that doesn't exist: %s", quoted(text), problem)
	}
}
