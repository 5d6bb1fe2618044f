package rules

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

const (
	unwrap    = "io.debezium.transforms.ExtractNewRecordState"
	byTable   = "io.debezium.transforms.ByLogicalTableRouter"
	outbox    = "io.debezium.transforms.outbox.EventRouter"
	scripted  = "io.debezium.transforms.Filter"
	jsonClass = "org.apache.kafka.connect.json.JsonConverter"
)

// transform is a configuration with one transformation, named t.
func transform(class string, options ...string) config {
	c := config{"transforms": "t", "transforms.t.type": class}
	for i := 0; i < len(options); i += 2 {
		c["transforms.t."+options[i]] = options[i+1]
	}
	return c
}

// converted is a configuration with a converter of values.
func converted(class string, options ...string) config {
	c := config{"value.converter": class}
	for i := 0; i < len(options); i += 2 {
		c["value.converter."+options[i]] = options[i+1]
	}
	return c
}

func init() { examples = append(examples, componentExamples...) }

var componentExamples = []example{
	// Classes.
	{rule: "component-class", kind: "postgres", property: "transforms.t.type", bad: transform("io.debezium.transforms.ExtractNewRecordStat"), good: transform(unwrap)},
	{rule: "component-class", kind: "postgres", bad: transform("io.debezium.transforms.extractNewRecordState"), good: transform("com.example.transforms.ExtractNewRecordState")},
	{rule: "component-class", kind: "postgres", bad: transform(kafkaTransforms+"Cast", "spec", "int8"), good: transform(kafkaTransforms+"Cast$Value", "spec", "int8")},
	{rule: "component-class", kind: "postgres", bad: transform(kafkaTransforms+"Cast$Both", "spec", "int8"), good: transform("Cast$Key", "spec", "int8")},
	{rule: "component-class", kind: "postgres", bad: transform(kafkaTransforms + "RegexRouter$Value"), good: transform("RegexRouter")},
	{rule: "component-class", kind: "jdbc_sink", property: "value.converter", bad: converted("org.apache.kafka.connect.json.JSONConverter"), good: converted("io.confluent.connect.avro.AvroConverter", "anything", "x")},
	{rule: "component-class", kind: "postgres", property: "predicates.p.type", bad: config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatch"},
		good: config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches"}},

	// Options.
	{rule: "component-option", kind: "postgres", property: "transforms.t.add.field", bad: transform(unwrap, "add.field", "op"), good: transform(unwrap, "add.fields", "op")},
	{rule: "component-option", kind: "postgres", version: "1.9", bad: transform(unwrap, "delete.tombstone.handling.mode", "drop"), good: transform(unwrap, "add.headers.prefix", "_")},
	{rule: "component-option", kind: "postgres", bad: transform(kafkaTransforms+"ReplaceField$Value", "blacklist", "a"), good: transform(kafkaTransforms+"ReplaceField$Value", "exclude", "a")},
	{rule: "component-option", kind: "postgres", bad: transform(kafkaTransforms+"ReplaceField$Value", "exclude.list", "a"), good: transform(kafkaTransforms+"ReplaceField$Value", "renames", "a:b", "predicate", "p", "negate", "true", "plugin.version", "4.3.1")},
	{rule: "component-option", kind: "postgres", bad: converted(jsonClass, "schema.enable", "false"), good: converted(jsonClass, "schemas.enable", "false", "plugin.version", "4.3.1")},
	{rule: "component-option", kind: "mysql", property: "b.selectors", bad: config{"converters": "b", "b.type": "io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter", "b.selectors": ".*"},
		good: config{"converters": "b", "b.type": "com.example.Converter", "b.selectors": ".*"}},
	{rule: "component-option", kind: "postgres", property: "r.reselect.columns.include", bad: config{"post.processors": "r", "r.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor", "r.reselect.columns.include": "a"},
		good: config{"post.processors": "r", "r.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor", "r.reselect.columns.include.list": "a"}},
	{rule: "component-option-type", kind: "postgres", property: "transforms.t.drop.fields.from.key", bad: transform(unwrap, "drop.fields.from.key", "yes"), good: transform(unwrap, "drop.fields.from.key", " True ")},
	{rule: "component-option-type", kind: "postgres", bad: converted(jsonClass, "schemas.enable", "1"), good: converted(jsonClass, "schemas.enable", "${env:SCHEMAS}")},
	{rule: "component-option-value", kind: "postgres", bad: transform(unwrap, "delete.tombstone.handling.mode", "keep"), good: transform(unwrap, "delete.tombstone.handling.mode", "Rewrite")},
	{rule: "component-option-value", kind: "postgres", version: "3.1", bad: transform(unwrap, "delete.tombstone.handling.mode", "delete-to-tombstone"), good: transform(unwrap, "delete.tombstone.handling.mode", "drop")},
	{rule: "component-option-value", kind: "postgres", bad: transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "timestamp"), good: transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "Timestamp")},
	{rule: "component-option-required", kind: "postgres", property: "transforms.t.condition", bad: transform(scripted, "language", "jsr223.groovy"), good: transform(scripted, "language", "jsr223.groovy", "condition", "true")},
	{rule: "component-option-required", kind: "postgres", property: "transforms.t.replacement", bad: transform(kafkaTransforms+"RegexRouter", "regex", ".*"), good: transform(kafkaTransforms+"RegexRouter", "regex", ".*", "replacement", "")},
	{rule: "component-option-required", kind: "postgres", bad: transform(byTable, "topic.regex", ".*", "topic.replacement", " "), good: transform(byTable, "topic.regex", ".*", "topic.replacement", "all")},

	// Options that go together.
	{rule: "transform-options", kind: "postgres", property: "transforms.t.type", bad: transform(kafkaTransforms + "InsertField$Value"), good: transform(kafkaTransforms+"InsertField$Value", "topic.field", "topic")},
	{rule: "transform-options", kind: "postgres", property: "transforms.t.static.value", bad: transform(kafkaTransforms+"InsertField$Value", "static.field", "a"), good: transform(kafkaTransforms+"InsertField$Value", "static.field", "a", "static.value", "b")},
	{rule: "transform-options", kind: "postgres", bad: transform(kafkaTransforms + "SetSchemaMetadata$Value"), good: transform(kafkaTransforms+"SetSchemaMetadata$Value", "schema.name", "a")},
	{rule: "transform-options", kind: "postgres", bad: transform(kafkaTransforms + "ReplaceField$Value"), good: transform(kafkaTransforms+"ReplaceField$Value", "include", "a")},
	{rule: "transform-options", kind: "postgres", property: "transforms.t.format", bad: transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "string"), good: transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "unix")},
	{rule: "transform-options", kind: "postgres", bad: transform(kafkaTransforms+"Cast$Value", "spec", "a:int"), good: transform(kafkaTransforms+"Cast$Value", "spec", "a:int32,b:STRING")},
	{rule: "transform-options", kind: "postgres", bad: transform(kafkaTransforms+"RegexRouter", "regex", "(", "replacement", "a"), good: transform(kafkaTransforms+"RegexRouter", "regex", "(.*)", "replacement", "$1")},
	{rule: "transform-options", kind: "postgres", bad: transform(kafkaTransforms + "Filter"), good: transform(kafkaTransforms+"Filter", "predicate", "p")},
	{rule: "transform-options", kind: "postgres", bad: transform(byTable, "key.field.regex", "a"), good: transform(byTable, "key.field.regex", "a", "key.field.replacement", "b")},
	{rule: "transform-options", kind: "postgres", bad: transform(outbox, "table.fields.additional.placement", "type:headers"), good: transform(outbox, "table.fields.additional.placement", "type:header:eventType,v:envelope")},
	{rule: "transform-options", kind: "postgres", bad: transform(scripted, "language", "groovy"), good: transform(scripted, "language", "jsr223.groovy")},
	{rule: "transform-options", kind: "postgres", bad: transform("io.debezium.transforms.TimezoneConverter", "include.list", "a", "exclude.list", "b"), good: transform("io.debezium.transforms.TimezoneConverter", "include.list", "a")},
	{rule: "transform-options", kind: "postgres", bad: transform("io.debezium.transforms.HeaderToValue", "fields", "a", "headers", "b,c"), good: transform("io.debezium.transforms.HeaderToValue", "fields", "a,d", "headers", "b,c")},
	{rule: "transform-options", kind: "postgres", property: "predicates.p.pattern", bad: config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": "*"},
		good: config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": ".*"}},

	// Predicates, names, converters, topic groups.
	{rule: "unused-predicate", kind: "postgres", bad: config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.RecordIsTombstone"},
		good: transform(kafkaTransforms+"Filter", "predicate", "p").With(config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.RecordIsTombstone"})},
	{rule: "negate-without-predicate", kind: "postgres", bad: transform(unwrap, "negate", "true"), good: transform(unwrap, "negate", "true", "predicate", "p")},
	{rule: "duplicate-name", kind: "postgres", property: "transforms", bad: transform(unwrap).With(config{"transforms": "t, t"}), good: transform(unwrap)},
	{rule: "converter-options", kind: "postgres", property: "value.converter.schemas.enable", bad: config{"value.converter.schemas.enable": "false"}, good: converted(jsonClass, "schemas.enable", "false")},
	{rule: "converter-options", kind: "jdbc_sink", bad: config{"key.converter.schemas.enable": "false"}, good: config{"key.converter.plugin.version": "4.3.1"}},
	{rule: "topic-group", kind: "postgres", property: "topic.creation.default.partitions", bad: config{"topic.creation.default.partitions": "0"}, good: config{"topic.creation.default.partitions": "-1"}},
	{rule: "topic-group", kind: "postgres", property: "topic.creation.g.include", bad: config{"topic.creation.groups": "g"}, good: config{"topic.creation.groups": "g", "topic.creation.g.include": `shop\..*`}},
	{rule: "topic-group", kind: "postgres", bad: config{"topic.creation.groups": "g", "topic.creation.g.include": "*"}, good: config{"topic.creation.default.cleanup.policy": "compact", "topic.creation.default.confluent.tier.enable": "true"}},
	{rule: "topic-group", kind: "postgres", property: "topic.creation.default.partition", bad: config{"topic.creation.default.partition": "1"}, good: config{"topic.creation.default.retention.ms": "-1"}},
}

// What the configuration says of components without a kind holds, too.
func TestComponentsOfAnUnknownConnector(t *testing.T) {
	got := Check(Input{Config: transform(kafkaTransforms+"RegexRouter", "regexp", ".*", "replacement", "a")})
	if !found(got, "component-option", "transforms.t.regexp") || !found(got, "component-option-required", "transforms.t.regex") {
		t.Errorf("got %+v", got)
	}
}

// A component that isn't known is nobody's business, nor is one whose class
// isn't known yet.
func TestUnknownComponentsAreNotJudged(t *testing.T) {
	for name, in := range map[string]Input{
		"a company's own": {Config: transform("com.example.Transform", "anything", "x")},
		"unknown class":   {Config: config{"transforms": "t", "transforms.t.anything": "x"}, Unknown: map[string]bool{"transforms.t.type": true}},
		"unknown list":    {Config: config{"transforms.t.anything": "x", "transforms.t.negate": "true"}, Unknown: map[string]bool{"transforms": true}},
		"no definitions":  {Config: converted("io.debezium.converters.CloudEventsConverter", "json.schemas.enable", "false")},
	} {
		in.Kind, in.Version = catalog.KindByName("postgres"), version(t, "3.5")
		in.Config = minimal["postgres"].With(in.Config)
		if got := Check(in); len(got) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
