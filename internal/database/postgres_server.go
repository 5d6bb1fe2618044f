package database

import (
	"fmt"
	"strconv"
)

var postgresServerChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-wal-level", Property: "database.hostname", Severity: Error,
		Title:   "`wal_level` is `logical`.",
		Remedy:  "`ALTER SYSTEM SET wal_level = 'logical';` … restart",
		Source:  "PostgreSQL, wal_level; Debezium PostgresConnectorTask.checkWalLevel",
		Failure: "logical decoding requires \"wal_level\" >= \"logical\"",
	}, checkWALLevel},
	{Info{
		Check: "postgres-free-slots", Property: "slot.name", Severity: Error,
		Title:   "A replication slot is free for each new connector (`max_replication_slots`).",
		Remedy:  "`ALTER SYSTEM SET max_replication_slots = …;` … restart",
		Source:  "PostgreSQL, max_replication_slots",
		Failure: "all replication slots are in use",
	}, checkFreeSlots},
	{Info{
		Check: "postgres-free-senders", Property: "database.hostname", Severity: Error,
		Title:   "A WAL sender is free for each new connector (`max_wal_senders`).",
		Remedy:  "`ALTER SYSTEM SET max_wal_senders = …;` … restart",
		Source:  "PostgreSQL, max_wal_senders",
		Failure: "number of requested standby connections exceeds \"max_wal_senders\"",
	}, checkFreeSenders},
	{Info{
		Check: "postgres-slot-keep-size", Property: "slot.name", Severity: Warning,
		Title:   "`max_slot_wal_keep_size`, where it is limited, is above `max_wal_size`.",
		Remedy:  "`ALTER SYSTEM SET max_slot_wal_keep_size = …;` … `SELECT pg_reload_conf();`",
		Source:  "PostgreSQL, max_slot_wal_keep_size",
		Silent:  true,
		Failure: "The slot is lost during a long snapshot or a pause: its `wal_status` is `lost`, and only a new slot and a new snapshot help.",
	}, checkKeepSize},
	{Info{
		Check: "postgres-decoderbufs", Property: "plugin.name", Severity: Warning,
		Title:   "The plug-in `decoderbufs` is installed, where `plugin.name` says so, as it does by default. Only its extension can be seen.",
		Remedy:  "Set `plugin.name` to pgoutput",
		Source:  "Debezium, PostgreSQL connector, plugin.name; PostgreSQL, pg_available_extensions",
		Failure: "could not access file \"decoderbufs\"",
	}, checkDecoderbufs},
	{Info{
		Check: "postgres-standby-version", Property: "database.hostname", Severity: Error,
		Title:   "A standby is of PostgreSQL 16 or later.",
		Remedy:  "Set `database.hostname` to the primary",
		Source:  "PostgreSQL 16, release notes: logical decoding on standbys",
		Failure: "logical decoding cannot be used while in recovery",
	}, checkStandbyVersion},
	{Info{
		Check: "postgres-standby-feedback", Property: "database.hostname", Severity: Warning,
		Title:   "`hot_standby_feedback` is on, on a standby.",
		Remedy:  "`ALTER SYSTEM SET hot_standby_feedback = on;` … `SELECT pg_reload_conf();`",
		Source:  "PostgreSQL, Logical decoding on a standby",
		Silent:  true,
		Failure: "The primary removes rows that the slot on the standby needs, and the standby invalidates the slot: `canceling statement due to conflict with recovery`.",
	}, checkStandbyFeedback},
}

// restart ends the remedy for a setting that takes effect at the next start.
const restart = "Then restart the server."

func checkWALLevel(v *postgresView) {
	level := v.setting("wal_level")
	if !v.streams() || level == "" || level == "logical" {
		return
	}
	v.add(fmt.Sprintf("wal_level is %s, not logical", level),
		"The server's WAL lacks what is needed to read changes from it: the slot can't be created, and the task fails to start. "+
			"Managed services have their own parameter for this, such as rds.logical_replication.",
		sql("As a superuser, run this:", "ALTER SYSTEM SET wal_level = 'logical';")+"\n"+restart)
}

