package catalog

import "slices"

// The classes that the tables below are about.
const (
	transforms      = "io.debezium.transforms."
	unwrapRecord    = transforms + "ExtractNewRecordState"
	unwrapDocument  = "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState"
	eventRouter     = transforms + "outbox.EventRouter"
	mongoRouter     = "io.debezium.connector.mongodb.transforms.outbox.MongoEventRouter"
	byLogicalTable  = transforms + "ByLogicalTableRouter"
	jdbcTransforms  = "io.debezium.connector.jdbc.transforms."
	kafkaTransforms = "org.apache.kafka.connect.transforms."
	jsonConverter   = "org.apache.kafka.connect.json.JsonConverter"
)

// optionRow is an option of several classes.
type optionRow struct {
	classes []string
	Definition
}

// options are those that components read but no worker lists, and those whose
// allowed values no worker lists, which is every option that has any. They come
// from the classes' sources, release by release, and take precedence over what
// was captured.
var options = []optionRow{
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.fields", Type: List, Default: new("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.headers", Type: List, Default: new("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.fields.prefix", Type: String, Default: new("__")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.headers.prefix", Type: String, Default: new("__")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "route.by.field", Type: String, Default: new("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "drop.tombstones", Type: Boolean, Default: new("true"), Until: since("3.2.0")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.handling.mode", Type: String, Default: new("drop"), Until: since("3.2.0"),
		Values: values("drop", "none", "rewrite")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.tombstone.handling.mode", Type: String, From: since("2.5.0"), Until: since("3.2.0"),
		Values: values("drop", "rewrite", "rewrite-with-tombstone", "tombstone")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.tombstone.handling.mode", Type: String, Default: new("tombstone"), From: since("3.2.0"),
		Values: values("delete-to-tombstone", "drop", "rewrite", "rewrite-with-tombstone", "tombstone")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.from.key", Type: Boolean, Default: new("false"), From: since("2.2.0")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.header.name", Type: String, From: since("2.2.0")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.keep.schema.compatible", Type: Boolean, Default: new("true"), From: since("2.2.0")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "replace.null.with.default", Type: Boolean, Default: new("true"), From: since("3.0.5")}},
	{in(unwrapDocument), Definition{Name: "array.encoding", Type: String, Default: new("array"), Values: values("array", "document")}},
	{in(unwrapDocument), Definition{Name: "delete.tombstone.handling.mode.rewrite-with-id", Type: Boolean, From: since("2.7.0")}},
	{in(unwrapDocument, eventRouter), Definition{Name: "field.name.adjustment.mode", Type: String, Default: new("none"), From: since("2.2.0"),
		Values: values("avro", "avro_unicode", "none")}},
	{in(unwrapDocument), Definition{Name: "add.source.fields", Type: List, Until: since("2.0.0")}},
	{in(unwrapDocument), Definition{Name: "operation.header", Type: Boolean, Until: since("2.0.0")}},
	{in(byLogicalTable), Definition{Name: "key.field.name", Type: String, Default: new("__dbz__physicalTableIdentifier")}},
	{in(byLogicalTable), Definition{Name: "schema.name.adjustment.mode", Type: String, Default: new("none"), Values: values("avro", "avro_unicode", "none")}},
	{in(eventRouter, mongoRouter), Definition{Name: "table.op.invalid.behavior", Type: String, Default: new("warn"), Values: values("error", "fatal", "warn")}},
	{in(eventRouter), Definition{Name: "table.json.payload.null.behavior", Type: String, Default: new("ignore"), From: since("2.1.0"),
		Values: values("ignore", "optional_bytes")}},
	{in(eventRouter), Definition{Name: "table.field.additional.missing", Type: String, Default: new("error"), From: since("3.6.0"), Values: values("error", "ignore")}},
	{in(mongoRouter), Definition{Name: "collection.field.additional.missing", Type: String, Default: new("error"), From: since("3.6.0"), Values: values("error", "ignore")}},
	{in(transforms + "HeaderToValue"), Definition{Name: "operation", Type: String, Required: true, Values: values("copy", "move")}},
	{in(transforms + "partitions.PartitionRouting"), Definition{Name: "partition.hash.function", Type: String, Default: new("java"), Values: values("java", "murmur")}},
	{in(transforms+"Filter", transforms+"ContentBasedRouter"), Definition{Name: "null.handling.mode", Type: String, Default: new("keep"),
		Values: values("drop", "evaluate", "keep")}},
	{in(transforms + "GeometryFormatTransformer"), Definition{Name: "format", Type: String, Default: new("wkb"), Values: values("ewkb", "wkb")}},
	{in(jdbcTransforms + "CollectionNameTransformation"), Definition{Name: "collection.naming.style", Type: String, Default: new("default"), Values: namingStyles}},
	{in(jdbcTransforms + "FieldNameTransformation"), Definition{Name: "column.naming.style", Type: String, Default: new("default"), Values: namingStyles}},
	{in("io.debezium.connector.vitess.transforms.ReplaceFieldValue"), Definition{Name: "field_value", Type: String}},

	{in(kafkaTransforms + "HeaderFrom"), Definition{Name: "operation", Type: String, Required: true, Values: values("copy", "move")}},
	{in(kafkaTransforms + "TimestampConverter"), Definition{Name: "target.type", Type: String, Required: true,
		Values: values("Date", "Time", "Timestamp", "string", "unix")}},
	{in(kafkaTransforms + "TimestampConverter"), Definition{Name: "unix.precision", Type: String, Default: new("milliseconds"),
		Values: values("microseconds", "milliseconds", "nanoseconds", "seconds")}},
	{in(kafkaTransforms + "ExtractField"), Definition{Name: "field.syntax.version", Type: String, Default: new("V1"), Values: values("V1", "V2")}},
	{in(jsonConverter), Definition{Name: "decimal.format", Type: String, Default: new("BASE64"), Values: values("BASE64", "NUMERIC")}},
}

var namingStyles = values("UPPER_CASE", "camel_case", "default", "lower_case", "snake_case")

func in(classes ...string) []string { return classes }

// optionsOf returns the hand-written options of a component.
func optionsOf(class string) []*Definition {
	var rows []*Definition
	for _, row := range options {
		if slices.Contains(row.classes, class) {
			d := row.Definition
			rows = append(rows, &d)
		}
	}
	return rows
}

// requiredOptions are those that Debezium's components don't work without,
// though their definitions don't say so: the task fails at startup.
var requiredOptions = map[string][]string{
	transforms + "Filter":                      {"condition", "language"},
	transforms + "ContentBasedRouter":          {"language", "topic.expression"},
	byLogicalTable:                             {"topic.regex", "topic.replacement"},
	transforms + "HeaderToValue":               {"fields", "headers"},
	transforms + "TimezoneConverter":           {"converted.timezone"},
	transforms + "SchemaChangeEventFilter":     {"schema.change.event.exclude.list"},
	transforms + "partitions.PartitionRouting": {"partition.payload.fields", "partition.topic.num"},
	transforms + "EnforceRecordSize":           {"max.bytes"},
}

// setByConnect is an option that every converter requires and that Kafka
// Connect itself sets.
const setByConnect = "converter.type"

// openComponents pass options on to something else: a nested converter, a
// library, or a database connection.
var openComponents = []string{
	"io.debezium.converters.BinaryDataConverter",
	"io.debezium.converters.ByteArrayConverter",
	"io.debezium.converters.ByteBufferConverter",
	"io.debezium.converters.CloudEventsConverter",
	"io.debezium.connector.postgresql.transforms.timescaledb.TimescaleDb",
}

// anyCase are the options of Kafka's components whose values are
// case-insensitive. All of Debezium's are.
var anyCase = []string{"decimal.format", "field.syntax.version"}
