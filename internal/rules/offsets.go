package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// The names used in findings for offsets, which aren't a Debezium property:
// those for a new connector to start from, and those that replace a connector's
// own.
const (
	initialOffsets = "initial_offsets"
	alteredOffsets = "offsets"
)

// offsetRules are about the offsets that a connector starts from. No Debezium
// connector checks them: Kafka Connect stores any partition and any keys (run
// on PostgreSQL 3.6.1: no connector implements alterOffsets).
var offsetRules = []offsetRule{
	{
		rule: rule{
			id: "offsets-form", harm: Diverges, properties: []string{initialOffsets},
			title:  "Initial offsets are `{\"offsets\": [{\"partition\": {…}, \"offset\": {…}}]}`, each entry with both.",
			source: "KIP-875; an entry without an offset deletes its partition (run on Kafka Connect 4.3.1)",
		},
		check: checkOffsetsForm,
	},
	{
		rule: rule{
			id: "offsets-partition", harm: Diverges, kinds: kinds("mysql", "mariadb", "postgres", "oracle", "sqlserver", "mongodb", "db2", "informix"), properties: []string{initialOffsets, "topic.prefix"},
			title:  "The partition of initial offsets is the connector's topic prefix.",
			source: "Debezium's *Partition classes: {\"server\": topic.prefix}; MongoDB \"server_id\"",
		},
		check: checkOffsetsPartition,
	},
	{
		rule: rule{
			id: "offsets-lsn", harm: Fails, kinds: kinds("postgres"), properties: []string{initialOffsets},
			title:  "PostgreSQL's `lsn` in initial offsets is a decimal number.",
			source: "PostgresOffsetContext (run: a text is a ClassCastException)",
		},
		check: checkOffsetsLSN,
	},
	{
		rule: rule{
			id: "offsets-slot", harm: Risky, kinds: kinds("postgres"), properties: []string{initialOffsets, "slot.name"},
			title:  "A PostgreSQL connector with initial offsets finds its replication slot there.",
			source: "Run on 3.5.0: without the slot the task fails at once, whatever the lsn",
		},
		onlyNew: true,
		check:   checkOffsetsSlot,
	},
	{
		rule: rule{
			id: "offsets-history", harm: Risky, kinds: historized, properties: []string{initialOffsets, "snapshot.mode"},
			title:  "A connector with a schema history starts from initial offsets with `snapshot.mode` = `recovery`.",
			source: "Run on MySQL 3.5.0: every other mode fails, \"db history topic is missing\"",
		},
		onlyNew: true,
		check:   checkOffsetsHistory,
	},
}

type offsetRule struct {
	rule
	onlyNew bool // for a new connector, which lacks what belongs to the offsets
	check   func(*evaluation, offsetList)
}

// offsetList is a set of offsets, and the name used for it in findings.
type offsetList struct {
	name    string
	entries []offsetEntry
}

// offsetEntry is one entry of the offsets, with its numbers as written.
type offsetEntry struct {
	Partition map[string]any `json:"partition"`
	Offset    map[string]any `json:"offset"`
}

// Offsets returns what is wrong with the offsets, as JSON, that a new connector
// starts from. The findings' property is "initial_offsets". An empty list is a
// fresh start: offsets left by an earlier connector of that name are deleted.
func Offsets(in Input, text string) []Finding { return checkOffsets(in, initialOffsets, text) }

// AlteredOffsets returns what is wrong with the offsets, as JSON, that replace
// a connector's own. The findings' property is "offsets".
func AlteredOffsets(in Input, text string) []Finding { return checkOffsets(in, alteredOffsets, text) }

func checkOffsets(in Input, name, text string) []Finding {
	var offsets struct {
		Offsets []offsetEntry `json:"offsets"`
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&offsets); err != nil {
		offsets.Offsets = nil // the first rule reports it
	}
	if name == initialOffsets && offsets.Offsets != nil && len(offsets.Offsets) == 0 {
		return nil
	}
	v := newEvaluation(in)
	for _, r := range offsetRules {
		if r.appliesTo(in.Kind, v.Version) && (name == initialOffsets || !r.onlyNew) {
			v.rule = r.rule
			r.check(v, offsetList{name, offsets.Offsets})
		}
	}
	return ordered(v.findings)
}

