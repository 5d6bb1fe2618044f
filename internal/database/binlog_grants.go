package database

import (
	"regexp"
	"strings"
)

var grantPattern = regexp.MustCompile("^(GRANT|REVOKE) (.+) ON (?:(TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY) )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) (?:TO|FROM) ")

// parseGrant parses a line of SHOW GRANTS; ok is false if it isn't about
// privileges on databases and tables.
func parseGrant(line string) (g grant, ok bool) {
	match := grantPattern.FindStringSubmatch(line)
	if match == nil || match[3] != "" && match[3] != "TABLE" {
		return g, false
	}
	g = grant{revoked: match[1] == "REVOKE", privileges: map[string]bool{}, database: unquoteBinlog(match[4]), table: unquoteBinlog(match[5])}
	for _, privilege := range splitOutside(match[2]) {
		name, columns, _ := strings.Cut(privilege, "(")
		g.columns = g.columns || columns != ""
		name = strings.ToUpper(strings.TrimSpace(name))
		if name == "ALL" {
			name = "ALL PRIVILEGES"
		}
		g.privileges[name] = true
	}
	return g, true
}

// splitOutside splits at commas outside parentheses.
func splitOutside(text string) []string {
	var parts []string
	depth, start := 0, 0
	for i, c := range text {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

func unquoteBinlog(name string) string {
	if inner, ok := strings.CutPrefix(name, "`"); ok {
		return strings.ReplaceAll(strings.TrimSuffix(inner, "`"), "``", "`")
	}
	return name
}
