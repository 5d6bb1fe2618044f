package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// view is one configuration as the rules see it, and what they found.
type view struct {
	Input
	judged   []catalog.Version               // by judgedBy
	keys     []string                        // all properties that are set, sorted
	replaced map[string]*catalog.Replacement // of those, the ones whose name the version has replaced
	rule     rule                            // the one that runs
	findings []Finding
}

func newView(in Input) *view {
	v := &view{Input: in}
	if in.Kind != nil {
		if v.Version.IsZero() {
			v.Version = in.Kind.Newest()
		}
		v.judged = judgedBy(in.Kind, v.Version)
	}
	set := make(map[string]bool, len(in.Config)+len(in.Unknown))
	for key := range in.Config {
		set[key] = true
	}
	for key, unknown := range in.Unknown {
		if unknown {
			set[key] = true
		}
	}
	v.keys = slices.Sorted(maps.Keys(set))
	v.findReplaced()
	return v
}

// judgedBy are the versions that tell what a version has: itself, and the next
// captured one, unless one of the same minor was captured. What came somewhere
// between two captured versions may already be there.
func judgedBy(k *catalog.Kind, version catalog.Version) []catalog.Version {
	judged := []catalog.Version{version}
	for _, c := range k.Versions() {
		if c.Major == version.Major && c.Minor == version.Minor {
			return judged
		}
		if version.Less(c) {
			return append(judged, c)
		}
	}
	return judged
}

// isUnknown reports whether a property is set to a value that can't be judged.
func (v *view) isUnknown(property string) bool {
	return v.Unknown[property] || catalog.IsReference(v.Config[property])
}

// written is a property's value as it stands in the configuration, also when
// it is blank; false when it isn't set, or not to a known value.
func (v *view) written(property string) (string, bool) {
	value, ok := v.Config[property]
	return value, ok && !v.isUnknown(property)
}

// known is a property's value without the spaces around it; false when it is
// blank, too.
func (v *view) known(property string) (string, bool) {
	value, ok := v.written(property)
	value = strings.TrimSpace(value)
	return value, ok && value != ""
}

// isSet reports whether a property has a value that isn't blank, known or not.
func (v *view) isSet(property string) bool {
	_, known := v.known(property)
	return known || v.isUnknown(property)
}

// isMissing reports whether a property is certainly not set, nor any other of
// the names that are given.
func (v *view) isMissing(properties ...string) bool {
	return !v.Partial && !slices.ContainsFunc(properties, v.isSet)
}

// effective is what the connector will work with: the known value, or the
// default of a property that certainly isn't set. It is false when that can't
// be told.
func (v *view) effective(property string) (string, bool) {
	if value, ok := v.known(property); ok {
		return value, true
	}
	if !v.isMissing(property) {
		return "", false
	}
	if d := v.definition(property); d != nil && d.Default != nil {
		return *d.Default, true
	}
	return "", true
}

// is reports whether the connector will certainly work with one of the values.
// Case doesn't matter, as for all of Debezium's enumerations.
func (v *view) is(property string, values ...string) bool {
	value, ok := v.effective(property)
	return ok && slices.ContainsFunc(values, func(want string) bool { return strings.EqualFold(value, want) })
}

// number is the effective value as an integer.
func (v *view) number(property string) (int64, bool) {
	value, ok := v.effective(property)
	if !ok {
		return 0, false
	}
	return catalog.ParseInt(value, catalog.Long)
}

// list is a known value's elements; nil when there are none.
func (v *view) list(property string) []string {
	value, ok := v.known(property)
	if !ok {
		return nil
	}
	return catalog.SplitList(value)
}

// definition is a property in the version that is judged, or nil.
func (v *view) definition(property string) *catalog.Definition {
	for _, version := range v.judged {
		if d := v.Kind.Definition(property, version); d != nil {
			return d
		}
	}
	return nil
}

// allowed are the values that the version allows; nil means any.
func (v *view) allowed(property string) []string {
	var values []string
	for _, version := range v.judged {
		if d := v.Kind.Definition(property, version); d != nil {
			if len(d.Values) == 0 {
				return nil
			}
			values = append(values, d.Values...)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// release names the version in sentences.
func (v *view) release() string { return "Debezium " + minor(v.Version) }

// add records a finding with the rule's severity.
func (v *view) add(property, summary, detail string) {
	v.record(v.rule.severity, property, summary, detail)
}

// warn records a finding that is a warning, though the rule gives errors too.
func (v *view) warn(property, summary, detail string) { v.record(Warning, property, summary, detail) }

func (v *view) record(severity Severity, property, summary, detail string) {
	v.findings = append(v.findings, Finding{
		Rule: v.rule.id, Severity: severity, Property: property, Summary: summary, Detail: detail,
	})
}

// quoted writes a value in a message, cut where it is long.
func quoted(value string) string {
	const most = 80
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return `"` + value + `"`
}
