package rulestest

import (
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

const (
	kafkaTransforms = "org.apache.kafka.connect.transforms."
	ehcacheGlobal   = "log.mining.buffer.ehcache.global.config"
	unwrap          = "io.debezium.transforms.ExtractNewRecordState"
	byTable         = "io.debezium.transforms.ByLogicalTableRouter"
	outbox          = "io.debezium.transforms.outbox.EventRouter"
	scripted        = "io.debezium.transforms.Filter"
	mongoUnwrap     = "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState"
	timezones       = "io.debezium.transforms.TimezoneConverter"
	jsonClass       = "org.apache.kafka.connect.json.JsonConverter"
)

// Transform is a configuration with one transformation, named t.
func Transform(class string, options ...string) catalogtest.Config {
	c := catalogtest.Config{"transforms": "t", "transforms.t.type": class}
	for pair := range slices.Chunk(options, 2) {
		c["transforms.t."+pair[0]] = pair[1]
	}
	return c
}

// Converted is a configuration with a value converter.
func Converted(class string, options ...string) catalogtest.Config {
	c := catalogtest.Config{"value.converter": class}
	for pair := range slices.Chunk(options, 2) {
		c["value.converter."+pair[0]] = pair[1]
	}
	return c
}

// onTopic is a configuration with a transformation for topics that match a
// pattern.
func onTopic(pattern string) catalogtest.Config {
	return Transform(kafkaTransforms+"InsertHeader", "header", "a", "value.literal", "b", "predicate", "p").With(catalogtest.Config{
		"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": pattern})
}

// unwrapped is a configuration with a transformation, named t, behind one that
// unwraps the events, named u.
func unwrapped(class string, options ...string) catalogtest.Config {
	return Transform(class, options...).With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap})
}

// grouped is a configuration with a group of topics that match a pattern.
func grouped(pattern string) catalogtest.Config {
	return catalogtest.Config{"topic.creation.groups": "g", "topic.creation.g.include": pattern, "topic.creation.default.partitions": "1", "topic.creation.default.replication.factor": "1"}
}

// compacted is a configuration that writes JSON, to topics that are compacted if
// they belong to a group.
func compacted(group string) catalogtest.Config {
	return Converted(jsonClass, "schemas.enable", "false").With(catalogtest.Config{
		"topic.creation." + group + ".cleanup.policy": "compact", "topic.creation.default.partitions": "1", "topic.creation.default.replication.factor": "1"})
}

// sinking is a configuration of a sink that reads one topic.
func sinking(list, fields string) catalogtest.Config {
	return catalogtest.Config{"topics": "shop.public.customers", list: fields}
}

// jsonKeys has keys without a schema.
var jsonKeys = catalogtest.Config{"key.converter": jsonClass, "key.converter.schemas.enable": "false"}

