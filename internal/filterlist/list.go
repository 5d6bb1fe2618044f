package filterlist

import "slices"

// List holds the entries of a list. Thousands of entries meet tens of thousands
// of names, so each plain entry is looked up before it is compared, and only
// compared with names of the same length.
type List struct {
	all      []*Entry // in their original order
	literals map[string]bool
	byLength map[int][]*Entry // the plain ones
	regexes  []*Entry
}

// Add appends an entry.
func (l *List) Add(e *Entry) {
	l.all = append(l.all, e)
	if e.regex != nil {
		l.regexes = append(l.regexes, e)
		return
	}
	if l.literals == nil {
		l.literals, l.byLength = map[string]bool{}, map[int][]*Entry{}
	}
	l.literals[e.literal()] = true
	l.byLength[len(e.plain)] = append(l.byLength[len(e.plain)], e)
}

// Len returns the number of entries.
func (l *List) Len() int { return len(l.all) }

// Entries returns the entries in their original order.
func (l *List) Entries() []*Entry { return l.all }

// Match reports whether an entry matches a name.
func (l *List) Match(name string) bool {
	folded := Fold(name)
	if l.literals[folded] {
		return true
	}
	runes := []rune(folded)
	return slices.ContainsFunc(l.byLength[len(runes)], func(e *Entry) bool { return e.equals(runes) }) ||
		slices.ContainsFunc(l.regexes, func(e *Entry) bool { m, _ := e.Match(name); return m })
}

// Unmatched returns the entries that match none of the names.
func (l *List) Unmatched(names []string) []*Entry {
	literals, byLength := make(map[string]bool, len(names)), map[int][][]rune{}
	for _, name := range names {
		folded := Fold(name)
		runes := []rune(folded)
		literals[folded] = true
		byLength[len(runes)] = append(byLength[len(runes)], runes)
	}
	var missing []*Entry
	for _, e := range l.all {
		found := false
		if e.regex == nil {
			found = literals[e.literal()] || slices.ContainsFunc(byLength[len(e.plain)], e.equals)
		} else {
			found = slices.ContainsFunc(names, func(name string) bool { m, ok := e.Match(name); return m || !ok })
		}
		if !found {
			missing = append(missing, e)
		}
	}
	return missing
}
