// Package rules holds the offline checks: what can be said about a connector's
// configuration without asking a worker or a database. It reads the catalog
// and knows neither Terraform nor Kafka Connect's REST API.
//
// A rule is one entry in one of the tables of this package. Check asks those
// about one configuration of one Debezium version, Collisions those about two
// connectors, Changes those about a connector before and after. Values that
// aren't known yet and references to a config provider (${…}) are neither right
// nor wrong.
package rules

import (
	"cmp"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Severity says how bad a finding is.
type Severity int

const (
	// Warning: Debezium accepts the configuration, but does something else
	// than what its author most likely meant.
	Warning Severity = iota
	// Error: the connector is refused, fails at its start, or silently
	// captures other data than what the configuration says.
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Finding is one thing that is wrong with a configuration.
type Finding struct {
	Rule     string // stable, such as "required" or "slot-name"
	Severity Severity
	Property string // the property that it is about, by its Debezium name
	Other    string // the other connector's name, in a collision
	Summary  string // one line with the property's name; the caller adds the connector's
	Detail   string // what is wrong, what will happen and what to do, in sentences
}

// Input is a configuration to check.
type Input struct {
	// Kind is nil for a connector class that the catalog doesn't know. Only
	// Kafka Connect's own rules hold for such a connector.
	Kind *catalog.Kind
	// Version is the Debezium version to judge by; the zero value means the
	// newest one that the catalog has.
	Version catalog.Version
	// Config is every property whose value is known, by its Debezium name,
	// without name and connector.class.
	Config map[string]string
	// Unknown are properties that are set, but to a value that isn't known
	// yet: rules about presence hold for them, rules about values wait.
	Unknown map[string]bool
	// Partial says that further properties may be set: what seems to be
	// missing may still come.
	Partial bool
}

// Check returns what is wrong with a configuration for one version, sorted by
// property and rule. The same reason is given once.
func Check(in Input) []Finding {
	v := newView(in)
	for _, r := range table {
		if !r.appliesTo(v.Kind, v.Version) {
			continue
		}
		v.rule = r
		r.check(v)
	}
	return ordered(v.findings)
}

// ordered sorts findings by property and rule, and gives the same one once.
func ordered(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Property, b.Property), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Summary, b.Summary))
	})
	return slices.Compact(findings)
}

// CheckEvery returns what is wrong in every version of the kind that the
// catalog has: the same rule, property and severity. The words are those for
// the newest version. It serves where the version isn't known; Input.Version
// is ignored.
func CheckEvery(in Input) []Finding {
	in.Version = catalog.Version{}
	findings := Check(in)
	if in.Kind == nil {
		return findings
	}
	type reason struct {
		rule, property string
		severity       Severity
	}
	for _, version := range in.Kind.Versions() {
		if len(findings) == 0 {
			break
		}
		in.Version = version
		here := map[reason]bool{}
		for _, f := range Check(in) {
			here[reason{f.Rule, f.Property, f.Severity}] = true
		}
		findings = slices.DeleteFunc(findings, func(f Finding) bool {
			return !here[reason{f.Rule, f.Property, f.Severity}]
		})
	}
	return findings
}

// Scope says what a rule looks at.
type Scope string

// The scopes, and the functions that ask their rules.
const (
	OneConfiguration  Scope = "configuration" // Check
	BetweenConnectors Scope = "connectors"    // Collisions
	AgainstRunning    Scope = "changes"       // Changes
	InitialOffsets    Scope = "offsets"       // Offsets
)

// Info describes a rule for the documentation.
type Info struct {
	Rule       string
	Scope      Scope
	Title      string   // what the rule asks for, one sentence
	Properties []string // sorted; empty: any property
	Kinds      []string // names of the kinds it applies to, sorted; empty: every connector, unknown classes included
	Versions   string   // "from 2.0", "before 2.0", "2.0 to before 3.0"; empty: all
	Severity   Severity // the highest one that it gives
	Source     string   // where the fact comes from
}

// List returns all rules, sorted by name.
func List() []Info {
	var infos []Info
	for _, r := range table {
		infos = append(infos, r.info(OneConfiguration))
	}
	for _, r := range collisionRules {
		infos = append(infos, r.info(BetweenConnectors))
	}
	for _, r := range changeRules {
		infos = append(infos, r.info(AgainstRunning))
	}
	for _, r := range offsetRules {
		infos = append(infos, r.info(InitialOffsets))
	}
	slices.SortFunc(infos, func(a, b Info) int { return cmp.Compare(a.Rule, b.Rule) })
	return infos
}
