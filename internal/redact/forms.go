package redact

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// forms returns the ways in which a secret may stand in a text. Many are the
// same for most secrets.
func forms(value string) []string {
	query := url.QueryEscape(value)
	jsonText, _ := json.Marshal(value) // a string can't fail
	quoted := strconv.Quote(value)
	ascii := strconv.QuoteToASCII(value)
	escaped := []string{
		query,
		strings.ReplaceAll(query, "+", "%20"),
		url.PathEscape(value),
		inner(string(jsonText)),
		inner(quoted),
		inner(ascii),
		html.EscapeString(value),
		strings.Join(strings.Fields(value), " "), // a PEM block made one line
	}
	all := append([]string{value}, escaped...)
	for _, form := range escaped[:3] {
		all = append(all, lowerEscapes(form))
	}
	return all
}

func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

var percentEscape = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerEscapes(s string) string {
	return percentEscape.ReplaceAllStringFunc(s, strings.ToLower)
}

var (
	// userInfo finds the password in scheme://user:password@host. The last @
	// before a slash, a question mark or a space ends it.
	userInfo = regexp.MustCompile(`://[^/?#@:\s]*:([^/?#\s]+)@`)
	// oracleLogin finds it in jdbc:oracle:thin:user/password@host.
	oracleLogin = regexp.MustCompile(`(?i)jdbc:oracle:\w+:[^/@\s]+/([^@\s]+)@`)
	// parameter finds it in password=…, in quotes, in braces (SQL Server) or
	// bare, up to the separator of a JDBC URL, a JAAS line or a list.
	parameter = regexp.MustCompile(
		`(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token)\w*\s*=\s*` +
			`(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\{([^}]*)\}|([^\s;,&"']+))`)
)

// embedded returns the passwords inside a value, as they stand there and with
// their URL escapes resolved.
func embedded(value string) []string {
	// Most values of a configuration hold none: spare them the search.
	if !strings.ContainsAny(value, "=@") {
		return nil
	}
	var found []string
	for _, pattern := range []*regexp.Regexp{userInfo, oracleLogin, parameter} {
		for _, groups := range pattern.FindAllStringSubmatch(value, -1) {
			found = append(found, strings.Join(groups[1:], "")) // one of them
		}
	}
	for _, password := range found {
		if plain, err := url.QueryUnescape(password); err == nil && plain != password {
			found = append(found, plain)
		}
		if plain, err := url.PathUnescape(password); err == nil && plain != password {
			found = append(found, plain)
		}
	}
	return found
}
