// Package redact removes known secrets from text.
package redact

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Mask replaces a secret.
const Mask = "(sensitive)"

const (
	// shortest is the minimum length of a secret, in characters. A shorter one
	// protects nothing, and removing it would make all text unreadable.
	shortest = 3
	// shortestInWords is the minimum length for removing a secret even from the
	// middle of a word. Shorter ones are only removed as whole words: a
	// password "dbz" must not destroy "dbzuser".
	shortestInWords = 6
)

// common are values that can't be secrets, whatever their key is called.
var common = []string{"true", "false", "null", "none"}

// Set holds secrets and removes them from text. The zero value is ready to use,
// a nil Set holds nothing, and all methods are safe for concurrent use.
//
// Secrets of 3 to 5 characters are removed only as whole words, longer ones
// everywhere, shorter ones nowhere.
type Set struct {
	mu     sync.RWMutex
	values map[string]bool // as registered
	// The forms in which they may occur, by how they are removed.
	anywhere, words formSet
}

// Add registers secrets, and the passwords inside those that are URLs,
// parameter lists, JSON, or logins (user:password). It ignores references to a
// config provider (${file:…}), masks (only bullets or asterisks) and values
// that can't be secrets.
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
// whole: user info of a URL, password parameters of a JDBC URL or JAAS line.
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
		s.values, s.anywhere, s.words = map[string]bool{}, formSet{}, formSet{}
	}
	s.values[value] = true
	for _, form := range forms(value) {
		if utf8.RuneCountInString(form) < shortestInWords {
			s.words.add(form)
		} else {
			s.anywhere.add(form)
		}
	}
}

// secret reports whether a value can be a secret and is long enough.
func secret(value string) bool {
	if utf8.RuneCountInString(value) < shortest || slices.Contains(common, strings.ToLower(value)) {
		return false
	}
	if strings.HasPrefix(value, "${") && strings.IndexByte(value, '}') == len(value)-1 {
		return false
	}
	return strings.Trim(value, "*•●·∙") != ""
}

// HoldsPassword reports whether a value that isn't a secret as a whole contains
// a password that is neither a reference nor a mask.
func HoldsPassword(value string) bool {
	for span := range spans(value) {
		if secret(value[span[0]:span[1]]) {
			return true
		}
	}
	return false
}

// Redact replaces every registered secret in text with Mask, in any form:
// verbatim, or escaped for URLs, JSON, quoted strings or HTML. It also replaces
// any other value in the place of a password: in a URL, after "password=", in
// JSON.
func (s *Set) Redact(text string) string {
	if s == nil || text == "" {
		return text
	}
	return MaskPasswords(s.maskForms(text))
}

func (s *Set) maskForms(text string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	text = s.anywhere.mask(text, func(string, int, int) bool { return true })
	return s.words.mask(text, standsAlone)
}

// standsAlone reports whether text[start:end] isn't part of a longer word.
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
