package redact

import "strings"

// start is a form's prefix, as long as the shortest secret.
type start [shortest]byte

func startOf(text string) (s start) {
	copy(s[:], text)
	return s
}

// formSet holds the texts to search for, by prefix. The time to add one doesn't
// depend on their number, nor does the time to search a text: a plan of a
// thousand connectors registers a thousand passwords one by one, and redacts
// something after each.
type formSet map[start][]string

func (f formSet) add(form string) {
	begins := startOf(form)
	f[begins] = append(f[begins], form)
}

// mask replaces the forms in text for which counts is true. Overlapping forms
// get a single mask: what remained of one next to the other would be part of a
// secret.
func (f formSet) mask(text string, counts func(text string, start, end int) bool) string {
	if len(f) == 0 {
		return text
	}
	var b strings.Builder
	done := 0 // up to here, text has been written or replaced
	for at := range len(text) - shortest + 1 {
		end := f.end(text, at, counts)
		if end <= done {
			continue
		}
		if at >= done {
			b.WriteString(text[done:at])
			b.WriteString(Mask)
		}
		done = end
	}
	return b.String() + text[done:]
}

// end returns where the longest form ends that starts at a position in text and
// counts there; 0 if none does.
func (f formSet) end(text string, at int, counts func(text string, start, end int) bool) int {
	longest := 0
	for _, form := range f[startOf(text[at:])] {
		if end := at + len(form); end > longest && strings.HasPrefix(text[at:], form) && counts(text, at, end) {
			longest = end
		}
	}
	return longest
}
