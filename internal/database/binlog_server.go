package database

import (
	"fmt"
	"strconv"
	"strings"
)

var binlogServerChecks = []check[*binlogView]{
	{Info{
		Check: "binlog-server", Kinds: both, Property: "database.hostname", Severity: Error,
		Title:   "The server is what the connector is for: MySQL, or MariaDB.",
		Remedy:  "Use the connector for …",
		Source:  "Debezium 2.7, release notes: MariaDB has a connector of its own; run with 3.5",
		Failure: "MariaDB… should support SHOW BINARY LOG STATUS but it failed",
	}, checkServer},
	{Info{
		Check: "binlog-log-bin", Kinds: both, Property: "database.hostname", Severity: Error,
		Title:   "The binary log is on (`log_bin`).",
		Remedy:  "`[mysqld]` … `log_bin = binlog` … restart",
		Source:  "Debezium, MySQL connector, Enabling the binlog",
		Failure: "Cannot read the binlog filename and position via 'SHOW MASTER STATUS'. Make sure your server is correctly configured",
	}, checkLogBin},
	{Info{
		Check: "binlog-format", Kinds: both, Property: "database.hostname", Severity: Error,
		Title:   "`binlog_format` is `ROW`.",
		Remedy:  "`… binlog_format = 'ROW';`",
		Source:  "Debezium BinlogSourceTask.validateBinlogConfiguration",
		Failure: "not configured to use a ROW binlog_format",
	}, checkFormat},
	{Info{
		Check: "binlog-row-image", Kinds: both, Property: "database.hostname", Severity: Error,
		Title:   "`binlog_row_image` is `FULL`.",
		Remedy:  "`… binlog_row_image = 'FULL';`",
		Source:  "Debezium BinlogSourceTask.validateBinlogConfiguration",
		Failure: "not configured to use a FULL binlog_row_image",
	}, checkRowImage},
	{Info{
		Check: "binlog-row-value-options", Kinds: []string{MySQL}, Property: "database.hostname", Severity: Error,
		Title:   "`binlog_row_value_options` isn't `PARTIAL_JSON`.",
		Remedy:  "`… binlog_row_value_options = '';`",
		Source:  "MySQL, binlog_row_value_options: events of another type, which Debezium doesn't read",
		Silent:  true,
		Failure: "The connector is RUNNING, and updates of JSON columns never come.",
	}, checkRowValueOptions},
	{Info{
		Check: "binlog-compress", Kinds: []string{MariaDB}, Property: "database.hostname", Severity: Error,
		Title:   "The binary log isn't compressed (`log_bin_compress`).",
		Remedy:  "`… log_bin_compress = OFF;`",
		Source:  "MariaDB, log_bin_compress: events of other types, which Debezium doesn't read (seen with 3.5.0)",
		Silent:  true,
		Failure: "The connector is RUNNING, and changes of 256 bytes or more (`log_bin_compress_min_len`) never come.",
	}, checkCompress},
	{Info{
		Check: "binlog-expiry", Kinds: both, Property: "database.hostname", Severity: Warning,
		Title:   "The binary log is kept for a day at least (`binlog_expire_logs_seconds`, `expire_logs_days`).",
		Remedy:  "`… binlog_expire_logs_seconds = …;`",
		Source:  "Debezium, MySQL connector, Enabling the binlog",
		Silent:  true,
		Failure: "A connector that stood still for longer can't go on: `… is no longer available on the server. Reconfigure the connector to use a snapshot mode when needed.`",
	}, checkExpiry},
	{Info{
		Check: "binlog-gtid-mode", Kinds: []string{MySQL}, Property: "gtid.source.includes", Severity: Warning,
		Title:   "`gtid_mode` and `enforce_gtid_consistency` are `ON`, where the configuration relies on GTIDs (`gtid.source.includes`, `gtid.source.excludes`; `read.only`).",
		Remedy:  "`… gtid_mode = 'ON';`",
		Source:  "Debezium, MySQL connector, Read-only incremental snapshots; BinlogStreamingChangeEventSource",
		Silent:  true,
		Failure: "The connector is RUNNING, the lists of sources have no effect, and read-only incremental snapshots never start.",
	}, checkGTIDMode},
	{Info{
		Check: "binlog-rows-query", Kinds: both, Property: "include.query", Severity: Warning,
		Title:   "The binary log has the statements (`binlog_rows_query_log_events`; MariaDB: `binlog_annotate_row_events`), where `include.query` is on.",
		Remedy:  "`SET … = ON;`",
		Source:  "Debezium, MySQL connector, include.query",
		Silent:  true,
		Failure: "The connector is RUNNING, and `source.query` is null.",
	}, checkRowsQuery},
	{Info{
		Check: "binlog-time-zone", Kinds: []string{MySQL}, Property: "database.hostname", Severity: Error,
		Title:   "The server's time zone is one that Java knows, unless `database.connectionTimeZone` names another.",
		Remedy:  "Set `database.connectionTimeZone` to the zone's full name … `SET PERSIST time_zone = '+00:00';`",
		Source:  "MySQL Connector/J, connectionTimeZone; Debezium MySqlConnectionConfiguration, which sets it to SERVER",
		Failure: "The server time zone value '…' is unrecognized or represents more than one time zone.",
	}, checkTimeZone},
	{Info{
		Check: "binlog-public-key", Kinds: []string{MySQL}, Property: "database.ssl.mode", Severity: Error,
		Title:   "A user of `caching_sha2_password` or `sha256_password` logs in over TLS, or `database.allowPublicKeyRetrieval` is `true`.",
		Remedy:  "Set `database.ssl.mode` to required, or `database.allowPublicKeyRetrieval` to true",
		Source:  "MySQL Connector/J, allowPublicKeyRetrieval",
		Failure: "Failed to establish connection with the database:",
	}, checkPublicKey},
}

