package diagnosis

import (
	"strings"
	"testing"
)

// head is what most traces of Debezium's tasks begin with.
const head = "org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.\n" +
	"\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:67)\n" +
	"\tat java.base/java.lang.Thread.run(Thread.java:840)\n"

// messages has one realistic message for each known failure.
var messages = map[string]string{
	"wal level":                  "io.debezium.DebeziumException: Creation of replication slot failed\n\tat io.debezium.X.y(X.java:1)\nCaused by: org.postgresql.util.PSQLException: ERROR: logical decoding requires wal_level >= logical",
	"replication role":           "org.postgresql.util.PSQLException: FATAL: must be superuser or replication role to start walsender",
	"slot in use":                "io.debezium.DebeziumException: Failed to start replication stream at LSN{0/1963B08}; when setting up multiple connectors for the same database host, please make sure to use a distinct replication slot name for each.\nCaused by: org.postgresql.util.PSQLException: ERROR: replication slot \"orders\" is active for PID 4711",
	"publication right":          "org.postgresql.util.PSQLException: ERROR: permission denied for database shop",
	"table owner":                "org.postgresql.util.PSQLException: ERROR: must be owner of table orders",
	"no publication":             "org.apache.kafka.connect.errors.ConnectException: Publication autocreation is disabled, please create one and restart the connector.",
	"publication for all tables": "io.debezium.DebeziumException: A logical publication for all tables named 'dbz_publication' for plugin 'pgoutput' and database 'shop' is already active on the server and can not be altered.",
	"decoderbufs":                "org.postgresql.util.PSQLException: ERROR: could not access file \"decoderbufs\": No such file or directory",
	"output option":              "io.debezium.DebeziumException: Failed to start replication stream at LSN{0/1940E38}\nCaused by: org.postgresql.util.PSQLException: ERROR: unrecognized pgoutput option: skip-empty-xacts\n  Where: slot \"orders\", output plugin \"pgoutput\", in the startup callback",
	"no tables":                  "io.debezium.DebeziumException: No table filters found for filtered publication dbz_publication",
	"schema only recovery":       "io.debezium.DebeziumException: Could not find existing redo log information while attempting schema only recovery snapshot",
	"oracle scn":                 "io.debezium.DebeziumException: None of the log files contain offset SCN: 123456, re-snapshot is required.",
	"position lost":              "io.debezium.DebeziumException: The connector is trying to read change stream starting at SourceInfo [file=bin.000001], but this is no\n longer available on the server. Reconfigure the connector to use a snapshot mode when needed.",
	"same server id":             "io.debezium.DebeziumException: A slave with the same server_uuid/server_id as this slave has connected to the master",
	"binlog format":              "io.debezium.DebeziumException: The MySQL server is not configured to use a ROW binlog_format, which is required for this connector to work properly.",
	"binlog row image":           "io.debezium.DebeziumException: The MySQL server is not configured to use a FULL binlog_row_image, which is required for this connector to work properly.",
	"lock tables":                "io.debezium.DebeziumException: User does not have the 'LOCK TABLES' privilege required to obtain a consistent snapshot.",
	"time zone":                  "java.sql.SQLException: The server time zone value 'CEST' is unrecognized or represents more than one time zone.",
	"history settings":           "org.apache.kafka.connect.errors.ConnectException: Error configuring an instance of KafkaSchemaHistory; check the logs for details",
	"history missing":            "io.debezium.DebeziumException: The db history topic is missing. You may attempt to recover it by reconfiguring the connector to recovery.",
	"history servers":            "org.apache.kafka.connect.errors.ConnectException: org.apache.kafka.common.errors.TimeoutException: Timeout expired while fetching topic metadata",
	"history unreadable":         "java.lang.IllegalStateException: The database schema history couldn't be recovered. Consider to increase the value for schema.history.internal.kafka.recovery.poll.interval.ms",
	"unknown table":              "io.debezium.DebeziumException: Encountered change event for table shop.orders whose schema isn't known to this connector",
	"archive log mode":           "io.debezium.DebeziumException: The Oracle server is not configured to use a archive log LOG_MODE, which is required for this connector to work properly.",
	"supplemental logging":       "io.debezium.DebeziumException: Supplemental logging not properly configured. Use: ALTER DATABASE ADD SUPPLEMENTAL LOG DATA",
	"oracle archive log":         "java.sql.SQLException: ORA-01291: missing log file",
	"oracle dictionary":          "java.sql.SQLException: ORA-01333: failed to establish Logminer Dictionary",
	"oracle undo":                "java.sql.SQLException: ORA-01555: snapshot too old: rollback segment number 9 with name \"_SYSSMU9\" too small",
	"cdc schema":                 "io.debezium.DebeziumException: User debezium does not have access to CDC schema in the following databases: shop.",
	"sql server agent":           "No maximum LSN recorded in the database; SQL Server Agent is not running",
	"no cdc table":               "No table has enabled CDC or security constraints prevents getting the list of change tables",
	"list databases":             "io.debezium.DebeziumException: User doesn't have rights to list databases",
	"replica set":                "io.debezium.DebeziumException: Replica set not specified in connection string for mongodb://db:27017",
	"one task":                   "java.lang.IllegalArgumentException: Only a single connector task may be started",
	"plugin version":             "Plugin io.debezium.connector.mysql.MySqlConnector not found that matches the version range [9.9], available versions: [3.5.0.Final]",
	"plugin":                     "org.apache.kafka.connect.errors.ConnectException: Failed to find any class that implements Connector and which name matches io.debezium.X, available connectors are: PluginDesc{klass=class x}",
	"signal channel":             "org.apache.kafka.connect.errors.ConnectException: Signal channel kafka configuration is invalid. See logs for details.",
	"no free slot":               "io.debezium.DebeziumException: Creation of replication slot failed\nCaused by: org.postgresql.util.PSQLException: ERROR: all replication slots are in use\n  Hint: Free one or increase \"max_replication_slots\".",
	"no WAL sender":              "org.postgresql.util.PSQLException: FATAL: number of requested standby connections exceeds max_wal_senders (currently 10)",
	"publication gone":           "org.postgresql.util.PSQLException: ERROR: publication \"orders\" does not exist\n  Where: slot \"orders\", output plugin \"pgoutput\", in the change callback, associated LSN 0/1EE4CD8",
	"slot not obtained":          "io.debezium.DebeziumException: Unable to obtain valid replication slot. Make sure there are no long-running transactions running in parallel as they may hinder the allocation of the replication slot when starting this connector",
	"slot invalidated":           "org.postgresql.util.PSQLException: ERROR: can no longer get changes from replication slot \"orders\"\n  Detail: This slot has been invalidated because it exceeded the maximum reserved size.",
	"binlog purged":              "io.debezium.DebeziumException: Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere, or provision a new replica from backup. Error code: 1236; SQLSTATE: HY000.",
	"binlog position":            "io.debezium.DebeziumException: Client requested source to start replication from position > file size Error code: 1236; SQLSTATE: HY000.",
	"oplog":                      "com.mongodb.MongoCommandException: Command failed with error 286 (ChangeStreamHistoryLost): 'PlanExecutor error during aggregation :: caused by :: Resume of change stream was not possible, as the resume point may no longer be in the oplog.' on server db:27017.",
	"enum without values":        "java.lang.NullPointerException: Cannot invoke \"java.sql.Array.getArray()\" because the return value of \"java.sql.ResultSet.getArray(String)\" is null\n\tat io.debezium.connector.postgresql.TypeRegistry.createTypeBuilderFromResultSet(TypeRegistry.java:513)",
	"year column":                "io.debezium.DebeziumException: Failed to deserialize data of EventHeaderV4{timestamp=1795743580000, eventType=TABLE_MAP, serverId=1}\nCaused by: java.io.EOFException: Failed to read remaining 1 of 2 bytes from position 3. Block length: 0. Initial block length: 1.",
	"offset without gtids":       "java.lang.NullPointerException: Cannot invoke \"com.github.shyiko.mysql.binlog.GtidSet.getUUIDSets()\" because \"this.gtidSet\" is null",
	"public key":                 "com.mysql.cj.exceptions.UnableToConnectException: Public Key Retrieval is not allowed",
	"unparseable statement":      "io.debezium.text.ParsingException: DDL statement couldn't be parsed. Please open a Jira issue with the statement 'flush table'",
	"schema out of sync":         "org.apache.kafka.connect.errors.ConnectException: Data row is smaller than a column index, internal schema representation is probably out of sync with real database schema",
	"oracle privileges":          "java.sql.SQLException: ORA-01031: insufficient privileges",
	"no replica set":             "com.mongodb.MongoCommandException: Command failed with error 40573 (Location40573): 'The $changeStream stage is only supported on replica sets' on server db:27017.",
	"record too large":           "org.apache.kafka.common.errors.RecordTooLargeException: The message is 3002922 bytes when serialized which is larger than 1048576, which is the value of the max.request.size configuration.",
	"topic rights":               "org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [shop.public.orders]",
	"tombstone":                  "org.apache.kafka.connect.errors.DataException: Only Struct objects supported for [copying fields from value to key], found: null",
	"incompatible schema":        "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException: Schema being registered is incompatible with an earlier schema for subject \"shop.public.orders-value\"; error code: 409",
	"untrusted certificate":      "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target",
	"sink table missing":         "java.sql.SQLException: Could not find table: orders",
	"sink column missing":        "java.sql.SQLException: Cannot alter table orders because schema evolution is disabled",
	"sink connection":            "java.sql.SQLException: Connections could not be acquired from the underlying database!",
	"publication of all tables":  "io.debezium.jdbc.JdbcConnectionException: ERROR: must be superuser to create FOR ALL TABLES publication\nCaused by: org.postgresql.util.PSQLException: ERROR: must be superuser to create FOR ALL TABLES publication",
	"heartbeat query":            "io.debezium.DebeziumException: Could not execute heartbeat action query (Error: 42P01)\nCaused by: org.postgresql.util.PSQLException: ERROR: relation \"heartbeat\" does not exist",
	"record timestamp":           "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\nCaused by: org.apache.kafka.connect.errors.DataException: Timestamp missing on record: SourceRecord{sourcePartition={server=shop}}",
	"regex group":                "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\nCaused by: java.lang.IndexOutOfBoundsException: No group 3",
	"missing field":              "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler\nCaused by: org.apache.kafka.connect.errors.DataException: Field does not exist: id",
	"dead letters":               "org.apache.kafka.connect.errors.ConnectException: Could not initialize dead letter queue with topic=dlq\nCaused by: java.util.concurrent.ExecutionException: org.apache.kafka.common.errors.InvalidReplicationFactorException: Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached because only 1 broker(s) are registered",
	"sink without key":           "org.apache.kafka.connect.errors.ConnectException: JDBC sink connector failure\nCaused by: org.apache.kafka.connect.errors.ConnectException: Configured primary key mode 'record_key' cannot have null schema",
	"sink without schema":        "org.apache.kafka.connect.errors.ConnectException: JDBC sink connector failure\nCaused by: java.lang.NullPointerException: Cannot invoke \"org.apache.kafka.connect.data.Struct.schema()\" because \"data\" is null",
	"host refused":               "org.postgresql.util.PSQLException: FATAL: no pg_hba.conf entry for host \"10.0.0.1\", user \"debezium\", database \"shop\", no encryption",
	"database refused":           "org.postgresql.util.PSQLException: FATAL: database \"shpo\" does not exist",
	"connections exhausted":      "org.postgresql.util.PSQLException: FATAL: too many connections for role \"debezium\"",
	"login refused":              "java.sql.SQLException: Access denied for user 'debezium'@'10.0.0.1' (using password: YES)",
	"binlog connection":          "io.debezium.DebeziumException: Timed out after 30.0 seconds while waiting to connect to database at db:3306 with user 'debezium'",
}

