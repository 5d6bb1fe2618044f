package rules

import (
	"fmt"
	"slices"
	"strings"
)

// demand is what a class requires of its options together. The check returns
// the option that the finding is about and what is wrong, or "".
type demand struct {
	class string
	harm  Harm
	check func(v *evaluation, p part) (option, problem string)
}

const kafkaTransforms = "org.apache.kafka.connect.transforms."

var demands = []demand{
	{kafkaTransforms + "InsertField", Fails, insertsSomething},
	{kafkaTransforms + "InsertField", Fails, hasStaticValue},
	{kafkaTransforms + "SetSchemaMetadata", Fails, setsSomething},
	{kafkaTransforms + "ReplaceField", Ignored, replacesSomething},
	{kafkaTransforms + "TimestampConverter", Fails, hasTextFormat},
	{kafkaTransforms + "TimestampConverter", Fails, datePattern("format")},
	{kafkaTransforms + "TimestampRouter", Fails, datePattern("timestamp.format")},
	{kafkaTransforms + "Cast", Refused, castsToTypes},
	{kafkaTransforms + "RegexRouter", Refused, regexOf("regex")},
	{kafkaTransforms + "RegexRouter", Fails, replaces("regex", "replacement", "", "")},
	{kafkaTransforms + "predicates.TopicNameMatches", Refused, regexOf("pattern")},
	{kafkaTransforms + "Filter", Risky, filtersSome},
	{"io.debezium.transforms.ByLogicalTableRouter", Fails, regexOf("topic.regex")},
	{"io.debezium.transforms.ByLogicalTableRouter", Fails, regexOf("key.field.regex")},
	{"io.debezium.transforms.ByLogicalTableRouter", Fails, replacesKeyField},
	{"io.debezium.transforms.ByLogicalTableRouter", Fails, replaces("topic.regex", "topic.replacement", "", "")},
	{"io.debezium.transforms.ByLogicalTableRouter", Fails, replaces("key.field.regex", "key.field.replacement", "", "")},
	{relationalOutbox, Fails, regexOf("route.topic.regex")},
	{relationalOutbox, Fails, routesByValue},
	{mongodbOutbox, Fails, routesByValue},
	{relationalOutbox, Fails, placesFields("table.fields.additional.placement")},
	{mongodbOutbox, Fails, placesFields("collection.fields.additional.placement")},
	{"io.debezium.transforms.Filter", Fails, regexOf("topic.regex")},
	{"io.debezium.transforms.Filter", Fails, speaksLanguage},
	{"io.debezium.transforms.ContentBasedRouter", Fails, regexOf("topic.regex")},
	{"io.debezium.transforms.ContentBasedRouter", Fails, speaksLanguage},
	{relationalUnwrap, Ignored, addsKnown("add.fields")},
	{relationalUnwrap, Ignored, addsKnown("add.headers")},
	{"io.debezium.transforms.TimezoneConverter", Fails, includesOrExcludes},
	{"io.debezium.transforms.TimezoneConverter", Fails, namesZone},
	{"io.debezium.transforms.TimezoneConverter", Fails, zoneList("include.list")},
	{"io.debezium.transforms.TimezoneConverter", Fails, zoneList("exclude.list")},
	{"io.debezium.transforms.SchemaChangeEventFilter", Fails, namesSchemaChanges},
	{"io.debezium.transforms.partitions.PartitionRouting", Fails, hasPartitions},
	{"io.debezium.transforms.HeaderToValue", Fails, pairsHeaders},
	{"io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter", Fails, regexesOf("selector")},
	{"io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter", Fails, regexesOf("selector")},
}

var transformRules = []rule{{
	id:         "transform-options",
	title:      "The options of a transformation go together: what one needs is set, regular expressions compile, lists have the form that they need.",
	harm:       Refused,
	properties: []string{"transforms", "predicates"},
	source:     "configure of each of Kafka 4.3's and Debezium 3.6's transformations",
	check: func(v *evaluation) {
		for _, p := range v.parts() {
			for _, d := range demands {
				if d.class != p.Class {
					continue
				}
				if option, problem := d.check(v, p); problem != "" {
					key := p.prefix + option
					detail := fmt.Sprintf("The class is %s.", p.class)
					if d.harm.preventsRunning() {
						detail += " " + consequence(d.harm)
					}
					v.addAs(d.harm, key, key+": "+problem, detail)
				}
			}
		}
	},
}}

// missingAll reports whether certainly none of the options is set.
func (p part) missingAll(v *evaluation, options ...string) bool {
	keys := make([]string, 0, len(options))
	for _, o := range options {
		keys = append(keys, p.prefix+o)
	}
	return v.isMissing(keys...)
}

func insertsSomething(v *evaluation, p part) (string, string) {
	if p.missingAll(v, "offset.field", "partition.field", "static.field", "timestamp.field", "topic.field") {
		return "type", "no field to insert: set static.field, timestamp.field, topic.field, partition.field or offset.field"
	}
	return "", ""
}

