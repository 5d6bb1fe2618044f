// Package rules holds the offline checks: what can be said about a connector's
// configuration without asking a worker or a database. It reads the catalog and
// knows nothing about Terraform or Kafka Connect's REST API.
//
// A rule is one entry in one of the tables of this package. Check runs those
// for one configuration of one Debezium version, Collisions those for two
// connectors, Changes those for a connector before and after. Values that
// aren't known yet and references to a config provider (${…}) are neither right
// nor wrong.
package rules

import (
	"cmp"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Finding is one problem with a configuration.
type Finding struct {
	Rule     string // stable, such as "required" or "slot-name"
	Severity Severity
	Harm     Harm   // empty in a collision
	Property string // the property it is about, by its Debezium name: of two, one that is written
	Blamed   string // the property that a worker would name instead, if different
	Other    string // the other connector's name, in a collision
	Summary  string // one line with the property's name; the caller adds the connector's
	Detail   string // what is wrong, what will happen and what to do, in sentences
	Advice   Advice // what the detail proposes, if it is a property or value
}

// Input is a configuration to check.
type Input struct {
	// Kind is nil for a connector class that the catalog doesn't know. Only
	// Kafka Connect's own rules apply to such a connector.
	Kind *catalog.Kind
	// Version is the Debezium version to check against; the zero value means
	// the newest in the catalog.
	Version catalog.Version
	// Config is every property whose value is known, by its Debezium name,
	// without name. connector.class is among them only if it is to be checked.
	Config map[string]string
	// Unknown are properties set to a value that isn't known yet: rules about
	// presence apply to them, rules about values wait.
	Unknown map[string]bool
	// Derived are the properties of Config and Unknown that the user didn't
	// write: creation defaults.
	Derived map[string]bool
	// Partial reports whether other properties may be set: what seems missing
	// may still come.
	Partial bool
	// UnknownProperties says how to treat names that nothing reads.
	UnknownProperties Strictness
	// KnownProperties are patterns of names that something of the user's reads:
	// "owner.*". A star matches any text.
	KnownProperties []string
}

// Strictness is how to treat properties that neither Kafka Connect nor the
// connector knows, which both ignore. The zero value warns.
type Strictness string

// The strictness values, as written in the provider's configuration.
const (
	UnknownWarning Strictness = "warning"
	UnknownError   Strictness = "error"
	UnknownOff     Strictness = "off"
)

// Check returns what is wrong with a configuration for one version, sorted by
// property and rule. It returns each reason once.
func Check(in Input) []Finding { return newEvaluation(in).run(table) }

// run runs the rules that apply.
func (v *evaluation) run(rules []rule) []Finding {
	v.rules = rules
	for _, r := range rules {
		if r.appliesTo(v.Kind, v.Version) {
			v.rule = r
			r.check(v)
		}
	}
	return ordered(v.findings)
}

// ordered sorts findings by property and rule, and removes duplicates.
func ordered(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Property, b.Property), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Summary, b.Summary))
	})
	return slices.Compact(findings)
}

// inEveryRelease are the rules that CheckEvery runs.
var inEveryRelease = slices.DeleteFunc(slices.Clone(table), func(r rule) bool { return r.showsRunning })

// CheckEvery returns what prevents the connector from running in every release
// of the kind, captured or not: errors whose rule, property and harm are the
// same in all of them. It is for when neither the version nor what runs is
// known; Input.Version is ignored, and the texts name no version.
func CheckEvery(in Input) []Finding {
	if in.Kind == nil {
		return preventing(Check(in))
	}
	versions := in.Kind.Releases()
	var findings []Finding
	for i, version := range slices.Backward(versions) {
		in.Version = version
		v := newEvaluation(in)
		v.anyRelease = true
		here := preventing(v.run(inEveryRelease))
		if i == len(versions)-1 {
			findings = here
		} else {
			findings = slices.DeleteFunc(findings, func(f Finding) bool { return !containsReason(here, f) })
		}
		if len(findings) == 0 {
			break
		}
	}
	return findings
}

func preventing(findings []Finding) []Finding {
	return slices.DeleteFunc(findings, func(f Finding) bool { return !f.Harm.preventsRunning() })
}

func containsReason(findings []Finding, reason Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Rule == reason.Rule && f.Property == reason.Property && f.Harm == reason.Harm
	})
}

// Scope says what a rule looks at.
type Scope string

// The scopes, and the functions that run their rules.
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
	Title      string   // what the rule requires, in one sentence
	Properties []string // sorted; empty: any property
	Kinds      []string // names of the kinds it applies to, sorted; empty: every connector, including unknown classes
	Versions   string   // "from 2.0", "before 2.0", "2.0 to before 3.0"; empty: all
	Harm       Harm     // the worst result of breaking it
	Severity   Severity // that of the harm
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
