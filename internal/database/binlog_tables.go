package database

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"
)

var binlogTableChecks = []check[*binlogView]{
	{Info{
		Check: "binlog-database-list", Kinds: both, Property: "database.include.list", Severity: Warning,
		Title:   "Each entry of the list of databases in use matches a database that the user sees; the nearest name is proposed.",
		Remedy:  "Write …",
		Source:  "Debezium RelationalTableFilters",
		Silent:  true,
		Failure: "The connector is RUNNING, and captures nothing for the entry; or, in an exclude list, captures what the entry was to exclude.",
	}, func(v *binlogView) {
		if v.chosen != nil {
			v.missingNames(&v.chosen.containers, v.databases, nil, "database"+v.visible())
		}
	}},
	{Info{
		Check: "binlog-table-list", Kinds: both, Property: "table.include.list", Severity: Warning,
		Title:   "Each entry of the list of tables in use matches a table that the user sees; the nearest name is proposed.",
		Remedy:  "Write …",
		Source:  "Debezium RelationalTableFilters: regular expressions on DATABASE.TABLE, in any case; tables alone, no views",
		Silent:  true,
		Failure: "The connector is RUNNING, and captures nothing for the entry; or, in an exclude list, captures what the entry was to exclude.",
	}, func(v *binlogView) {
		if v.chosen != nil {
			v.missingNames(&v.chosen.tables, v.tableNames(), v.others, "table"+v.visible())
		}
	}},
	{Info{
		Check: "binlog-no-table", Kinds: both, Property: "table.include.list", Severity: Warning,
		Title:   "The lists choose at least one table that the user sees.",
		Remedy:  "Correct the lists",
		Source:  "Debezium RelationalTableFilters",
		Silent:  true,
		Failure: "The connector is RUNNING, and captures nothing.",
	}, checkNoBinlogTable},
	{Info{
		Check: "binlog-primary-key", Kinds: both, Property: "message.key.columns", Severity: Warning,
		Title:   "Each captured table has a primary key, another unique index of columns that are `NOT NULL`, or an entry in `message.key.columns`.",
		Remedy:  "name columns that identify a row in `message.key.columns`",
		Source:  "Debezium, MySQL connector, Change event keys",
		Silent:  true,
		Failure: "Events of the table have no key: their order isn't kept across partitions, compaction loses them, and sinks can't update or delete.",
	}, func(v *binlogView) {
		names, _ := v.where(func(t *binlogTable) bool { return len(t.key) == 0 && !t.unique && !v.chosen.signal(t.name()) })
		v.keyless(names)
	}},
	{Info{
		Check: "binlog-heartbeat-query", Kinds: both, Property: "heartbeat.action.query", Severity: Error,
		Title:   "`heartbeat.action.query` can be run: its tables exist, and the user may write them. The server is asked to prepare it alone.",
		Remedy:  "Correct the statement, or create what it names",
		Source:  "Debezium, heartbeat.action.query; BinlogHeartbeatErrorHandler",
		Silent:  true,
		Failure: "The connector is RUNNING, and heartbeats don't do what they should; only the worker's log tells it, or, for what the user may not do, the task fails with `Could not execute heartbeat action query`.",
	}, checkBinlogHeartbeat},
	{Info{
		Check: "binlog-signal-table", Kinds: both, Property: "signal.data.collection", Severity: Warning,
		Title:   "The signal table exists and the user may insert three values into it, as incremental snapshots do.",
		Remedy:  "`CREATE TABLE IF NOT EXISTS … (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, data VARCHAR(2048) NULL);` … `GRANT SELECT, INSERT ON … TO …;`",
		Source:  "Debezium, Sending signals to a connector, Source signaling channel",
		Silent:  true,
		Failure: "The connector is RUNNING, and signals have no effect; or an incremental snapshot ends with `INSERT command denied`.",
	}, checkBinlogSignal},
}

// visible qualifies what the user sees, if that isn't everything.
func (v *binlogView) visible() string {
	if v.seesAll() {
		return ""
	}
	return fmt.Sprintf(" that user %s sees", v.user)
}

func (v *binlogView) tableNames() []string {
	names := make([]string, 0, len(v.tables))
	for _, t := range v.tables {
		names = append(names, t.name())
	}
	return names
}

func checkNoBinlogTable(v *binlogView) {
	if v.chosen != nil && len(v.captured) == 0 {
		v.addAs(v.running.Severity, v.listInUse(), "The connector captures no table"+v.visible(),
			"It will run, and send nothing until such a table is created, or the user may read it.", "Correct the lists, create the tables first, or grant SELECT on them.")
	}
}

