package diagnosis

import "strings"

// failure is a known one. Fragments are compared in lower case, with all white
// space as single spaces.
type failure struct {
	name   string
	all    []string // all of these stand in the trace
	any    []string // and at least one of these, where there are any
	remedy string
	shared bool // see Diagnosis.SameSlotOrServerID
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

// resetOffsets is how offsets are reset in Terraform.
const resetOffsets = "reset the offsets for a new snapshot (apply reset_offsets_on_destroy = true, then run terraform apply -replace on this resource)"

// known are the failures that have a remedy. The first that matches counts, so
// the particular ones come before the general ones: a message that wraps
// others, or a driver's text, stands low.
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
		remedy: "Create the publication in the database before the connector, or set publication_autocreate_mode to filtered."},
	{name: "publication for all tables", all: []string{"a logical publication for all tables named"},
		remedy: "The publication covers all tables, so it can't be narrowed to some. Choose another publication_name, or set publication_autocreate_mode to all_tables."},
	{name: "decoderbufs", all: []string{`could not access file "decoderbufs"`},
		remedy: "The decoderbufs extension isn't installed on the server. Set plugin_name to pgoutput."},
	{name: "no tables", all: []string{"no table filters found for filtered publication"},
		remedy: "The include and exclude lists match no table. Write table_include_list entries as schema.table, one table per entry (a comma within an entry is part of the name), and check that the tables exist."},
	// Positions that the server no longer has.
	{name: "schema only recovery", all: []string{"schema only recovery snapshot", "could not find existing"},
		remedy: "The recovery snapshot needs stored offsets, and there are none. Set snapshot_mode to initial or no_data."},
	{name: "oracle scn", all: []string{"none of the log files contain offset scn"},
		remedy: "The redo logs since the connector's position are gone. Set snapshot_mode to when_needed, or " + resetOffsets + ", and keep the archive logs longer."},
	{name: "position lost", any: []string{"this is no longer", "snapshot mode when needed", "no longer available on the server"},
		remedy: "The server no longer has the changes since the connector's position. Set snapshot_mode to when_needed, or " + resetOffsets + ", and make the server keep its logs longer."},
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
	// Schema history.
	{name: "history settings", all: []string{"error configuring an instance of kafkaschemahistory"},
		remedy: "Set schema_history_internal_kafka_topic and schema_history_internal_kafka_bootstrap_servers."},
	{name: "history missing", all: []string{"the db history topic is missing"},
		remedy: "The schema history topic is gone or has another name. Correct schema_history_internal_kafka_topic, or set snapshot_mode to recovery for one start and change it back afterwards."},
	{name: "history servers", all: []string{"timeout expired while fetching topic metadata"},
		remedy: "The worker can't reach the Kafka brokers of the schema history. Check schema_history_internal_kafka_bootstrap_servers, which must be reachable from the worker, and the security settings (schema.history.internal.producer.* and .consumer.* in config)."},
	{name: "history unreadable", any: []string{"the database schema history couldn't be recovered", "the database history couldn't be recovered"},
		remedy: "The schema history could not be read to its end. Check that its topic is complete and reachable, and raise schema.history.internal.kafka.recovery.attempts and schema.history.internal.kafka.recovery.poll.interval.ms in config."},
	{name: "unknown table", all: []string{"whose schema isn't known to this connector"},
		remedy: "The table isn't in the schema history, most likely because it was added to the include list later. Set snapshot_mode to recovery for one start, or " + resetOffsets + "; capture its existing rows with an execute-snapshot signal."},
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
	// Kafka Connect and Debezium.
	{name: "one task", all: []string{"only a single connector task may be started"},
		remedy: "Set tasks_max to 1."},
	{name: "plugin version", all: []string{"not found that matches the version range"},
		remedy: "Install this version of the connector plugin on all workers, or change connector_plugin_version."},
	{name: "plugin", all: []string{"failed to find any class that implements connector"},
		remedy: "Install the connector plugin on all workers of the Kafka Connect cluster, and restart them."},
	{name: "signal channel", all: []string{"signal channel kafka configuration is invalid"},
		remedy: "Set signal.kafka.bootstrap.servers in config, or remove kafka from signal_enabled_channels."},
	// General texts last.
	{name: "access denied", any: []string{"access denied for user", "password authentication failed for user", "ora-01017", "login failed for user"},
		remedy: "The database rejected the user or password. Check both, and the hosts from which the user may log in."},
	{name: "binlog connection", any: []string{"failed to authenticate to the database at", "unable to connect to the database at", "while waiting to connect to"},
		remedy: "The connector can't read from the database. Check the host, the port and the network from the Kafka Connect workers, the user's password, and its privileges (MySQL, MariaDB: REPLICATION SLAVE, REPLICATION CLIENT)."},
}
