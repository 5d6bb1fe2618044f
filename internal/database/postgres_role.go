package database

import (
	"fmt"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

var postgresRoleChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-replication-role", Property: "database.user", Severity: Error,
		Title:   "The role may replicate: it is a superuser, has `REPLICATION`, or belongs to a managed service's role that may (`rds_replication`, `azure_pg_admin`, …).",
		Remedy:  "`ALTER ROLE … REPLICATION;`",
		Source:  "PostgreSQL, CREATE ROLE; Debezium PostgresConnector.checkLoginReplicationRoles, which only logs it",
		Failure: "permission denied to start WAL sender",
	}, checkReplication},
	{Info{
		Check: "postgres-select", Property: "database.user", Severity: Error,
		Title:   "The role may read each captured table, where a snapshot does. A warning for a connector that exists and may have taken its snapshot.",
		Remedy:  "`GRANT SELECT ON … TO …;`",
		Source:  "Debezium, PostgreSQL connector, Setting up permissions",
		Failure: "permission denied for table",
	}, checkSelect},
	{Info{
		Check: "postgres-schema-usage", Property: "database.user", Severity: Error,
		Title:   "The role has `USAGE` on the schema of each captured table, where a snapshot reads it. A warning for a connector that exists.",
		Remedy:  "`GRANT USAGE ON SCHEMA … TO …;`",
		Source:  "PostgreSQL, Privileges: USAGE on schemas",
		Failure: "permission denied for schema",
	}, checkUsage},
	{Info{
		Check: "postgres-connection-limit", Property: "database.user", Severity: Error,
		Title:   "The role's `CONNECTION LIMIT`, where it has one, lets the connector open its connections.",
		Remedy:  "`ALTER ROLE … CONNECTION LIMIT -1;`",
		Source:  "PostgreSQL, CREATE ROLE; run with Debezium 3.5",
		Failure: "too many connections for role",
	}, checkConnectionLimit},
	{Info{
		Check: "postgres-statement-timeout", Property: "database.user", Severity: Warning,
		Title:   "The role's sessions have no `statement_timeout`, where a snapshot reads the tables.",
		Remedy:  "`ALTER ROLE … SET statement_timeout = 0;`",
		Source:  "PostgreSQL, statement_timeout",
		Failure: "canceling statement due to statement timeout",
	}, checkStatementTimeout},
}

func (v *postgresView) asRole() string { return quotePostgres(v.role.name) }

func checkReplication(v *postgresView) {
	if !v.streams() || v.role.super || v.role.replication || v.role.managed != "" {
		return
	}
	v.add(fmt.Sprintf("Role %q may not replicate", v.role.name),
		"Debezium's validation only logs this on the worker. The task fails when it opens its replication connection.",
		sql("As a superuser, run this (on Amazon RDS: GRANT rds_replication):", fmt.Sprintf("ALTER ROLE %s REPLICATION;", v.asRole())))
}

// severityOfReading is lower for a connector that exists: its snapshot may be done.
func (v *postgresView) severityOfReading() Severity {
	if v.exists() {
		return Warning
	}
	return Error
}

func checkSelect(v *postgresView) {
	if !v.snapshots() {
		return
	}
	columns := v.written("column.include.list")+v.written("column.exclude.list") != ""
	snapshotted := v.snapshotted()
	names, quoted := v.where(func(t *postgresTable) bool {
		return !t.readable && !(columns && t.someReadable) && snapshotted(t)
	})
	if len(names) == 0 {
		return
	}
	v.addAs(v.severityOfReading(), v.running.Property, fmt.Sprintf("Role %q may not read %s", v.role.name, enumerate(names)),
		"The snapshot reads every captured table, and the task fails at the first one it may not read.",
		sql("As the owner of the tables, or a superuser, run this:", eachOf(quoted, "GRANT SELECT ON %s TO "+v.asRole()+";")...))
}

// snapshotted reports whether the snapshot certainly reads a table.
func (v *postgresView) snapshotted() func(*postgresTable) bool {
	const property = "snapshot.include.collection.list"
	var list filterlist.List
	readable := v.known(property)
	for _, text := range v.list(property) {
		p := filterlist.Parse(text)
		if p == nil {
			readable = false
			break
		}
		list.Add(p)
	}
	return func(t *postgresTable) bool {
		return list.Match(t.name()) || readable && list.Len() == 0
	}
}

func checkUsage(v *postgresView) {
	if !v.snapshots() {
		return
	}
	var schemas, grants []string
	seen := map[string]bool{}
	snapshotted := v.snapshotted()
	for _, t := range v.captured {
		if !t.usable && !seen[t.schema] && snapshotted(t) {
			seen[t.schema] = true
			schemas = append(schemas, t.schema)
			grants = append(grants, fmt.Sprintf("GRANT USAGE ON SCHEMA %s TO %s;", quotePostgres(t.schema), v.asRole()))
		}
	}
	if len(schemas) > 0 {
		v.addAs(v.severityOfReading(), v.running.Property, fmt.Sprintf("Role %q has no USAGE on %s %s", v.role.name, verb(len(schemas), "schema", "schemas"), enumerate(schemas)),
			"Without USAGE on its schema, a table can't be read, whatever privileges the role has on the table. The snapshot fails.",
			sql("As the owner of the schema, or a superuser, run this:", grants...))
	}
}

// leastConnections is how many connections a connector holds during startup.
const leastConnections = 4

func checkConnectionLimit(v *postgresView) {
	limit := v.role.connectionLimit
	if v.role.super || limit < 0 || limit >= leastConnections {
		return
	}
	v.add(fmt.Sprintf("Role %q may have %s only", v.role.name, count(limit, "connection")),
		fmt.Sprintf("A connector holds up to %d at once, in addition to its replication connection, and the limit applies to all connectors with this role together.", leastConnections),
		sql("As a superuser, run this:", fmt.Sprintf("ALTER ROLE %s CONNECTION LIMIT -1;", v.asRole())))
}

func checkStatementTimeout(v *postgresView) {
	if !v.snapshots() || v.exists() || v.role.statementTimeout == "0" {
		return
	}
	v.add(fmt.Sprintf("Role %q has a statement_timeout of %s", v.role.name, v.role.statementTimeout),
		"The snapshot reads each table with one statement. The server cancels statements that take longer, and the snapshot starts over or the task fails.",
		sql("As a superuser, run this:", fmt.Sprintf("ALTER ROLE %s SET statement_timeout = 0;", v.asRole())))
}
