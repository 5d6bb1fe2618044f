package catalog

// Kafka Connect's own properties that are used in code, not just in data.
const (
	// KeyName and KeyClass are the connector's name and class, which its
	// configuration repeats.
	KeyName  = "name"
	KeyClass = "connector.class"
	// KeyPluginVersion selects one of the installed plugin versions (KIP-891,
	// Kafka Connect 4.1).
	KeyPluginVersion = "connector.plugin.version"
	// KeyValidationTimeout bounds Debezium's connection test during validation
	// (DBZ-9004, Debezium 3.2).
	KeyValidationTimeout = "connection.validation.timeout.ms"
)

// RowSnapshotModes are the values of snapshot.mode in which a connector reads
// the tables' rows. With custom and configuration_based it may.
var RowSnapshotModes = []string{"initial", "initial_only", "always", "when_needed"}
