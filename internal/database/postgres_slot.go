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

// own returns the connector's slot if it is of the kind that Debezium expects.
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
	is := "uses the plugin " + s.plugin
	switch {
	case s.kind == "physical":
		is = "is a physical slot"
	case s.plugin == v.option("plugin.name"):
		return
	}
	v.add(fmt.Sprintf("Slot %q exists and %s", s.name, is),
		fmt.Sprintf("Debezium doesn't find a slot of %s by this name, tries to create one, and fails because the name is taken.", v.value("plugin.name")),
		sql("Set another slot.name. If nobody needs the slot anymore, drop it:", dropSlot(s.name)))
}

func checkSlotDatabase(v *postgresView) {
	s := v.slot()
	if s == nil || !v.streams() || s.kind == "physical" || s.database == v.role.database {
		return
	}
	v.add(fmt.Sprintf("Slot %q exists in database %q", s.name, s.database),
		fmt.Sprintf("Slot names are unique on a server. Debezium looks for the slot in database %q, tries to create it there, and fails because the name is taken.", v.role.database),
		sql(fmt.Sprintf("Set another slot.name. If nobody needs the slot anymore, drop it in database %q:", s.database), dropSlot(s.name)))
}

// slotProperties say which slot a connector reads.
var slotProperties = []string{"slot.name", "database.hostname", "database.dbname"}

func checkSlotActive(v *postgresView) {
	s := v.own()
	if s == nil || !s.active || v.keeps(slotProperties...) {
		return
	}
	v.add(fmt.Sprintf("Slot %q is already in use", s.name),
		fmt.Sprintf("Server process %d reads it, for another connector or another cluster. Only one client can read a slot: this connector's task waits and then fails.", s.pid),
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
			"The slot fell behind by more than max_slot_wal_keep_size, and the server has removed WAL it needs. It can't be read anymore: a task waits half an hour for it at startup, and then fails.", drop)
	case "unreserved":
		v.addAs(Warning, v.running.Property, fmt.Sprintf("Slot %q is about to be lost", s.name),
			"It has fallen behind by more than max_slot_wal_keep_size, and the next checkpoint may remove WAL it needs.",
			"Start its reader immediately, or raise max_slot_wal_keep_size.")
	}
}
