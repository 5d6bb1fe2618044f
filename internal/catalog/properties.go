package catalog

import (
	"maps"
	"slices"
)

// properties are what the configuration of a connector class or a component can
// set, in all captured releases.
type properties struct {
	versions    []Version                // captured, oldest first, one per minor release
	definitions map[string][]*Definition // by name; if two cover a version, the later one wins
	history     map[string][]*Definition // the same, oldest first
	names       []string                 // of all properties in any version, sorted
}

// newProperties takes rows in order of precedence, the last one winning.
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

// Versions returns the captured versions, oldest first.
func (p *properties) Versions() []Version { return p.versions }

// FirstCaptured is the oldest captured version. For older ones, only the
// hand-written tables have data.
func (p *properties) FirstCaptured() Version { return p.versions[0] }

// Newest is the newest captured version, assumed for a worker whose version
// isn't known.
func (p *properties) Newest() Version { return p.versions[len(p.versions)-1] }

// Properties returns the names of all properties in any version, sorted.
func (p *properties) Properties() []string { return p.names }

// Definitions returns every definition that a property has had, oldest first.
func (p *properties) Definitions(property string) []*Definition { return p.history[property] }

// Definition returns a property in one version, or nil if that version
// certainly has none of that name. Any version may be passed; Presence reports
// whether the version is known to have it. A version newer than all captured
// ones counts as the newest. Between two captured ones, if it isn't known which
// release made a difference, what either allows is allowed; before the oldest
// captured one, any value is.
func (p *properties) Definition(property string, v Version) *Definition {
	v = v.final()
	for _, d := range slices.Backward(p.definitions[property]) {
		if d.presence(v) == Absent {
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

// Presence reports whether a version has a property.
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

// ValuePresence reports whether a version of a property allows a value, written
// as in Values. A property without fixed values allows any; one that the
// version certainly doesn't have allows none.
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
// value that came later wasn't allowed yet, and any other may have been.
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