func checkOffsetsForm(v *evaluation, offsets offsetList) {
	const form = "The format is {\"offsets\": [{\"partition\": {…}, \"offset\": {…}}]}, as returned by GET /connectors/NAME/offsets and the data source debezium_connector_offsets."
	if len(offsets.entries) == 0 {
		detail := "There is no entry under \"offsets\". " + form
		if offsets.name == initialOffsets {
			detail += " For a fresh start, use an empty list: jsonencode({offsets = []})."
		}
		v.add(offsets.name, offsets.name+" has no offsets", detail)
		return
	}
	for i, e := range offsets.entries {
		switch {
		case len(e.Partition) == 0:
			v.add(offsets.name, fmt.Sprintf("Entry %d of %s has no partition", i, offsets.name), "The partition says what the offset is for. "+form)
		case len(e.Offset) == 0 && offsets.name == initialOffsets:
			v.add(offsets.name, fmt.Sprintf("Entry %d of %s has no offset", i, offsets.name),
				"Kafka Connect deletes the offset of a partition listed without one, and the connector would start from the beginning. "+form)
		}
	}
}

func checkOffsetsPartition(v *evaluation, offsets offsetList) {
	prefix, ok := v.Config[v.prefixProperty()]
	if !ok || v.isUnknown(v.prefixProperty()) {
		return
	}
	then := "start without an offset"
	if offsets.name == alteredOffsets {
		then = "resume from the offset it has"
	}
	key := "server"
	if v.Kind.Name == "mongodb" {
		key = "server_id"
	}
	for i, e := range offsets.entries {
		// The offset of any partition may be deleted.
		unused := len(e.Partition) == 0 || offsets.name == alteredOffsets && len(e.Offset) == 0
		if server, ok := e.Partition[key]; !unused && (!ok || server != prefix) {
			v.add(offsets.name, fmt.Sprintf("Entry %d of %s is for another topic prefix", i, offsets.name), fmt.Sprintf(
				"A %s connector looks for its offset under {%q: %q}, its topic prefix, and ignores any other partition: it would %s. Set the partition's %q to the topic prefix.",
				v.Kind.Title, key, prefix, then, key))
		}
	}
}

func checkOffsetsLSN(v *evaluation, offsets offsetList) {
	for _, e := range offsets.entries {
		for _, key := range []string{"lsn", "lsn_proc", "lsn_commit"} {
			value, set := e.Offset[key]
			if _, number := value.(json.Number); set && !number {
				v.add(offsets.name, fmt.Sprintf("%s in %s is not a number", key, offsets.name), fmt.Sprintf(
					"The connector fails to start with %s = %v. Write the position as a decimal number: "+
						"SELECT pg_current_wal_lsn() - '0/0' returns one.", key, value))
			}
		}
	}
}

func checkOffsetsSlot(v *evaluation, _ offsetList) {
	slot, _ := v.effective("slot.name")
	v.add(initialOffsets, "initial_offsets requires an existing replication slot",
		fmt.Sprintf("A connector with offsets doesn't create its slot, and fails at once if there is none: create the slot %q and the publication in the database first. ", slot)+
			"If the offset is behind the slot's position, the connector silently starts from the slot's position.")
}

func checkOffsetsHistory(v *evaluation, _ offsetList) {
	mode, ok := v.effective("snapshot.mode")
	if !ok || recovers(mode) {
		return
	}
	summary, remedy := "initial_offsets requires the schema history that belongs to it", ""
	if recovery := v.recoveryMode(); recovery != "" {
		summary = "initial_offsets requires snapshot.mode = " + recovery
		remedy = fmt.Sprintf("Set snapshot_mode to %s for the creation, which rebuilds the schema history from the tables as they are now, and change it back afterwards. ", recovery)
	}
	v.add(initialOffsets, summary,
		fmt.Sprintf("A connector that has offsets but no schema history topic fails to start (\"db history topic is missing\") with snapshot.mode = %s. "+
			"%sIf the schema history topic that belongs to these offsets exists, ignore this warning.", mode, remedy))
}
