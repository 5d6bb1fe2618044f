package database

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

var postgresStatementChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-heartbeat-query", Property: "heartbeat.action.query", Severity: Error,
		Title:   "`heartbeat.action.query` can be run: its tables and columns exist, and the role may write them. The server is asked for its plan alone.",
		Remedy:  "Correct the statement, or create what it names",
		Source:  "Debezium, heartbeat.action.query",
		Failure: "Could not execute heartbeat action query",
	}, checkPostgresHeartbeat},
	{Info{
		Check: "postgres-signal-table", Property: "signal.data.collection", Severity: Warning,
		Title:   "The signal table exists, has its three columns, and the role may insert into it, as incremental snapshots do.",
		Remedy:  "`CREATE TABLE … (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, data VARCHAR(2048));` … `GRANT SELECT, INSERT ON … TO …;`",
		Source:  "Debezium, Sending signals to a connector, Source signaling channel",
		Silent:  true,
		Failure: "The connector is RUNNING, and signals have no effect; or an incremental snapshot ends with `permission denied for table`.",
	}, checkPostgresSignal},
}

// explained matches statements that EXPLAIN can plan without running them.
var explained = regexp.MustCompile(`(?is)^\s*(INSERT|UPDATE|DELETE|MERGE|SELECT|WITH)\s`)

func checkPostgresHeartbeat(v *postgresView) {
	query := v.value("heartbeat.action.query")
	if query == "" || !v.beats() || !explained.MatchString(query) {
		return
	}
	if v.standby && !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(query)), "SELECT") {
		v.add("heartbeat.action.query can't write on a standby", "The server is a standby, which is read-only.", "Remove heartbeat.action.query, or run the statement on the primary in another way.")
		return
	}
	answer, err := v.ask(strings.TrimRight(strings.TrimSpace(query), "; \n"))
	if err != nil {
		v.broken = err
		return
	}
	var pg *pgconn.PgError
	if !errors.As(answer, &pg) {
		return
	}
	severity, remedy := v.running.Severity, "Correct the statement, or create what it names before the connector starts."
	if pg.Code == "42501" {
		// A missing table ends the task; Debezium only logs other errors.
		severity = Warning
		remedy = fmt.Sprintf("Grant role %q the privileges that the statement needs.", v.role.name)
		if table := target(query); table != "" && strings.Contains(pg.Message, "for table") {
			remedy = sql("As the owner of the table, run this:", fmt.Sprintf("GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s;", table, v.asRole()))
		}
	} else if pg.Code != "42P01" {
		severity = Warning
	}
	v.addAs(severity, v.running.Property, "heartbeat.action.query can't be run: "+pg.Message,
		"If the table doesn't exist, the task fails. With any other error heartbeats don't advance the slot, and only the worker's log says so.", remedy)
}

// beats reports whether heartbeats are enabled.
func (v *view) beats() bool {
	interval := v.value("heartbeat.interval.ms")
	return interval != "" && interval != "0"
}

var targetPattern = regexp.MustCompile(`(?is)^\s*(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM)\s+([\w."` + "`" + `$]+)`)

// target returns the table that a statement writes, as spelled there.
func target(statement string) string {
	match := targetPattern.FindStringSubmatch(statement)
	if match == nil {
		return ""
	}
	return match[1]
}

// signals reports whether signals are read from a table.
func (v *view) signals() bool {
	for _, channel := range v.list("signal.enabled.channels") {
		if strings.EqualFold(channel, "source") {
			return v.known("signal.data.collection")
		}
	}
	return false
}

func checkPostgresSignal(v *postgresView) {
	if !v.signals() {
		return
	}
	for _, name := range v.list("signal.data.collection") {
		if parts := identifiers(name); len(parts) > 1 {
			v.checkSignalTable(name, parts[len(parts)-2], parts[len(parts)-1])
		}
	}
}

func (v *postgresView) checkSignalTable(name, schema, table string) {
	var found *postgresTable
	for _, t := range v.tables {
		if t.name() == schema+"."+table {
			found = t
		}
	}
	quoted := quotePostgres(schema) + "." + quotePostgres(table)
	switch {
	case found == nil:
		statements := []string{
			fmt.Sprintf("CREATE TABLE %s (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, data VARCHAR(2048));", quoted),
			fmt.Sprintf("GRANT SELECT, INSERT ON %s TO %s;", quoted, v.asRole()),
		}
		if p := v.publication(); v.publishes() && p != nil && !p.all && !v.filters() {
			statements = append(statements, fmt.Sprintf("ALTER PUBLICATION %s ADD TABLE %s;", quotePostgres(p.name), quoted))
		}
		v.add(fmt.Sprintf("The signal table %s doesn't exist", name),
			"No signal can be sent, and incremental snapshots fail, because they write to it.",
			sql("As a role that may create tables in the schema, and owns the publication, run this:", statements...))
	case found.columns != 3:
		v.add(fmt.Sprintf("The signal table %s has %d columns, not 3", name, found.columns),
			"Debezium inserts three values without naming columns: an identifier, a type and data. Incremental snapshots fail.",
			"Create a table with the columns id, type and data, in this order, and name it in signal.data.collection.")
	case v.standby:
		if !v.flag("read.only") {
			v.addAs(v.running.Severity, "read.only", "Incremental snapshots write to the signal table, which a standby doesn't allow",
				"The server is a standby.", "Set read.only to true and use another signal channel, or connect to the primary.")
		}
	case !found.writable && !v.flag("read.only"):
		v.add(fmt.Sprintf("Role %q may not insert into the signal table %s", v.role.name, name),
			"Signals work, but incremental snapshots fail, because they write watermarks to the table.",
			sql("As the owner of the table, run this:", fmt.Sprintf("GRANT SELECT, INSERT ON %s TO %s;", quoted, v.asRole())))
	case !found.deletable && v.deletesWatermarks() && !v.flag("read.only"):
		v.add(fmt.Sprintf("Role %q may not delete from the signal table %s", v.role.name, name), undeletedWatermarks,
			sql("As the owner of the table, run this:", fmt.Sprintf("GRANT DELETE ON %s TO %s;", quoted, v.asRole())))
	}
}

// deletesWatermarks reports whether incremental snapshots delete their
// watermarks from the signal table.
func (v *view) deletesWatermarks() bool {
	return v.option("incremental.snapshot.watermarking.strategy") == "insert_delete"
}

// undeletedWatermarks is what happens otherwise; seen with Debezium 3.6.1.
const undeletedWatermarks = "With incremental.snapshot.watermarking.strategy = insert_delete, incremental snapshots end without an error before they have read anything, " +
	"and a later one may publish rows under the name of another table."