func checkServer(v *binlogView) {
	if v.mariadb == (v.kind.Name == MariaDB) {
		return
	}
	is, other := "MySQL", "MySQL"
	if v.mariadb {
		is, other = "MariaDB", "MariaDB"
	}
	v.add(fmt.Sprintf("The server is %s %s, and the connector is for %s", is, v.version, v.kind.Title),
		"The two differ in their binary logs and in their answers to queries.", fmt.Sprintf("Use the connector for %s, or connect to another server.", other))
}

func checkLogBin(v *binlogView) {
	if v.streams() && v.variable("log_bin") != "" && !v.on("log_bin") {
		v.add("The binary log is off", "There are no changes to read: the task fails to start. Managed services enable the log together with automated backups.",
			v.optionFile("log_bin = binlog", "binlog_format = ROW", fmt.Sprintf("server_id = %d", max(1, number(v.variable("server_id"))))))
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

func checkFormat(v *binlogView) {
	if format := v.variable("binlog_format"); v.streams() && format != "" && format != "ROW" {
		v.add(fmt.Sprintf("binlog_format is %s, not ROW", format),
			"The binary log has statements instead of rows. The task fails to start. Open sessions keep their format.", v.set("binlog_format", "'ROW'"))
	}
}

func checkRowImage(v *binlogView) {
	if image := v.variable("binlog_row_image"); v.streams() && image != "" && image != "FULL" {
		v.add(fmt.Sprintf("binlog_row_image is %s, not FULL", image),
			"The binary log lacks columns of the rows. The task fails to start. Open sessions keep their row image.", v.set("binlog_row_image", "'FULL'"))
	}
}

func checkRowValueOptions(v *binlogView) {
	if options := v.variable("binlog_row_value_options"); v.streams() && options != "" {
		v.add(fmt.Sprintf("binlog_row_value_options is %s", options), v.running.Failure, v.set("binlog_row_value_options", "''"))
	}
}

func checkCompress(v *binlogView) {
	if v.streams() && v.on("log_bin") && v.on("log_bin_compress") {
		length := v.variable("log_bin_compress_min_len")
		if length == "" {
			length = "256"
		}
		v.add("The binary log is compressed (log_bin_compress is ON)",
			fmt.Sprintf("Debezium doesn't read compressed events: the connector runs, and changes of %s bytes or more never come.", length), v.set("log_bin_compress", "OFF"))
	}
}

const day = 24 * 60 * 60

func checkExpiry(v *binlogView) {
	seconds := number(v.variable("binlog_expire_logs_seconds"))
	days, err := strconv.ParseFloat(v.variable("expire_logs_days"), 64)
	if seconds == 0 && err == nil {
		seconds = int(days * day)
	}
	if v.streams() && v.on("log_bin") && seconds > 0 && seconds < day {
		v.add(fmt.Sprintf("The binary log is kept for %d minutes", seconds/60),
			"A connector that is down for longer than that, for maintenance or after a failure, loses its position and needs a new snapshot. So does one whose first snapshot takes longer.",
			v.set("binlog_expire_logs_seconds", strconv.Itoa(7*day)))
	}
}

func checkGTIDMode(v *binlogView) {
	property := ""
	for _, p := range []string{"gtid.source.includes", "gtid.source.excludes"} {
		if v.written(p) != "" {
			property = p
		}
	}
	if v.flag("read.only") {
		property = "read.only"
	}
	mode := v.variable("gtid_mode")
	if property == "" || mode == "" || mode == "ON" && v.variable("enforce_gtid_consistency") == "ON" {
		return
	}
	steps := []string{"SET PERSIST enforce_gtid_consistency = 'ON';"}
	for _, step := range gtidSteps(mode) {
		steps = append(steps, fmt.Sprintf("SET PERSIST gtid_mode = '%s';", step))
	}
	remedy := sql("As an administrator, run this:", steps...)
	if !v.persists() {
		remedy = v.optionFile("gtid_mode = ON", "enforce_gtid_consistency = ON")
	}
	v.addAs(v.running.Severity, property, fmt.Sprintf("gtid_mode is %s, and %s relies on GTIDs", mode, property), v.running.Failure, remedy)
}

// gtidSteps returns the modes on the way to ON, which must be set one by one.
func gtidSteps(mode string) []string {
	order := []string{"OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON"}
	for i, m := range order {
		if m == mode {
			return order[i+1:]
		}
	}
	return nil
}

func checkRowsQuery(v *binlogView) {
	name := "binlog_rows_query_log_events"
	if v.mariadb {
		name = "binlog_annotate_row_events"
	}
	if v.streams() && v.flag("include.query") && v.variable(name) != "" && !v.on(name) {
		v.add(fmt.Sprintf("%s is off, and include.query relies on it", name), v.running.Failure, v.set(name, "ON"))
	}
}

func checkTimeZone(v *binlogView) {
	for _, property := range []string{"database.connectionTimeZone", "driver.connectionTimeZone", "database.serverTimezone", "driver.serverTimezone"} {
		if v.config[property] != "" || v.unknown[property] {
			return
		}
	}
	zone := v.variable("time_zone")
	if zone == "SYSTEM" {
		zone = v.variable("system_time_zone")
	}
	if !strange[zone] {
		return
	}
	v.add(fmt.Sprintf("The server's time zone is %s, which Java doesn't know", zone),
		"The abbreviation isn't the name of a zone, and MySQL's driver rejects it. The task fails to start.",
		"Set database.connectionTimeZone to the zone's full name, such as Europe/Berlin, or to UTC; or set the server's time_zone to an offset: "+
			sql("", "SET PERSIST time_zone = '+00:00';"))
}

// strange are abbreviations that operating systems report but MySQL's driver
// rejects, tried one by one with Connector/J 9.1 on Java 17. Others, such as
// CET and EST, are known to Java or in the driver's own list.
var strange = map[string]bool{
	"ACDT": true, "ACST": true, "ADT": true, "AEDT": true, "AEST": true, "AKDT": true, "AKST": true, "CDT": true, "CEST": true, "EDT": true,
	"EEST": true, "KST": true, "MDT": true, "MEST": true, "MESZ": true, "MEZ": true, "MSK": true, "PDT": true, "PHT": true, "SGT": true,
	"WAT": true, "WEST": true, "WIB": true,
}

func checkPublicKey(v *binlogView) {
	if v.encrypted || v.plugin != "caching_sha2_password" && v.plugin != "sha256_password" {
		return
	}
	for _, property := range []string{"database.allowPublicKeyRetrieval", "driver.allowPublicKeyRetrieval"} {
		if !v.known(property) || strings.EqualFold(v.written(property), "true") {
			return
		}
	}
	v.add(fmt.Sprintf("User %s logs in with %s, without TLS", v.user, v.plugin),
		"MySQL's driver then needs the server's public key, and doesn't request it by default. Whether a login succeeds depends on what the server has cached: the task fails after each restart of the server.",
		"Set database.ssl.mode to required, or database.allowPublicKeyRetrieval to true.")
}
