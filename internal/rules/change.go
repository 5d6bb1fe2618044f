package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Revision is one side of a change: the connector as it runs, or as planned.
type Revision struct {
	// Config is the effective configuration, by Debezium name. It may include
	// name and connector.class, which have their own rules.
	Config  map[string]string
	Unknown map[string]bool // properties set to a value that isn't known yet or is a secret
	Partial bool            // other properties may be set
	// State is "running", "paused" or "stopped"; empty if it doesn't matter, as
	// before a change of state made by the configuration itself.
	State string
	// NeverRan applies to the side before: the connector has never started
	// successfully, so it has no position.
	NeverRan bool
	// Idle applies to the side before, too: no task runs, since the connector is
	// stopped or has failed.
	Idle bool
	// NewOffsets applies to the planned side: a connector that replaces this
	// one is given offsets to start from. OffsetsGo: this one's are deleted
	// with it.
	NewOffsets, OffsetsGo bool
	// Replace and Destroy apply to the planned side: the connector is deleted,
	// and with Replace recreated from the plan's Config.
	Replace, Destroy bool
}

// Changes returns the hazards of changing a connector, sorted by property and
// rule; none if nothing changes. All are warnings: what is hazardous may be
// intended. A zero version means the newest in the catalog; kind is nil for a
// class that the catalog doesn't know.
func Changes(kind *catalog.Kind, version catalog.Version, before, after Revision) []Finding {
	c := change{
		before: before, after: after,
		was: newEvaluation(Input{Kind: kind, Version: version, Config: before.Config, Unknown: before.Unknown, Partial: before.Partial}),
		now: newEvaluation(Input{Kind: kind, Version: version, Config: after.Config, Unknown: after.Unknown, Partial: after.Partial}),
	}
	for _, r := range changeRules {
		if r.appliesTo(kind, c.now.Version) && r.phase.in(after) {
			c.now.rule = r.rule
			r.check(&c)
		}
	}
	return ordered(c.now.findings)
}

// changeRule is a hazard of a change.
type changeRule struct {
	rule
	phase phase
	check func(*change)
}

// phase says for which changes a rule is evaluated.
type phase int

const (
	inPlace   phase = iota // the connector stays
	atRemoval              // it is destroyed or replaced
	atAnyChange
)

func (p phase) in(after Revision) bool {
	return p == atAnyChange || (p == atRemoval) == (after.Replace || after.Destroy)
}

// change is what the rules see of a change.
type change struct {
	before, after Revision
	was, now      *evaluation
}

// moved returns what a property changes from and to. It returns false if either
// is unknown or empty, or if both mean the same.
func (c *change) moved(property string) (from, to string, ok bool) {
	from, ok1 := c.was.effective(property)
	to, ok2 := c.now.effective(property)
	if !ok1 || !ok2 || from == "" || to == "" || from == to {
		return "", "", false
	}
	if d := c.now.definition(property); d != nil && catalog.SameMeaning(from, to, d.Type) {
		return "", "", false
	}
	return from, to, true
}

// movedEnum is moved for a value whose case doesn't matter, in lower case.
func (c *change) movedEnum(property string) (from, to string, ok bool) {
	from, to, ok = c.moved(property)
	from, to = strings.ToLower(from), strings.ToLower(to)
	return from, to, ok && from != to
}

// beginsAnew reports whether the connector has no position: it never ran, or
// gets a new topic prefix. What endangers a position is harmless then.
func (c *change) beginsAnew() bool {
	_, _, anew := c.moved(c.now.prefixProperty())
	return anew || c.before.NeverRan
}

// changesConfig reports whether the configuration changes at all.
func (c *change) changesConfig() bool {
	return !maps.Equal(c.before.Config, c.after.Config) || !slices.Equal(c.was.keys, c.now.keys)
}

// warn records a finding about the property.
func (c *change) warn(property, summary string, details ...string) {
	c.now.addAs(Risky, property, summary, sentences(details...))
}
