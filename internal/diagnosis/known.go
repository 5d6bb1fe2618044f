package diagnosis

import "strings"

// failure is a known failure. Fragments are matched in lower case, with white
// space collapsed.
type failure struct {
	name   string
	all    []string // all of these occur in the trace
	any    []string // and at least one of these, if any
	remedy string
	shared bool // see Diagnosis.SameSlotOrServerID
	lost   bool // see Diagnosis.PositionLost
}

func (f failure) matches(text string) bool {
	for _, fragment := range f.all {
		if !strings.Contains(text, fragment) {
			return false
		}
	}
	for _, fragment := range f.any {
		if strings.Contains(text, fragment) {
			return true
		}
	}
	return len(f.any) == 0
}

// resetOffsets is how to reset offsets in Terraform.
const resetOffsets = "reset the offsets for a new snapshot (apply reset_offsets_on_destroy = true, then run terraform apply -replace on this resource)"

// known are the failures that have a remedy. The first match wins, so specific
// ones precede general ones: messages that wrap others, or drivers' texts, come
// late.
var known = []failure{
	// PostgreSQL.
	{name: "wal level", all: []string{"logical decoding requires wal_level"},
		remedy: "Set wal_level to logical on the PostgreSQL server and restart it (on Amazon RDS: rds.logical_replication = 1)."},
	{name: "replication role", any: []string{"must be superuser or replication role", "permission denied to start wal sender", "permission denied to use replication slots"},
		remedy: "Allow the user to replicate: ALTER ROLE … REPLICATION (on Amazon RDS: GRANT rds_replication TO …)."},
	{name: "slot in use", any: []string{"is active for pid", "distinct replication slot name"}, shared: true,
		remedy: "Another client reads from the same replication slot. Give each connector its own slot_name, or stop the other client."},
	{name: "publication right", all: []string{"permission denied for database"},
		remedy: "The user may not create the publication. GRANT CREATE ON DATABASE … TO the user, or create the publication yourself and set publication_autocreate_mode to disabled."},
	{name: "table owner", any: []string{"must be owner of table", "must be owner of relation"},
		remedy: "Only the owner of a table can put it into a publication. Make the user its owner, or create the publication yourself and set publication_autocreate_mode to disabled."},
	{name: "no publication", all: []string{"publication autocreation is disabled"},
		remedy: "Create the publication in the database, or set publication_autocreate_mode to filtered. If the connector ran before, its slot's position is older than the new publication, and nothing arrives: drop the slot as well, and " + resetOffsets + "."},
	{name: "publication for all tables", all: []string{"a logical publication for all tables named"},
		remedy: "The publication covers all tables, so it can't be narrowed to some. Choose another publication_name, or set publication_autocreate_mode to all_tables."},
	{name: "publication of all tables", all: []string{"must be superuser to create for all tables publication"},
		remedy: "Only a superuser can create a publication of all tables. Set publication_autocreate_mode to filtered, with a table_include_list of tables that the user owns, or let a superuser create the publication and set it to disabled."},
	{name: "heartbeat query", all: []string{"could not execute heartbeat action query"},
		remedy: "The database rejected heartbeat_action_query. Check the statement, that its table exists, and that the user may write to it."},
	{name: "enum without values", all: []string{"java.sql.array.getarray()", "resultset.getarray"},
		remedy: "The database has an enum type without values, or a domain over an enum, in whatever schema, with which Debezium before 3.7 can't start. Drop the type, or give the columns of the domain the enum itself as their type and drop the domain."},
	{name: "decoderbufs", all: []string{`could not access file "decoderbufs"`},
		remedy: "The decoderbufs extension isn't installed on the server. Set plugin_name to pgoutput."},
	{name: "output option", all: []string{"unrecognized pgoutput option"},
		remedy: "slot.stream.params in config has an option that pgoutput of this server doesn't have, most likely one of wal2json. Remove it."},
	{name: "no tables", all: []string{"no table filters found for filtered publication"},
		remedy: "The include and exclude lists match no table. Write table_include_list entries as schema.table, one table per entry (a comma within an entry is part of the name), and check that the tables exist."},
	{name: "no free slot", all: []string{"all replication slots are in use"},
		remedy: "Drop slots that nothing reads from (those with active = false in pg_replication_slots), or raise max_replication_slots on the server and restart it."},
	{name: "no WAL sender", all: []string{"number of requested standby connections exceeds"},
		remedy: "Raise max_wal_senders on the server and restart it, or stop replication clients that aren't needed."},
	{name: "publication gone", all: []string{"error: publication \"", "does not exist"},
		remedy: "The slot's position is older than the publication: it was dropped, or created later. Create the publication, drop the slot, and " + resetOffsets + "."},
	{name: "slot not obtained", all: []string{"unable to obtain valid replication slot"},
		remedy: "Look at the slot in pg_replication_slots. If its wal_status is lost, the server has discarded the changes since its position (max_slot_wal_keep_size): drop the slot, and " + resetOffsets + ". Otherwise end the transactions that have been open for long, and restart the connector."},
	{name: "slot invalidated", any: []string{"this slot has been invalidated", "can no longer get changes from replication slot"}, lost: true,
		remedy: "The server has discarded the changes since the slot's position (max_slot_wal_keep_size). Drop the slot, and " + resetOffsets + "."},
	// Positions that the server no longer has.
	{name: "schema only recovery", all: []string{"schema only recovery snapshot", "could not find existing"},
		remedy: "The recovery snapshot needs stored offsets, and there are none. Set snapshot_mode to initial or no_data."},
	{name: "oracle scn", all: []string{"none of the log files contain offset scn"}, lost: true,
		remedy: "The redo logs since the connector's position are gone. Set snapshot_mode to when_needed, or " + resetOffsets + ", and keep the archive logs longer."},
	{name: "position lost", any: []string{"this is no longer", "snapshot mode when needed", "no longer available on the server"}, lost: true,
		remedy: "The server no longer has the changes since the connector's position. Set snapshot_mode to when_needed, or " + resetOffsets + ", and make the server keep its logs longer."},
	{name: "binlog purged", any: []string{"could not find first log file name in binary log index", "purged required binary logs"}, lost: true,
		remedy: "The server no longer has the binary log since the connector's position. Set snapshot_mode to when_needed, or " + resetOffsets + ", and make the server keep its binary log longer (binlog_expire_logs_seconds)."},
	{name: "binlog position", all: []string{"to start replication from position"}, lost: true,
		remedy: "The stored position is beyond the end of the server's binary log: this isn't the server that it comes from, or its binary log was reset. Connect to that server, or " + resetOffsets + "."},
	{name: "oplog", any: []string{"resume point may no longer be in the oplog", "resume token was not found"}, lost: true,
		remedy: "The oplog no longer has the changes since the connector's position. Set snapshot_mode to when_needed, or " + resetOffsets + ", and make the oplog larger."},
	// MySQL and MariaDB.
	{name: "same server id", any: []string{"same server_uuid/server_id"}, shared: true,
		remedy: "Another client or replica has the same server ID. Give each connector its own database_server_id."},
	{name: "binlog format", all: []string{"not configured to use a row binlog_format"},
		remedy: "Set binlog_format to ROW on the server and enable its binary log (log_bin)."},
	{name: "binlog row image", all: []string{"not configured to use a full binlog_row_image"},
		remedy: "Set binlog_row_image to FULL on the server."},
	{name: "lock tables", all: []string{"user does not have the 'lock tables' privilege"},
		remedy: "GRANT LOCK TABLES and RELOAD to the user, or set snapshot_locking_mode to none if no schema changes during the snapshot."},
	{name: "time zone", all: []string{"server time zone value", "unrecognized"},
		remedy: "The driver doesn't know the server's time zone. Set default_time_zone on the server, or driver.connectionTimeZone in config."},
	// Seen with Debezium 3.6.1 on MySQL 8.0.15; event.deserialization.failure.handling.mode doesn't help.
	{name: "year column", all: []string{"eventtype=table_map", "failed to read remaining"},
		remedy: "Debezium can't read changes of a table with a YEAR column beside eight other numeric columns, or a multiple of eight, in whatever database of the server. Make the YEAR column a SMALLINT, and " + resetOffsets + "."},
	{name: "offset without gtids", all: []string{"because \"this.gtidset\" is null"},
		remedy: "The server uses GTIDs, and the stored offset has none. If it comes from initial_offsets, which are set at creation only, add gtids there and run terraform apply -replace on this resource. Otherwise " + resetOffsets + "."},
	{name: "public key", all: []string{"public key retrieval is not allowed"},
		remedy: "Set database_ssl_mode to required, or, on a network that you trust, driver.allowPublicKeyRetrieval to true in config."},
	// Schema history.
	{name: "history settings", all: []string{"error configuring an instance of kafkaschemahistory"},
		remedy: "Set schema_history_internal_kafka_topic and schema_history_internal_kafka_bootstrap_servers."},
	{name: "history missing", all: []string{"the db history topic is missing"}, lost: true,
		remedy: "The schema history topic is gone or has another name. Correct schema_history_internal_kafka_topic, or set snapshot_mode to recovery for one start and change it back afterwards."},
	{name: "history servers", all: []string{"timeout expired while fetching topic metadata"},
		remedy: "The worker can't reach the Kafka brokers of the schema history. Check schema_history_internal_kafka_bootstrap_servers, which must be reachable from the worker, and the security settings (schema.history.internal.producer.* and .consumer.* in config)."},
	{name: "history unreadable", any: []string{"the database schema history couldn't be recovered", "the database history couldn't be recovered"},
		remedy: "The schema history could not be read to its end. Check that its topic is complete and reachable, and raise schema.history.internal.kafka.recovery.attempts and schema.history.internal.kafka.recovery.poll.interval.ms in config."},
	{name: "unknown table", all: []string{"whose schema isn't known to this connector"},
		remedy: "The table isn't in the schema history, most likely because it was added to the include list later. Set snapshot_mode to recovery for one start, or " + resetOffsets + "; capture its existing rows with an execute-snapshot signal."},
	{name: "unparseable statement", all: []string{"ddl statement couldn't be parsed"},
		remedy: "Debezium doesn't understand a statement in the database's log. If it doesn't concern the captured tables, set schema.history.internal.skip.unparseable.ddl to true in config; otherwise use a version of Debezium that understands it."},
	{name: "schema out of sync", all: []string{"probably out of sync with real database schema"},
		remedy: "The rows don't fit the schema history. If no table has changed since the connector's position, set snapshot_mode to recovery for one start; otherwise " + resetOffsets + ". SQL Server: capture all columns of the table, or exclude the others with column_exclude_list."},
	// Oracle.
	{name: "archive log mode", all: []string{"not configured to use a archive log log_mode"},
		remedy: "Switch the Oracle database to ARCHIVELOG mode."},
	{name: "supplemental logging", all: []string{"supplemental logging not properly configured"},
		remedy: "ALTER DATABASE ADD SUPPLEMENTAL LOG DATA, and for each captured table ADD SUPPLEMENTAL LOG DATA (ALL) COLUMNS."},
	{name: "oracle archive log", any: []string{"ora-01291", "ora-00310", "ora-00308"},
		remedy: "A redo or archive log that the connector needs is missing. Keep the archive logs longer; if it is gone for good, set snapshot_mode to when_needed, or " + resetOffsets + "."},
	{name: "oracle dictionary", all: []string{"ora-01333"},
		remedy: "LogMiner could not build its dictionary from the redo logs. Set log_mining_strategy to online_catalog, or keep the archive logs that hold the dictionary."},
	{name: "oracle undo", all: []string{"ora-01555"},
		remedy: "The undo data didn't last for the whole snapshot. Raise UNDO_RETENTION and the size of the undo tablespace."},
	{name: "oracle privileges", any: []string{"ora-01031", "ora-01045"},
		remedy: "The Oracle user lacks a privilege. Grant it all that Debezium's documentation lists for the connector's user, in the container database and in the pluggable one."},
	// SQL Server.
	{name: "cdc schema", all: []string{"does not have access to cdc schema"},
		remedy: "Allow the user to read the CDC schema (db_owner or the CDC gating role), or set snapshot_mode to initial_only."},
	{name: "sql server agent", all: []string{"no maximum lsn recorded in the database"},
		remedy: "Start the SQL Server Agent, and enable CDC for the database (sys.sp_cdc_enable_db)."},
	{name: "no cdc table", all: []string{"no table has enabled cdc"},
		remedy: "Enable CDC for each captured table (sys.sp_cdc_enable_table), and allow the user to read the change tables."},
	// MongoDB.
	{name: "list databases", all: []string{"doesn't have rights to list databases"},
		remedy: "Allow the MongoDB user to list databases (listDatabases, as in the role readAnyDatabase)."},
	{name: "replica set", all: []string{"replica set not specified in connection string"},
		remedy: "Name the replica set in mongodb_connection_string: ?replicaSet=NAME."},
	{name: "no replica set", all: []string{"$changestream stage is only supported on replica sets"},
		remedy: "MongoDB has change streams on replica sets and sharded clusters only. Make the server a replica set; one member is enough."},
	// Kafka Connect and Debezium.
	{name: "one task", all: []string{"only a single connector task may be started"},
		remedy: "Set tasks_max to 1."},
	{name: "plugin version", all: []string{"not found that matches the version range"},
		remedy: "Install this version of the connector plugin on all workers, or change connector_plugin_version."},
	{name: "plugin", all: []string{"failed to find any class that implements connector"},
		remedy: "Install the connector plugin on all workers of the Kafka Connect cluster, and restart them."},
	{name: "signal channel", all: []string{"signal channel kafka configuration is invalid"},
		remedy: "Set signal.kafka.bootstrap.servers in config, or remove kafka from signal_enabled_channels."},
	{name: "record too large", all: []string{"recordtoolargeexception"},
		remedy: "A record is larger than the producer or the topic allows. Raise producer.override.max.request.size in config and max.message.bytes of the topic, or leave the large column out (column_exclude_list)."},
	{name: "topic rights", any: []string{"not authorized to access topics", "topicauthorizationexception"},
		remedy: "The worker's Kafka user may not write to the topic, or not create it. Allow it to write to, and to create, all topics whose names begin with the topic prefix."},
	{name: "incompatible schema", all: []string{"is incompatible with an earlier schema"},
		remedy: "The schema registry's compatibility rule rejects the table's new schema. Relax the rule for this subject, or change the table back."},
	{name: "untrusted certificate", all: []string{"pkix path building failed"},
		remedy: "Java on the worker doesn't trust the server's certificate. Put its authority into a truststore, and name that in the connector's SSL settings."},
	// Transformations and sinks.
	{name: "tombstone", all: []string{"objects supported", "found: null"},
		remedy: "A transformation failed on a record without a value, such as the tombstone after a delete. Give the transformation a predicate (org.apache.kafka.connect.transforms.predicates.RecordIsTombstone, negated), or set tombstones_on_delete to false."},
	{name: "record timestamp", all: []string{"timestamp missing on record"},
		remedy: "Debezium's records have no timestamp before they are written, and TimestampRouter needs one. Remove that transformation."},
	{name: "regex group", any: []string{"indexoutofboundsexception: no group", "no group with name", "illegal group reference"},
		remedy: "The replacement of a transformation that routes by a regular expression refers to a group that the expression doesn't have. Correct the number or name behind $."},
	{name: "missing field", any: []string{"dataexception: field does not exist", "illegalargumentexception: unknown field"},
		remedy: "A transformation names a field that the records don't have. Before they are unwrapped, events have the fields of Debezium's envelope, not the columns: put io.debezium.transforms.ExtractNewRecordState before it in transforms, or correct the name."},
	{name: "dead letters", all: []string{"could not initialize dead letter queue", "replication factor"},
		remedy: "The topic of errors.deadletterqueue.topic.name can't be created: its replication factor is 3 unless errors.deadletterqueue.topic.replication.factor is set. Set it to the number of brokers, or less."},
	{name: "sink without key", all: []string{"primary key mode 'record_key' cannot have null schema"},
		remedy: "The records have no key. Set primary_key_mode to record_value with primary_key_fields, or to kafka or none; or give the source's records a key (message_key_columns)."},
	{name: "sink without schema", any: []string{`"org.apache.kafka.connect.data.struct.schema()" because "data" is null`, "java.lang.string cannot be cast to class org.apache.kafka.connect.data.struct"},
		remedy: "The sink needs records with fields and a schema. Use converters that write and read schemas on both sides: Avro, or JsonConverter with schemas.enable = true."},
	{name: "sink table missing", all: []string{"could not find table: "},
		remedy: "The table, or its schema or database, doesn't exist. Create the table, or set schema_evolution to basic, with which the sink creates it, but not a schema or database: create that yourself. collection_name_format decides the names."},
	{name: "sink column missing", all: []string{"because schema evolution is disabled"},
		remedy: "The table lacks columns that the record has. Add them, or set schema_evolution to basic, with which the sink adds them."},
	// General messages last.
	{name: "host refused", any: HostRefused,
		remedy: "The server's pg_hba.conf doesn't admit this user to this database from the worker's address. Add an entry for it and reload the server's configuration. Where the message ends with \"no encryption\", the entry may ask for TLS (database_sslmode = require)."},
	{name: "login refused", any: LoginRefused,
		remedy: "The database rejected the user or password. Check both, and the hosts from which the user may log in. A password that is write-only is only sent when its version changes: with a corrected one, raise database_password_wo_version (of a sink: connection_password_wo_version) as well."},
	{name: "database refused", any: DatabaseRefused,
		remedy: "The database can't be opened. Check its name, and that it exists and accepts connections."},
	{name: "connections exhausted", any: ConnectionsExhausted,
		remedy: "The connection limit of the database, or of this user, has been reached. Raise it, or close connections that aren't needed."},
	{name: "sink connection", all: []string{"connections could not be acquired from the underlying database"},
		remedy: "The sink can't connect to its database. Check connection_url, and the network from the Kafka Connect workers."},
	{name: "binlog connection", any: []string{"failed to authenticate to the database at", "unable to connect to the database at", "while waiting to connect to", "communications link failure"},
		remedy: "The connector can't read from the database. Check the host, the port and the network from the Kafka Connect workers, the user's password, and its privileges (MySQL, MariaDB: REPLICATION SLAVE, REPLICATION CLIENT)."},
}
