// Package redact removes known secrets from texts.
package redact

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Mask stands where a secret was.
const Mask = "(sensitive)"

const (
	// shortest is the least length of a secret, in characters. A shorter one
	// protects nothing, and removing it would make every text unreadable.
	shortest = 3
	// shortestInWords is the length from which a secret is removed from the
	// middle of a word too. Shorter ones only where they stand alone: a
	// password "dbz" must not destroy "dbzuser".
	shortestInWords = 6
)

// common are values that can't be secrets, whatever the name of their key.
var common = []string{"true", "false", "null", "none"}

// Set holds secrets and removes them from texts. The zero value is ready to
// use, a nil Set holds nothing, and all methods are safe for concurrent use.
//
// Secrets of 3 to 5 characters are removed where they stand as a word of their
// own, longer ones everywhere, shorter ones nowhere.
type Set struct {
	mu     sync.RWMutex
	values map[string]bool // as registered
	forms  map[string]bool // as they may appear
	// The two ways to remove the forms, made at the first use; nil after a change.
	anywhere *strings.Replacer
	words    []string
}

// Add registers secrets, and the passwords inside those that are URLs, lists of
// parameters, JSON, or logins (user:password). Left out are references to a config provider (${file:…}),
// masks (bullets or asterisks alone) and values that can't be secrets.
func (s *Set) Add(values ...string) {
	for _, value := range values {
		s.add(value)
		s.AddEmbedded(value)
		if _, password, ok := strings.Cut(value, ":"); ok && !strings.ContainsAny(value, " \n{/$") {
			s.add(password)
		}
	}
}

// AddEmbedded registers the passwords inside values that aren't secrets as a
// whole: user info of a URL, password parameters of a JDBC URL or a JAAS line.
func (s *Set) AddEmbedded(values ...string) {
	for _, value := range values {
		for _, password := range embedded(value) {
			s.add(password)
		}
	}
}

func (s *Set) add(value string) {
	value = strings.TrimSpace(value)
	if s == nil || !secret(value) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values[value] {
		return
	}
	if s.values == nil {
		s.values, s.forms = map[string]bool{}, map[string]bool{}
	}
	s.values[value] = true
	for _, form := range forms(value) {
		s.forms[form] = true
	}
	s.anywhere = nil
}

// secret tells whether a value can be one and is long enough.
func secret(value string) bool {
	if utf8.RuneCountInString(value) < shortest || slices.Contains(common, strings.ToLower(value)) {
		return false
	}
	if strings.HasPrefix(value, "${") && strings.IndexByte(value, '}') == len(value)-1 {
		return false
	}
	return strings.Trim(value, "*•●·∙") != ""
}

// HoldsPassword reports whether a value that isn't a secret as a whole has a
// password inside, which isn't a reference or a mask.
func HoldsPassword(value string) bool {
	for span := range spans(value) {
		if secret(value[span[0]:span[1]]) {
			return true
		}
	}
	return false
}

// Redact replaces every registered secret in text by Mask, in whatever form it
// stands there: verbatim, escaped as in a URL, in JSON, in a quoted string or
// in HTML. So it does with any other value where a text has a password: in a
// URL, after "password=", in JSON.
func (s *Set) Redact(text string) string {
	if s == nil || text == "" {
		return text
	}
	anywhere, words := s.compiled()
	text = anywhere.Replace(text)
	for _, word := range words {
		text = replaceWord(text, word)
	}
	return maskPasswords(text)
}

// compiled returns the means to replace all forms, longest first: a secret
// that is part of another must not leave the rest of that one behind.
func (s *Set) compiled() (*strings.Replacer, []string) {
	s.mu.RLock()
	anywhere, words := s.anywhere, s.words
	s.mu.RUnlock()
	if anywhere != nil {
		return anywhere, words
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.anywhere != nil {
		return s.anywhere, s.words
	}
	sorted := make([]string, 0, len(s.forms))
	for form := range s.forms {
		sorted = append(sorted, form)
	}
	slices.SortFunc(sorted, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	s.words = nil
	for _, form := range sorted {
		if utf8.RuneCountInString(form) < shortestInWords {
			s.words = append(s.words, form)
		} else {
			pairs = append(pairs, form, Mask)
		}
	}
	s.anywhere = strings.NewReplacer(pairs...)
	return s.anywhere, s.words
}

// replaceWord replaces word where no letter or digit continues it.
func replaceWord(text, word string) string {
	var b strings.Builder
	for rest := 0; ; {
		at := strings.Index(text[rest:], word)
		if at < 0 {
			if rest == 0 && b.Len() == 0 {
				return text
			}
			b.WriteString(text[rest:])
			return b.String()
		}
		start, end := rest+at, rest+at+len(word)
		if standsAlone(text, start, end) {
			b.WriteString(text[rest:start])
			b.WriteString(Mask)
			rest = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		b.WriteString(text[rest : start+size])
		rest = start + size
	}
}

func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	first, _ := utf8.DecodeRuneInString(text[start:])
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after))
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
