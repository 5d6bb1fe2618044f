package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Revision is one side of a change: the connector as it runs, or as the plan
// makes it.
type Revision struct {
	// Config is the effective configuration, by Debezium name. It may hold name
	// and connector.class, which have rules of their own.
	Config  map[string]string
	Unknown map[string]bool // properties that are set, to a value that isn't known yet or is a secret
	Partial bool            // further properties may be set
	// State is "running", "paused" or "stopped"; empty where it doesn't matter,
	// as before a change of state that the configuration itself makes.
	State string
	// NeverRan holds for the side before: the connector has never started
	// successfully, so that it has no position.
	NeverRan bool
	// NewOffsets holds for the plan's side: a connector that takes this one's
	// place is given offsets to start from. OffsetsGo: this one's are deleted
	// with it.
	NewOffsets, OffsetsGo bool
	// Replace and Destroy hold for the plan's side: the connector is deleted,
	// and with Replace created again from the plan's Config.
	Replace, Destroy bool
}

// Changes returns the hazards of changing a connector, sorted by property and
// rule; none where nothing changes. All are warnings: what is hazardous may be
// meant so. A zero version means the newest one that the catalog has; kind is
// nil for a class that it doesn't know.
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

// phase says at which changes a rule is asked.
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

// moved is what a property changes from and to. It is false where either isn't
// known or is nothing, and where both mean the same.
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

// movedEnum is moved for a value whose case doesn't matter: in lower case.
func (c *change) movedEnum(property string) (from, to string, ok bool) {
	from, to, ok = c.moved(property)
	from, to = strings.ToLower(from), strings.ToLower(to)
	return from, to, ok && from != to
}

// beginsAnew reports whether the connector has no position: it never ran, or
// gets another topic prefix. What is hazardous for a position isn't then.
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
