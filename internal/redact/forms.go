package redact

import (
	"encoding/json"
	"html"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// forms returns the distinct forms in which a secret may occur in text.
func forms(value string) []string {
	query := url.QueryEscape(value)
	java := javaEscapes.Replace(query)
	jsonText, _ := json.Marshal(value) // a string can't fail
	quoted := strconv.Quote(value)
	ascii := strconv.QuoteToASCII(value)
	escaped := []string{
		query,
		strings.ReplaceAll(query, "+", "%20"),
		url.PathEscape(value),
		java,
		strings.ReplaceAll(java, "+", "%20"),
		inner(string(jsonText)),
		inner(quoted),
		inner(ascii),
		html.EscapeString(value),
		strings.Join(strings.Fields(value), " "), // a PEM block made one line
	}
	all := append([]string{value}, escaped...)
	for _, form := range escaped[:5] {
		all = append(all, lowerEscapes(form))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// javaEscapes converts Go's query escapes to those of java.net.URLEncoder.
var javaEscapes = strings.NewReplacer("%2A", "*", "~", "%7E")

func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

var percentEscape = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerEscapes(s string) string {
	return percentEscape.ReplaceAllStringFunc(s, strings.ToLower)
}

var (
	// userInfo matches the password in scheme://user:password@host. It ends at
	// the last @ before a slash, a question mark or a space.
	userInfo = regexp.MustCompile(`://[^/?#@:\s]*:([^/?#\s]+)@`)
	// oracleLogin matches it in jdbc:oracle:thin:user/password@host.
	oracleLogin = regexp.MustCompile(`(?i)jdbc:oracle:\w+:[^/@\s]+/([^@\s]+)@`)
	// parameter matches it in password=…, in quotes, in braces (SQL Server) or
	// bare, up to the separator of a JDBC URL, a JAAS line or a list.
	parameter = regexp.MustCompile(
		`(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token)\w*\s*=\s*` +
			`(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\{([^}]*)\}|([^\s;,&"']+))`)
	// member matches it in JSON: a service account's key, a quoted request.
	member = regexp.MustCompile(
		`(?i)"[^"]*(?:passw(?:or)?d|passphrase|pwd|secret|token|private.?key)"\s*:\s*"((?:[^"\\]|\\.)*)"`)

	places = []*regexp.Regexp{userInfo, oracleLogin, parameter, member}
)

// embedded returns the passwords inside a value, both verbatim and unescaped.
func embedded(value string) []string {
	var found []string
	for span := range spans(value) {
		found = append(found, value[span[0]:span[1]])
	}
	for _, password := range found {
		for _, unescape := range []func(string) (string, error){url.QueryUnescape, url.PathUnescape, unescapeJSON} {
			if plain, err := unescape(password); err == nil && plain != password {
				found = append(found, plain)
			}
		}
	}
	return found
}

func unescapeJSON(text string) (plain string, err error) {
	err = json.Unmarshal([]byte(`"`+text+`"`), &plain)
	return plain, err
}

// spans yields the byte ranges of the passwords in text.
func spans(text string) iter.Seq[[2]int] {
	return func(yield func([2]int) bool) {
		// Most configuration values contain none: skip the search.
		if !strings.ContainsAny(text, "=@{") {
			return
		}
		for _, place := range places {
			for _, at := range place.FindAllStringSubmatchIndex(text, -1) {
				for group := 2; group < len(at); group += 2 {
					if at[group] >= 0 && !yield([2]int{at[group], at[group+1]}) {
						return
					}
				}
			}
		}
	}
}

// MaskPasswords masks whatever is in the place of a password, even values
// unknown here, such as what a reference resolves to.
func MaskPasswords(text string) string {
	found := slices.SortedFunc(spans(text), func(a, b [2]int) int { return a[0] - b[0] })
	var b strings.Builder
	rest := 0
	for _, span := range found {
		value := text[span[0]:span[1]]
		if span[0] < rest || strings.Contains(value, Mask) || !secret(value) {
			continue
		}
		b.WriteString(text[rest:span[0]] + Mask)
		rest = span[1]
	}
	return b.String() + text[rest:]
}
