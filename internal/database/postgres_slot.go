package database

import "fmt"

const slotExists = "replication slot \"…\" already exists"

var postgresSlotChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-slot-plugin", Property: "slot.name", Severity: Error,
		Title:   "A slot of this name, where there is one, is a logical one of the plug-in that `plugin.name` says.",
		Remedy:  "`SELECT pg_drop_replication_slot('…');`",
		Source:  "Debezium PostgresConnection.queryForSlot: looked for by name, database and plug-in",
		Failure: slotExists,
	}, checkSlotPlugin},
	{Info{
		Check: "postgres-slot-database", Property: "slot.name", Severity: Error,
		Title:   "A slot of this name, where there is one, is of this database.",
		Remedy:  "in database … `SELECT pg_drop_replication_slot('…');`",
		Source:  "PostgreSQL, pg_replication_slots: names are the server's, slots are of one database",
		Failure: slotExists,
	}, checkSlotDatabase},
	{Info{
		Check: "postgres-slot-active", Property: "slot.name", Severity: Error,
		Title:   "Nobody else reads the slot.",
		Remedy:  "Set a `slot.name` of its own",
		Source:  "PostgreSQL, pg_replication_slots.active",
		Failure: "replication slot \"…\" is active for PID",
	}, checkSlotActive},
	{Info{
		Check: "postgres-slot-lost", Property: "slot.name", Severity: Error,
		Title:   "The slot still has its WAL: `wal_status` isn't `lost` (error) or `unreserved` (warning).",
		Remedy:  "`SELECT pg_drop_replication_slot('…');`",
		Source:  "PostgreSQL, pg_replication_slots.wal_status",
		Silent:  true,
		Failure: "The task hangs in its start for half an hour (the worker's log: `Cannot obtain valid replication slot`), and then fails with `Unable to obtain valid replication slot`.",
	}, checkSlotLost},
}

// own is the slot of the connector's name, where it is what Debezium looks for.
func (v *postgresView) own() *postgresSlot {
	s := v.slot()
	if s == nil || !v.streams() || s.kind != "logical" || s.database != v.role.database || s.plugin != v.option("plugin.name") {
		return nil
	}
	return s
}

func dropSlot(name string) string {
	return fmt.Sprintf("SELECT pg_drop_replication_slot('%s');", name)
}

func checkSlotPlugin(v *postgresView) {
	s := v.slot()
	if s == nil || !v.streams() || v.value("plugin.name") == "" {
		return
	}
	is := "uses the plug-in " + s.plugin
	switch {
	case s.kind == "physical":
		is = "is a physical one"
	case s.plugin == v.option("plugin.name"):
		return
	}
	v.add(fmt.Sprintf("Slot %q exists and %s", s.name, is),
		fmt.Sprintf("Debezium doesn't find it as a slot of %s, tries to create it, and fails since the name is taken.", v.value("plugin.name")),
		sql("Set another slot.name. If nobody needs the slot any more, drop it:", dropSlot(s.name)))
}

func checkSlotDatabase(v *postgresView) {
	s := v.slot()
	if s == nil || !v.streams() || s.kind == "physical" || s.database == v.role.database {
		return
	}
	v.add(fmt.Sprintf("Slot %q exists in database %q", s.name, s.database),
		fmt.Sprintf("The names of slots are unique on a server. Debezium looks for it in database %q, tries to create it, and fails since the name is taken.", v.role.database),
		sql(fmt.Sprintf("Set another slot.name. If nobody needs the slot any more, drop it in database %q:", s.database), dropSlot(s.name)))
}

func checkSlotActive(v *postgresView) {
	s := v.own()
	if s == nil || !s.active || v.keeps("slot.name", "database.hostname", "database.dbname") {
		return
	}
	v.add(fmt.Sprintf("Slot %q is read by somebody else", s.name),
		fmt.Sprintf("Process %d of the server reads it, for another connector or another cluster. One of the two gets the changes: this connector's task waits and then fails.", s.pid),
		"Set a slot.name of its own, or stop the other reader.")
}

func checkSlotLost(v *postgresView) {
	s := v.own()
	if s == nil {
		return
	}
	drop := sql("Stop the connector, drop the slot, and start the connector with a new snapshot (snapshot.mode = when_needed, or without its offsets):", dropSlot(s.name))
	switch s.status {
	case "lost":
		v.add(fmt.Sprintf("Slot %q is lost", s.name),
			"The server has removed WAL that the slot needs, since it fell behind by more than max_slot_wal_keep_size. It can't be read any more: a task that starts waits for it in vain, for half an hour.", drop)
	case "unreserved":
		v.addAs(Warning, v.running.Property, fmt.Sprintf("Slot %q is about to be lost", s.name),
			"It has fallen behind by more than max_slot_wal_keep_size, and the next checkpoint may remove the WAL that it needs.",
			"Start its reader at once, or raise max_slot_wal_keep_size.")
	}
}
