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
		id:     "other-version",
		title:  "Every property exists in the version. An error where it decides what is captured, from where, or under which name.",
		harm:   Diverges,
		kinds:  everyKind,
		source: "Debezium's properties by version",
		check:  checkOtherVersion,
	},
	{
		id:     "other-kind",
		title:  "Every property belongs to the connector's kind.",
		harm:   Diverges,
		kinds:  everyKind,
		source: "Debezium's properties by connector",
		check:  checkOtherKind,
	},
	{
		id:     "unknown-property",
		title:  "Every property is one that the connector or Kafka Connect reads. A name that is close to a known one is most likely misspelled.",
		harm:   Ignored,
		kinds:  everyKind,
		source: "Debezium and Kafka Connect ignore properties that they don't know",
		check:  checkUnknown,
	},
}

// decisive are the properties that must not be ignored: they say what is
// captured, from which server, under which name, and where that is recorded.
var decisive = regexp.MustCompile(`\.(include\.list|exclude\.list|whitelist|blacklist)$` +
	`|^(topic\.prefix|database\.server\.name|mongodb\.name|mongodb\.hosts|database\.names|database\.dbname)$` +
	`|^(database\.history|schema\.history\.internal)(\.kafka\.(topic|bootstrap\.servers)|\.(producer|consumer)\..+)?$` +
	`|^(slot\.name|publication\.name|snapshot\.custom\.class|connector\.adapter|truncate\.handling\.mode)$` +
	`|^mongodb\.connection\.string\.shard\.params$`)

// isStrange reports whether nothing we know of reads a property that the user
// gave a value.
func (v *evaluation) isStrange(property string) bool {
	return v.definition(property) == nil && connectProperties[property].typ == "" && !v.Kind.Passthrough(property) && !v.isComponents(property) &&
		v.Kind.Replacement(property) == nil && !v.isForeign(property) && v.wrote(property) && !isRemark(property) && !v.isDeclaredKnown(property)
}

// isRemark reports whether a name is one used in JSON files for comments or
// disabled properties: "_comment", "_transforms", "// note".
func isRemark(property string) bool {
	return strings.HasPrefix(property, "_") || strings.HasPrefix(property, "#") || strings.HasPrefix(property, "//")
}

// isDeclaredKnown reports whether the user declared a property as their own.
func (v *evaluation) isDeclaredKnown(property string) bool {
	return slices.ContainsFunc(v.KnownProperties, func(pattern string) bool { return matchesGlob(pattern, property) })
}

// matchesGlob reports whether a text matches a pattern in which a star matches
// any text, including dots.
func matchesGlob(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	text, ok := strings.CutPrefix(text, parts[0])
	if len(parts) == 1 {
		return ok && text == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		before, after, found := strings.Cut(text, part)
		_, text, ok = before, after, ok && found
	}
	return ok && strings.HasSuffix(text, parts[len(parts)-1])
}

