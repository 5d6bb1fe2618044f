package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// What the JDBC sink makes of records and their topics.

var sinkRecordRules = []rule{
	{
		id:         "sink-schema",
		title:      "The JDBC sink's `value.converter` gives records with a schema: `schemas.enable` of JsonConverter isn't `false`, and the converter isn't one of plain text, bytes or numbers.",
		harm:       Fails,
		properties: []string{"value.converter"},
		kinds:      jdbcSink,
		source:     "Debezium 3.5 JdbcKafkaSinkRecord: a value is a Struct, or a tombstone",
		check:      checkSinkSchema,
	},
	{
		id:         "sink-key-schema",
		title:      "With `primary.key.mode` = `record_key`, the JDBC sink's `key.converter` gives keys with a schema: `schemas.enable` of JsonConverter isn't `false`.",
		harm:       Fails,
		properties: []string{"key.converter", "primary.key.mode"},
		kinds:      jdbcSink,
		source:     "Debezium 2.2 to 3.6: primary key mode 'record_key' cannot have null schema; seen with 3.5.0",
		check:      checkSinkKeySchema,
	},
	{
		id:         "value-as-key",
		title:      "With `insert.mode` = `upsert` and `primary.key.mode` = `record_value`, `primary.key.fields` names the fields of the key.",
		harm:       Risky,
		properties: []string{"insert.mode", "primary.key.mode", "primary.key.fields"},
		kinds:      jdbcSink,
		from:       v35,
		source:     "Debezium 3.5 JdbcKafkaSinkRecord: without names, each field is part of the key; seen with 3.5.0",
		check:      checkValueAsKey,
	},
	{
		id:         "sink-field",
		title:      "An entry of `field.include.list` or `field.exclude.list` is `FIELD`, or `TOPIC:FIELD` with the topic's whole name.",
		harm:       Diverges,
		properties: []string{"field.include.list", "field.exclude.list"},
		kinds:      jdbcSink,
		source:     "Debezium 3.6 FieldFilterFactory: names are compared as they are; seen with 3.5.0",
		check:      checkSinkFields,
	},
	{
		id:         "collection-name",
		title:      "`collection.name.format` has no other placeholders than `${topic}` and `${source.FIELD}`.",
		harm:       Diverges,
		properties: []string{"collection.name.format"},
		kinds:      jdbcSink,
		source:     "Debezium 3.6 DefaultCollectionNamingStrategy: anything else stays as it is",
		check:      checkCollectionName,
	},
}

func checkSinkSchema(v *evaluation) {
	class, ok := v.known("value.converter")
	if !ok || v.changesStructure() {
		return
	}
	c := catalog.ComponentOfClass(catalog.Converter, class)
	if c == nil || !strings.HasPrefix(c.Class, "org.apache.kafka.connect.") {
		return
	}
	const advice = "Use a converter that writes and reads schemas, as the source does: Avro, or JsonConverter with schemas.enable = true on both sides."
	if !strings.HasSuffix(c.Class, ".JsonConverter") {
		v.add("value.converter", fmt.Sprintf("value.converter: the JDBC sink can't store what %s reads", c.Class[strings.LastIndexByte(c.Class, '.')+1:]),
			"It needs records with fields and a schema, and its task fails with the first record of any other form. "+advice)
		return
	}
	if key := "value.converter.schemas.enable"; v.is(key, "false") {
		v.add(key, key+" can't be false for a JDBC sink",
			"The sink takes the types of columns from the records' schema. Without one, its task fails with the first record. "+advice)
	}
}

// changesStructure reports whether a transformation may give a record a schema
// that it doesn't have when read.
func (v *evaluation) changesStructure() bool {
	names := v.list("transforms")
	chain := v.chain(keepsEnvelope)
	return v.isUnknown("transforms") || v.Partial && !v.isSet("transforms") || len(chain) < len(names) ||
		slices.ContainsFunc(chain, func(p part) bool { return !keepsEnvelope(p) && !p.isUnwrap() })
}

var placeholder = regexp.MustCompile(`\$\{[^}]*\}`)

