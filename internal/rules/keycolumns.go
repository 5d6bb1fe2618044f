package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// keyColumnRules are about the columns that message.key.columns names. What
// holds for the columns of primary keys, only the database tells.
var keyColumnRules = []rule{
	{
		id:         "key-column-left-out",
		title:      "A column that `message.key.columns` names is captured, where the connector takes a snapshot.",
		harm:       Diverges,
		properties: []string{"message.key.columns", "column.include.list", "column.exclude.list"},
		kinds:      snapshotsColumns,
		source:     "Debezium 3.6 RelationalSnapshotChangeEventSource: a snapshot doesn't select the columns that are left out",
		check:      checkKeyColumnsLeftOut,
	},
	{
		id:         "key-column-masked",
		title:      "A column that `message.key.columns` names isn't one that is masked, hashed or truncated: the key shows it as it is.",
		harm:       Risky,
		properties: []string{"message.key.columns", "column.mask.with.N.chars", "column.truncate.to.N.chars", "column.mask.hash.ALGORITHM.with.salt.SALT"},
		kinds:      relational,
		source:     "Debezium 3.6 TableSchemaBuilder: keys are built without the column mappers",
		check:      checkKeyColumnsMasked,
	},
}

// snapshotsColumns reports whether a kind's snapshots select columns. Vitess
// sends whole rows.
func snapshotsColumns(k *catalog.Kind) bool { return k.Relational && k.Name != "vitess" }

// keyColumns returns the full names of the columns in message.key.columns whose
// tables are named, not matched.
func (v *evaluation) keyColumns() []string {
	value, _ := v.known("message.key.columns")
	var names []string
	for _, k := range filterlist.ParseKeys(value) {
		table, _, _ := strings.Cut(k.Text, ":")
		for _, column := range k.Columns {
			if literalName.MatchString(strings.TrimSpace(table)) && plainName.MatchString(column) {
				names = append(names, k.Table.Likely()+"."+column)
			}
		}
	}
	return names
}

func checkKeyColumnsLeftOut(v *evaluation) {
	if !v.is("snapshot.mode", catalog.RowSnapshotModes...) {
		return
	}
	for list, takes := range map[string]bool{"column.include.list": true, "column.exclude.list": false} {
		entries, certain := v.filterList(list)
		if !certain {
			continue
		}
		left := slices.DeleteFunc(v.keyColumns(), func(name string) bool { return entries.Match(name) == takes })
		if len(left) > 0 {
			v.add("message.key.columns", fmt.Sprintf("message.key.columns: %s leaves out %s", list, strings.Join(left, ", ")),
				"A snapshot doesn't read a column that is left out: in the keys of its events it is 0, empty or null for every row. Rows that differ in it alone get the same key, "+
					"and replace each other in compacted topics and in sinks. Capture the column, or choose other columns for the key.")
		}
	}
}

func checkKeyColumnsMasked(v *evaluation) {
	for _, key := range v.keys {
		if !catalog.ChangesColumns(key) || v.ignores(key) {
			continue
		}
		entries, certain := v.filterList(key)
		if !certain {
			continue
		}
		if shown := slices.DeleteFunc(v.keyColumns(), func(name string) bool { return !entries.Match(name) }); len(shown) > 0 {
			v.add(key, fmt.Sprintf("%s: keys still show %s", key, strings.Join(shown, ", ")),
				"Debezium masks, hashes and truncates columns in the values of events, but not in their keys, and message.key.columns makes these columns part of the key. "+
					"Choose other columns for the key, or change the fields of the key with a transform.")
		}
	}
}
