package catalog

import (
	"maps"
	"slices"
)

// properties are what a connector class, or a component, can be told by its
// configuration, in all releases that were captured.
type properties struct {
	versions    []Version                // captured, oldest first, one of each minor release
	definitions map[string][]*Definition // by name; of two that cover a version, the later holds
	history     map[string][]*Definition // the same, oldest first
	names       []string                 // of all properties in any version, sorted
}

// newProperties takes rows in the order in which the later holds.
func newProperties(versions []Version, rows []*Definition) properties {
	p := properties{
		versions:    versions,
		definitions: make(map[string][]*Definition, len(rows)),
		history:     make(map[string][]*Definition, len(rows)),
	}
	for _, d := range rows {
		p.definitions[d.Name] = append(p.definitions[d.Name], d)
	}
	for name, definitions := range p.definitions {
		p.history[name] = definitions
		if len(definitions) > 1 {
			p.history[name] = slices.SortedStableFunc(slices.Values(definitions), byAge)
		}
	}
	p.names = slices.Sorted(maps.Keys(p.definitions))
	return p
}

// Versions are the captured versions, oldest first.
func (p *properties) Versions() []Version { return p.versions }

// FirstCaptured is the oldest captured version. Of older ones only what stands
// in the hand-written tables is known.
func (p *properties) FirstCaptured() Version { return p.versions[0] }

// Newest is the newest captured version: what is assumed of a worker whose
// version isn't known.
func (p *properties) Newest() Version { return p.versions[len(p.versions)-1] }

// Properties are the names of all properties in any version, sorted.
func (p *properties) Properties() []string { return p.names }

// Definitions are all definitions that a property has had, oldest first.
func (p *properties) Definitions(property string) []*Definition { return p.history[property] }

// Definition is a property in one version, or nil when that version certainly
// has none of that name. Any version may be asked for; Presence tells whether
// the version is known to have it. A version newer than all captured ones
// counts as the newest. Between two captured ones, where the release that made
// a difference isn't known, what either allows is allowed; before the oldest
// captured one, any value is.
func (p *properties) Definition(property string, v Version) *Definition {
	v = v.final()
	for _, d := range slices.Backward(p.definitions[property]) {
		if !d.In(v) {
			continue
		}
		if v.Less(d.seen) && len(d.Values) > 0 {
			bare := *d
			bare.Values = nil
			return &bare
		}
		return d
	}
	return nil
}

// Presence tells whether a version has a property.
func (p *properties) Presence(property string, v Version) Presence {
	v = v.final()
	best := Absent
	for _, d := range p.definitions[property] {
		best = max(best, d.presence(v))
	}
	if len(p.definitions[property]) == 0 && v.Less(p.FirstCaptured().floor()) {
		return NotKnown // it may have been removed since
	}
	return best
}

// ValuePresence tells whether a version of a property allows a value, written
// as it stands in Values. A property without fixed values allows any; one that
// the version certainly hasn't allows none.
func (p *properties) ValuePresence(property, value string, v Version) Presence {
	d := p.Definition(property, v)
	if d == nil {
		return p.Presence(property, v)
	}
	v = v.final()
	if v.Less(d.seen) {
		return p.valueBeforeFirst(property, value)
	}
	switch {
	case len(d.Values) == 0:
		return d.presence(v)
	case !slices.Contains(d.Values, value):
		return Absent
	case slices.Contains(d.unsettled, value):
		return NotKnown
	}
	return d.presence(v)
}

// valueBeforeFirst is ValuePresence for versions before all captured ones: a
// value that came later wasn't there yet, and any other may have been.
func (p *properties) valueBeforeFirst(property, value string) Presence {
	history := p.history[property]
	if len(history[0].Values) > 0 && !slices.Contains(history[0].Values, value) &&
		slices.ContainsFunc(history, func(d *Definition) bool { return slices.Contains(d.Values, value) }) {
		return Absent
	}
	return NotKnown
}

func (p *properties) newest(property string) *Definition {
	if d := p.Definition(property, p.Newest()); d != nil {
		return d
	}
	if ds := p.definitions[property]; len(ds) > 0 {
		return ds[len(ds)-1]
	}
	return nil
}