func TestEveryKnownFailureIsExplained(t *testing.T) {
	for _, want := range known {
		message, ok := messages[want.name]
		if !ok {
			t.Errorf("%s has no message here", want.name)
			continue
		}
		got := Explain(head + "Caused by: " + message + "\n\tat io.debezium.X.y(X.java:1)\n\t... 5 more\n")
		if got.Remedy != want.remedy {
			t.Errorf("%s: remedy %q, want %q", want.name, got.Remedy, want.remedy)
		}
		if got.SameSlotOrServerID != want.shared || got.PositionLost != want.lost {
			t.Errorf("%s: got %+v", want.name, got)
		}
		if strings.Contains(got.Cause, ".java:") || !strings.HasPrefix(got.Cause, "Caused by: ") {
			t.Errorf("%s: cause is %q", want.name, got.Cause)
		}
	}
	if len(messages) != len(known) {
		t.Errorf("%d messages for %d failures", len(messages), len(known))
	}
}

func TestCause(t *testing.T) {
	long := strings.Repeat("é", 2000)
	tests := []struct{ name, trace, want string }{
		{"empty", "", ""},
		{"head alone", "java.lang.NullPointerException: x is null\n\tat a.B.c(B.java:1)\n", "java.lang.NullPointerException: x is null"},
		{"last causes", head + "Caused by: a: outer\n\tat a.B.c(B.java:1)\n\t... 3 more\nCaused by: b: inner\n\tat a.B.c(B.java:1)\n",
			"Caused by: a: outer\nCaused by: b: inner"},
		{"a cause that repeats the next", head + "Caused by: java.lang.RuntimeException: b: inner\n\tat a.B.c(B.java:1)\nCaused by: b: inner\n", "Caused by: b: inner"},
		{"a message of several lines", head + "Caused by: a: first\n  second\n\tat a.B.c(B.java:1)\n", "Caused by: a: first second"},
		{"a long cause", head + "Caused by: a: outer\nCaused by: " + long, "Caused by: " + strings.Repeat("é", limit/3-len("Caused by: ")) + " … " + strings.Repeat("é", limit-limit/3)},
		{"the inner one comes first", head + "Caused by: " + long + "\n\tat a.B.c(B.java:1)\nCaused by: b: inner", "Caused by: b: inner"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Explain(test.trace).Cause; got != test.want {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestOtherClient(t *testing.T) {
	got := Explain(head + "Caused by: " + messages["slot in use"])
	if !got.SameSlotOrServerID {
		t.Errorf("got %+v", got)
	}
	got = Explain(head + "Caused by: " + messages["same server id"])
	if !got.SameSlotOrServerID {
		t.Errorf("got %+v", got)
	}
}

func TestUnknownFailureHasNoRemedy(t *testing.T) {
	got := Explain("java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:1)\n")
	if got.Remedy != "" || got.Cause != "java.lang.OutOfMemoryError: Java heap space" {
		t.Errorf("got %+v", got)
	}
}