// isComponents reports whether a property belongs to a converter or post
// processor that the configuration itself names.
func (v *evaluation) isComponents(property string) bool {
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

// addUnread records that nothing reads a property, with that harm unless the
// user chose another severity.
func (v *evaluation) addUnread(harm Harm, property, summary, detail string, advice Advice) {
	switch v.UnknownProperties {
	case UnknownOff:
		if harm == Ignored {
			return
		}
	case UnknownError:
		v.advise(harm, property, summary, detail, advice)
		v.findings[len(v.findings)-1].Severity = Error
		return
	}
	v.advise(harm, property, summary, detail, advice)
}

func checkOtherVersion(v *evaluation) {
	for _, key := range v.keys {
		definitions := v.Kind.Definitions(key)
		if len(definitions) == 0 || !v.isStrange(key) || !v.Kind.Covers(v.Version) {
			continue
		}
		detail := fmt.Sprintf("%s has no such property for %s connectors", v.release(), v.Kind.Title)
		last := definitions[len(definitions)-1]
		if first := definitions[0]; !first.From.IsZero() && v.Version.Less(first.From) {
			detail += fmt.Sprintf("; %s has it.", minor(first.From))
		} else if !last.Until.IsZero() && !v.Version.Less(last.Until) {
			detail += fmt.Sprintf(": it was removed in %s.", minor(last.Until))
		} else {
			detail += "."
		}
		older := v.Kind.Predecessor(key, v.Version)
		harm := Ignored
		if decisive.MatchString(key) && (older == "" || !v.wrote(older)) {
			harm = Diverges
		}
		advice := v.propose(older, key)
		if advice.Set == "" {
			detail += " It is silently ignored, unless the connector runs in another version."
		}
		if slices.ContainsFunc(componentLists, func(l componentList) bool { return l.property == key }) {
			advice = Advice{} // the properties of what it names would be left
			detail += " Remove it and the properties of what it names."
		}
		v.addUnread(harm, key, fmt.Sprintf("%s doesn't exist in %s", key, v.release()), detail, advice)
	}
}

func checkOtherKind(v *evaluation) {
	for _, key := range v.keys {
		if len(v.Kind.Definitions(key)) > 0 || !v.isStrange(key) {
			continue
		}
		titles := titlesWith(key)
		if titles == nil {
			continue
		}
		harm, effect := Ignored, ""
		if v.losesFilter(key) {
			harm, effect = Diverges, "Nothing else in the configuration limits what is captured, so everything would be."
		}
		v.addUnread(harm, key, fmt.Sprintf("%s is not a property of %s connectors", key, v.Kind.Title),
			sentences(fmt.Sprintf("Only these connectors have it: %s. %s connectors silently ignore it.", strings.Join(titles, ", "), v.Kind.Title), effect), Advice{Remove: key})
	}
}

// losesFilter reports whether an ignored property is the only one that would
// limit what is captured.
func (v *evaluation) losesFilter(property string) bool {
	if !capturing.MatchString(property) || v.Kind.Sink || v.Partial {
		return false
	}
	if database, ok := v.known("database.dbname"); ok && property == "database.include.list" && slices.ContainsFunc(v.list(property), func(e string) bool { return strings.EqualFold(e, database) }) {
		return false // the connector captures this one database anyway
	}
	return !slices.ContainsFunc(v.keys, func(key string) bool {
		return capturing.MatchString(key) && v.definition(key) != nil || key == "database.names"
	})
}

// capturing are the properties that limit which tables or collections to capture.
var capturing = regexp.MustCompile(`^(database|schema|table|collection)\.(include\.list|exclude\.list|whitelist|blacklist)$`)

func checkUnknown(v *evaluation) {
	for _, key := range v.keys {
		if len(v.Kind.Definitions(key)) > 0 || !v.isStrange(key) || titlesWith(key) != nil {
			continue
		}
		if near := v.Kind.Suggest(key, v.Version); near != "" {
			v.addMisspelt(key, near)
			continue
		}
		if !v.Kind.Covers(v.Version) {
			continue
		}
		v.addUnread(Ignored, key, key+" is unknown",
			fmt.Sprintf("Neither Kafka Connect nor %s knows this property for %s connectors, and both ignore what they don't know. "+
				"Check its spelling. If it is meant for a component of your own, ignore this warning.", v.release(), v.Kind.Title), Advice{})
	}
}

// addMisspelt: a typo in a decisive name is as harmful as leaving it out.
func (v *evaluation) addMisspelt(key, near string) {
	harm := Ignored
	if decisive.MatchString(near) && !v.wrote(near) && !v.isRequired(near) {
		harm = Diverges
	}
	v.addUnread(harm, key, fmt.Sprintf("%s is unknown: did you mean %s?", key, near),
		fmt.Sprintf("Neither Kafka Connect nor %s knows %s, and both ignore what they don't know. The nearest name is %s.", v.release(), key, near),
		v.propose(near, key))
}

// titlesWith are the kinds that have a property in some version, sorted.
func titlesWith(property string) []string {
	var titles []string
	for _, k := range catalog.Kinds() {
		if len(k.Definitions(property)) > 0 || k.HasFamily(property) || k.Replacement(property) != nil {
			titles = append(titles, k.Title)
		}
	}
	slices.Sort(titles)
	return titles
}
