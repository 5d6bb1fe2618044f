package rules

import (
	"fmt"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// rule is one entry in the tables. The tables for collisions and changes have
// checks with their own signatures.
type rule struct {
	id         string
	title      string
	harm       Harm
	properties []string
	kinds      func(*catalog.Kind) bool // nil: any connector, including one of an unknown class
	from       catalog.Version          // zero: all
	until      catalog.Version          // the first version it doesn't apply to; zero: none
	source     string
	check      func(*evaluation)
	// showsRunning: a connector that breaks the rule shows RUNNING all the same,
	// and may be imported. So only a plan, which knows what runs, tells it.
	showsRunning bool
}

// table lists every rule.
var table = slices.Concat(
	presenceRules,
	valueRules,
	formatRules,
	listRules,
	qualifiedRules,
	keyColumnRules,
	historyRules,
	legacyRules,
	nameRules,
	foreignRules,
	referenceRules,
	filterRules,
	channelRules,
	taskRules,
	connectRules,
	unwrapRules,
	deleteRules,
	namedClassRules,
	shortClassRules,
	classRules,
	transformRules,
	recordRules,
	predicateRules,
	converterRules,
	topicGroupRules,
	topicPatternRules,
	postgresRules,
	oracleRules,
	mongodbRules,
	sinkRules,
	sinkRecordRules,
	zoneRulesOfSinks,
	clientRules,
)

func (r rule) appliesTo(k *catalog.Kind, v catalog.Version) bool {
	if r.kinds != nil && (k == nil || !r.kinds(k)) {
		return false
	}
	return (r.from.IsZero() || !v.Less(r.from)) && (r.until.IsZero() || v.Less(r.until))
}

func (r rule) info(scope Scope) Info {
	properties := slices.Clone(r.properties)
	slices.Sort(properties)
	var kinds []string
	if r.kinds != nil {
		for _, k := range catalog.Kinds() {
			if r.kinds(k) {
				kinds = append(kinds, k.Name)
			}
		}
	}
	return Info{
		Rule:       r.id,
		Scope:      scope,
		Title:      r.title,
		Properties: slices.Compact(properties),
		Kinds:      kinds,
		Versions:   r.versions(),
		Severity:   r.harm.Severity(),
		Harm:       r.harm,
		Source:     r.source,
	}
}

func (r rule) versions() string {
	switch {
	case r.from.IsZero() && r.until.IsZero():
		return ""
	case r.until.IsZero():
		return "from " + minor(r.from)
	case r.from.IsZero():
		return "before " + minor(r.until)
	}
	return minor(r.from) + " to before " + minor(r.until)
}

// The versions at which rules start or end.
var (
	v20 = catalog.Version{Major: 2}
	v24 = catalog.Version{Major: 2, Minor: 4}
	v25 = catalog.Version{Major: 2, Minor: 5}
	v26 = catalog.Version{Major: 2, Minor: 6}
	v27 = catalog.Version{Major: 2, Minor: 7}
	v32 = catalog.Version{Major: 3, Minor: 2}
	v34 = catalog.Version{Major: 3, Minor: 4}
	v35 = catalog.Version{Major: 3, Minor: 5}
)

// minor formats a version for sentences: "3.5".
func minor(v catalog.Version) string {
	return fmt.Sprintf("%d.%d", v.Major, v.Minor)
}

// Groups of kinds.

func everyKind(*catalog.Kind) bool { return true }

func sources(k *catalog.Kind) bool { return !k.Sink }

func relational(k *catalog.Kind) bool { return k.Relational }

func historized(k *catalog.Kind) bool { return k.SchemaHistory }

func sinks(k *catalog.Kind) bool { return k.Sink }

func kinds(names ...string) func(*catalog.Kind) bool {
	return func(k *catalog.Kind) bool { return slices.Contains(names, k.Name) }
}
