package catalog

import (
	"slices"
	"strings"
)

type misnomer struct {
	kinds       kinds
	wrong, name string
}

// misnomers are names that people write and that are too far from the right one
// to be taken for a typo. The wrong names aren't properties of anything.
var misnomers = []misnomer{
	{relational, "database.host", "database.hostname"},
	{relational, "database.username", "database.user"},
	{relational, "database.pass", "database.password"},
	{relational, "database.pwd", "database.password"},
	{sources, "server.name", "topic.prefix"},
	{only("jdbc_sink"), "connection.user", "connection.username"},
}

// Suggest returns the property of a version that an unknown name most likely
// means, or "": one that differs only in case or separators, such as
// table_include_list; one whose last word is missing, such as table.include; or
// else the nearest by edit distance. A typo in an old name leads to the new
// one. Names that begin with "internal." are never suggested.
func (k *Kind) Suggest(property string, v Version) string {
	for _, m := range misnomers {
		if m.wrong == property && m.kinds(k.Traits) && k.Definition(m.name, v) != nil {
			return m.name
		}
	}
	var candidates []string
	for _, name := range k.names {
		if k.nameIn(name, v) != "" && !strings.HasPrefix(name, "internal.") {
			candidates = append(candidates, name)
		}
	}
	for name := range k.replaced.exact {
		if k.Definition(name, v) == nil && k.nameIn(name, v) != "" {
			candidates = append(candidates, name)
		}
	}
	slices.Sort(candidates)
	return k.nameIn(Nearest(property, candidates), v)
}

// nameIn returns a property's name in a version: that of its replacement, or
// its own; "" if the version has neither.
func (k *Kind) nameIn(name string, v Version) string {
	if r := k.Replacement(name); r != nil && !v.Less(r.Since) {
		if r.New != "" && k.Definition(r.New, v) != nil {
			return r.New
		}
		if !r.Until.IsZero() && !v.Less(r.Until) {
			return ""
		}
	}
	if k.Definition(name, v) != nil {
		return name
	}
	return ""
}

// Nearest returns the candidate that a text most likely means, or "": one that
// differs only in case or separators, one of which the text lacks the last
// word, or the nearest by edit distance, the first if there are several. A
// candidate may differ by one edit in every six characters, and by three at
// most: beyond that, names with other meanings are as near.
func Nearest(text string, candidates []string) string {
	squeezed := squeeze(text)
	for _, candidate := range candidates {
		if candidate != text && squeeze(candidate) == squeezed {
			return candidate
		}
	}
	for _, candidate := range candidates {
		if candidate == text+".list" {
			return candidate
		}
	}
	best, limit := "", min(3, max(1, len(text)/6))
	for _, candidate := range candidates {
		if candidate == text {
			continue
		}
		if d := distance(text, candidate, limit); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

var separators = strings.NewReplacer(".", "", "-", "", "_", "")

// squeeze reduces a name to what all ways of writing it have in common.
func squeeze(name string) string { return strings.ToLower(separators.Replace(name)) }

// distance counts the insertions, deletions, substitutions and swaps of
// neighbors that turn a into b (optimal string alignment). It is exact up to
// limit, and some larger number beyond.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			substitution := previous[j-1]
			if a[i-1] != b[j-1] {
				substitution++
			}
			current[j] = min(previous[j]+1, current[j-1]+1, substitution)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		if slices.Min(current) > limit {
			return limit + 1
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
