package database

import (
	"fmt"
	"slices"
)

var binlogGrantChecks = []check[*binlogView]{
	{Info{
		Check: "binlog-select", Kinds: both, Property: "database.user", Severity: Error,
		Title:   "The user may read each captured table, where a snapshot does. A warning for a connector that exists and may have taken its snapshot.",
		Remedy:  "`GRANT SELECT ON … TO …;`",
		Source:  "Debezium, MySQL connector, Creating a user",
		Failure: "SELECT command denied to user",
	}, checkBinlogSelect},
	{Info{
		Check: "binlog-reload", Kinds: both, Property: "database.user", Severity: Error,
		Title:   "The user has `RELOAD`, or `FLUSH_TABLES` and `LOCK TABLES`, unless `snapshot.locking.mode` is `none`.",
		Remedy:  "Set `snapshot.locking.mode` to none … `GRANT RELOAD ON *.* TO …;`",
		Source:  "MySQL, FLUSH TABLES WITH READ LOCK; Debezium BinlogSnapshotChangeEventSource.tableLock",
		Failure: "User does not have the 'LOCK TABLES' privilege required to obtain a consistent snapshot",
	}, checkReload},
	{Info{
		Check: "binlog-show-databases", Kinds: both, Property: "database.user", Severity: Error,
		Title:   "The user has `SHOW DATABASES`, where the server runs with `skip_show_database`.",
		Remedy:  "`GRANT SHOW DATABASES ON *.* TO …;`",
		Source:  "MySQL, skip_show_database",
		Failure: "Access denied; you need (at least one of) the SHOW DATABASES privilege(s) for this operation",
	}, checkShowDatabases},
	{Info{
		Check: "binlog-replication-slave", Kinds: both, Property: "database.user", Severity: Error,
		Title:   "The user has `REPLICATION SLAVE` (MariaDB: or `REPLICATION REPLICA`).",
		Remedy:  "`GRANT REPLICATION SLAVE ON *.* TO …;`",
		Source:  "Debezium, MySQL connector, Creating a user",
		Failure: "Access denied; you need (at least one of) the REPLICATION SLAVE privilege(s) for this operation",
	}, checkReplicationSlave},
	{Info{
		Check: "binlog-replication-client", Kinds: both, Property: "database.user", Severity: Error,
		Title:   "The user has `REPLICATION CLIENT` (MariaDB: `BINLOG MONITOR`).",
		Remedy:  "`GRANT … ON *.* TO …;`",
		Source:  "Debezium, MySQL connector, Creating a user; MariaDB, GRANT",
		Failure: "Access denied; you need (at least one of) the … privilege(s) for this operation",
	}, checkReplicationClient},
}

// grant returns the statement that grants the user a privilege.
func (v *binlogView) grant(privilege, on string) string {
	return fmt.Sprintf("GRANT %s ON %s TO %s;", privilege, on, v.user)
}

const asAdministrator = "As an administrator, run this:"

func checkBinlogSelect(v *binlogView) {
	if !v.snapshots() {
		return
	}
	names, quoted := v.where(func(t *binlogTable) bool { return !v.grants.on(t.database, t.table, "SELECT") })
	if len(names) == 0 {
		return
	}
	severity := v.running.Severity
	if v.exists() {
		severity = Warning
	}
	var grants []string
	for _, name := range quoted {
		grants = append(grants, v.grant("SELECT", name))
	}
	v.addAs(severity, v.running.Property, fmt.Sprintf("User %s may not read %s", v.user, enumerate(names)),
		"The snapshot reads every captured table, and the task fails at the first one it may not read.", sql(asAdministrator, grants...))
}

// locks reports whether a snapshot of the connector takes locks.
func (v *binlogView) locks() bool {
	mode := v.option("snapshot.locking.mode")
	return !v.exists() && mode != "none" && mode != "custom" && mode != ""
}

// mayHold reports whether the user may lock tables: all at once or one by one.
// Managed services grant RELOAD yet forbid the global lock, which can't be
// detected from here.
func (v *binlogView) mayHold() bool {
	return v.grants.everywhere("RELOAD") || v.grants.everywhere("FLUSH_TABLES") && v.grants.everywhere("LOCK TABLES")
}

func checkReload(v *binlogView) {
	if v.locks() && !v.mayHold() {
		v.add(fmt.Sprintf("User %s has no RELOAD", v.user),
			"A snapshot briefly locks the tables with FLUSH TABLES WITH READ LOCK. Without RELOAD it can't, and the task fails. "+
				"With snapshot.locking.mode = none it takes no lock, which is safe as long as no table's definition changes during the snapshot.",
			sql("Set snapshot.locking.mode to none, or, as an administrator, run this:", v.grant("RELOAD", "*.*")))
	}
}

func checkShowDatabases(v *binlogView) {
	if v.on("skip_show_database") && !v.grants.everywhere("SHOW DATABASES") {
		v.add(fmt.Sprintf("User %s has no SHOW DATABASES", v.user),
			"The server runs with skip_show_database and denies the statement to users without the privilege. The task fails.",
			sql(asAdministrator, v.grant("SHOW DATABASES", "*.*")))
	}
}

func checkReplicationSlave(v *binlogView) {
	if v.streams() && !v.grants.everywhere("REPLICATION SLAVE", "REPLICATION REPLICA") {
		v.add(fmt.Sprintf("User %s has no REPLICATION SLAVE", v.user), "The server doesn't send it the binary log: the task fails after the snapshot.",
			sql(asAdministrator, v.grant("REPLICATION SLAVE", "*.*")))
	}
}

func checkReplicationClient(v *binlogView) {
	if !v.streams() || v.grants.everywhere("REPLICATION CLIENT", "BINLOG MONITOR", "SUPER") {
		return
	}
	privilege := "REPLICATION CLIENT"
	if v.mariadb {
		privilege = "BINLOG MONITOR"
	}
	v.add(fmt.Sprintf("User %s has no %s", v.user, privilege), "It may not query the position of the binary log: the task fails before its snapshot.",
		sql(asAdministrator, v.grant(privilege, "*.*")))
}

// seesAll reports whether the user sees all databases, not only those that it
// has a privilege on.
func (v *binlogView) seesAll() bool {
	return v.grants.everywhere("SELECT", "SHOW DATABASES") && !slices.ContainsFunc(v.grants, func(g grant) bool { return g.revoked })
}
