package catalog

import (
	"cmp"
	"math"
)

// Definition is a property as one or several consecutive versions define it.
type Definition struct {
	Name       string   `json:"name"`
	Type       Type     `json:"type"`
	Default    *string  `json:"default,omitempty"`
	Required   bool     `json:"required,omitempty"`   // of a component's options: it doesn't work without
	Importance string   `json:"importance,omitempty"` // "high", "medium" or "low"
	Values     []string `json:"values,omitempty"`     // the allowed values, sorted; empty means any
	From       Version  `json:"from,omitzero"`        // the first release known to have it so; zero: all that are known
	Until      Version  `json:"until,omitzero"`       // the first release known not to; zero: still so in the newest

	// Where releases that nobody captured lie between two captured ones that
	// differ: those from mayFrom up to From may have the property, and those
	// from mayUntil up to Until may no longer have it. Zero where it is known.
	mayFrom, mayUntil Version
	// seen is the oldest captured release of a row without a beginning: what
	// was before isn't known.
	seen Version
	// unsettled are those of the values that some of the releases may not allow.
	unsettled []string
}

// Presence is what is known of a property, or of a value, in one version.
type Presence int

const (
	// Absent: the version doesn't have it.
	Absent Presence = iota
	// NotKnown: the version was not captured, and those around it differ, or
	// it is older than all that were. A check keeps silent.
	NotKnown
	// Present: the version has it.
	Present
)

// In reports whether a version has the property as d defines it, or may have.
func (d *Definition) In(v Version) bool { return d.presence(v.final()) != Absent }

func (d *Definition) presence(v Version) Presence {
	switch {
	case !d.Until.IsZero() && !v.Less(d.Until):
		return Absent
	case !d.mayUntil.IsZero() && !v.Less(d.mayUntil):
		return NotKnown
	case v.Less(d.seen):
		return NotKnown
	case !v.Less(d.From):
		return Present
	case !d.mayFrom.IsZero() && !v.Less(d.mayFrom):
		return NotKnown
	}
	return Absent
}

// byAge orders definitions by their beginning, then by their end.
func byAge(a, b *Definition) int {
	end := func(v Version) Version {
		if v.IsZero() {
			return Version{Major: math.MaxInt}
		}
		return v
	}
	return cmp.Or(a.From.Compare(b.From), end(a.Until).Compare(end(b.Until)))
}