func reselecting(columns string) catalogtest.Config {
	return catalogtest.Config{"post.processors": "r", "r.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor", "r.reselect.columns.include.list": columns}
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
	{Rule: "transform-options", Kind: "postgres", Bad: Transform("io.debezium.transforms.TimezoneConverter", "include.list", "a", "exclude.list", "b"), Good: Transform(timezones, "include.list", "source:a:created_at,b:created_at,c")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.include.list", Bad: Transform(timezones, "include.list", "a"), Good: Transform(timezones, "include.list", "public.a:b", "converted.timezone", "Europe/Berlin")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(timezones, "exclude.list", "source:a-b"), Good: Transform(timezones, "exclude.list", "topic:a.b")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.converted.timezone", Bad: Transform(timezones, "converted.timezone", "+2:00"), Good: Transform(timezones, "converted.timezone", "+02:00")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.replacement", Bad: Transform(kafkaTransforms+"RegexRouter", "regex", `(.*)\.(a|b[()]\()`, "replacement", "$1.$3"), Good: Transform(kafkaTransforms+"RegexRouter", "regex", `(.*)\.(?:a)(?<t>b)`, "replacement", `$1.$2.${t}\$9`)},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(kafkaTransforms+"RegexRouter", "regex", "(.*)", "replacement", "$x"), Good: Transform(kafkaTransforms+"RegexRouter", "regex", "(.*)", "replacement", "$0-$12")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.topic.replacement", Bad: Transform(byTable, "topic.regex", "(.*)_a", "topic.replacement", "$2"), Good: Transform(byTable, "topic.regex", "(.*)_a", "topic.replacement", "$1")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.route.topic.replacement", Bad: Transform(outbox, "route.topic.replacement", "a.${routed}"), Good: Transform(outbox, "route.topic.replacement", "a.${routedByValue}")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.route.topic.regex", Bad: Transform(outbox, "route.topic.regex", "(?<routed>.*)"), Good: Transform(outbox, "route.topic.regex", "(?<routed>.*)", "route.topic.replacement", "a.${routed}")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.format", Bad: Transform(kafkaTransforms+"TimestampConverter$Value", "format", "yyyy-MM-ddThh"), Good: Transform(kafkaTransforms+"TimestampConverter$Value", "format", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")},
	{Rule: "transform-options", Kind: "jdbc_sink", Property: "transforms.t.timestamp.format", Bad: Transform(kafkaTransforms+"TimestampRouter", "timestamp.format", "yyyy'MM"), Good: Transform(kafkaTransforms+"TimestampRouter", "timestamp.format", "yyyyMM")},
	{Rule: "transform-options", Kind: "mysql", Bad: Transform("io.debezium.transforms.SchemaChangeEventFilter", "schema.change.event.exclude.list", "DROP,Truncate"), Good: Transform("io.debezium.transforms.SchemaChangeEventFilter", "schema.change.event.exclude.list", "DROP, TRUNCATE")},
	{Rule: "transform-options", Kind: "mysql", Bad: Transform("io.debezium.transforms.partitions.PartitionRouting", "partition.topic.num", "0"), Good: Transform("io.debezium.transforms.partitions.PartitionRouting", "partition.topic.num", "1")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform("io.debezium.transforms.HeaderToValue", "fields", "a", "headers", "b,c"), Good: Transform("io.debezium.transforms.HeaderToValue", "fields", "a,d", "headers", "b,c")},
	{Rule: "transform-options", Kind: "postgres", Property: "predicates.p.pattern", Bad: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": "*"},
		Good: catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.TopicNameMatches", "predicates.p.pattern": ".*"}},

	// The contents of records.
	{Rule: "envelope-field", Kind: "postgres", Property: "transforms.t.fields", Bad: Transform(kafkaTransforms+"MaskField$Value", "fields", "email"),
		Good: Transform(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap})},
	{Rule: "envelope-field", Kind: "mysql", Bad: Transform(kafkaTransforms+"ValueToKey", "fields", "id"), Good: Transform(kafkaTransforms+"ValueToKey", "fields", "op,ts_ms")},
	{Rule: "envelope-field", Kind: "postgres", Bad: Transform("ExtractField$Value", "field", "id"), Good: Transform("ExtractField$Value", "field", "after.id", "field.syntax.version", "V2")},
	{Rule: "envelope-field", Kind: "postgres", Property: "transforms.t.exclude", Bad: Transform(kafkaTransforms+"ReplaceField$Value", "exclude", "ssn").With(catalogtest.Config{"transforms": "r,t,u", "transforms.r.type": kafkaTransforms + "RegexRouter", "transforms.u.type": unwrap}),
		Good: Transform(kafkaTransforms+"ReplaceField$Value", "exclude", "ssn").With(catalogtest.Config{"transforms": "own,t", "transforms.own.type": "com.example.Own"})},
	{Rule: "envelope-field", Kind: "postgres", Property: "transforms.t.spec", Bad: Transform(kafkaTransforms+"Cast$Value", "spec", "amount:string"), Good: Transform(kafkaTransforms+"Cast$Value", "spec", "ts_ms:string")},
	{Rule: "envelope-field", Kind: "mongodb", Property: "transforms.t.renames", Bad: Transform(kafkaTransforms+"ReplaceField$Value", "renames", "_id:id"), Good: Transform(kafkaTransforms+"ReplaceField$Key", "renames", "_id:id")},
	{Rule: "envelope-field", Kind: "postgres", Bad: Transform(kafkaTransforms+"TimestampConverter$Value", "field", "created"), Good: Transform(kafkaTransforms+"TimestampConverter$Value", "field", "created", "predicate", "p")},
	{Rule: "record-timestamp", Kind: "postgres", Property: "transforms.t.type", Bad: Transform(kafkaTransforms + "TimestampRouter"),
		Good: Transform(kafkaTransforms + "TimestampRouter").With(catalogtest.Config{"transforms": "o,t", "transforms.o.type": outbox})},
	{Rule: "record-timestamp", Kind: "postgres", Property: "transforms.t.timestamp.field", Bad: Transform(kafkaTransforms+"InsertField$Value", "timestamp.field", "t"),
		Good: Transform(kafkaTransforms+"InsertField$Value", "timestamp.field", "t").With(catalogtest.Config{"transforms": "own,t", "transforms.own.type": "com.example.Own"})},
	{Rule: "record-timestamp", Kind: "mysql", Bad: Transform(kafkaTransforms + "TimestampRouter").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap}), Good: Transform(unwrap)},

	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.converted.timezone", Bad: Transform(timezones, "converted.timezone", "Europe/Berln"), Good: Transform(timezones, "converted.timezone", "America/Argentina/Buenos_Aires")},
	{Rule: "transform-options", Kind: "postgres", Bad: Transform(timezones, "converted.timezone", "CEST"), Good: Transform(timezones, "converted.timezone", "PST")},
	{Rule: "transform-options", Kind: "postgres", Property: "transforms.t.add.fields", Bad: Transform(unwrap, "add.fields", "ops,table"), Good: Transform(unwrap, "add.fields", "op:o,source.ts_ms:ts,transaction.id,own,lsn")},
	{Rule: "transform-options", Kind: "jdbc_sink", Property: "transforms.t.add.headers", Bad: Transform(unwrap, "add.headers", "source.tsms"), Good: Transform(unwrap, "add.headers", "source.ts_ms,after.dbs")},
	{Rule: "predicate-topic", Kind: "postgres", Property: "predicates.p.pattern", Bad: onTopic("public.orders"), Good: onTopic(`shop\.public\.orders`)},
	{Rule: "predicate-topic", Kind: "mysql", Bad: onTopic(`shops\.orders`), Good: onTopic(".*orders")},
	{Rule: "predicate-topic", Kind: "mysql", Bad: onTopic("sho"), Good: onTopic("shop")},
	{Rule: "predicate-topic", Kind: "postgres", Bad: onTopic("orders").With(catalogtest.Config{"transforms.t.negate": "true"}),
		Good: onTopic("orders").With(catalogtest.Config{"transforms": "r,t", "transforms.r.type": kafkaTransforms + "RegexRouter"})},
	{Rule: "unqualified-name", Kind: "postgres", Property: "r.reselect.columns.include.list", Bad: reselecting("public.orders.doc"), Good: reselecting("public.orders:doc,.*doc")},
	{Rule: "envelope-needed", Kind: "postgres", Property: "transforms.t.type", Bad: Transform(outbox).With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap}),
		Good: Transform(outbox).With(catalogtest.Config{"transforms": "t,u", "transforms.u.type": unwrap})},
	{Rule: "envelope-needed", Kind: "mysql", Bad: Transform(timezones, "converted.timezone", "UTC").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap}),
		Good: Transform(timezones, "converted.timezone", "UTC").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap, "transforms.u.predicate": "p"})},
	{Rule: "value-converter", Kind: "postgres", Property: "value.converter", Bad: Converted("org.apache.kafka.connect.converters.ByteArrayConverter"), Good: Converted("org.apache.kafka.connect.converters.ByteArrayConverter").With(Transform(outbox))},
	{Rule: "value-converter", Kind: "mysql", Bad: Converted("io.debezium.converters.BinaryDataConverter").With(Transform(unwrap)), Good: Converted("io.debezium.converters.BinaryDataConverter", "delegate.converter.type", jsonClass)},
	{Rule: "transform-options", Kind: "mysql", Property: "b.selector", Bad: catalogtest.Config{"converters": "b", "b.type": "io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter", "b.selector": "shop.(a"},
		Good: catalogtest.Config{"converters": "b", "b.type": "io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter", "b.selector": "shop.(a),.*b"}},
	{Rule: "mongodb-transform", Kind: "postgres", Property: "transforms.t.type", Bad: Transform(mongoUnwrap), Good: Transform(mongoUnwrap, "predicate", "p")},
	{Rule: "mongodb-transform", Kind: "mysql", Bad: Transform("io.debezium.connector.mongodb.transforms.outbox.MongoEventRouter"), Good: Transform(outbox)},
	{Rule: "sink-schema", Kind: "jdbc_sink", Property: "value.converter.schemas.enable", Bad: Converted(jsonClass, "schemas.enable", "false"), Good: Converted(jsonClass)},
	{Rule: "sink-schema", Kind: "jdbc_sink", Property: "value.converter", Bad: Converted("org.apache.kafka.connect.storage.StringConverter").With(Transform(unwrap)), Good: Converted("org.apache.kafka.connect.storage.StringConverter").With(Transform("com.example.Parse"))},
	{Rule: "sink-schema", Kind: "jdbc_sink", Bad: Converted("org.apache.kafka.connect.converters.ByteArrayConverter"), Good: Converted("org.apache.kafka.connect.storage.StringConverter").With(Transform(kafkaTransforms+"HoistField$Value", "field", "line"))},

	{Rule: "sink-key-schema", Kind: "jdbc_sink", Property: "key.converter.schemas.enable", Bad: jsonKeys.With(catalogtest.Config{"primary.key.mode": "record_key"}), Good: jsonKeys},
	{Rule: "sink-key-schema", Kind: "jdbc_sink", Bad: jsonKeys.With(catalogtest.Config{"primary.key.mode": "record_key"}).With(Transform(unwrap)),
		Good: jsonKeys.With(catalogtest.Config{"primary.key.mode": "record_key"}).With(Transform(kafkaTransforms+"ValueToKey", "fields", "id"))},
	{Rule: "value-as-key", Kind: "jdbc_sink", Property: "primary.key.mode", Bad: catalogtest.Config{"insert.mode": "upsert", "primary.key.mode": "record_value"}, Good: catalogtest.Config{"insert.mode": "upsert", "primary.key.mode": "record_value", "primary.key.fields": "id"}},
	{Rule: "value-as-key", Kind: "jdbc_sink", Bad: catalogtest.Config{"insert.mode": "upsert", "primary.key.mode": "record_value"}, Good: catalogtest.Config{"insert.mode": "insert", "primary.key.mode": "record_value"}},
	{Rule: "sink-field", Kind: "jdbc_sink", Property: "field.exclude.list", Bad: sinking("field.exclude.list", "public.customers:email"), Good: sinking("field.exclude.list", "shop.public.customers:email,email,other:email")},
	{Rule: "sink-field", Kind: "jdbc_sink", Bad: sinking("field.exclude.list", "id,customers.email"), Good: sinking("field.exclude.list", "address.street,shop.public.customers:a.b")},
	{Rule: "sink-field", Kind: "jdbc_sink", Property: "field.include.list", Bad: sinking("field.include.list", "customers:id"), Good: sinking("field.include.list", "shop.public.customers:id,customers:id")},
	{Rule: "sink-field", Kind: "jdbc_sink", Bad: sinking("field.exclude.list", "customers:email").With(Transform(unwrap)), Good: sinking("field.exclude.list", "customers:email").With(Transform(kafkaTransforms+"RegexRouter", "regex", ".*\\.(.*)", "replacement", "$1"))},

	// Deletes, once they are unwrapped.
	{Rule: "deletes-without-value", Kind: "postgres", Property: "transforms.t.type", Bad: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email"),
		Good: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email", "predicate", "p", "negate", "true").With(catalogtest.Config{"predicates": "p", "predicates.p.type": kafkaTransforms + "predicates.RecordIsTombstone"})},
	{Rule: "deletes-without-value", Kind: "mysql", Bad: unwrapped(kafkaTransforms+"ValueToKey", "fields", "id").With(catalogtest.Config{"transforms.u.delete.tombstone.handling.mode": "delete-to-tombstone", "tombstones.on.delete": "false"}),
		Good: unwrapped(kafkaTransforms+"ValueToKey", "fields", "id").With(catalogtest.Config{"transforms.u.delete.tombstone.handling.mode": "drop"})},
	{Rule: "deletes-without-value", Kind: "postgres", Bad: unwrapped(kafkaTransforms+"HeaderFrom$Value", "fields", "id", "headers", "id", "operation", "copy").With(catalogtest.Config{"transforms.u.delete.tombstone.handling.mode": "rewrite-with-tombstone"}),
		Good: unwrapped(kafkaTransforms+"HeaderFrom$Value", "fields", "id", "headers", "id", "operation", "copy").With(catalogtest.Config{"transforms.u.delete.tombstone.handling.mode": "rewrite-with-tombstone", "tombstones.on.delete": "false"})},
	{Rule: "deletes-without-value", Kind: "postgres", Bad: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms": "k,u,r,t", "transforms.k.type": kafkaTransforms + "ReplaceField$Key", "transforms.r.type": kafkaTransforms + "ReplaceField$Value", "transforms.r.exclude": "x"}),
		Good: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms": "u,f,t", "transforms.f.type": kafkaTransforms + "Filter", "transforms.f.predicate": "p"})},
	{Rule: "deletes-without-value", Kind: "postgres", Version: "3.0", Bad: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms.u.delete.handling.mode": "none"}),
		Good: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email")},
	{Rule: "deletes-without-value", Kind: "postgres", Version: "2.4", Bad: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms.u.drop.tombstones": "false"}),
		Good: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"transforms.u.delete.handling.mode": "rewrite"})},
	{Rule: "deletes-without-value", Kind: "postgres", Bad: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"errors.tolerance": "all"}),
		Good: unwrapped(kafkaTransforms+"MaskField$Value", "fields", "email").With(catalogtest.Config{"skipped.operations": "t,d"})},
	{Rule: "compacted-deletes", Kind: "postgres", Property: "topic.creation.default.cleanup.policy", Bad: compacted("default").With(Transform(unwrap)), Good: compacted("default").With(Transform(unwrap, "delete.tombstone.handling.mode", "delete-to-tombstone"))},
	{Rule: "compacted-deletes", Kind: "mysql", Property: "topic.creation.g.cleanup.policy", Bad: compacted("g").With(Transform(unwrap)).With(catalogtest.Config{"topic.creation.groups": "g", "topic.creation.g.include": `shop\.inventory\..*`, "table.include.list": `inventory\.orders`}),
		Good: compacted("g").With(Transform(unwrap)).With(catalogtest.Config{"topic.creation.groups": "g", "topic.creation.g.include": `shop\.inventory\.c.*`, "table.include.list": `inventory\.orders`})},
	{Rule: "compacted-deletes", Kind: "postgres", Bad: compacted("default").With(Transform(unwrap)), Good: compacted("default").With(Transform(unwrap)).With(catalogtest.Config{"topic.creation.default.cleanup.policy": "compact,delete"})},
	{Rule: "compacted-deletes", Kind: "postgres", Bad: compacted("default").With(Transform(unwrap, "delete.tombstone.handling.mode", "Tombstone")), Good: compacted("default").With(Transform(unwrap)).With(catalogtest.Config{"value.converter": "io.confluent.connect.avro.AvroConverter", "value.converter.schemas.enable": catalogtest.Unset})},

	// Predicates, names, converters, topic groups.
	{Rule: "topic-pattern", Kind: "postgres", Property: "topic.creation.g.include", Bad: grouped(`public\.orders`), Good: grouped(`shop\.public\.orders`)},
	{Rule: "topic-pattern", Kind: "postgres", Bad: grouped(`shop\.public\.orders,public\.(a|b)`), Good: grouped(`.*\.orders,(shop|x)\..*,sho.*,shopx*\.a,x|shop\.a,__debezium.*`)},
	{Rule: "topic-pattern", Kind: "postgres", Property: "transforms.t.regex", Bad: Transform(kafkaTransforms+"RegexRouter", "regex", `public\.(.*)`, "replacement", "$1").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap}),
		Good: Transform(kafkaTransforms+"RegexRouter", "regex", `public\.(.*)`, "replacement", "$1").With(catalogtest.Config{"transforms": "u,t", "transforms.u.type": unwrap, "transforms.u.route.by.field": "kind"})},
	{Rule: "topic-pattern", Kind: "mysql", Property: "transforms.t.topic.regex", Bad: Transform(byTable, "topic.regex", `inventory\.(.*)`, "topic.replacement", "$1"), Good: Transform(byTable, "topic.regex", `shop.inventory\.(.*)`, "topic.replacement", "$1")},
	{Rule: "predicate-topic", Kind: "postgres", Bad: onTopic(`public\..*`), Good: onTopic(`shop\*`)},
	{Rule: "text-converter", Kind: "postgres", Property: "value.converter", Bad: Converted("org.apache.kafka.connect.storage.StringConverter"), Good: Converted("org.apache.kafka.connect.storage.StringConverter").With(Transform(outbox))},
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
	{Rule: "topic-group", Kind: "postgres", Property: "topic.creation.default.cleanup.policy", Bad: catalogtest.Config{"topic.creation.default.cleanup.policy": "compacted"}, Good: catalogtest.Config{"topic.creation.default.cleanup.policy": "compact, delete"}},
	{Rule: "topic-group", Kind: "postgres", Bad: catalogtest.Config{"topic.creation.default.retention.ms": "7d"}, Good: catalogtest.Config{"topic.creation.default.retention.ms": "604800000", "topic.creation.default.compression.type": "${env:COMPRESSION}"}},
}
