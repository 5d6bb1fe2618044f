package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// place is where a configuration names a component by its class.
type place struct {
	componentType string
	what          string // in sentences
	key           string // the property that holds the class
	prefix        string // of its options' properties
}

// places returns where a configuration names components, in order. A name that
// appears twice in its list is one place.
func (v *evaluation) places() []place {
	var all []place
	named := func(list, prefix, componentType, what string) {
		var seen []string
		for _, name := range v.list(list) {
			if slices.Contains(seen, name) {
				continue
			}
			seen = append(seen, name)
			all = append(all, place{componentType, what, prefix + name + ".type", prefix + name + "."})
		}
	}
	named("transforms", "transforms.", catalog.Transformation, "transformation")
	named("predicates", "predicates.", catalog.Predicate, "predicate")
	for _, key := range converters {
		componentType := catalog.Converter
		if key == "header.converter" {
			componentType = catalog.HeaderConverter
		}
		all = append(all, place{componentType, "converter", key, key + "."})
	}
	if v.Kind != nil && !v.Kind.Sink {
		named("converters", "", catalog.CustomConverter, "converter")
		named("post.processors", "", catalog.PostProcessor, "post processor")
	}
	return all
}

// converters are the properties that name a connector's own converters.
var converters = []string{"key.converter", "value.converter", "header.converter"}

// part is a component that a configuration uses and that the catalog knows.
type part struct {
	place
	*catalog.Component
	version catalog.Version // its own
	class   string          // as written, or as it should be
}

// parts are the components whose class the catalog knows, or a near miss of
// one: wrong options are reported together with the wrong class.
func (v *evaluation) parts() []part {
	if v.found == nil {
		parts := v.findParts()
		v.found = &parts
	}
	return *v.found
}

func (v *evaluation) findParts() []part {
	var all []part
	for _, s := range v.places() {
		class, ok := v.known(s.key)
		if !ok {
			continue
		}
		c := catalog.ComponentOfClass(s.componentType, class)
		if c == nil {
			class = catalog.SuggestComponent(s.componentType, class)
			c = catalog.ComponentOfClass(s.componentType, class)
		}
		if c == nil {
			continue
		}
		version := c.Newest()
		if v.Kind != nil {
			version = c.At(v.Version)
		}
		all = append(all, part{s, c, version, class})
	}
	return all
}

// name is the class without its package.
func (p part) name() string { return p.class[strings.LastIndexByte(p.class, '.')+1:] }

// whose names the component with its version, in sentences.
func (p part) whose(v *evaluation) string {
	if p.OfDebezium() {
		return fmt.Sprintf("%s in %s", p.name(), v.release())
	}
	return p.name()
}

// own are Kafka Connect's properties of a component, among its options.
var own = []string{"type", "predicate", "negate", "plugin.version", "converter.type"}

// eachOption calls f for each option set on a component, with its name and
// property.
func (p part) eachOption(v *evaluation, f func(option, key string)) {
	for _, key := range v.keys {
		if option, ok := strings.CutPrefix(key, p.prefix); ok && !slices.Contains(own, option) && key != p.key {
			f(option, key)
		}
	}
}

var classRules = []rule{
	{
		id:         "component-class",
		title:      "The class of a transformation, predicate or converter isn't a misspelling of one of Kafka's or Debezium's. Classes that work on a key or a value end in `$Key` or `$Value`.",
		harm:       Refused,
		properties: []string{"transforms", "predicates", "key.converter", "value.converter", "header.converter"},
		source:     "The plugins that Kafka 4.3 and Debezium 1.9 to 3.6 bring along",
		check:      checkComponentClass,
	},
	{
		id:         "component-option",
		title:      "An option of a known transformation, predicate, converter or post processor is one that it reads.",
		harm:       Ignored,
		properties: []string{"transforms", "predicates", "key.converter", "value.converter", "header.converter", "converters", "post.processors"},
		source:     "The definitions of Kafka 4.3's and Debezium's components by version",
		check:      checkComponentOptions,
	},
	{
		id:         "component-option-type",
		title:      "An option's value has its type.",
		harm:       Refused,
		properties: []string{"transforms", "predicates", "key.converter", "value.converter", "header.converter", "converters", "post.processors"},
		source:     "The definitions of Kafka 4.3's and Debezium's components by version",
		check:      checkOptionTypes,
	},
	{
		id:         "component-option-value",
		title:      "An option with a fixed set of values has one of them.",
		harm:       Refused,
		properties: []string{"transforms", "predicates", "key.converter", "value.converter", "header.converter", "converters", "post.processors"},
		source:     "Kafka 4.3's and Debezium's enumerations by version",
		check:      checkOptionValues,
	},
	{
		id:         "component-option-required",
		title:      "The options without which a component doesn't work are set.",
		harm:       Refused,
		properties: []string{"transforms", "predicates", "key.converter", "value.converter", "header.converter"},
		source:     "The definitions of Kafka 4.3's components; Field.required of Debezium's",
		check:      checkOptionsRequired,
	},
}

