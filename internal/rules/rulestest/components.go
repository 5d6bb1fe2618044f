package rulestest

import "github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"

const (
	kafkaTransforms = "org.apache.kafka.connect.transforms."
	ehcacheGlobal   = "log.mining.buffer.ehcache.global.config"
	unwrap          = "io.debezium.transforms.ExtractNewRecordState"
	byTable         = "io.debezium.transforms.ByLogicalTableRouter"
	outbox          = "io.debezium.transforms.outbox.EventRouter"
	scripted        = "io.debezium.transforms.Filter"
	jsonClass       = "org.apache.kafka.connect.json.JsonConverter"
)

// Transform is a configuration with one transformation, named t.
func Transform(class string, options ...string) catalogtest.Config {
	c := catalogtest.Config{"transforms": "t", "transforms.t.type": class}
	for i := 0; i < len(options); i += 2 {
		c["transforms.t."+options[i]] = options[i+1]
	}
	return c
}

// Converted is a configuration with a converter of values.
func Converted(class string, options ...string) catalogtest.Config {
	c := catalogtest.Config{"value.converter": class}
	for i := 0; i < len(options); i += 2 {
		c["value.converter."+options[i]] = options[i+1]
	}
	return c
}

var components = []Example{
	// Classes.
	{Rule: "component-class", Kind: "postgres", Property: "transforms.t.type", Bad: Transform("io.debezium.transforms.ExtractNewRecordStat"), Good: Transform(unwrap)},
	{Rule: "component-class", Kind: "postgres", Bad: Transform("io.debezium.transforms.extractNewRecordState"), Good: Transform("com.example.transforms.ExtractNewRecordState")},
	{Rule: "component-class", Kind: "postgres", Bad: Transform(kafkaTransforms+"Cast", "spec", "int8"), Good: Transform(kafkaTransforms+"Cast$Value", "spec", "int8")},
	{Rule: "component-class", Kind: "postgres", Bad: Transform(kafkaTransforms+"Cast$Both", "spec", "int8"), Good: Transform("Cast$Key", "spec", "int8")},
	{Rule: "component-class", Kind: "postgres", Bad: Transform(kafkaTransforms + "RegexRouter$Value"), Good: Transform("RegexRouter")},
	{Rule: "component-class", Kind: "jdbc_sink", Property: "value.converter", Bad: Converted("org.apache.kafka.connect.json.JSONConverter"), Good: Converted("io.confluent.connect.avro.AvroConverter", "anything", "x")},
	{Rule: "component-class", Kind: "postgres", Property: "predicates.p.type", Bad: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatch"},
		Good: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches"}},

	// Options.
	{Rule: "component-option", Kind: "postgres", Property: "transforms.t.add.field", Bad: Transform(unwrap, "add.field", "op"), Good: Transform(unwrap, "add.fields", "op")},
	{Rule: "component-option", Kind: "postgres", Version: "1.9", Bad: Transform(unwrap, "delete.tombstone.handling.mode", "drop"), Good: Transform(unwrap, "add.headers.prefix", "_")},
	{Rule: "component-option", Kind: "postgres", Bad: Transform(kafkaTransforms+"ReplaceField$Value", "blacklist", "a"), Good: Transform(kafkaTransforms+"ReplaceField$Value", "exclude", "a")},
	{Rule: "component-option", Kind: "postgres", Bad: Transform(kafkaTransforms+"ReplaceField$Value", "exclude.list", "a"), Good: Transform(kafkaTransforms+"ReplaceField$Value", "renames", "a:b", "predicate", "p", "negate", "true", "plugin.version", "4.3.1")},
	{Rule: "component-option", Kind: "postgres", Bad: Converted(jsonClass, "schema.enable", "false"), Good: Converted(jsonClass, "schemas.enable", "false", "plugin.version", "4.3.1")},
	{Rule: "component-option", Kind: "mysql", Property: "b.selectors", Bad: catalogtest.Config{"converters": "b", "b.type": "io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter", "b.selectors": ".*"},
		Good: catalogtest.Config{"converters": "b", "b.type": "com.example.Converter", "b.selectors": ".*"}},
	{Rule: "component-option", Kind: "postgres", Property: "r.reselect.columns.include", Bad: catalogtest.Config{"post.processors": "r", "r.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor", "r.reselect.columns.include": "a"},
		Good: catalogtest.Config{"post.processors": "r", "r.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor", "r.reselect.columns.include.list": "a"}},
	{Rule: "component-option-type", Kind: "postgres", Property: "transforms.t.drop.fields.from.key", Bad: Transform(unwrap, "drop.fields.from.key", "yes"), Good: Transform(unwrap, "drop.fields.from.key", " True ")},
	{Rule: "component-option-type", Kind: "postgres", Bad: Converted(jsonClass, "schemas.enable", "1"), Good: Converted(jsonClass, "schemas.enable", "${env:SCHEMAS}")},
	{Rule: "component-option-value", Kind: "postgres", Bad: Transform(unwrap, "delete.tombstone.handling.mode", "keep"), Good: Transform(unwrap, "delete.tombstone.handling.mode", "Rewrite")},
	{Rule: "component-option-value", Kind: "postgres", Version: "3.1", Bad: Transform(unwrap, "delete.tombstone.handling.mode", "delete-to-tombstone"), Good: Transform(unwrap, "delete.tombstone.handling.mode", "drop")},
	{Rule: "component-option-value", Kind: "postgres", Bad: Transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "timestamp"), Good: Transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "Timestamp")},
	{Rule: "component-option-required", Kind: "postgres", Property: "transforms.t.condition", Bad: Transform(scripted, "language", "jsr223.groovy"), Good: Transform(scripted, "language", "jsr223.groovy", "condition", "true")},
	{Rule: "component-option-required", Kind: "postgres", Property: "transforms.t.replacement", Bad: Transform(kafkaTransforms+"RegexRouter", "regex", ".*"), Good: Transform(kafkaTransforms+"RegexRouter", "regex", ".*", "replacement", "")},
	{Rule: "component-option-required", Kind: "postgres", Bad: Transform(byTable, "topic.regex", ".*", "topic.replacement", " "), Good: Transform(byTable, "topic.regex", ".*", "topic.replacement", "all")},

	// Options that go together.
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.type", Bad: Transform(kafkaTransforms + "InsertField$Value"), Good: Transform(kafkaTransforms+"InsertField$Value", "topic.field", "topic")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.static.value", Bad: Transform(kafkaTransforms+"InsertField$Value", "static.field", "a"), Good: Transform(kafkaTransforms+"InsertField$Value", "static.field", "a", "static.value", "b")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms + "SetSchemaMetadata$Value"), Good: Transform(kafkaTransforms+"SetSchemaMetadata$Value", "schema.name", "a")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms + "ReplaceField$Value"), Good: Transform(kafkaTransforms+"ReplaceField$Value", "include", "a")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.format", Bad: Transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "string"), Good: Transform(kafkaTransforms+"TimestampConverter$Value", "target.type", "unix")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms+"Cast$Value", "spec", "a:int"), Good: Transform(kafkaTransforms+"Cast$Value", "spec", "a:int32,b:STRING")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms+"RegexRouter", "regex", "(", "replacement", "a"), Good: Transform(kafkaTransforms+"RegexRouter", "regex", "(.*)", "replacement", "$1")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms + "Filter"), Good: Transform(kafkaTransforms+"Filter", "predicate", "p")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(byTable, "key.field.regex", "a"), Good: Transform(byTable, "key.field.regex", "a", "key.field.replacement", "b")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(outbox, "table.fields.additional.placement", "type:headers"), Good: Transform(outbox, "table.fields.additional.placement", "type:header:eventType,v:envelope")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(scripted, "language", "groovy"), Good: Transform(scripted, "language", "jsr223.groovy")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform("io.debezium.transforms.TimezoneConverter", "include.list", "a", "exclude.list", "b"), Good: Transform("io.debezium.transforms.TimezoneConverter", "include.list", "a")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform("io.debezium.transforms.HeaderToValue", "fields", "a", "headers", "b,c"), Good: Transform("io.debezium.transforms.HeaderToValue", "fields", "a,d", "headers", "b,c")},
	{Rule: "transform-options", Kind: "postgres", Property: "predicates.p.pattern", Bad: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": "*"},
		Good: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": ".*"}},

	// Predicates, names, converters, topic groups.
	{Rule: "unused-predicate", Kind: "postgres", Bad: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.RecordIsTombstone"},
		Good: Transform(kafkaTransforms+"Filter", "predicate", "p").With(catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.RecordIsTombstone"})},
	{Rule: "negate-without-predicate", Kind: "postgres", Bad: Transform(unwrap, "negate", "true"), Good: Transform(unwrap, "negate", "true", "predicate", "p")},
	{Rule: "duplicate-name", Kind: "postgres", Property: "transforms", Bad: Transform(unwrap).With(catalogtest.Config{"transforms": "t, t"}), Good: Transform(unwrap)},
	{Rule: "converter-options", Kind: "postgres", Property: "value.converter.schemas.enable", Bad: catalogtest.Config{"value.converter.schemas.enable": "false"}, Good: Converted(jsonClass, "schemas.enable", "false")},
	{Rule: "converter-options", Kind: "jdbc_sink", Bad: catalogtest.Config{"key.converter.schemas.enable": "false"}, Good: catalogtest.Config{"key.converter.plugin.version": "4.3.1"}},
	{Rule: "topic-group", Kind: "postgres", Property: "topic.creation.default.partitions", Bad: catalogtest.Config{"topic.creation.default.partitions": "0"}, Good: catalogtest.Config{"topic.creation.default.partitions": "-1"}},
	{Rule: "topic-group", Kind: "postgres", Property: "topic.creation.g.include", Bad: catalogtest.Config{"topic.creation.groups": "g"}, Good: catalogtest.Config{"topic.creation.groups": "g", "topic.creation.g.include": `shop\..*`}},
	{Rule: "topic-group", Kind: "postgres", Bad: catalogtest.Config{"topic.creation.groups": "g", "topic.creation.g.include": "*"}, Good: catalogtest.Config{"topic.creation.default.cleanup.policy": "compact", "topic.creation.default.confluent.tier.enable": "true"}},
	{Rule: "topic-group", Kind: "postgres", Property: "topic.creation.default.partition", Bad: catalogtest.Config{"topic.creation.default.partition": "1"}, Good: catalogtest.Config{"topic.creation.default.retention.ms": "-1"}},
}