func checkFreeSlots(v *postgresView) {
	most, err := strconv.Atoi(v.setting("max_replication_slots"))
	if !v.needsSlot() || err != nil {
		return
	}
	if free := most - len(v.allSlots); free < v.slots {
		v.add(fmt.Sprintf("The server has %s free, and new connectors need %d", count(max(0, free), "replication slot"), v.slots),
			fmt.Sprintf("%s of max_replication_slots = %d are in use. Slot %q can't be created, so the task fails. "+
				"Slots that nobody reads anymore also hold back WAL.", count(len(v.allSlots), "slot"), most, v.value("slot.name")),
			sql("Drop slots that are left over (pg_drop_replication_slot), or, as a superuser, run this:",
				fmt.Sprintf("ALTER SYSTEM SET max_replication_slots = %d;", len(v.allSlots)+v.slots))+"\n"+restart)
	}
}

func checkFreeSenders(v *postgresView) {
	most, err := strconv.Atoi(v.setting("max_wal_senders"))
	if !v.streams() || v.exists() || v.keeps(slotProperties...) || err != nil {
		return
	}
	wanted := max(1, v.slots)
	if free := most - v.senders; free < wanted {
		v.add(fmt.Sprintf("The server has %s free, and new connectors need %d", count(max(0, free), "WAL sender"), wanted),
			fmt.Sprintf("%d of max_wal_senders = %d run. The connector's replication connection is refused, and the task fails.", v.senders, most),
			sql("As a superuser, run this:", fmt.Sprintf("ALTER SYSTEM SET max_wal_senders = %d;", v.senders+wanted))+"\n"+restart)
	}
}

// checkKeepSize ignores the default, -1, which keeps everything: a slot is then
// never lost, but the disk may fill, which is the operator's choice.
func checkKeepSize(v *postgresView) {
	keep, err1 := strconv.Atoi(v.setting("max_slot_wal_keep_size"))
	checkpoint, err2 := strconv.Atoi(v.setting("max_wal_size"))
	if !v.streams() || err1 != nil || err2 != nil || keep < 0 || keep >= checkpoint {
		return
	}
	v.add(fmt.Sprintf("max_slot_wal_keep_size is %d MB: the slot is lost soon after the connector falls behind", keep),
		fmt.Sprintf("The server keeps no more than %d MB of WAL for a slot, less than between two checkpoints (max_wal_size = %d MB). "+
			"The slot is created before the first snapshot and isn't read until that ends: a long snapshot loses it, and so does a short outage.", keep, checkpoint),
		sql("As a superuser, run this, with as much as the disk allows:",
			fmt.Sprintf("ALTER SYSTEM SET max_slot_wal_keep_size = '%dMB';", checkpoint*10), "SELECT pg_reload_conf();"))
}

func checkDecoderbufs(v *postgresView) {
	if !v.streams() || v.option("plugin.name") != "decoderbufs" || v.decoderbufs || v.own() != nil {
		return
	}
	v.add("The server doesn't list decoderbufs among its extensions",
		"Most likely the plugin isn't installed: the slot can't be created, and the task fails.",
		"Set plugin.name to pgoutput, which is part of PostgreSQL since version 10, or install decoderbufs.")
}

func checkStandbyVersion(v *postgresView) {
	if !v.streams() || !v.standby || v.version >= 160000 {
		return
	}
	v.add(fmt.Sprintf("The server is a standby of PostgreSQL %d, which can't decode its WAL", v.version/10000),
		"Standbys can since PostgreSQL 16. The slot can't be created here, and the task fails.",
		"Set database.hostname to the primary, or upgrade.")
}

func checkStandbyFeedback(v *postgresView) {
	if !v.streams() || !v.standby || v.version < 160000 || v.setting("hot_standby_feedback") != "off" {
		return
	}
	v.add("hot_standby_feedback is off on this standby",
		"The primary doesn't know which rows of its catalogs the slot on this standby needs. Once it removes them, the standby invalidates the slot, and the connector needs a new snapshot.",
		sql("As a superuser, run this on the standby:", "ALTER SYSTEM SET hot_standby_feedback = on;", "SELECT pg_reload_conf();"))
}
