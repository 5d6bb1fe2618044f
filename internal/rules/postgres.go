package rules

var postgresRules = []rule{
	{
		id:         "plugin-name-default",
		title:      "`plugin.name` is set: its default needs an extension that few servers have.",
		severity:   Warning,
		properties: []string{"plugin.name"},
		kinds:      kinds("postgres"),
		source:     "Debezium 3.6 PostgresConnectorConfig.PLUGIN_NAME (default decoderbufs)",
		check: func(v *view) {
			if v.isMissing("plugin.name") {
				v.add("plugin.name", "plugin.name is not set: Debezium takes decoderbufs",
					"decoderbufs is an extension that must be installed on the PostgreSQL server; without it the task fails with \"could not access file\". "+
						"pgoutput is part of PostgreSQL since version 10. Set plugin.name to pgoutput.")
			}
		},
	},
}
