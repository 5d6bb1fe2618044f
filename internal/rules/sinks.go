package rules

import "strings"

var jdbcSink = kinds("jdbc_sink")

var sinkRules = []rule{
	{
		id:         "sink-topics",
		title:      "A sink has either `topics` or `topics.regex`.",
		harm:       Refused,
		properties: []string{"topics", "topics.regex"},
		kinds:      sinks,
		source:     "Kafka 4.1 SinkConnectorConfig.validate",
		check: func(v *evaluation) {
			switch {
			case v.isMissing("topics", "topics.regex"):
				v.add("topics", "topics or topics.regex is required",
					"One of them names the topics that the sink reads. Kafka Connect rejects a sink without either.")
			case v.isSet("topics") && v.isSet("topics.regex"):
				v.add("topics.regex", "topics and topics.regex can't be combined",
					"Kafka Connect accepts either a list of topics or a regular expression and rejects both together. Remove one of them.")
			}
		},
	},
	{
		id:         "jdbc-url",
		title:      "`connection.url` begins with `jdbc:`.",
		harm:       Fails,
		properties: []string{"connection.url"},
		kinds:      jdbcSink,
		source:     "java.sql.DriverManager: every JDBC URL begins so",
		check: func(v *evaluation) {
			// The value may contain a password, so it isn't quoted.
			value, ok := v.known("connection.url")
			if subprotocol, _, _ := strings.Cut(strings.TrimPrefix(value, "jdbc:"), ":"); ok && subprotocol == "postgres" {
				v.add("connection.url", "connection.url must begin with jdbc:postgresql:",
					"PostgreSQL's JDBC driver doesn't accept jdbc:postgres:, so the task would fail to start; the worker doesn't check it beforehand. Example: jdbc:postgresql://HOST:5432/DATABASE.")
			} else if ok && !strings.HasPrefix(value, "jdbc:") {
				v.add("connection.url", "connection.url must begin with jdbc:",
					"No JDBC driver accepts anything else, so the task would fail to start; the worker doesn't check it beforehand. Example: jdbc:postgresql://HOST:5432/DATABASE.")
			}
		},
	},
	{
		id:         "upsert-key",
		title:      "`insert.mode` = `upsert` needs `primary.key.mode`.",
		harm:       Fails,
		properties: []string{"insert.mode", "primary.key.mode"},
		kinds:      jdbcSink,
		source:     "Debezium 3.6 JdbcSinkConnectorConfig.validateInsertMode",
		check: func(v *evaluation) {
			if v.is("insert.mode", "upsert") && v.isMissing("primary.key.mode") {
				v.report(Fails, Finding{
					Property: v.at("insert.mode"), Blamed: "primary.key.mode", Summary: "primary.key.mode is missing",
					Detail: "With insert.mode = upsert, rows are found by their key. Without primary.key.mode the task fails to start, with a message that doesn't name the property. Set it, for example to record_key.",
					Advice: Advice{Set: "primary.key.mode", To: "record_key"},
				})
			}
		},
	},
	{
		id:         "delete-key",
		title:      "`delete.enabled` needs `primary.key.mode` = `record_key`.",
		harm:       Fails,
		properties: []string{"delete.enabled", "primary.key.mode"},
		kinds:      jdbcSink,
		source:     "Debezium 3.6 JdbcSinkConnectorConfig.validateDeleteEnabled",
		check: func(v *evaluation) {
			if mode, ok := v.effective("primary.key.mode"); ok && v.is("delete.enabled", "true") && !strings.EqualFold(mode, "record_key") {
				v.report(Fails, Finding{
					Property: v.at("primary.key.mode", "delete.enabled"), Blamed: "primary.key.mode",
					Summary: "primary.key.mode must be record_key while delete.enabled is true",
					Detail:  "Rows to delete are found by the record's key. With any other primary.key.mode the task fails to start. Set primary.key.mode to record_key, or delete.enabled to false.",
					Advice:  Advice{Set: "primary.key.mode", To: "record_key"},
				})
			}
		},
	},
}
