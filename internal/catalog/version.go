package catalog

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Version is a Debezium version, "3.5.0.Final". The zero value means none.
// Qualifiers are ordered as Debezium releases them: Alpha, Beta, CR, Final.
type Version struct {
	Major, Minor, Patch int
	Qualifier           string // "Final", "Alpha2", …; empty when the text had none
}

// ParseVersion parses "2.7", "2.7.4" or "2.7.4.Final". A missing part counts as
// the highest, so that "2.7" means the last release of 2.7.
func ParseVersion(text string) (Version, error) {
	parts := strings.SplitN(strings.TrimSpace(text), ".", 4)
	if len(parts) < 2 {
		return Version{}, fmt.Errorf("%q is not a Debezium version, such as 3.5 or 3.5.0.Final", text)
	}
	v := Version{Patch: anyPatch}
	for i, target := range []*int{&v.Major, &v.Minor, &v.Patch} {
		if i >= len(parts) {
			break
		}
		digits := parts[i]
		if i == 2 {
			// Some builds use "3.7.0-SNAPSHOT".
			digits, v.Qualifier, _ = strings.Cut(digits, "-")
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 0 {
			return Version{}, fmt.Errorf("%q is not a Debezium version, such as 3.5 or 3.5.0.Final", text)
		}
		*target = n
	}
	if len(parts) == 4 {
		v.Qualifier = parts[3]
	}
	return v, nil
}

// anyPatch is the patch in "2.7": above every real one.
const anyPatch = 1 << 16

// IsZero reports whether v is the zero value.
func (v Version) IsZero() bool { return v == Version{} }

// Less reports whether v was released before w.
func (v Version) Less(w Version) bool { return v.Compare(w) < 0 }

// Compare orders versions by release: -1, 0 or 1. A version without a
// qualifier is the final one.
func (v Version) Compare(w Version) int {
	return cmp.Or(
		cmp.Compare(v.Major, w.Major),
		cmp.Compare(v.Minor, w.Minor),
		cmp.Compare(v.Patch, w.Patch),
		cmp.Compare(v.stage(), w.stage()),
		cmp.Compare(cmp.Or(v.Qualifier, "Final"), cmp.Or(w.Qualifier, "Final")),
	)
}

func (v Version) stage() int {
	for i, prefix := range []string{"Alpha", "Beta", "CR"} {
		if strings.HasPrefix(v.Qualifier, prefix) {
			return i
		}
	}
	return 3
}

func (v Version) String() string {
	if v.IsZero() {
		return ""
	}
	text := fmt.Sprintf("%d.%d", v.Major, v.Minor)
	if v.Patch == anyPatch {
		return text
	}
	text += fmt.Sprintf(".%d", v.Patch)
	if v.Qualifier != "" {
		text += "." + v.Qualifier
	}
	return text
}

// Release is the minor release that a version belongs to: "3.5" for 3.5.0.Final.
func (v Version) Release() Version { return Version{Major: v.Major, Minor: v.Minor, Patch: anyPatch} }

// floor is the first version of the minor release that v belongs to.
func (v Version) floor() Version { return Version{Major: v.Major, Minor: v.Minor} }

// final is the version that a pre-release leads to. What a minor release has
// counts for its pre-releases too.
func (v Version) final() Version {
	v.Qualifier = ""
	return v
}

// lastMinors are the last minor releases of Debezium's earlier major versions.
var lastMinors = map[int]int{1: 9, 2: 7}

// lastChanges are the last patches that changed properties, for those minor
// releases in which so many did that an earlier captured version doesn't
// represent the later ones. Changes in single patches of others are in changes.
var lastChanges = map[Version]int{{Major: 3}: 8}

// next is the first version that may differ from v: in the next minor release,
// or in a later patch.
func (v Version) next() Version {
	if v.Patch < lastChanges[v.floor()] {
		return Version{Major: v.Major, Minor: v.Minor, Patch: v.Patch + 1}
	}
	if last, ok := lastMinors[v.Major]; ok && v.Minor >= last {
		return Version{Major: v.Major + 1}
	}
	return Version{Major: v.Major, Minor: v.Minor + 1}
}

// MarshalText gives versions in data files their usual form.
func (v Version) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText parses what MarshalText wrote.
func (v *Version) UnmarshalText(text []byte) error {
	parsed, err := ParseVersion(string(text))
	*v = parsed
	return err
}