func checkCollectionName(v *evaluation) {
	if !v.isMissing("collection.naming.strategy", "table.naming.strategy") {
		return // a custom naming strategy
	}
	const key = "collection.name.format"
	value, _ := v.known(key)
	for _, found := range placeholder.FindAllString(value, -1) {
		if found != "${topic}" && !strings.HasPrefix(found, "${source.") {
			v.add(key, fmt.Sprintf("%s: %s is no placeholder", key, found), fmt.Sprintf(
				"Debezium replaces ${topic} and ${source.FIELD}. It leaves %s as it is, and writes to a table of that name.", found))
		}
	}
}

func checkSinkKeySchema(v *evaluation) {
	class, _ := v.known("key.converter")
	c := catalog.ComponentOfClass(catalog.Converter, class)
	const key = "key.converter.schemas.enable"
	if c == nil || c.Class != "org.apache.kafka.connect.json.JsonConverter" || !v.is(key, "false") || !v.is("primary.key.mode", "record_key") || v.changesStructure() || v.changesKeys() {
		return
	}
	v.add(key, key+" can't be false with primary.key.mode = record_key",
		"The sink takes the columns of the primary key from the schema of the record's key. Without one, its task fails with the first record. "+
			"Use a converter that writes and reads schemas, as the source does: Avro, or JsonConverter with schemas.enable = true on both sides. "+
			"Or take the key from the value, with primary.key.mode = record_value and primary.key.fields.")
}

// changesKeys reports whether a transformation may change the keys.
func (v *evaluation) changesKeys() bool {
	return slices.ContainsFunc(v.parts(), func(p part) bool {
		return p.componentType == catalog.Transformation && (strings.HasSuffix(p.class, "$Key") || p.simpleName() == "ValueToKey")
	})
}

func checkValueAsKey(v *evaluation) {
	if !v.is("insert.mode", "upsert") || !v.is("primary.key.mode", "record_value") || !v.isMissing("primary.key.fields") {
		return
	}
	key := v.at("primary.key.mode", "insert.mode")
	v.add(key, key+": without primary.key.fields, updates add rows",
		"With primary.key.mode = record_value and no primary.key.fields, all fields of the value are the key. A changed row is then a new one: it is added, and the old one stays. "+
			"Set primary.key.fields to the fields that identify a row.")
}

func checkSinkFields(v *evaluation) {
	topics := v.list("topics")
	if topics == nil || v.isSet("topics.regex") || !v.keepsTopics() || v.flattens() {
		return
	}
	for key, effect := range map[string]string{"field.include.list": "it selects no field", "field.exclude.list": "the field is written all the same"} {
		entries := v.list(key)
		if v.ignores(key) || key == "field.include.list" && v.isSet("field.exclude.list") {
			continue // the other one takes precedence
		}
		for _, entry := range entries {
			topic, field := misnamedTopic(entry, topics)
			if want := topic + ":" + field; topic != "" && !slices.Contains(entries, want) && !slices.Contains(entries, field) {
				v.add(key, fmt.Sprintf("%s: %s names no field of a topic", key, quoted(entry)), fmt.Sprintf(
					"An entry is either FIELD, for all topics, or TOPIC:FIELD with the topic's whole name. %s is neither, so %s. Write %s or %s.", quoted(entry), effect, quoted(want), quoted(field)))
			}
		}
	}
}

// flattens reports whether fields may have names with dots.
func (v *evaluation) flattens() bool {
	return slices.ContainsFunc(v.parts(), func(p part) bool { return p.simpleName() == "Flatten" })
}

// misnamedTopic returns the topic and the field that an entry means but doesn't
// name: with the end of the topic's name alone, or with a dot for the colon.
func misnamedTopic(entry string, topics []string) (topic, field string) {
	head, field, colon := strings.Cut(entry, ":")
	if !colon {
		dot := strings.LastIndexByte(entry, '.')
		if dot < 0 {
			return "", ""
		}
		head, field = entry[:dot], entry[dot+1:]
	}
	head, field = strings.TrimSpace(head), strings.TrimSpace(field)
	if head == "" || field == "" || strings.Contains(field, ":") || colon && slices.Contains(topics, head) {
		return "", ""
	}
	for _, t := range topics {
		if t == head || strings.HasSuffix(t, "."+head) {
			return t, field
		}
	}
	return "", ""
}
