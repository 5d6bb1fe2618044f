package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var nameRules = []rule{
	{
		id:       "other-version",
		title:    "Every property exists in the version. An error where it decides what is captured, from where, or under which name.",
		severity: Error,
		kinds:    everyKind,
		source:   "Debezium's properties by version",
		check:    checkOtherVersion,
	},
	{
		id:       "other-kind",
		title:    "Every property belongs to the connector's kind.",
		severity: Error,
		kinds:    everyKind,
		source:   "Debezium's properties by connector",
		check:    checkOtherKind,
	},
	{
		id:       "unknown-property",
		title:    "Every property is one that the connector or Kafka Connect reads. A name that is near a known one is most likely misspelt.",
		severity: Warning,
		kinds:    everyKind,
		source:   "Debezium and Kafka Connect ignore properties that they don't know",
		check:    checkUnknown,
	},
}

// decisive are the properties that must not be ignored: they say what is
// captured, from which server, under which name, and where it is remembered.
var decisive = regexp.MustCompile(`\.(include\.list|exclude\.list|whitelist|blacklist)$` +
	`|^(topic\.prefix|database\.server\.name|mongodb\.name|mongodb\.hosts|database\.names|database\.dbname)$` +
	`|^(database\.history|schema\.history\.internal)(\.|$)` +
	`|^(slot\.name|publication\.name|snapshot\.custom\.class|connector\.adapter|truncate\.handling\.mode)$` +
	`|^mongodb\.connection\.string\.shard\.params$`)

// isStrange reports whether nothing that we know of reads a property.
func (v *view) isStrange(property string) bool {
	return v.definition(property) == nil && connectProperties[property].typ == "" && !v.Kind.Passthrough(property) &&
		!v.isComponents(property) && !v.hasReplacement(property)
}

// isComponents reports whether a property belongs to a converter or post
// processor that the configuration itself names.
func (v *view) isComponents(property string) bool {
	for _, list := range componentLists {
		if v.isUnknown(list.property) {
			return true
		}
		for _, name := range v.list(list.property) {
			if strings.HasPrefix(property, list.prefix+name+".") {
				return true
			}
		}
	}
	return false
}

func checkOtherVersion(v *view) {
	for _, key := range v.keys {
		definitions := v.Kind.Definitions(key)
		if len(definitions) == 0 || !v.isStrange(key) {
			continue
		}
		detail := fmt.Sprintf("%s has no such property for %s", v.release(), v.Kind.Title)
		last := definitions[len(definitions)-1]
		if first := definitions[0]; !first.From.IsZero() && v.Version.Less(first.From) {
			detail += fmt.Sprintf("; %s has it.", minor(first.From))
		} else if !last.Until.IsZero() && !v.Version.Less(last.Until) {
			detail += fmt.Sprintf(": it is gone in %s.", minor(last.Until))
		} else {
			detail += "."
		}
		detail += " It would be ignored without a word. Remove it, or run another version of the connector."
		report := v.warn
		if decisive.MatchString(key) {
			report = v.add
		}
		report(key, fmt.Sprintf("%s doesn't exist in %s", key, v.release()), detail)
	}
}

func checkOtherKind(v *view) {
	for _, key := range v.keys {
		if len(v.Kind.Definitions(key)) > 0 || !v.isStrange(key) {
			continue
		}
		if titles := titlesWith(key); titles != nil {
			v.add(key, fmt.Sprintf("%s is no property of %s connectors", key, v.Kind.Title),
				fmt.Sprintf("It is a property of: %s. %s connectors ignore it without a word. Remove it.",
					strings.Join(titles, ", "), v.Kind.Title))
		}
	}
}

func checkUnknown(v *view) {
	for _, key := range v.keys {
		if len(v.Kind.Definitions(key)) > 0 || !v.isStrange(key) || titlesWith(key) != nil {
			continue
		}
		if near := v.Kind.Suggest(key, v.Version); near != "" {
			v.add(key, fmt.Sprintf("%s is unknown: did you mean %s?", key, near),
				fmt.Sprintf("Neither Kafka Connect nor %s knows %s, and both ignore what they don't know. The nearest name is %s.", v.release(), key, near))
			continue
		}
		v.add(key, key+" is unknown",
			fmt.Sprintf("Neither Kafka Connect nor %s knows this property for %s connectors, and both ignore what they don't know. "+
				"Check its spelling. If something of your own reads it, nothing is wrong.", v.release(), v.Kind.Title))
	}
}

// titlesWith are the kinds that have a property in some version, sorted.
func titlesWith(property string) []string {
	var titles []string
	for _, k := range catalog.Kinds() {
		if len(k.Definitions(property)) > 0 {
			titles = append(titles, k.Title)
		}
	}
	slices.Sort(titles)
	return titles
}