func checkComponentClass(v *evaluation) {
	for _, s := range v.places() {
		class, ok := v.known(s.key)
		if !ok {
			continue
		}
		c := catalog.ComponentOfClass(s.componentType, class)
		if c == nil || !strings.Contains(class, ".") {
			v.misspeltClass(s, class, c != nil)
			continue
		}
		_, variant, _ := strings.Cut(class, "$")
		switch {
		case slices.Contains(c.Classes(), class):
		case len(c.Variants) == 0:
			v.advise(Refused, s.key, fmt.Sprintf("%s: unknown class %s", s.key, quoted(class)),
				fmt.Sprintf("%s has no variants: its class is %s. The worker rejects the configuration.", c.Class, c.Class),
				Advice{Set: s.key, To: c.Class})
		default:
			// There's no telling which of the two is meant.
			v.add(s.key, fmt.Sprintf("%s: %s can't be used as a class", s.key, quoted(class)),
				fmt.Sprintf("%s comes as %s, and the worker rejects %s. Choose the one for the part of the record to change.",
					c.Class, strings.Join(c.Classes(), " and "), map[bool]string{true: "it without one of these suffixes", false: "the suffix $" + variant}[variant == ""]))
		}
	}
}

// misspeltClass is about a class that the catalog doesn't know: a custom one,
// unless it is nearly one that the catalog knows.
func (v *evaluation) misspeltClass(s place, class string, known bool) {
	near := catalog.SuggestComponent(s.componentType, class)
	if known || near == "" {
		return
	}
	harm, detail := Refused, fmt.Sprintf("The worker rejects a %s whose class it can't find.", s.what)
	if s.componentType == catalog.CustomConverter || s.componentType == catalog.PostProcessor {
		harm, detail = Fails, fmt.Sprintf("The worker accepts a %s whose class it can't find, but the task fails.", s.what)
	}
	v.advise(harm, s.key, fmt.Sprintf("%s: unknown class %s: did you mean %s?", s.key, quoted(class), near), detail, Advice{Set: s.key, To: near})
}

func checkComponentOptions(v *evaluation) {
	for _, p := range v.parts() {
		if p.Open() {
			continue
		}
		p.eachOption(v, func(option, key string) {
			if p.Presence(option, p.version) == catalog.Absent && v.wrote(key) && !v.isDeclaredKnown(key) && !p.isUnwrapOption(option) && !v.isLeftOver(option, key) {
				v.unknownOption(p, option, key)
			}
		})
	}
}

// isLeftOver reports whether an option tells a converter without schemas to
// write none: it is often left over from a JSON converter, and changes nothing.
func (v *evaluation) isLeftOver(option, key string) bool {
	value, _ := v.known(key)
	return option == "schemas.enable" && strings.EqualFold(value, "false")
}

// isUnwrapOption reports whether the option has its own rule.
func (p part) isUnwrapOption(option string) bool {
	return p.isUnwrap() && (option == "delete.handling.mode" || option == "drop.tombstones")
}

func (p part) isUnwrap() bool {
	return strings.HasSuffix(p.Class, ".ExtractNewRecordState") || strings.HasSuffix(p.Class, ".ExtractNewDocumentState")
}

// formerOptions are old names of options, by class. The new ones do the same.
var formerOptions = map[string]map[string]string{
	"org.apache.kafka.connect.transforms.ReplaceField": {"blacklist": "exclude", "whitelist": "include"},
}

func (v *evaluation) unknownOption(p part, option, key string) {
	summary := fmt.Sprintf("%s is not an option of %s", key, p.whose(v))
	if former := formerOptions[p.Class][option]; former != "" {
		v.advise(Ignored, key, fmt.Sprintf("%s is now %s", key, former),
			"Kafka 4.0 removed the old name and ignores it: the transformation would leave all fields as they are.",
			v.renamed(p, former, key))
		return
	}
	if definitions := p.Definitions(option); len(definitions) > 0 {
		detail := fmt.Sprintf("%s doesn't read it.", p.whose(v))
		if first := definitions[0]; !first.From.IsZero() && p.version.Less(first.From) {
			detail = fmt.Sprintf("%s supports it since Debezium %s.", p.name(), minor(first.From))
		} else if last := definitions[len(definitions)-1]; !last.Until.IsZero() && !p.version.Less(last.Until) {
			detail = fmt.Sprintf("%s stopped supporting it in Debezium %s.", p.name(), minor(last.Until))
		}
		v.advise(Ignored, key, summary, detail+" It is silently ignored.", Advice{Remove: key})
		return
	}
	if near := p.SuggestOption(option, p.version); near != "" {
		v.advise(Ignored, key, fmt.Sprintf("%s: did you mean %s?", summary, p.prefix+near),
			"Unknown options are silently ignored.", v.renamed(p, near, key))
		return
	}
	v.advise(Ignored, key, summary, "Unknown options are silently ignored. Its options are: "+
		strings.Join(p.optionsNow(), ", ")+".", Advice{Remove: key})
}

// renamed is the advice to write an option under its correct name or, if that
// is set too, to remove the wrong one. If the value doesn't fit the correct
// name, there is none.
func (v *evaluation) renamed(p part, option, inPlaceOf string) Advice {
	advice := Advice{Set: p.prefix + option, Remove: inPlaceOf}
	if v.isSet(advice.Set) {
		advice.Set = ""
	}
	if !v.isSafe(advice) {
		return Advice{}
	}
	return advice
}

// optionsNow returns the options that a component has in its version.
func (p part) optionsNow() []string {
	var names []string
	for _, name := range p.Properties() {
		if p.Presence(name, p.version) == catalog.Present && !slices.Contains(own, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return []string{"none"}
	}
	return names
}
