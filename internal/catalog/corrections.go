package catalog

import "slices"

// definitionRows are definitions for several kinds.
type definitionRows []definitionRow

// of returns the definitions for one kind. Each kind gets its own copies.
func (rows definitionRows) of(t *Traits) []*Definition {
	var definitions []*Definition
	for _, row := range rows {
		if row.kinds(t) {
			d := row.Definition
			definitions = append(definitions, &d)
		}
	}
	return definitions
}

// corrections are definitions in releases that weren't captured and that no
// captured one reveals, from the connectors' sources. They take precedence over
// captured definitions.
var corrections = definitionRows{
	{only("mariadb"), Definition{Name: "snapshot.mode", Type: String, Default: new("initial"), Importance: "low", From: since("3.6.0"),
		Values: values("always", "configuration_based", "custom", "initial", "initial_only", "no_data", "recovery", "when_needed")}},
}

// allowed are values that workers don't recommend though they accept no others:
// Kafka Connect's own (ConnectorConfig, SourceConnectorConfig), and those of
// the sinks, whose fields reach ConfigDef without them.
var allowed = []struct {
	kinds    kinds
	property string
	values   []string
}{
	{allKinds, "errors.tolerance", values("all", "none")},
	{allKinds, "config.action.reload", values("none", "restart")},
	{sources, "exactly.once.support", values("requested", "required")},
	{sources, "transaction.boundary", values("connector", "interval", "poll")},
	{only("jdbc_sink"), "insert.mode", values("insert", "update", "upsert")},
	{only("jdbc_sink"), "primary.key.mode", values("kafka", "none", "record_header", "record_key", "record_value")},
	{only("jdbc_sink"), "schema.evolution", values("basic", "none")},
	// The plugin of Db2 for i doesn't validate without a database. It takes
	// these from the common classes, like all other kinds, with the same values.
	{only("ibmi"), "decimal.handling.mode", values("double", "precise", "string")},
	{only("ibmi"), "event.processing.failure.handling.mode", values("fail", "ignore", "skip", "warn")},
	{only("ibmi"), "guardrail.collections.limit.action", values("fail", "warn")},
	{only("ibmi"), "incremental.snapshot.watermarking.strategy", values("insert_delete", "insert_insert")},
	{only("ibmi"), "schema.name.adjustment.mode", values("avro", "avro_unicode", "none")},
	{only("ibmi"), "snapshot.tables.order.by.row.count", values("ascending", "descending", "disabled")},
}

// rejected are values that validation rejects though it recommends them
// (BinlogConnectorConfig.validateTimePrecisionMode).
var rejected = []struct {
	kinds           kinds
	property, value string
}{
	{binlog, "time.precision.mode", "adaptive"},
}

// complete adds and removes allowed values of captured definitions.
func complete(t *Traits, definitions []*Definition) {
	for _, d := range definitions {
		for _, a := range allowed {
			if a.kinds(t) && a.property == d.Name && len(d.Values) == 0 {
				d.Values = a.values
			}
		}
		for _, r := range rejected {
			if r.kinds(t) && r.property == d.Name {
				d.Values = slices.DeleteFunc(slices.Clone(d.Values), func(v string) bool { return v == r.value })
			}
		}
	}
}
