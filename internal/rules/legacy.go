package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var legacyRules = []rule{
	{
		id:     "legacy-name",
		title:  "No property has a name that the version no longer reads, where ignoring it changes what is captured, from where, or under which name.",
		harm:   Diverges,
		kinds:  everyKind,
		source: "Debezium's properties by version; a removed property is ignored silently",
		check:  checkLegacyNames,
	},
	{
		id:     "removed-name",
		title:  "No other property has a name that the version no longer reads.",
		harm:   Ignored,
		kinds:  everyKind,
		source: "Debezium's properties by version; a removed property is ignored silently",
		check:  checkRemovedNames,
	},
	{
		id:     "deprecated-name",
		title:  "A property that has a new name is set by the new one.",
		harm:   Deprecated,
		kinds:  everyKind,
		source: "Debezium's deprecated aliases by version",
		check:  checkDeprecatedNames,
	},
	{
		id:     "legacy-value",
		title:  "No property has a value that has another name in the version.",
		harm:   Refused,
		kinds:  everyKind,
		source: "Debezium's enumerations by version",
		check:  checkLegacyValues,
	},
	{
		id:     "deprecated-value",
		title:  "A value that has a new name is set by the new one.",
		harm:   Deprecated,
		kinds:  everyKind,
		source: "Debezium's enumerations by version",
		check:  checkDeprecatedValues,
	},
}

// findReplaced finds which properties are set by names that the version has
// replaced.
func (v *evaluation) findReplaced() {
	if v.Kind == nil {
		return
	}
	v.replaced = map[string]*catalog.Replacement{}
	for _, key := range v.keys {
		if r := v.Kind.Replacement(key); r != nil && !v.Version.Less(r.Since) {
			v.replaced[key] = r
		}
	}
}

func (v *evaluation) hasReplacement(property string) bool { return v.replaced[property] != nil }

// replacedValue is what replaces a value in a version, or nil.
func (v *evaluation) replacedValue(property, value string) *catalog.Replacement {
	r := v.Kind.ReplacedValue(property, value)
	if r == nil || v.Version.Less(r.Since) {
		return nil
	}
	return r
}

// gone reports whether the version no longer reads the old name or value.
func (v *evaluation) gone(r *catalog.Replacement) bool {
	return !r.Until.IsZero() && !v.Version.Less(r.Until)
}

// hasOtherName reports whether a property is set under its name in another
// version: that is then the name to report.
func (v *evaluation) hasOtherName(property string) bool {
	for key, r := range v.replaced {
		if r.New == property && v.wrote(key) {
			return true
		}
	}
	return slices.ContainsFunc(v.keys, func(key string) bool {
		return v.definition(key) == nil && v.wrote(key) && v.Kind.Predecessor(key, v.Version) == property
	})
}

// eachReplaced calls f for every property that the user set by an old name.
func (v *evaluation) eachReplaced(f func(key string, r *catalog.Replacement)) {
	for key, r := range v.replaced {
		if v.wrote(key) {
			f(key, r)
		}
	}
}

func checkLegacyNames(v *evaluation) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) && v.decides(key, r.New) {
			v.addIgnored(key, r)
		}
	})
}

func checkRemovedNames(v *evaluation) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) && !v.decides(key, r.New) {
			v.addIgnored(key, r)
		}
	})
}

// shardParams is the one name that isn't ignored but rejected.
const shardParams = "mongodb.connection.string.shard.params"

// decides reports whether an ignored name makes a difference: it is decisive,
// and its successor isn't set.
func (v *evaluation) decides(key, successor string) bool {
	return key == shardParams || decisive.MatchString(key) && (successor == "" || !v.wrote(successor))
}

func (v *evaluation) addIgnored(key string, r *catalog.Replacement) {
	detail := fmt.Sprintf("The name was removed in Debezium %[2]s: %[1]s silently ignores it.", v.release(), minor(r.Until))
	summary := key + " is no longer read by " + v.release()
	advice := v.propose(r.New, key)
	switch {
	case advice.Set != "":
		summary += ": use " + advice.Set
	case r.New != "" && v.wrote(r.New):
		detail += " " + r.New + ", which replaces it, is already set."
	}
	v.advise(v.rule.harm, key, summary, sentences(detail, r.Note), advice)
}

func checkDeprecatedNames(v *evaluation) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) {
			return
		}
		detail := fmt.Sprintf("%s still reads this name, but a later version won't.", v.release())
		advice := v.propose(r.New, key)
		switch {
		case advice.Set != "":
			v.advise(Deprecated, key, fmt.Sprintf("%s is now %s", key, advice.Set), sentences(detail, r.Note), advice)
		case r.New != "" && v.wrote(r.New):
			v.advise(Deprecated, key, key+" is deprecated", detail+" "+r.New+", its new name, is already set.", advice)
		default:
			v.add(key, key+" is deprecated", sentences(detail, r.Note))
		}
	})
}

// eachReplacedValue calls f for every property that has an old value.
func (v *evaluation) eachReplacedValue(f func(key, value string, r *catalog.Replacement)) {
	for _, key := range v.keys {
		if value, ok := v.known(key); ok {
			if r := v.replacedValue(key, value); r != nil {
				f(key, value, r)
			}
		}
	}
}

func checkLegacyValues(v *evaluation) {
	v.eachReplacedValue(func(key, value string, r *catalog.Replacement) {
		if !v.gone(r) {
			return
		}
		detail := fmt.Sprintf("The value was removed in Debezium %s: the configuration is rejected.", minor(r.Until))
		v.insteadOf(key, fmt.Sprintf("%s can't be %s in %s", key, quoted(value), v.release()), detail, r)
	})
}

func checkDeprecatedValues(v *evaluation) {
	v.eachReplacedValue(func(key, value string, r *catalog.Replacement) {
		if v.gone(r) {
			return
		}
		detail := fmt.Sprintf("%s still accepts %s, but a later version won't.", v.release(), quoted(value))
		v.insteadOf(key, fmt.Sprintf("%s: %s is deprecated", key, quoted(value)), detail, r)
	})
}

// insteadOf proposes the value that replaced an old one, or another if that one
// isn't available.
func (v *evaluation) insteadOf(key, summary, detail string, r *catalog.Replacement) {
	candidates := []string{r.New}
	if d := v.definition(key); d != nil && d.Default != nil {
		candidates = append(candidates, *d.Default)
	}
	advice := v.proposeValue(key, candidates...)
	note := r.Note
	if advice.Set == "" {
		note = sentences(note, "Choose another value.")
	}
	v.advise(v.rule.harm, key, summary, sentences(detail, note), advice)
}

func sentences(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
