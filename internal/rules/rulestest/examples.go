// Package rulestest holds configurations that break the rules of package rules,
// for the tests of all packages.
package rulestest

import (
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// Example has one configuration that breaks a rule and one that doesn't, both
// as changes to a kind's minimal one.
type Example struct {
	Rule, Kind, Property string // Property: the one the finding is about
	Version              string // "": 3.5
	Bad, Good            catalogtest.Config
}

// Examples has at least one for each rule about one configuration.
var Examples = slices.Concat(properties, components)

var properties = []Example{
	// Presence.
	{Rule: "required", Kind: "mysql", Property: "topic.prefix", Bad: catalogtest.Config{"topic.prefix": catalogtest.Unset}, Good: catalogtest.Config{}},
	{Rule: "required", Kind: "mysql", Property: "database.server.id", Bad: catalogtest.Config{"database.server.id": " "}, Good: catalogtest.Config{"database.server.id": "7"}},
	{Rule: "required", Kind: "oracle", Property: "database.hostname", Bad: catalogtest.Config{"database.hostname": catalogtest.Unset}, Good: catalogtest.Config{"database.hostname": catalogtest.Unset, "database.url": "jdbc:oracle:thin:@db:1521/X"}},
	{Rule: "required", Kind: "mysql", Property: "database.server.name", Version: "1.9", Bad: catalogtest.Config{"topic.prefix": catalogtest.Unset}, Good: catalogtest.Config{"database.server.name": "shop"}},
	{Rule: "snapshot-mode-custom", Kind: "mysql", Bad: catalogtest.Config{"snapshot.mode": "CUSTOM"}, Good: catalogtest.Config{"snapshot.mode": "custom", "snapshot.mode.custom.name": "mine"}},
	{Rule: "snapshot-locking-custom", Kind: "postgres", Bad: catalogtest.Config{"snapshot.locking.mode": "custom"}, Good: catalogtest.Config{"snapshot.locking.mode": "custom", "snapshot.locking.mode.custom.name": "mine"}},
	{Rule: "snapshot-query-custom", Kind: "postgres", Bad: catalogtest.Config{"snapshot.query.mode": "custom"}, Good: catalogtest.Config{"snapshot.query.mode": "select_all"}},

	{Rule: "naming-regex", Kind: "postgres", Property: "topic.naming.strategy", Bad: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.DefaultRegexTopicNamingStrategy", "topic.replacement": "a"},
		Good: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.DefaultTopicNamingStrategy"}},
	{Rule: "naming-regex-replacement", Kind: "mysql", Bad: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.SchemaRegexTopicNamingStrategy", "topic.regex": "(a)"},
		Good: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.SchemaRegexTopicNamingStrategy", "topic.regex": "(a)", "topic.replacement": "$1"}},
	{Rule: "naming-replacement", Kind: "postgres", Property: "topic.replacement", Bad: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.DefaultRegexTopicNamingStrategy", "topic.regex": "a", "topic.replacement": "$1"},
		Good: catalogtest.Config{"topic.regex": "a", "topic.replacement": "$1"}},
	{Rule: "class-name", Kind: "mysql", Property: "schema.history.internal", Bad: catalogtest.Config{"schema.history.internal": "io.debezium.relational.history.KafkaSchemaHistory"}, Good: catalogtest.Config{"schema.history.internal": "io.debezium.relational.history.MemorySchemaHistory"}},
	{Rule: "class-name", Kind: "mysql", Bad: catalogtest.Config{"schema.history.internal": "io.debezium.relational.history.FileDatabaseHistory"}, Good: catalogtest.Config{"schema.history.internal": "com.example.KafkaSchemaHistory"}},
	{Rule: "class-name", Kind: "postgres", Property: "topic.naming.strategy", Bad: catalogtest.Config{"topic.naming.strategy": "io.debezium.schema.DefaultTopicNameStrategy"}, Good: catalogtest.Config{"topic.naming.strategy": "com.example.Names"}},
	{Rule: "short-class", Kind: "postgres", Property: "connector.class", Bad: catalogtest.Config{"connector.class": "PostgresConnector"}, Good: catalogtest.Config{"connector.class": "io.debezium.connector.postgresql.PostgresConnector"}},
	{Rule: "short-class", Kind: "mysql", Version: "2.7", Bad: catalogtest.Config{"connector.class": "MySql"}, Good: catalogtest.Config{}},
	{Rule: "short-class", Kind: "mariadb", Bad: catalogtest.Config{"connector.class": "MariaDbConnector"}, Good: catalogtest.Config{"connector.class": "${env:CLASS}"}},
	{Rule: "history-file", Kind: "mysql", Property: "schema.history.internal", Bad: catalogtest.Config{"schema.history.internal": "io.debezium.storage.file.history.FileSchemaHistory"},
		Good: catalogtest.Config{"schema.history.internal": "io.debezium.storage.file.history.FileSchemaHistory", "schema.history.internal.file.filename": "/history"}},

	{Rule: "topics", Kind: "jdbc_sink", Property: "topics", Bad: catalogtest.Config{"topics": "shop.orders, shop.*"}, Good: catalogtest.Config{"topics": "shop.orders, shop.lines,,"}},
	{Rule: "collection-name", Kind: "jdbc_sink", Property: "collection.name.format", Bad: catalogtest.Config{"collection.name.format": "x_${topics}"}, Good: catalogtest.Config{"collection.name.format": "${source.db}_${topic}"}},
	{Rule: "collection-name", Kind: "jdbc_sink", Bad: catalogtest.Config{"collection.name.format": "${table}"}, Good: catalogtest.Config{"collection.name.format": "${table}", "collection.naming.strategy": "com.example.Names"}},
	{Rule: "producer-override", Kind: "postgres", Property: "producer.override.compression.type", Bad: catalogtest.Config{"producer.override.compression.type": "lz"}, Good: catalogtest.Config{"producer.override.compression.type": "lz4"}},
	{Rule: "producer-override", Kind: "mysql", Bad: catalogtest.Config{"producer.override.linger.ms": "20ms"}, Good: catalogtest.Config{"producer.override.linger.ms": "20", "producer.override.acks": "-1"}},

	{Rule: "time-zone", Kind: "jdbc_sink", Property: "use.time.zone", Bad: catalogtest.Config{"use.time.zone": "Europe/Berln"}, Good: catalogtest.Config{"use.time.zone": "GMT+2"}},
	{Rule: "configuration-based-snapshot", Kind: "postgres", Property: "snapshot.mode", Bad: catalogtest.Config{"snapshot.mode": "configuration_based"}, Good: catalogtest.Config{"snapshot.mode": "configuration_based", "snapshot.mode.configuration.based.start.stream": "false"}},
	{Rule: "configuration-based-snapshot", Kind: "mysql", Bad: catalogtest.Config{"snapshot.mode": "configuration_based", "snapshot.mode.configuration.based.snapshot.on.data.error": "true"}, Good: catalogtest.Config{"snapshot.mode": "configuration_based", "snapshot.mode.configuration.based.snapshot.data": "true"}},

	{Rule: "consumer-override", Kind: "jdbc_sink", Property: "consumer.override.auto.offset.reset", Bad: catalogtest.Config{"consumer.override.auto.offset.reset": "latests"}, Good: catalogtest.Config{"consumer.override.auto.offset.reset": "latest"}},
	{Rule: "consumer-override", Kind: "jdbc_sink", Bad: catalogtest.Config{"consumer.override.max.poll.records": "many"}, Good: catalogtest.Config{"consumer.override.max.poll.records": "500", "consumer.override.auto.offset.reset": "by_duration:PT1H"}},

	{Rule: "publication-name", Kind: "postgres", Property: "publication.name", Bad: catalogtest.Config{"publication.name": "orders-pub", "publication.autocreate.mode": "filtered"}, Good: catalogtest.Config{"publication.name": "orders-pub", "publication.autocreate.mode": "disabled"}},
	{Rule: "publication-name", Kind: "postgres", Bad: catalogtest.Config{"publication.name": "Orders", "publication.autocreate.mode": "all_tables"}, Good: catalogtest.Config{"publication.name": "orders_1", "publication.autocreate.mode": "filtered"}},
	{Rule: "heartbeat-prefix", Kind: "postgres", Property: "heartbeat.topics.prefix", Bad: catalogtest.Config{"heartbeat.topics.prefix": "beats"}, Good: catalogtest.Config{"topic.heartbeat.prefix": "beats"}},

	// Values.
	{Rule: "type", Kind: "mysql", Property: "database.port", Bad: catalogtest.Config{"database.port": "33o6"}, Good: catalogtest.Config{"database.port": "3306"}},
	{Rule: "type", Kind: "mysql", Property: "database.port", Bad: catalogtest.Config{"database.port": " 3306"}, Good: catalogtest.Config{"database.port": "3307"}},
	{Rule: "type", Kind: "mysql", Property: "tombstones.on.delete", Bad: catalogtest.Config{"tombstones.on.delete": "yes"}, Good: catalogtest.Config{"tombstones.on.delete": "True"}},
	{Rule: "allowed-value", Kind: "mysql", Property: "snapshot.mode", Bad: catalogtest.Config{"snapshot.mode": "sometimes"}, Good: catalogtest.Config{"snapshot.mode": " Initial "}},
	{Rule: "allowed-value", Kind: "sqlserver", Property: "snapshot.mode", Bad: catalogtest.Config{"snapshot.mode": "when_needed_no_data"}, Good: catalogtest.Config{"snapshot.mode": "when_needed"}},
	{Rule: "range", Kind: "mysql", Property: "poll.interval.ms", Bad: catalogtest.Config{"poll.interval.ms": "0"}, Good: catalogtest.Config{"poll.interval.ms": "1"}},
	{Rule: "range", Kind: "mysql", Property: "database.port", Bad: catalogtest.Config{"database.port": "70000"}, Good: catalogtest.Config{"database.port": "65535"}},
	{Rule: "queue-size", Kind: "mysql", Property: "max.batch.size", Bad: catalogtest.Config{"max.batch.size": "8192"}, Good: catalogtest.Config{"max.batch.size": "8192", "max.queue.size": "8193"}},
	{Rule: "masked-secret", Kind: "mysql", Property: "database.password", Bad: catalogtest.Config{"database.password": "********"}, Good: catalogtest.Config{"database.password": "a**"}},

	// Formats.
	{Rule: "topic-prefix-characters", Kind: "mysql", Bad: catalogtest.Config{"topic.prefix": "my shop"}, Good: catalogtest.Config{"topic.prefix": "my-shop_1.x"}},
	{Rule: "hostname-characters", Kind: "mysql", Bad: catalogtest.Config{"database.hostname": "db:3306"}, Good: catalogtest.Config{"database.hostname": "10.0.0.1"}},
	{Rule: "slot-name", Kind: "postgres", Bad: catalogtest.Config{"slot.name": "my-slot"}, Good: catalogtest.Config{"slot.name": "my_slot"}},
	{Rule: "topic-name", Kind: "mysql", Bad: catalogtest.Config{"schema.history.internal.kafka.topic": "schema changes"}, Good: catalogtest.Config{"schema.history.internal.kafka.topic": "schema.changes"}},
	{Rule: "message-key-columns", Kind: "mysql", Bad: catalogtest.Config{"message.key.columns": "shop.orders"}, Good: catalogtest.Config{"message.key.columns": "shop.orders:id,line;shop.lines:id"}},
	{Rule: "replica-identity", Kind: "postgres", Bad: catalogtest.Config{"replica.identity.autoset.values": "public.orders=FULL"}, Good: catalogtest.Config{"replica.identity.autoset.values": "public.orders:FULL,public.l:DEFAULT"}},
	{Rule: "key-value-list", Kind: "mysql", Bad: catalogtest.Config{"custom.metric.tags": "team"}, Good: catalogtest.Config{"custom.metric.tags": "team=shop,env=test"}},
	{Rule: "skipped-operations", Kind: "mysql", Bad: catalogtest.Config{"skipped.operations": "none,c"}, Good: catalogtest.Config{"skipped.operations": "c, u"}},

	// Lists.
	{Rule: "include-and-exclude", Kind: "mysql", Property: "table.exclude.list", Bad: catalogtest.Config{"table.include.list": "a.b", "table.exclude.list": "a.c"}, Good: catalogtest.Config{"table.include.list": "a.b"}},
	{Rule: "include-and-exclude", Kind: "mysql", Property: "gtid.source.excludes", Bad: catalogtest.Config{"gtid.source.includes": "a", "gtid.source.excludes": "b"}, Good: catalogtest.Config{"gtid.source.excludes": "b"}},
	{Rule: "regular-expression", Kind: "mysql", Property: "table.include.list", Bad: catalogtest.Config{"table.include.list": "shop.(orders"}, Good: catalogtest.Config{"table.include.list": `shop\.(orders|lines),a{1\,3}\.b`}},
	{Rule: "regular-expression", Kind: "mysql", Bad: catalogtest.Config{"column.mask.with.3.chars": "a.b.[c"}, Good: catalogtest.Config{"column.mask.with.3.chars": "a.b.[c]"}},
	{Rule: "regular-expression", Kind: "mongodb", Bad: catalogtest.Config{"collection.include.list": "shop.(a"}, Good: catalogtest.Config{"collection.include.list": "shop.(a", "filters.match.mode": "literal"}},
	{Rule: "unqualified-name", Kind: "postgres", Bad: catalogtest.Config{"table.include.list": "orders"}, Good: catalogtest.Config{"table.include.list": `public.orders,public\.a,.*,o[a-z.]+`}},
	{Rule: "unqualified-name", Kind: "postgres", Bad: catalogtest.Config{"column.exclude.list": "orders.id"}, Good: catalogtest.Config{"column.exclude.list": "public.orders.id,.*id"}},
	{Rule: "unqualified-name", Kind: "postgres", Property: "table.include.list", Bad: catalogtest.Config{"table.include.list": "public.orders|lines"}, Good: catalogtest.Config{"table.include.list": `public.(orders|lines),public.a|public\.b,.*_a|.*_b`}},
	{Rule: "unqualified-name", Kind: "mongodb", Bad: catalogtest.Config{"collection.include.list": "shop.a|b"}, Good: catalogtest.Config{"collection.include.list": "shop.a|b", "filters.match.mode": "literal"}},
	{Rule: "unqualified-name", Kind: "postgres", Property: "column.mask.with.5.chars", Bad: catalogtest.Config{"column.mask.with.5.chars": "orders.email"}, Good: catalogtest.Config{"column.mask.with.5.chars": "public.orders.email,.*email"}},
	{Rule: "unqualified-name", Kind: "mysql", Bad: catalogtest.Config{"column.mask.hash.v2.SHA-256.with.salt.a.b": "email"}, Good: catalogtest.Config{"column.mask.hash.v2.SHA-256.with.salt.a.b": `shop\.orders\.email`}},
	{Rule: "table-without-columns", Kind: "postgres", Property: "column.include.list", Bad: catalogtest.Config{"table.include.list": `public.orders,public\.lines`, "column.include.list": "public.orders.id,public.orders.email"}, Good: catalogtest.Config{"table.include.list": `public.orders,public\.lines,public.signals,public.[a-z]+`, "column.include.list": `PUBLIC.Orders.id|public\.lines\.(id|note)`, "signal.data.collection": "public.signals"}},
	{Rule: "table-without-columns", Kind: "mysql", Property: "column.include.list", Bad: catalogtest.Config{"table.include.list": "shop.orders,shop.lines", "column.include.list": "shop.o.*,shop.linesab?.id"}, Good: catalogtest.Config{"table.include.list": "shop.orders,shop.lines", "column.include.list": ".*id,shop.line.*"}},
	{Rule: "key-column-left-out", Kind: "postgres", Property: "message.key.columns", Bad: catalogtest.Config{"message.key.columns": "public.orders:id,email", "column.exclude.list": `public\.orders\.email`}, Good: catalogtest.Config{"message.key.columns": "public.orders:id;public.o.*:email", "column.exclude.list": `public\.orders\.email`}},
	{Rule: "key-column-left-out", Kind: "oracle", Property: "message.key.columns", Bad: catalogtest.Config{"message.key.columns": "INVENTORY.ORDERS:ID", "column.include.list": "inventory.orders.(email|total)"}, Good: catalogtest.Config{"message.key.columns": "INVENTORY.ORDERS:ID", "column.include.list": "inventory.orders.(id|email)"}},
	{Rule: "key-column-left-out", Kind: "mysql", Property: "message.key.columns", Bad: catalogtest.Config{"message.key.columns": "shop.orders:email", "column.exclude.list": ".*email", "snapshot.mode": "when_needed"}, Good: catalogtest.Config{"message.key.columns": "shop.orders:email", "column.exclude.list": ".*email", "snapshot.mode": "no_data"}},
	{Rule: "key-column-masked", Kind: "sqlserver", Property: "column.mask.with.5.chars", Bad: catalogtest.Config{"message.key.columns": "dbo.orders:email", "column.mask.with.5.chars": "dbo.orders.email"}, Good: catalogtest.Config{"message.key.columns": "dbo.orders:id", "column.mask.with.5.chars": "dbo.orders.email"}},
	{Rule: "key-column-masked", Kind: "mysql", Property: "column.mask.hash.SHA-256.with.salt.a", Bad: catalogtest.Config{"message.key.columns": "shop.orders:email", "column.mask.hash.SHA-256.with.salt.a": ".*email"}, Good: catalogtest.Config{"message.key.columns": "shop.or.*:email", "column.mask.hash.SHA-256.with.salt.a": ".*email"}},
	{Rule: "unqualified-name", Kind: "mysql", Bad: catalogtest.Config{"datatype.propagate.source.type": "decimal"}, Good: catalogtest.Config{"datatype.propagate.source.type": `.+\.DECIMAL`}},
	{Rule: "unqualified-name", Kind: "postgres", Bad: catalogtest.Config{"snapshot.include.collection.list": "orders"}, Good: catalogtest.Config{"snapshot.include.collection.list": "public.orders"}},
	{Rule: "unqualified-name", Kind: "mysql", Property: "message.key.columns", Bad: catalogtest.Config{"message.key.columns": "shop.lines:id;orders:id"}, Good: catalogtest.Config{"message.key.columns": "(.*).orders:id;.*lines:id"}},
	{Rule: "sql-in-entry", Kind: "postgres", Property: "table.include.list", Bad: catalogtest.Config{"table.include.list": `public."Orders"`}, Good: catalogtest.Config{"table.include.list": "public.Orders"}},
	{Rule: "sql-in-entry", Kind: "mysql", Bad: catalogtest.Config{"column.mask.with.5.chars": "`shop`.`orders`.`email`"}, Good: catalogtest.Config{"column.mask.with.5.chars": "shop.orders.email"}},
	{Rule: "sql-in-entry", Kind: "sqlserver", Bad: catalogtest.Config{"table.include.list": "[dbo].[orders]"}, Good: catalogtest.Config{"table.include.list": "dbo.[a-z].*,[d].[o]"}},
	{Rule: "sql-in-entry", Kind: "postgres", Bad: catalogtest.Config{"table.exclude.list": "public.tmp_%"}, Good: catalogtest.Config{"table.exclude.list": "public.tmp_.*,public.a[%].*"}},
	{Rule: "column-parameters", Kind: "postgres", Property: "column.mask.with.chars", Bad: catalogtest.Config{"column.mask.with.chars": "public.a.b"}, Good: catalogtest.Config{"column.mask.with.0.chars": "public.a.b"}},
	{Rule: "column-parameters", Kind: "mysql", Bad: catalogtest.Config{"column.truncate.to.20.char": "public.a.b"}, Good: catalogtest.Config{"column.truncate.to.20.chars": "public.a.b"}},
	{Rule: "column-parameters", Kind: "mysql", Bad: catalogtest.Config{"column.mask.hash.SHA-256.with.salt": "a.b.c"}, Good: catalogtest.Config{"column.mask.hash.SHA256.with.salt.x": "a.b.c", "column.mask.hash.BLAKE2B-256.with.salt.x": "a.b.d"}},
	{Rule: "column-parameters", Kind: "mysql", Bad: catalogtest.Config{"column.mask.hash.v2.MD55.with.salt.x": "a.b.c"}, Good: catalogtest.Config{"column.mask.hash.v2.sha-512.with.salt.x": "a.b.c"}},

	// Schema history.
	{Rule: "history-topic", Kind: "mysql", Property: "schema.history.internal.kafka.topic", Bad: catalogtest.Config{"schema.history.internal.kafka.topic": catalogtest.Unset},
		Good: catalogtest.Config{"schema.history.internal.kafka.topic": catalogtest.Unset, "schema.history.internal": "io.debezium.storage.jdbc.history.JdbcSchemaHistory"}},
	{Rule: "history-topic", Kind: "mysql", Property: "database.history.kafka.topic", Version: "1.9", Bad: catalogtest.Config{"schema.history.internal.kafka.topic": catalogtest.Unset}, Good: catalogtest.Config{"database.history.kafka.topic": "h"}},
	{Rule: "history-servers", Kind: "mysql", Bad: catalogtest.Config{"schema.history.internal.kafka.bootstrap.servers": catalogtest.Unset}, Good: catalogtest.Config{}},
	{Rule: "history-topic-is-prefix", Kind: "mysql", Bad: catalogtest.Config{"schema.history.internal.kafka.topic": "shop"}, Good: catalogtest.Config{}},

	// Names.
	{Rule: "legacy-name", Kind: "mysql", Property: "database.server.name", Bad: catalogtest.Config{"topic.prefix": catalogtest.Unset, "database.server.name": "shop"}, Good: catalogtest.Config{}},
	{Rule: "legacy-name", Kind: "mysql", Property: "table.whitelist", Bad: catalogtest.Config{"table.whitelist": "shop.orders"}, Good: catalogtest.Config{"table.include.list": "shop.orders"}},
	{Rule: "legacy-name", Kind: "mysql", Property: "database.history.kafka.topic", Bad: catalogtest.Config{"schema.history.internal.kafka.topic": catalogtest.Unset, "database.history.kafka.topic": "h"}, Good: catalogtest.Config{}},
	{Rule: "removed-name", Kind: "postgres", Property: "toasted.value.placeholder", Bad: catalogtest.Config{"toasted.value.placeholder": "x"}, Good: catalogtest.Config{"unavailable.value.placeholder": "x"}},
	{Rule: "deprecated-name", Kind: "postgres", Property: "flush.lsn.source", Bad: catalogtest.Config{"flush.lsn.source": "false"}, Good: catalogtest.Config{"lsn.flush.mode": "connector"}},
	{Rule: "legacy-value", Kind: "mysql", Property: "snapshot.mode", Bad: catalogtest.Config{"snapshot.mode": "schema_only"}, Good: catalogtest.Config{"snapshot.mode": "no_data"}},
	{Rule: "legacy-value", Kind: "postgres", Property: "plugin.name", Bad: catalogtest.Config{"plugin.name": "wal2json"}, Good: catalogtest.Config{"plugin.name": "decoderbufs"}},
	{Rule: "legacy-name", Kind: "mongodb", Property: "mongodb.connection.string.shard.params", Bad: catalogtest.Config{"mongodb.connection.string.shard.params": "a=b"}, Good: catalogtest.Config{}},
	{Rule: "deprecated-value", Kind: "mysql", Property: "snapshot.mode", Version: "2.7", Bad: catalogtest.Config{"snapshot.mode": "schema_only"}, Good: catalogtest.Config{"snapshot.mode": "no_data"}},
	{Rule: "other-version", Kind: "postgres", Property: "slot.failover", Version: "2.7", Bad: catalogtest.Config{"slot.failover": "true"}, Good: catalogtest.Config{}},
	{Rule: "other-version", Kind: "mysql", Property: "topic.prefix", Version: "1.9", Bad: catalogtest.Config{}, Good: catalogtest.Config{
		"topic.prefix": catalogtest.Unset, "schema.history.internal.kafka.topic": catalogtest.Unset, "schema.history.internal.kafka.bootstrap.servers": catalogtest.Unset}},
	{Rule: "other-kind", Kind: "mysql", Property: "slot.name", Bad: catalogtest.Config{"slot.name": "x"}, Good: catalogtest.Config{}},
	{Rule: "unknown-property", Kind: "mysql", Property: "tabel.include.list", Bad: catalogtest.Config{"tabel.include.list": "a.b"}, Good: catalogtest.Config{"table.include.list": "a.b"}},
	{Rule: "unknown-property", Kind: "mysql", Property: "zzz.qqq", Bad: catalogtest.Config{"zzz.qqq": "1"}, Good: catalogtest.Config{"producer.override.linger.ms": "1", "key.converter.schemas.enable": "false"}},

	// Channels.
	{Rule: "signal-collections", Kind: "mysql", Bad: catalogtest.Config{"signal.data.collection": "a.b,a.c"}, Good: catalogtest.Config{"signal.data.collection": "a.b"}},
	{Rule: "signal-table-form", Kind: "oracle", Bad: catalogtest.Config{"signal.data.collection": "DBZ.SIGNALS"}, Good: catalogtest.Config{"signal.data.collection": "ORCL.DBZ.SIGNALS"}},
	{Rule: "signal-table-form", Kind: "postgres", Bad: catalogtest.Config{"signal.data.collection": "inventory.public.signals"}, Good: catalogtest.Config{"signal.data.collection": "public.a.signals"}},
	{Rule: "signal-table-form", Kind: "mysql", Bad: catalogtest.Config{"signal.data.collection": "shop.public.signals"}, Good: catalogtest.Config{"signal.data.collection": "shop.signals"}},
	{Rule: "signal-table-form", Kind: "postgres", Bad: catalogtest.Config{"signal.data.collection": "signals"}, Good: catalogtest.Config{"signal.data.collection": "public.signals"}},
	{Rule: "signal-kafka", Kind: "mysql", Property: "signal.enabled.channels", Bad: catalogtest.Config{"signal.enabled.channels": "kafka"},
		Good: catalogtest.Config{"signal.enabled.channels": "kafka", "signal.kafka.bootstrap.servers": "kafka:9092"}},
	{Rule: "signal-source", Kind: "mysql", Bad: catalogtest.Config{"signal.enabled.channels": "source"}, Good: catalogtest.Config{"signal.enabled.channels": "source", "signal.data.collection": "a.b"}},
	{Rule: "signal-channel", Kind: "mysql", Bad: catalogtest.Config{"signal.enabled.channels": "kafak"}, Good: catalogtest.Config{"signal.enabled.channels": "jmx,file"}},
	{Rule: "notification-topic", Kind: "mysql", Bad: catalogtest.Config{"notification.enabled.channels": "log, sink"}, Good: catalogtest.Config{"notification.enabled.channels": "sink", "notification.sink.topic.name": "n"}},
	{Rule: "notification-channel", Kind: "mysql", Bad: catalogtest.Config{"notification.enabled.channels": "Log"}, Good: catalogtest.Config{"notification.enabled.channels": "log,jmx"}},
	{Rule: "heartbeat-query", Kind: "postgres", Bad: catalogtest.Config{"heartbeat.action.query": "select 1"}, Good: catalogtest.Config{"heartbeat.action.query": "select 1", "heartbeat.interval.ms": "1000"}},
	{Rule: "converter-type", Kind: "mysql", Property: "isbn.type", Bad: catalogtest.Config{"converters": "isbn"}, Good: catalogtest.Config{"converters": "isbn", "isbn.type": "x.Isbn", "isbn.schema.name": "x"}},
	{Rule: "post-processor-type", Kind: "mysql", Property: "r.type", Bad: catalogtest.Config{"post.processors": "r"}, Good: catalogtest.Config{"post.processors": "r", "r.type": "x.R"}},

	// Tasks and Kafka Connect.
	{Rule: "one-task", Kind: "informix", Property: "tasks.max", Bad: catalogtest.Config{"tasks.max": "2"}, Good: catalogtest.Config{"tasks.max": "1"}},
	{Rule: "one-task", Kind: "mysql", Bad: catalogtest.Config{"tasks.max": "2"}, Good: catalogtest.Config{"tasks.max": "1"}},
	{Rule: "offset-storage-per-task", Kind: "vitess", Bad: catalogtest.Config{"tasks.max": "2"}, Good: catalogtest.Config{"tasks.max": "2", "vitess.offset.storage.per.task": "true"}},
	{Rule: "ignored-tasks", Kind: "postgres", Bad: catalogtest.Config{"tasks.max": " 2"}, Good: catalogtest.Config{"tasks.max": "1"}},
	{Rule: "connect-value", Kind: "postgres", Property: "errors.tolerance", Bad: catalogtest.Config{"errors.tolerance": "some"}, Good: catalogtest.Config{"errors.tolerance": "all"}},
	{Rule: "connect-value", Kind: "postgres", Property: "tasks.max", Bad: catalogtest.Config{"tasks.max": "0"}, Good: catalogtest.Config{"tasks.max": " 1 "}},
	{Rule: "transform-type", Kind: "postgres", Property: "transforms.a.type", Bad: catalogtest.Config{"transforms": "a"}, Good: catalogtest.Config{"transforms": "a", "transforms.a.type": "x.A"}},
	{Rule: "undeclared-transform", Kind: "postgres", Property: "transforms.b.type", Bad: catalogtest.Config{"transforms": "a", "transforms.a.type": "x.A", "transforms.b.type": "x.B"},
		Good: catalogtest.Config{"transforms": "a,b", "transforms.a.type": "x.A", "transforms.b.type": "x.B"}},
	{Rule: "transform-predicate", Kind: "postgres", Bad: catalogtest.Config{"transforms": "a", "transforms.a.type": "x.A", "transforms.a.predicate": "p"},
		Good: catalogtest.Config{"transforms": "a", "transforms.a.type": "x.A", "transforms.a.predicate": "p", "predicates": "p", "predicates.p.type": "x.P"}},
	{Rule: "topic-creation-default", Kind: "postgres", Property: "topic.creation.default.partitions", Bad: catalogtest.Config{"topic.creation.default.replication.factor": "1"},
		Good: catalogtest.Config{"topic.creation.default.replication.factor": "1", "topic.creation.default.partitions": "1"}},
	{Rule: "removed-unwrap-option", Kind: "postgres", Bad: catalogtest.Config{"transforms": "u", "transforms.u.type": "io.debezium.transforms.ExtractNewRecordState", "transforms.u.delete.handling.mode": "rewrite"},
		Good: catalogtest.Config{"transforms": "u", "transforms.u.type": "io.debezium.transforms.ExtractNewRecordState", "transforms.u.delete.tombstone.handling.mode": "rewrite"}},
	{Rule: "removed-unwrap-option", Kind: "postgres", Property: "transforms.t.drop.tombstones", Bad: Converted(jsonClass).With(Transform(unwrap, "drop.tombstones", "false")), Good: Transform(unwrap, "drop.tombstones", "false")},
	{Rule: "removed-unwrap-option", Kind: "postgres", Bad: Transform(unwrap, "drop.tombstones", "true").With(catalogtest.Config{"tombstones.on.delete": "false"}), Good: Transform(unwrap).With(catalogtest.Config{"tombstones.on.delete": "false"})},
	{Rule: "untraced-errors", Kind: "postgres", Property: "errors.tolerance", Bad: catalogtest.Config{"errors.tolerance": "all"}, Good: catalogtest.Config{"errors.tolerance": "all", "errors.log.enable": "true"}},
	{Rule: "untraced-errors", Kind: "jdbc_sink", Bad: catalogtest.Config{"errors.tolerance": "ALL", "errors.log.enable": "false"}, Good: catalogtest.Config{"errors.tolerance": "all", "errors.deadletterqueue.topic.name": "dlq"}},
	{Rule: "untraced-errors", Kind: "postgres", Bad: catalogtest.Config{"errors.tolerance": "all"}, Good: catalogtest.Config{"errors.tolerance": "${env:TOLERANCE}"}},
	{Rule: "removed-unwrap-option", Kind: "postgres", Property: "transforms.t.delete.handling.mode", Version: "3.6", Bad: Transform("ExtractNewRecordState", "delete.handling.mode", "rewrite"), Good: Transform("com.example.ExtractNewRecordState", "delete.handling.mode", "rewrite")},

	{Rule: "other-side", Kind: "postgres", Property: "errors.deadletterqueue.topic.name", Bad: catalogtest.Config{"errors.deadletterqueue.topic.name": "dlq"}, Good: catalogtest.Config{"errors.tolerance": "all"}},
	{Rule: "other-side", Kind: "jdbc_sink", Bad: catalogtest.Config{"exactly.once.support": "required"}, Good: catalogtest.Config{"errors.deadletterqueue.topic.name": "dlq"}},
	{Rule: "reference-key", Kind: "postgres", Property: "database.password", Bad: catalogtest.Config{"database.password": "${file:/secrets/db.properties}"}, Good: catalogtest.Config{"database.password": "${env:PASSWORD}", "database.user": "${file:/s:user}"}},

	// Lists.
	{Rule: "comma-in-entry", Kind: "postgres", Property: "table.include.list", Bad: catalogtest.Config{"table.include.list": `public.a\,public.b`}, Good: catalogtest.Config{"table.include.list": `public.a,public.b{1\,2}`}},
	{Rule: "database-in-entry", Kind: "postgres", Bad: catalogtest.Config{"table.include.list": "inventory.public.orders"}, Good: catalogtest.Config{"table.include.list": `inventory.orders,public\.orders\..*`}},
	{Rule: "database-in-entry", Kind: "postgres", Property: "schema.include.list", Bad: catalogtest.Config{"schema.include.list": "inventory.public"}, Good: catalogtest.Config{"schema.include.list": "inventory,inventory.*"}},
	{Rule: "database-in-entry", Kind: "sqlserver", Bad: catalogtest.Config{"table.include.list": "inventory.dbo.orders"}, Good: catalogtest.Config{"table.include.list": "dbo.orders"}},
	{Rule: "left-out-entry", Kind: "mysql", Bad: catalogtest.Config{"database.include.list": "shop", "table.include.list": "store.orders"}, Good: catalogtest.Config{"database.include.list": "shop.*", "table.include.list": `shop2\.orders`}},
	{Rule: "left-out-entry", Kind: "postgres", Bad: catalogtest.Config{"schema.exclude.list": "audit", "table.include.list": "audit.log"}, Good: catalogtest.Config{"schema.exclude.list": "audit", "table.include.list": "public.log"}},
	{Rule: "select-overrides", Kind: "postgres", Bad: catalogtest.Config{"snapshot.select.statement.overrides": "public.orders"}, Good: catalogtest.Config{"snapshot.select.statement.overrides": "public.orders", "snapshot.select.statement.overrides.public.orders": "SELECT 1"}},
	{Rule: "gtid-sources", Kind: "mysql", Bad: catalogtest.Config{"gtid.source.includes": "my-primary"}, Good: catalogtest.Config{"gtid.source.includes": "36afe4ac-0f1f-11ee-be56-0242ac120002,3E11FA47.*"}},

	// A single kind.
	{Rule: "plugin-name-default", Kind: "postgres", Bad: catalogtest.Config{"plugin.name": catalogtest.Unset, "database.hostname": "x.eu-west-1.rds.amazonaws.com"}, Good: catalogtest.Config{"plugin.name": catalogtest.Unset}},
	{Rule: "plugin-name-default", Kind: "postgres", Property: "publication.name", Bad: catalogtest.Config{"plugin.name": catalogtest.Unset, "publication.name": "p"}, Good: catalogtest.Config{"publication.name": "p"}},
	{Rule: "slot-dropped", Kind: "postgres", Bad: catalogtest.Config{"slot.drop.on.stop": "true"}, Good: catalogtest.Config{"slot.drop.on.stop": "false"}},
	{Rule: "stream-params", Kind: "postgres", Bad: catalogtest.Config{"plugin.name": "pgoutput", "slot.stream.params": "messages=false;skip-empty-xacts=1"}, Good: catalogtest.Config{"plugin.name": "pgoutput", "slot.stream.params": "messages=false;origin=none;skip-empty-xacts"}},
	{Rule: "stream-params", Kind: "postgres", Bad: catalogtest.Config{"plugin.name": "pgoutput", "slot.stream.params": "include-lsn=true"}, Good: catalogtest.Config{"plugin.name": "decoderbufs", "slot.stream.params": "include-lsn=true"}},
	{Rule: "allowed-value", Kind: "mysql", Property: "time.precision.mode", Bad: catalogtest.Config{"time.precision.mode": "adaptive"}, Good: catalogtest.Config{"time.precision.mode": "connect"}},
	{Rule: "lob-with-hybrid", Kind: "oracle", Bad: catalogtest.Config{"lob.enabled": "true", "log.mining.strategy": "hybrid"}, Good: catalogtest.Config{"lob.enabled": "true"}},
	{Rule: "lob-with-redo-sql", Kind: "oracle", Bad: catalogtest.Config{"lob.enabled": "true", "log.mining.include.redo.sql": "true"}, Good: catalogtest.Config{"log.mining.include.redo.sql": "true"}},
	{Rule: "lob-with-deferred-start", Kind: "oracle", Version: "3.6", Bad: catalogtest.Config{"lob.enabled": "true", "log.mining.buffer.deferred.transaction.start": "true"}, Good: catalogtest.Config{"log.mining.buffer.deferred.transaction.start": "true"}},
	{Rule: "rac-nodes", Kind: "oracle", Bad: catalogtest.Config{"rac.nodes": "a:1521,b"}, Good: catalogtest.Config{"rac.nodes": "a,b", "database.port": "1521"}},
	{Rule: "ehcache-tags", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "ehcache", ehcacheGlobal: "<Cache alias='x'/>"}, Good: catalogtest.Config{"log.mining.buffer.type": "ehcache", ehcacheGlobal: "<persistence/>"}},
	{Rule: "xstream-server", Kind: "oracle", Bad: catalogtest.Config{"database.connection.adapter": "XStream"}, Good: catalogtest.Config{"database.connection.adapter": "XStream", "xstream.out.server.name": "out"}},
	{Rule: "openlogreplicator", Kind: "oracle", Bad: catalogtest.Config{"database.connection.adapter": "olr"}, Good: catalogtest.Config{"database.connection.adapter": "olr", "openlogreplicator.source": "s"}},
	{Rule: "openlogreplicator-host", Kind: "oracle", Bad: catalogtest.Config{"database.connection.adapter": "olr"}, Good: catalogtest.Config{"database.connection.adapter": "olr", "openlogreplicator.host": "h"}},
	{Rule: "openlogreplicator-port", Kind: "oracle", Bad: catalogtest.Config{"database.connection.adapter": "olr"}, Good: catalogtest.Config{"database.connection.adapter": "olr", "openlogreplicator.port": "9000"}},
	{Rule: "dictionary-path", Kind: "oracle", Bad: catalogtest.Config{"log.mining.strategy": "dictionary_from_file"}, Good: catalogtest.Config{"log.mining.strategy": "dictionary_from_file", "log.mining.path.dictionary": "/d"}},
	{Rule: "cache-infinispan-transactions", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "infinispan_embedded"}, Good: catalogtest.Config{"log.mining.buffer.type": "memory"}},
	{Rule: "cache-infinispan-processed-transactions", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "infinispan_remote"}, Good: catalogtest.Config{}},
	{Rule: "cache-infinispan-schema-changes", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "infinispan_embedded"}, Good: catalogtest.Config{}},
	{Rule: "cache-infinispan-events", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "infinispan_embedded"}, Good: catalogtest.Config{}},
	{Rule: "cache-ehcache-transactions", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "ehcache"}, Good: catalogtest.Config{"log.mining.buffer.type": "ehcache", "log.mining.buffer.ehcache.transactions.config": "<x/>"}},
	{Rule: "cache-ehcache-processedtransactions", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "ehcache"}, Good: catalogtest.Config{}},
	{Rule: "cache-ehcache-schemachanges", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "ehcache"}, Good: catalogtest.Config{}},
	{Rule: "cache-ehcache-events", Kind: "oracle", Bad: catalogtest.Config{"log.mining.buffer.type": "ehcache"}, Good: catalogtest.Config{}},
	{Rule: "connection-string", Kind: "mongodb", Bad: catalogtest.Config{"mongodb.connection.string": "db:27017"}, Good: catalogtest.Config{"mongodb.connection.string": "mongodb+srv://db"}},
	{Rule: "capture-target", Kind: "mongodb", Bad: catalogtest.Config{"capture.scope": "database"}, Good: catalogtest.Config{"capture.scope": "database", "capture.target": "shop"}},
	{Rule: "capture-target", Kind: "mongodb", Bad: catalogtest.Config{"capture.target": "shop"}, Good: catalogtest.Config{}},
	{Rule: "cursor-pipeline", Kind: "mongodb", Bad: catalogtest.Config{"cursor.pipeline": `[{"$match": {}]`}, Good: catalogtest.Config{"cursor.pipeline": `[{$match: {'a': "]"}}]`}},
	{Rule: "oversize-threshold", Kind: "mongodb", Bad: catalogtest.Config{"cursor.oversize.handling.mode": "skip"}, Good: catalogtest.Config{"cursor.oversize.handling.mode": "skip", "cursor.oversize.skip.threshold": "1000"}},
	{Rule: "foreign-name", Kind: "jdbc_sink", Property: "pk.mode", Bad: catalogtest.Config{"pk.mode": "record_key"}, Good: catalogtest.Config{"primary.key.mode": "record_key"}},
	{Rule: "sink-topics", Kind: "jdbc_sink", Property: "topics", Bad: catalogtest.Config{"topics": catalogtest.Unset}, Good: catalogtest.Config{"topics": catalogtest.Unset, "topics.regex": "a.*"}},
	{Rule: "sink-topics", Kind: "mongodb_sink", Property: "topics.regex", Bad: catalogtest.Config{"topics.regex": "a.*"}, Good: catalogtest.Config{}},
	{Rule: "jdbc-url", Kind: "jdbc_sink", Bad: catalogtest.Config{"connection.url": "postgresql://db"}, Good: catalogtest.Config{}},
	{Rule: "jdbc-url", Kind: "jdbc_sink", Bad: catalogtest.Config{"connection.url": "jdbc:postgres://db/shop"}, Good: catalogtest.Config{"connection.url": "jdbc:postgresql://db/shop"}},
	{Rule: "upsert-key", Kind: "jdbc_sink", Bad: catalogtest.Config{"insert.mode": "upsert"}, Good: catalogtest.Config{"insert.mode": "upsert", "primary.key.mode": "record_key"}},
	{Rule: "delete-key", Kind: "jdbc_sink", Bad: catalogtest.Config{"delete.enabled": "true"}, Good: catalogtest.Config{"delete.enabled": "true", "primary.key.mode": "record_key"}},
}
