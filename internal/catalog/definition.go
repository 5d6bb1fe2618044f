package catalog

import (
	"cmp"
	"math"
)

// Definition is a property as defined by one or more consecutive versions.
type Definition struct {
	Name       string   `json:"name"`
	Type       Type     `json:"type"`
	Default    *string  `json:"default,omitempty"`
	Required   bool     `json:"required,omitempty"`   // for a component's options: it doesn't work without
	Importance string   `json:"importance,omitempty"` // "high", "medium" or "low"
	Values     []string `json:"values,omitempty"`     // the allowed values, sorted; empty means any
	From       Version  `json:"from,omitzero"`        // the first release known to have this definition; zero: all that are known
	Until      Version  `json:"until,omitzero"`       // the first release known not to; zero: the newest still does

	// These are set if releases that weren't captured lie between two captured
	// ones that differ: those from mayFrom up to From may have the property,
	// and those from mayUntil up to Until may no longer have it. Zero if known.
	mayFrom, mayUntil Version
	// seen is the oldest captured release of a row without a start: what came
	// before isn't known.
	seen Version
	// unsettled are those of the values that some of the releases may not allow.
	unsettled []string
}

// Presence is what is known about a property, or a value, in one version.
type Presence int

const (
	// Absent means the version doesn't have it.
	Absent Presence = iota
	// NotKnown means the version wasn't captured and those around it differ, or
	// it is older than all that were. A check reports nothing.
	NotKnown
	// Present means the version has it.
	Present
)

// presence returns whether a version, which must be final, has the property as
// d defines it.
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

// byAge orders definitions by start, then by end.
func byAge(a, b *Definition) int {
	end := func(v Version) Version {
		if v.IsZero() {
			return Version{Major: math.MaxInt}
		}
		return v
	}
	return cmp.Or(a.From.Compare(b.From), end(a.Until).Compare(end(b.Until)))
}
