package rules

import (
	"maps"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// evaluation is one configuration as the rules see it, and their findings.
type evaluation struct {
	Input
	judged     []catalog.Version               // from judgedBy
	keys       []string                        // all properties that are set, sorted
	replaced   map[string]*catalog.Replacement // those in keys whose name the version has replaced
	rules      []rule                          // the rules to run
	rule       rule                            // the rule now running
	anyRelease bool                            // sentences name no version
	trial      bool                            // advice is being tried out: its own advice doesn't matter
	findings   []Finding
	found      *[]part // from parts
}

func newEvaluation(in Input) *evaluation {
	v := &evaluation{Input: in}
	if in.Kind != nil {
		if v.Version.IsZero() {
			v.Version = in.Kind.Newest()
		}
		v.judged = judgedBy(in.Kind, v.Version)
		v.dropDerived()
	}
	set := make(map[string]bool, len(v.Config)+len(v.Unknown))
	for key := range v.Config {
		set[key] = true
	}
	for key, unknown := range v.Unknown {
		if unknown {
			set[key] = true
		}
	}
	v.keys = slices.Sorted(maps.Keys(set))
	v.findReplaced()
	return v
}

// dropDerived leaves out creation defaults of properties that the version
// doesn't have: it ignores them, and they aren't the user's mistake.
func (v *evaluation) dropDerived() {
	copied := false
	for property, derived := range v.Derived {
		if !derived || v.definition(property) != nil {
			continue
		}
		if !copied {
			v.Config, v.Unknown, copied = maps.Clone(v.Config), maps.Clone(v.Unknown), true
		}
		delete(v.Config, property)
		delete(v.Unknown, property)
	}
}

// judgedBy returns the versions that show what a version has: itself, and the
// next captured one unless one of the same minor was captured. Something added
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

// isUnknown reports whether a property is set to a value that can't be checked.
func (v *evaluation) isUnknown(property string) bool {
	return v.Unknown[property] || catalog.IsReference(v.Config[property])
}

// written is a property's value exactly as in the configuration, even if blank;
// false if it isn't set, or not to a known value.
func (v *evaluation) written(property string) (string, bool) {
	value, ok := v.Config[property]
	return value, ok && !v.isUnknown(property)
}

// known is a property's value without surrounding spaces; also false if blank.
func (v *evaluation) known(property string) (string, bool) {
	value, ok := v.written(property)
	value = strings.TrimSpace(value)
	return value, ok && value != ""
}

// isSet reports whether a property has a nonblank value, known or not.
func (v *evaluation) isSet(property string) bool {
	_, known := v.known(property)
	return known || v.isUnknown(property)
}

// wrote reports whether the user set a property, known or not.
func (v *evaluation) wrote(property string) bool { return v.isSet(property) && !v.Derived[property] }

// at returns the first of the properties that the user set: where to report a
// finding about all of them. If none is set, it returns the first.
func (v *evaluation) at(properties ...string) string {
	for _, property := range properties {
		if v.wrote(property) {
			return property
		}
	}
	return properties[0]
}

// isMissing reports whether certainly none of the given properties is set.
func (v *evaluation) isMissing(properties ...string) bool {
	return !v.Partial && !slices.ContainsFunc(properties, v.isSet)
}

// ignores reports whether the version certainly doesn't read a property.
func (v *evaluation) ignores(property string) bool {
	return v.Kind != nil && v.Kind.Covers(v.Version) && v.definition(property) == nil && !v.has(property)
}

// effective is what the connector will use: the known value, or the default of
// a property that certainly isn't set. It returns false if that is unclear.
// What the version ignores is empty.
func (v *evaluation) effective(property string) (string, bool) {
	if v.ignores(property) {
		return "", true
	}
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

// is reports whether the connector will certainly use one of the values. Case
// doesn't matter, as in all of Debezium's enumerations.
func (v *evaluation) is(property string, values ...string) bool {
	value, ok := v.effective(property)
	return ok && slices.ContainsFunc(values, func(want string) bool { return strings.EqualFold(value, want) })
}

// number is the effective value as an integer.
func (v *evaluation) number(property string) (int64, bool) {
	value, ok := v.effective(property)
	if !ok {
		return 0, false
	}
	return catalog.ParseInt(value, catalog.Long)
}

// list returns a known value's elements; nil if there are none.
func (v *evaluation) list(property string) []string {
	value, ok := v.known(property)
	if !ok {
		return nil
	}
	return catalog.SplitList(value)
}

// definition is a property in the version being checked, or nil.
func (v *evaluation) definition(property string) *catalog.Definition {
	for _, version := range v.judged {
		if d := v.Kind.Definition(property, version); d != nil {
			return d
		}
	}
	return nil
}

// allowed returns the values that the version allows; nil means any.
func (v *evaluation) allowed(property string) []string {
	if v.Kind == nil {
		return nil
	}
	if d := v.Kind.Definition(property, v.Version); d != nil {
		return d.Values
	}
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

// isCertain reports whether the version surely has a property as definition
// returns it.
func (v *evaluation) isCertain(property string) bool {
	return v.Kind.Covers(v.Version) && v.Kind.Definition(property, v.Version) != nil
}

// release names the version in sentences.
func (v *evaluation) release() string {
	if v.anyRelease {
		return "Debezium"
	}
	return "Debezium " + minor(v.Version)
}

// add records a finding with the rule's harm.
func (v *evaluation) add(property, summary, detail string) {
	v.report(v.rule.harm, Finding{Property: property, Summary: summary, Detail: detail})
}

// addAs records a finding with a lesser harm than the rule's.
func (v *evaluation) addAs(harm Harm, property, summary, detail string) {
	v.report(harm, Finding{Property: property, Summary: summary, Detail: detail})
}

// advise records a finding with advice, which ends its detail.
func (v *evaluation) advise(harm Harm, property, summary, detail string, advice Advice) {
	v.report(harm, Finding{Property: property, Summary: summary, Detail: sentences(detail, advice.String()), Advice: advice})
}

func (v *evaluation) report(harm Harm, f Finding) {
	f.Rule, f.Harm, f.Severity = v.rule.id, harm, harm.Severity()
	if f.Blamed != "" && !strings.Contains(f.Summary, f.Property) {
		f.Summary = f.Property + ": " + f.Summary
	}
	v.findings = append(v.findings, f)
}

// quoted formats a value for a message, truncated if long.
func quoted(value string) string {
	const most = 80
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return `"` + value + `"`
}
