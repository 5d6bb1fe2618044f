package catalog

import (
	"slices"
	"strings"
)

// Suggest finds the property of a version that an unknown name most likely
// means, or "": one that differs in case or separators alone, such as
// table_include_list, or else the nearest by edit distance. Names that begin
// with "internal." are never suggested.
func (k *Kind) Suggest(property string, v Version) string {
	return k.nearest(property, slices.DeleteFunc(slices.Clone(k.names), func(name string) bool {
		return strings.HasPrefix(name, "internal.") || k.Definition(name, v) == nil
	}))
}

// nearest is the candidate nearest to a property; of several, the first. A
// candidate may differ by one edit in every six characters, and by three at
// most: beyond that, names with other meanings are as near.
func (k *Kind) nearest(property string, candidates []string) string {
	squeezed := squeeze(property)
	best, limit := "", min(3, max(1, len(property)/6))
	for _, candidate := range candidates {
		if candidate == property {
			continue
		}
		if squeeze(candidate) == squeezed {
			return candidate
		}
		if d := distance(property, candidate, limit); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

var separators = strings.NewReplacer(".", "", "-", "", "_", "")

// squeeze leaves of a name what any way to write it has in common.
func squeeze(name string) string { return strings.ToLower(separators.Replace(name)) }

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that lead from a to b (optimal string alignment). It is exact up
// to the limit, and some larger number beyond.
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
