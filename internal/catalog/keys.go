package catalog

// Kafka Connect's own properties that code, not only data, speaks of.
const (
	// KeyName and KeyClass are the connector's name and class, which a
	// configuration repeats.
	KeyName  = "name"
	KeyClass = "connector.class"
	// KeyPluginVersion picks one of the installed versions of the plugin
	// (KIP-891, Kafka Connect 4.1).
	KeyPluginVersion = "connector.plugin.version"
	// KeyValidationTimeout bounds Debezium's connection test in a validation
	// (DBZ-9004, Debezium 3.2).
	KeyValidationTimeout = "connection.validation.timeout.ms"
)