func hasStaticValue(v *evaluation, p part) (string, string) {
	if v.isSet(p.prefix+"static.field") && p.missingAll(v, "static.value") {
		return "static.value", "static.field needs a static.value"
	}
	return "", ""
}

func setsSomething(v *evaluation, p part) (string, string) {
	if p.missingAll(v, "schema.name", "schema.version") {
		return "type", "neither schema.name nor schema.version is set"
	}
	return "", ""
}

func replacesSomething(v *evaluation, p part) (string, string) {
	if p.missingAll(v, "include", "exclude", "renames", "blacklist", "whitelist") {
		return "type", "none of include, exclude and renames is set, so it changes nothing"
	}
	return "", ""
}

func hasTextFormat(v *evaluation, p part) (string, string) {
	if target, ok := v.known(p.prefix + "target.type"); ok && target == "string" && p.missingAll(v, "format") {
		return "format", "the target.type string needs a format, such as yyyy-MM-dd HH:mm:ss"
	}
	return "", ""
}

// castTypes are the types that Cast knows.
var castTypes = []string{"int8", "int16", "int32", "int64", "float32", "float64", "boolean", "string"}

func castsToTypes(v *evaluation, p part) (string, string) {
	for _, entry := range v.list(p.prefix + "spec") {
		_, typ, named := strings.Cut(entry, ":")
		if !named {
			typ = entry
		}
		if typ = strings.TrimSpace(typ); !slices.Contains(castTypes, strings.ToLower(typ)) {
			return "spec", fmt.Sprintf("%s isn't a type it can cast to: these are %s", quoted(typ), strings.Join(castTypes, ", "))
		}
	}
	return "", ""
}

// regexOf requires an option to be a regular expression.
func regexOf(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		if pattern, ok := v.known(p.prefix + option); ok {
			if problem := regexProblem(pattern); problem != "" {
				return option, fmt.Sprintf("%s isn't a regular expression: %s", quoted(pattern), problem)
			}
		}
		return "", ""
	}
}

// routesByValue checks the pattern and the replacement of the outbox
// transformations, both of which have defaults.
var routesByValue = replaces("route.topic.regex", "route.topic.replacement", "(?<routedByValue>.*)", "outbox.event.${routedByValue}")

// regexesOf requires an option to be a list of regular expressions.
func regexesOf(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		for _, pattern := range v.list(p.prefix + option) {
			if problem := regexProblem(pattern); problem != "" {
				return option, fmt.Sprintf("%s isn't a regular expression: %s", quoted(pattern), problem)
			}
		}
		return "", ""
	}
}

func filtersSome(v *evaluation, p part) (string, string) {
	if p.missingAll(v, "predicate") {
		return "type", "without a predicate it drops every record"
	}
	return "", ""
}

func replacesKeyField(v *evaluation, p part) (string, string) {
	if v.isSet(p.prefix+"key.field.regex") && p.missingAll(v, "key.field.replacement") {
		return "key.field.replacement", "key.field.regex needs a key.field.replacement"
	}
	return "", ""
}

// placements are where the outbox transformations put an additional field.
var placements = []string{"header", "envelope", "partition"}

func placesFields(option string) func(*evaluation, part) (string, string) {
	return func(v *evaluation, p part) (string, string) {
		for _, entry := range v.list(p.prefix + option) {
			parts := strings.Split(entry, ":")
			if len(parts) < 2 || len(parts) > 3 || !slices.Contains(placements, strings.ToLower(strings.TrimSpace(parts[1]))) {
				return option, fmt.Sprintf("%s isn't of the form COLUMN:PLACEMENT or COLUMN:PLACEMENT:ALIAS with a placement of %s", quoted(entry), strings.Join(placements, ", "))
			}
		}
		return "", ""
	}
}

func speaksLanguage(v *evaluation, p part) (string, string) {
	language, ok := v.known(p.prefix + "language")
	if ok && !strings.HasPrefix(language, "jsr223.") && !strings.HasPrefix(language, "wasm") {
		return "language", fmt.Sprintf("%s must begin with jsr223., as in jsr223.groovy, or with wasm", quoted(language))
	}
	return "", ""
}

func includesOrExcludes(v *evaluation, p part) (string, string) {
	if v.isSet(p.prefix+"include.list") && v.isSet(p.prefix+"exclude.list") {
		return "exclude.list", "include.list and exclude.list can't be combined"
	}
	return "", ""
}

func pairsHeaders(v *evaluation, p part) (string, string) {
	fields, headers := v.list(p.prefix+"fields"), v.list(p.prefix+"headers")
	if fields != nil && headers != nil && len(fields) != len(headers) {
		return "fields", fmt.Sprintf("it has %d entries, but headers has %d: each header goes into one field", len(fields), len(headers))
	}
	return "", ""
}
