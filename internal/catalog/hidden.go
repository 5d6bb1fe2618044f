package catalog

// definitionRow is a definition for several kinds.
type definitionRow struct {
	kinds kinds
	Definition
}

// hidden are the properties that connectors read though they are missing from
// their ConfigDef, and so from the captured data. Names, types, defaults and
// allowed values are those of the io.debezium.config.Field constants in the
// connectors' archives, 1.9.8 to 3.6.1; From is the release in which the field
// appeared, if known. A version's captured definition, if any, takes
// precedence: these rows are for versions without one.
var hidden = definitionRows{
	// Every source.
	{sources, Definition{Name: "errors.max.retries", Type: Int, Default: new("-1"), From: since("2.0.0")}},
	{sources, Definition{Name: "retriable.restart.connector.wait.ms", Type: Long, Default: new("10000")}},
	{sources, Definition{Name: "event.converting.failure.handling.mode", Type: String, Default: new("warn"), Values: values("fail", "skip", "warn"), From: since("2.0.0")}},
	{sources, Definition{Name: "schema.name.adjustment.mode", Type: String, Default: new("none"), Values: values("avro", "avro_unicode", "none"), From: since("2.0.0")}},
	{sources, Definition{Name: "field.name.adjustment.mode", Type: String, Default: new("none"), Values: values("avro", "avro_unicode", "none"), From: since("2.2.0")}},
	{sources, Definition{Name: "skip.messages.without.change", Type: Boolean, Default: new("false"), From: since("2.2.0")}},
	{sources, Definition{Name: "queue.provider.type", Type: String, Default: new("memory"), From: since("3.6.0")}},
	{sources, Definition{Name: "legacy.snapshot.max.threads", Type: Boolean, Default: new("false"), From: since("3.6.1")}},
	{sources, Definition{Name: "custom.metric.tags", Type: List, From: since("2.4.0")}},
	{sources, Definition{Name: "incremental.snapshot.chunk.size", Type: Int, Default: new("1024")}},
	{sources, Definition{Name: "incremental.snapshot.allow.schema.changes", Type: Boolean, Default: new("false")}},
	{sources, Definition{Name: "internal.custom.retriable.exception", Type: String, Default: new("false")}},
	{sources, Definition{Name: "notification.enabled.channels", Type: List, From: since("2.3.0")}},
	{sources, Definition{Name: "notification.sink.topic.name", Type: String, From: since("2.3.0")}},

	// Topic naming strategies, configured alongside the connector.
	{sources, Definition{Name: "topic.delimiter", Type: String, Default: new("."), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.cache.size", Type: Int, Default: new("10000"), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.transaction", Type: String, Default: new("transaction"), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.heartbeat.prefix", Type: String, Default: new("__debezium-heartbeat"), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.heartbeat.name", Type: String, From: since("3.6.0")}},
	{sources, Definition{Name: "topic.regex", Type: String, From: since("2.0.0")}},
	{sources, Definition{Name: "topic.replacement", Type: String, From: since("2.0.0")}},
	{sources, Definition{Name: "topic.key.enforce.uniqueness", Type: Boolean, Default: new("true"), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.key.field.name", Type: String, Default: new("__dbz__physicalTableIdentifier"), From: since("2.0.0")}},
	{sources, Definition{Name: "topic.key.field.regex", Type: String, From: since("2.0.0")}},
	{sources, Definition{Name: "topic.key.field.replacement", Type: String, From: since("2.0.0")}},

	// Signal channels.
	{snapshotting, Definition{Name: "signal.kafka.topic", Type: String}},
	{snapshotting, Definition{Name: "signal.kafka.bootstrap.servers", Type: String}},
	{snapshotting, Definition{Name: "signal.kafka.groupId", Type: String, Default: new("kafka-signal"), From: since("2.3.0")}},
	{snapshotting, Definition{Name: "signal.kafka.poll.timeout.ms", Type: Int, From: since("2.3.0")}},
	{only("mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2"), Definition{Name: "signal.kafka.consumer.offset.commit.enabled", Type: Boolean, Default: new("false"), From: since("2.3.0"), Until: since("3.0.0")}},
	{snapshotting, Definition{Name: "signal.file", Type: String, From: since("2.3.0")}},

	// Snapshots.
	{snapshotting, Definition{Name: "snapshot.query.mode", Type: String, Default: new("select_all"), Values: values("custom", "select_all"), From: since("2.6.0")}},
	{snapshotting, Definition{Name: "snapshot.query.mode.custom.name", Type: String, From: since("2.6.0")}},
	{relational, Definition{Name: "snapshot.locking.mode.custom.name", Type: String, From: since("2.6.0")}},

	// Tables and columns.
	{relational, Definition{Name: "unavailable.value.placeholder", Type: String, Default: new("__debezium_unavailable_value")}},
	{relational, Definition{Name: "table.ignore.builtin", Type: Boolean, Default: new("true")}},
	{relational, Definition{Name: "database.query.timeout.ms", Type: Int, Default: new("600000"), From: since("2.7.0")}},
	{relational, Definition{Name: "include.schema.changes", Type: Boolean, Default: new("true")}},
	{relational, Definition{Name: "include.schema.comments", Type: Boolean, Default: new("false")}},
	{relational, Definition{Name: "heartbeat.action.query", Type: String}},
	{only("mysql", "mariadb", "mongodb"), Definition{Name: "binary.handling.mode", Type: String, Default: new("bytes"), Values: values("base64", "base64-url-safe", "bytes", "hex")}},
	{only("oracle", "sqlserver"), Definition{Name: "schema.include.list", Type: List}},
	{only("oracle", "sqlserver"), Definition{Name: "schema.exclude.list", Type: List}},

	// The schema history's storage (KafkaSchemaHistory, FileSchemaHistory). Its
	// fields left the connectors' ConfigDef when it got its name in 2.0.
	{historized, Definition{Name: "schema.history.internal.kafka.topic", Type: String, From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.bootstrap.servers", Type: String, From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.recovery.attempts", Type: Int, Default: new("100"), From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.recovery.poll.interval.ms", Type: Int, Default: new("100"), From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.query.timeout.ms", Type: Long, Default: new("3000"), From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.create.timeout.ms", Type: Long, Default: new("30000"), From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.kafka.buffer.batch.size", Type: Int, Default: new("1024"), From: since("3.6.0")}},
	{historized, Definition{Name: "schema.history.internal.file.filename", Type: String, From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.name", Type: String, From: since("2.0.0")}},
	{historized, Definition{Name: "schema.history.internal.prefer.ddl", Type: Boolean, Default: new("false"), From: since("2.0.0")}},

	// A single kind.
	{only("mysql"), Definition{Name: "gtid.new.channel.position", Type: String, Default: new("earliest"), Values: values("earliest", "latest"), Until: since("2.0.0")}},
	{only("mariadb"), Definition{Name: "gtid.ignore.on.recovery", Type: Boolean, Default: new("false"), From: since("3.6.0")}},
	{only("informix"), Definition{Name: "cdc.max.records", Type: Int, From: since("3.5.1")}},
	{only("oracle"), Definition{Name: "log.mining.continuous.mine", Type: Boolean, Default: new("false")}},
	{only("oracle"), Definition{Name: "log.mining.view.fetch.size", Type: Int, Default: new("10000"), Until: since("2.0.0")}},
	{only("mongodb"), Definition{Name: "mongodb.connection.string.shard.params", Type: String, From: since("2.4.0"), Until: since("2.6.0")}},
	{only("mysql", "mariadb", "postgres"), Definition{Name: "read.only", Type: Boolean, Default: new("false")}},
	{only("postgres"), Definition{Name: "offset.mismatch.strategy", Type: String, Default: new("no_validation"), Values: values("no_validation", "trust_greater_lsn", "trust_offset", "trust_slot"), From: since("3.4.0")}},
	{only("postgres"), Definition{Name: "money.fraction.digits", Type: Short, Default: new("2")}},
	{only("sqlserver"), Definition{Name: "snapshot.locking.mode", Type: String, Default: new("exclusive"), Values: values("custom", "exclusive", "none"), From: since("2.6.0")}},
	{only("sqlserver"), Definition{Name: "query.fetch.size", Type: Int, Default: new("10000")}},
	// A JDBC driver property, passed through under the prefix "database.".
	{only("sqlserver"), Definition{Name: "database.encrypt", Type: String, Values: values("false", "strict", "true")}},
	{only("mongodb"), Definition{Name: "capture.scope", Type: String, Default: new("deployment"), Values: values("collection", "database", "deployment"), From: since("2.4.0")}},
	{only("mongodb"), Definition{Name: "capture.target", Type: String, From: since("2.4.0")}},
	{only("mongodb"), Definition{Name: "capture.start.op.time", Type: Long, Default: new("-1")}},
	{only("mongodb"), Definition{Name: "capture.mode.full.update.type", Type: String, Default: new("lookup"), Values: values("lookup", "post_image"), From: since("2.5.1")}},
	{only("mongodb"), Definition{Name: "cursor.pipeline", Type: String}},
	{only("mongodb"), Definition{Name: "cursor.pipeline.order", Type: String, Default: new("internal_first"), Values: values("internal_first", "user_first", "user_only")}},
	{only("mongodb"), Definition{Name: "cursor.oversize.handling.mode", Type: String, Default: new("fail"), Values: values("fail", "skip", "split"), From: since("2.4.0")}},
	{only("mongodb"), Definition{Name: "cursor.oversize.skip.threshold", Type: Int, Default: new("0"), From: since("2.4.0")}},
	{only("mongodb"), Definition{Name: "filters.match.mode", Type: String, Default: new("regex"), Values: values("literal", "regex"), From: since("2.4.0")}},
	{only("mongodb"), Definition{Name: "mongodb.authentication.class", Type: String, Default: new("io.debezium.connector.mongodb.connection.DefaultMongoDbAuthProvider")}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.keystore", Type: String}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.keystore.password", Type: Password}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.keystore.type", Type: String, Default: new("PKCS12")}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.truststore", Type: String}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.truststore.password", Type: Password}},
	{only("mongodb"), Definition{Name: "mongodb.ssl.truststore.type", Type: String, Default: new("PKCS12")}},
	{only("db2"), Definition{Name: "snapshot.isolation.mode", Type: String, Default: new("repeatable_read"), Values: values("exclusive", "read_committed", "read_uncommitted", "repeatable_read")}},
	{only("db2"), Definition{Name: "snapshot.locking.mode", Type: String, Default: new("exclusive"), Values: values("custom", "exclusive", "none")}},
	{only("db2"), Definition{Name: "snapshot.max.threads", Type: Int, Default: new("1")}},
	{only("db2"), Definition{Name: "streaming.query.timespan.seconds", Type: Int, Default: new("0")}},
	{only("db2"), Definition{Name: "z.stop.lsn.ignore", Type: Boolean, Default: new("false")}},
	{only("vitess"), Definition{Name: "time.precision.mode", Type: String, Default: new("adaptive_time_microseconds"), Values: values("adaptive", "adaptive_time_microseconds", "connect", "isostring", "microseconds", "nanoseconds")}},
	{only("vitess"), Definition{Name: "override.data.change.topic.prefix", Type: String}},
	{only("vitess"), Definition{Name: "override.data.change.topic.prefix.exclude.list", Type: String}},
	{only("vitess"), Definition{Name: "override.schema.change.topic", Type: String}},
	{only("vitess"), Definition{Name: "vitess.grpc.default.load.balancing.policy", Type: String, Default: new("pick_first")}},
	{only("vitess"), Definition{Name: "vitess.inherit.epoch", Type: Boolean, Default: new("false")}},
	{only("vitess"), Definition{Name: "vitess.shard.epoch.map", Type: String}},
	{only("spanner"), Definition{Name: "connector.spanner.max.missed.heartbeats", Type: Int, Default: new("10")}},
	{only("spanner"), Definition{Name: "connector.spanner.sync.max.message.bytes", Type: String, Default: new("10485880")}},
	{only("spanner"), Definition{Name: "gcp.spanner.low-watermark.enabled", Type: Boolean, Default: new("false")}},
	{only("spanner"), Definition{Name: "gcp.spanner.low-watermark.stamp.interval", Type: Int, Default: new("10000")}},
	{only("spanner"), Definition{Name: "gcp.spanner.low-watermark.update-period.ms", Type: Long, Default: new("1000")}},
	{only("ibmi"), Definition{Name: "snapshot.mode", Type: String, Default: new("initial"), Values: values("always", "configuration_based", "custom", "initial", "initial_only", "no_data", "when_needed")}},
	{only("ibmi"), Definition{Name: "max.entries", Type: Int, Default: new("1000000")}},
	{only("ibmi"), Definition{Name: "max.journal.timeout", Type: Long, Default: new("60000")}},
	{only("jdbc_sink"), Definition{Name: "use.reduction.buffer", Type: Boolean, Default: new("false")}},
	{only("jdbc_sink"), Definition{Name: "connection.provider", Type: String, Default: new("org.hibernate.c3p0.internal.C3P0ConnectionProvider")}},
	{only("mongodb_sink"), Definition{Name: "delete.enabled", Type: Boolean, Default: new("false")}},
	{only("mongodb_sink"), Definition{Name: "truncate.enabled", Type: Boolean, Default: new("false")}},
	{only("mongodb_sink"), Definition{Name: "field.include.list", Type: List}},
	{only("mongodb_sink"), Definition{Name: "field.exclude.list", Type: List}},
	{only("mongodb_sink"), Definition{Name: "primary.key.mode", Type: String, Default: new("none"), Values: values("kafka", "none", "record_header", "record_key", "record_value")}},
	{only("mongodb_sink"), Definition{Name: "primary.key.fields", Type: String}},
	{only("mongodb_sink"), Definition{Name: "cloud.events.schema.name.pattern", Type: String}},
}

func values(sorted ...string) []string { return sorted }

// since parses a version written in this package's tables.
func since(version string) Version {
	v, err := ParseVersion(version)
	if err != nil {
		panic(err)
	}
	return v
}
