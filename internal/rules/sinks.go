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
					"A sink reads from the topics that one of the two names. Kafka Connect refuses a sink without them.")
			case v.isSet("topics") && v.isSet("topics.regex"):
				v.add("topics.regex", "topics and topics.regex exclude each other",
					"A sink takes either a list of topics or a regular expression, not both. Kafka Connect refuses the configuration. Remove one of them.")
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
			// The value may hold a password: it isn't quoted.
			if value, ok := v.known("connection.url"); ok && !strings.HasPrefix(value, "jdbc:") {
				v.add("connection.url", "connection.url must begin with jdbc:",
					"No JDBC driver takes another text, so the task would fail at its start; the worker doesn't check it before. Write jdbc:postgresql://HOST:5432/DATABASE, for instance.")
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
					Detail: "insert.mode is upsert, which finds rows by their key. Without primary.key.mode the task fails at its start with a message that doesn't name the property. Set it to record_key, for instance.",
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
					Detail:  "A row to delete is found by the record's key. With any other primary.key.mode the task fails at its start. Set primary.key.mode to record_key, or delete.enabled to false.",
					Advice:  Advice{Set: "primary.key.mode", To: "record_key"},
				})
			}
		},
	},
}
