package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var legacyRules = []rule{
	{
		id:       "legacy-name",
		title:    "No property has a name that the version no longer reads, where ignoring it changes what is captured, from where, or under which name.",
		severity: Error,
		kinds:    everyKind,
		source:   "Debezium's properties by version; a removed property is ignored without a word",
		check:    checkLegacyNames,
	},
	{
		id:       "removed-name",
		title:    "No other property has a name that the version no longer reads.",
		severity: Warning,
		kinds:    everyKind,
		source:   "Debezium's properties by version; a removed property is ignored without a word",
		check:    checkRemovedNames,
	},
	{
		id:       "deprecated-name",
		title:    "A property that has a new name is set by the new one.",
		severity: Warning,
		kinds:    everyKind,
		source:   "Debezium's deprecated aliases by version",
		check:    checkDeprecatedNames,
	},
	{
		id:       "legacy-value",
		title:    "No property has a value that the version no longer knows under that name.",
		severity: Error,
		kinds:    everyKind,
		source:   "Debezium's enumerations by version",
		check:    checkLegacyValues,
	},
	{
		id:       "deprecated-value",
		title:    "A value that has a new name is set by the new one.",
		severity: Warning,
		kinds:    everyKind,
		source:   "Debezium's enumerations by version",
		check:    checkDeprecatedValues,
	},
}

// findReplaced notes which properties are set by names that the version has
// replaced.
func (v *view) findReplaced() {
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

func (v *view) hasReplacement(property string) bool { return v.replaced[property] != nil }

// replacedValue is what a version has instead of a value, or nil.
func (v *view) replacedValue(property, value string) *catalog.Replacement {
	r := v.Kind.ReplacedValue(property, value)
	if r == nil || v.Version.Less(r.Since) {
		return nil
	}
	return r
}

// gone reports whether the version no longer reads the old name or value.
func (v *view) gone(r *catalog.Replacement) bool {
	return !r.Until.IsZero() && !v.Version.Less(r.Until)
}

// hasOldName reports whether a property is set by a name that it had before:
// then the old name is what to speak about.
func (v *view) hasOldName(property string) bool {
	for _, r := range v.replaced {
		if r.New == property {
			return true
		}
	}
	return false
}

// eachReplaced calls f for every property that is set by an old name.
func (v *view) eachReplaced(f func(key string, r *catalog.Replacement)) {
	for key, r := range v.replaced {
		f(key, r)
	}
}

func checkLegacyNames(v *view) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) && decisive.MatchString(key) {
			v.addIgnored(key, r)
		}
	})
}

func checkRemovedNames(v *view) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) && !decisive.MatchString(key) {
			v.addIgnored(key, r)
		}
	})
}

func (v *view) addIgnored(key string, r *catalog.Replacement) {
	detail := fmt.Sprintf("Debezium no longer reads this name (it is gone since %s), and it ignores what it doesn't know without a word.", minor(r.Until))
	summary := key + " is no longer read by " + v.release()
	if r.New == "" {
		v.add(key, summary, sentences(detail, r.Note, "Remove it."))
		return
	}
	if v.isSet(r.New) {
		v.add(key, summary, sentences(detail, r.Note, r.New+", which took its place, is set already: remove "+key+"."))
		return
	}
	v.add(key, summary+": use "+r.New, sentences(detail, r.Note, "Set "+r.New+" in its place."))
}

func checkDeprecatedNames(v *view) {
	v.eachReplaced(func(key string, r *catalog.Replacement) {
		if v.gone(r) {
			return
		}
		detail := fmt.Sprintf("%s still reads this name, but a later version won't.", v.release())
		if r.New == "" {
			v.add(key, key+" is deprecated", sentences(detail, r.Note))
			return
		}
		v.add(key, fmt.Sprintf("%s is now %s", key, r.New), sentences(detail, r.Note, "Set "+r.New+" in its place."))
	})
}

// eachReplacedValue calls f for every property that has an old value.
func (v *view) eachReplacedValue(f func(key, value string, r *catalog.Replacement)) {
	for _, key := range v.keys {
		if value, ok := v.known(key); ok {
			if r := v.replacedValue(key, value); r != nil {
				f(key, value, r)
			}
		}
	}
}

func checkLegacyValues(v *view) {
	v.eachReplacedValue(func(key, value string, r *catalog.Replacement) {
		if !v.gone(r) {
			return
		}
		detail := fmt.Sprintf("Debezium no longer knows %s as a value of %s (it is gone since %s) and refuses the configuration.", quoted(value), key, minor(r.Until))
		v.add(key, fmt.Sprintf("%s can't be %s in %s", key, quoted(value), v.release()), sentences(detail, r.Note, instead(key, r.New)))
	})
}

func checkDeprecatedValues(v *view) {
	v.eachReplacedValue(func(key, value string, r *catalog.Replacement) {
		if v.gone(r) {
			return
		}
		detail := fmt.Sprintf("%s still knows the value %s, but a later version won't.", v.release(), quoted(value))
		v.add(key, fmt.Sprintf("%s: %s is deprecated", key, quoted(value)), sentences(detail, r.Note, instead(key, r.New)))
	})
}

func instead(key, value string) string {
	if value == "" {
		return "Choose another value."
	}
	return fmt.Sprintf("Set %s to %s.", key, value)
}

func sentences(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
