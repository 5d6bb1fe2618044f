package database

import (
	"fmt"
	"slices"
)

var binlogReplicationChecks = []check[*binlogView]{
	{Info{
		Check: "binlog-replica-id", Kinds: []string{MariaDB}, Property: "database.server.id", Severity: Error,
		Title:   "`database.server.id` isn't that of a registered replica, which only a user with `REPLICATION MASTER ADMIN` sees. On MySQL replicas have a UUID besides, and nothing happens.",
		Remedy:  "Choose a number that no server and no other connector",
		Source:  "MariaDB, SHOW REPLICA HOSTS, server_id; run with Debezium 3.5 on MariaDB 11.4 and MySQL 8.0",
		Failure: "A slave with the same server_uuid/server_id",
	}, checkReplicaID},
	{Info{
		Check: "binlog-replica-updates", Kinds: both, Property: "database.hostname", Severity: Error,
		Title:   "A replica writes what it replicates into its own binary log (`log_replica_updates`, formerly `log_slave_updates`).",
		Remedy:  "`[mysqld]` … `log_slave_updates = ON` … restart",
		Source:  "MySQL, log_replica_updates",
		Silent:  true,
		Failure: "The connector is RUNNING, and no change that comes from the primary ever comes.",
	}, checkReplicaUpdates},
	{Info{
		Check: "binlog-databases", Kinds: both, Property: "database.include.list", Severity: Error,
		Title:   "The binary log isn't limited to other databases than the captured ones (`binlog-do-db`, `binlog-ignore-db`).",
		Remedy:  "Remove the options `binlog-do-db` and `binlog-ignore-db` … restart",
		Source:  "MySQL, SHOW BINARY LOG STATUS",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the tables' rows, and no change of them ever comes.",
	}, checkLogged},
}

func checkReplicaID(v *binlogView) {
	id := v.value("database.server.id")
	if !v.streams() || !v.replicas[id] || v.keeps("database.server.id", "database.hostname") {
		return
	}
	v.add(fmt.Sprintf("A replica has the server ID %s", id),
		"The server doesn't accept a second replica with the same ID: the task fails after the snapshot, or the replica fails if the connector was there first.",
		"Choose a number that no server and no other connector in this replication setup has.")
}

func checkReplicaUpdates(v *binlogView) {
	if !v.streams() || v.replica == nil || !*v.replica || !v.on("log_bin") || v.on("log_slave_updates") || v.on("log_replica_updates") {
		return
	}
	name := "log_slave_updates"
	if _, newer := v.variables["log_replica_updates"]; newer {
		name = "log_replica_updates"
	}
	v.add("The server is a replica that doesn't log what it replicates",
		"Its binary log contains only changes made directly on it.", v.optionFile(name+" = ON"))
}

func checkLogged(v *binlogView) {
	if !v.streams() || v.logged == nil {
		return
	}
	var lacking []string
	for _, t := range v.captured {
		if !v.logged.has(t.database) && !slices.Contains(lacking, t.database) {
			lacking = append(lacking, t.database)
		}
	}
	if len(lacking) > 0 {
		v.addAs(v.running.Severity, v.listInUse(), fmt.Sprintf("The binary log leaves out %s %s", verb(len(lacking), "database", "databases"), enumerate(lacking)),
			"The server's options binlog-do-db or binlog-ignore-db leave it out. The snapshot has its rows, but no change ever arrives.",
			"Remove the options binlog-do-db and binlog-ignore-db from the server's option file, or list the captured databases there.\n"+restart)
	}
}