// The server's numbers for why a statement can't run.
const (
	noDatabase    = 1046
	commandDenied = 1142
	readOnly      = 1792 // all is well: only this transaction keeps it from running
)

// refusal returns why the server refuses a statement, or nil if it doesn't.
func (v *binlogView) refusal(statement string) *mysql.MySQLError {
	answer, failed := v.ask(statement)
	if failed != nil {
		v.broken = failed
	}
	if my, ok := errors.AsType[*mysql.MySQLError](answer); ok && failed == nil && my.Number != readOnly {
		return my
	}
	return nil
}

func checkBinlogHeartbeat(v *binlogView) {
	query := v.value("heartbeat.action.query")
	if query == "" || !v.beats() || !explained.MatchString(query) {
		return
	}
	my := v.refusal(strings.TrimRight(strings.TrimSpace(query), "; \n"))
	if my == nil {
		return
	}
	remedy, severity := "Correct the statement, or create what it names before the connector starts.", Warning
	if my.Number == commandDenied {
		severity = v.running.Severity // the others are only logged
	}
	if table := target(query); my.Number == commandDenied && strings.Contains(table, ".") && !v.lacks(table) {
		remedy = sql(asAdministrator, v.grant("SELECT, INSERT, UPDATE, DELETE", table))
	} else if my.Number == noDatabase {
		remedy = "Write the table with its database: DATABASE.TABLE."
	}
	v.addAs(severity, v.running.Property, "heartbeat.action.query can't be run: "+my.Message, v.running.Failure, remedy)
}

// lacks reports whether a table is certainly missing: the user would see it.
func (v *binlogView) lacks(table string) bool {
	parts := identifiers(table)
	return len(parts) == 2 && v.grants.on(parts[0], parts[1], "SELECT") &&
		!slices.ContainsFunc(v.tables, func(t *binlogTable) bool { return t.database == parts[0] && t.table == parts[1] })
}

func checkBinlogSignal(v *binlogView) {
	if !v.signals() {
		return
	}
	for _, name := range v.list("signal.data.collection") {
		if parts := identifiers(name); len(parts) > 1 {
			v.checkSignalTable(name, quoteBinlog(parts[len(parts)-2])+"."+quoteBinlog(parts[len(parts)-1]))
		}
	}
}

func (v *binlogView) checkSignalTable(name, quoted string) {
	exists := slices.ContainsFunc(v.tables, func(t *binlogTable) bool { return t.quoted() == quoted })
	if exists && !v.threeColumns(quoted) {
		v.add(fmt.Sprintf("The signal table %s doesn't have three columns", name),
			"Debezium inserts three values without naming columns: an identifier, a type and data. Incremental snapshots fail.",
			"Create a table with the columns id, type and data, in this order, and name it in signal.data.collection.")
		return
	}
	refused := v.refusal(fmt.Sprintf("INSERT INTO %s VALUES (?, ?, ?)", quoted))
	if refused == nil && v.deletesWatermarks() && v.refusal(fmt.Sprintf("DELETE FROM %s WHERE id = ?", quoted)) != nil && !v.flag("read.only") {
		v.add(fmt.Sprintf("User %s may not delete from the signal table %s", v.user, name), undeletedWatermarks, sql(asAdministrator, v.grant("DELETE", quoted)))
	}
	switch {
	case refused == nil, exists && v.flag("read.only"):
	case exists:
		v.add(fmt.Sprintf("User %s may not insert into the signal table %s", v.user, name),
			"Signals work, but incremental snapshots fail, because they write watermarks to the table.",
			sql(asAdministrator, v.grant("SELECT, INSERT", quoted)))
	default:
		v.add(fmt.Sprintf("The signal table %s doesn't exist", name),
			"No signal can be sent, and incremental snapshots fail, because they write to it.",
			sql(asAdministrator,
				fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, data VARCHAR(2048) NULL);", quoted),
				v.grant("SELECT, INSERT", quoted)))
	}
}

// errColumns means that a table doesn't have three columns.
var errColumns = errors.New("not three columns")

// threeColumns also returns true if the user may not read the table.
func (v *binlogView) threeColumns(quoted string) bool {
	answer, err := v.count(quoted)
	if err != nil {
		v.broken = err
	}
	return !errors.Is(answer, errColumns)
}
