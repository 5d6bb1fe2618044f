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

// options are those that components read though no worker tells of them, and
// those whose allowed values no worker tells, which is all that have any. They
// come from the classes' sources, release by release, and hold before what was
// captured.
var options = []optionRow{
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.fields", Type: List, Default: text("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.headers", Type: List, Default: text("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.fields.prefix", Type: String, Default: text("__")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "add.headers.prefix", Type: String, Default: text("__")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "route.by.field", Type: String, Default: text("")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "drop.tombstones", Type: Boolean, Default: text("true"), Until: since("3.2.0")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.handling.mode", Type: String, Default: text("drop"), Until: since("3.2.0"),
		Values: values("drop", "none", "rewrite")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.tombstone.handling.mode", Type: String, From: since("2.5.0"), Until: since("3.2.0"),
		Values: values("drop", "rewrite", "rewrite-with-tombstone", "tombstone")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "delete.tombstone.handling.mode", Type: String, Default: text("tombstone"), From: since("3.2.0"),
		Values: values("delete-to-tombstone", "drop", "rewrite", "rewrite-with-tombstone", "tombstone")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.from.key", Type: Boolean, Default: text("false"), From: since("2.2.0")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.header.name", Type: String, From: since("2.2.0")}},
	{in(unwrapRecord), Definition{Name: "drop.fields.keep.schema.compatible", Type: Boolean, Default: text("true"), From: since("2.2.0")}},
	{in(unwrapRecord, unwrapDocument), Definition{Name: "replace.null.with.default", Type: Boolean, Default: text("true"), From: since("3.0.5")}},
	{in(unwrapDocument), Definition{Name: "array.encoding", Type: String, Default: text("array"), Values: values("array", "document")}},
	{in(unwrapDocument), Definition{Name: "delete.tombstone.handling.mode.rewrite-with-id", Type: Boolean, From: since("2.7.0")}},
	{in(unwrapDocument, eventRouter), Definition{Name: "field.name.adjustment.mode", Type: String, Default: text("none"), From: since("2.2.0"),
		Values: values("avro", "avro_unicode", "none")}},
	{in(unwrapDocument), Definition{Name: "add.source.fields", Type: List, Until: since("2.0.0")}},
	{in(unwrapDocument), Definition{Name: "operation.header", Type: Boolean, Until: since("2.0.0")}},
	{in(byLogicalTable), Definition{Name: "key.field.name", Type: String, Default: text("__dbz__physicalTableIdentifier")}},
	{in(byLogicalTable), Definition{Name: "schema.name.adjustment.mode", Type: String, Default: text("none"), Values: values("avro", "avro_unicode", "none")}},
	{in(eventRouter, mongoRouter), Definition{Name: "table.op.invalid.behavior", Type: String, Default: text("warn"), Values: values("error", "fatal", "warn")}},
	{in(eventRouter), Definition{Name: "table.json.payload.null.behavior", Type: String, Default: text("ignore"), From: since("2.1.0"),
		Values: values("ignore", "optional_bytes")}},
	{in(eventRouter), Definition{Name: "table.field.additional.missing", Type: String, Default: text("error"), From: since("3.6.0"), Values: values("error", "ignore")}},
	{in(mongoRouter), Definition{Name: "collection.field.additional.missing", Type: String, Default: text("error"), From: since("3.6.0"), Values: values("error", "ignore")}},
	{in(transforms + "HeaderToValue"), Definition{Name: "operation", Type: String, Required: true, Values: values("copy", "move")}},
	{in(transforms + "partitions.PartitionRouting"), Definition{Name: "partition.hash.function", Type: String, Default: text("java"), Values: values("java", "murmur")}},
	{in(transforms+"Filter", transforms+"ContentBasedRouter"), Definition{Name: "null.handling.mode", Type: String, Default: text("keep"),
		Values: values("drop", "evaluate", "keep")}},
	{in(transforms + "GeometryFormatTransformer"), Definition{Name: "format", Type: String, Default: text("wkb"), Values: values("ewkb", "wkb")}},
	{in(jdbcTransforms + "CollectionNameTransformation"), Definition{Name: "collection.naming.style", Type: String, Default: text("default"), Values: namingStyles}},
	{in(jdbcTransforms + "FieldNameTransformation"), Definition{Name: "column.naming.style", Type: String, Default: text("default"), Values: namingStyles}},
	{in("io.debezium.connector.vitess.transforms.ReplaceFieldValue"), Definition{Name: "field_value", Type: String}},

	{in(kafkaTransforms + "HeaderFrom"), Definition{Name: "operation", Type: String, Required: true, Values: values("copy", "move")}},
	{in(kafkaTransforms + "TimestampConverter"), Definition{Name: "target.type", Type: String, Required: true,
		Values: values("Date", "Time", "Timestamp", "string", "unix")}},
	{in(kafkaTransforms + "TimestampConverter"), Definition{Name: "unix.precision", Type: String, Default: text("milliseconds"),
		Values: values("microseconds", "milliseconds", "nanoseconds", "seconds")}},
	{in(kafkaTransforms + "ExtractField"), Definition{Name: "field.syntax.version", Type: String, Default: text("V1"), Values: values("V1", "V2")}},
	{in(jsonConverter), Definition{Name: "decimal.format", Type: String, Default: text("BASE64"), Values: values("BASE64", "NUMERIC")}},
}

var namingStyles = values("UPPER_CASE", "camel_case", "default", "lower_case", "snake_case")

func in(classes ...string) []string { return classes }

// optionsOf are the hand-written options of a component.
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

// requiredOptions are those without which Debezium's components don't work,
// though their definitions don't say so: the task fails when it starts.
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

// setByConnect is an option that every converter requires, and that Kafka
// Connect itself sets.
const setByConnect = "converter.type"

// openComponents hand options on to something else: a converter within them, a
// library, or a connection to a database.
var openComponents = []string{
	"io.debezium.converters.BinaryDataConverter",
	"io.debezium.converters.ByteArrayConverter",
	"io.debezium.converters.ByteBufferConverter",
	"io.debezium.converters.CloudEventsConverter",
	"io.debezium.connector.postgresql.transforms.timescaledb.TimescaleDb",
}

// anyCase are the options of Kafka's components whose values may be written in
// any case. Debezium's all may.
var anyCase = []string{"decimal.format", "field.syntax.version"}
