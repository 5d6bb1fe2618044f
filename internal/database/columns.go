package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// columnChecks are the checks of the properties that name columns. They are the
// same for all kinds of databases; of returns nil if there is nothing to check.
func columnChecks[V any](prefix string, kinds []string, of func(V) *columnView) []check[V] {
	row := func(name string, info Info, run func(*columnView)) check[V] {
		info.Check, info.Kinds, info.Silent = prefix+name, kinds, true
		return check[V]{info, func(v V) {
			if c := of(v); c != nil {
				run(c)
			}
		}}
	}
	return []check[V]{
		row("column-list", Info{
			Property: "column.exclude.list", Severity: Warning,
			Title:   "Each name in the lists of columns, and in the properties that mask, hash or truncate columns, is that of a column; the nearest name is proposed.",
			Remedy:  "Write …",
			Source:  "Debezium ColumnNameFilterFactory, ColumnMappers: regular expressions on the table's name and the column's, in any case",
			Failure: "The connector is RUNNING, and what was to be left out or masked is published.",
		}, checkColumnLists),
		row("no-column", Info{
			Property: "column.include.list", Severity: Warning,
			Title:   "The lists of columns leave at least one column of each captured table.",
			Remedy:  "Add columns of each captured table to `column.include.list`",
			Source:  "Debezium ColumnNameFilterFactory: the lists apply to all captured tables",
			Failure: "The connector is RUNNING, and the values of the table's events have no fields.",
		}, checkNoColumn),
		row("key-columns", Info{
			Property: "message.key.columns", Severity: Error,
			Title:   "Each table and each column in `message.key.columns` exists; the nearest name is proposed.",
			Remedy:  "Write …",
			Source:  "Debezium Key.CustomKeyMapper: columns that don't exist are left out of the key",
			Failure: "The connector is RUNNING, and its keys lack the column: rows that differ in it alone have the same key, so that compaction and sinks keep only one of them.",
		}, checkKeyColumns),
		row("key-left-out", Info{
			Property: "column.exclude.list", Severity: Error,
			Title:   "The lists of columns leave no column out that is part of a key, where the connector takes a snapshot.",
			Remedy:  "name other columns that identify a row in `message.key.columns`",
			Source:  "Debezium RelationalSnapshotChangeEventSource: a snapshot doesn't select the columns (seen with 3.4.3 and 3.6.1)",
			Failure: "The connector is RUNNING, and in the keys of the snapshot's events the column is 0, empty or null: rows that differ in it alone have the same key, so that compaction and sinks keep only one of them.",
		}, checkKeyLeftOut),
		row("masked-type", Info{
			Property: "column.exclude.list", Severity: Error,
			Title:   "Columns that are masked or hashed have a type of characters.",
			Remedy:  "Leave the column out with `column.exclude.list`",
			Source:  "Debezium MaskStrings: values of other types are passed through (seen with 2.7.4, 3.4.3, 3.5.0 and 3.6.1)",
			Failure: "The connector is RUNNING, and publishes the values as they are.",
		}, checkMaskedTypes),
		row("key-masked", Info{
			Property: "message.key.columns", Severity: Warning,
			Title:   "No column that is masked, hashed or truncated is part of a key.",
			Remedy:  "name other columns that identify a row in `message.key.columns`",
			Source:  "Debezium TableSchemaBuilder: keys are built without the column mappers (seen with 3.6.1)",
			Failure: "The connector is RUNNING, and the keys of its events show what is masked in their values.",
		}, checkKeyMasked),
	}
}

// column is one of a table's columns.
type column struct{ name, dataType string }

// columnView is what the checks of columns see.
type columnView struct {
	*view
	chosen  *selection
	tables  []string            // all tables that the login sees
	columns map[string][]column // their columns, by table
	// captured are the captured tables whose columns can be seen. Nobody reads
	// the events of a signal table.
	captured []Table
	// changed are the properties that mask, hash or truncate columns.
	changed map[string]*filterlist.List
	keys    []filterlist.Key
}

// readColumns prepares the checks of columns. It returns nil if the
// configuration names no columns, or names some in a way that can't be
// evaluated here.
func (v *view) readColumns(chosen *selection, tables []string, read func() (map[string][]column, error)) (*columnView, error) {
	c := &columnView{view: v, chosen: chosen, tables: tables, changed: map[string]*filterlist.List{}}
	named := slices.DeleteFunc(v.properties(), func(property string) bool {
		return !namesColumns(property) || v.config[property] == "" && !v.unknown[property]
	})
	if chosen == nil || len(named) == 0 {
		return nil, nil
	}
	if v.columnLists() == nil || !c.parseKeys() {
		return nil, nil
	}
	for _, property := range named {
		if !catalog.ChangesColumns(property) {
			continue
		}
		list := &filterlist.List{}
		if !v.parse(property, "Columns", list) {
			return nil, nil
		}
		c.changed[property] = list
	}
	var err error
	if c.columns, err = read(); err != nil {
		return nil, err
	}
	c.captured = slices.DeleteFunc(slices.Clone(v.report.Tables), func(t Table) bool {
		return len(c.columns[t.Name]) == 0 || chosen.signal(t.Name)
	})
	return c, nil
}

func namesColumns(property string) bool {
	return property == "column.include.list" || property == "column.exclude.list" || property == "message.key.columns" || catalog.ChangesColumns(property)
}

func (c *columnView) parseKeys() bool {
	const property = "message.key.columns"
	if !c.known(property) {
		c.note("Columns aren't checked: %s.", c.unread(property))
		return false
	}
	c.keys = filterlist.ParseKeys(c.value(property))
	for _, k := range c.keys {
		if !k.Evaluable() {
			c.note("Columns aren't checked: the entry %s of %s can't be evaluated here.", k.Text, property)
			return false
		}
	}
	return true
}

// fullNames returns the full names of columns.
func fullNames(table string, columns []string) []string {
	full := make([]string, 0, len(columns))
	for _, column := range columns {
		full = append(full, table+"."+column)
	}
	return full
}

// names returns the names of a table's columns.
func (c *columnView) names(table string) []string {
	columns := c.columns[table]
	names := make([]string, 0, len(columns))
	for _, one := range columns {
		names = append(names, one.name)
	}
	return names
}

// fullNames returns the full names of a table's columns.
func (c *columnView) fullNames(table string) []string { return fullNames(table, c.names(table)) }

// key returns the full names of the columns in the key of a table's events.
func (c *columnView) key(t Table) []string {
	var key []string
	for _, name := range c.fullNames(t.Name) {
		if slices.ContainsFunc(c.keys, func(k filterlist.Key) bool {
			return slices.ContainsFunc(k.Selects, func(e *filterlist.Entry) bool { m, _ := e.Match(name); return m })
		}) {
			key = append(key, name)
		}
	}
	if len(key) == 0 {
		return fullNames(t.Name, t.PrimaryKey)
	}
	return key
}

// keyColumns returns the columns of all keys that satisfy a condition.
func (c *columnView) keyColumns(is func(name string) bool) []string {
	var found []string
	for _, t := range c.captured {
		for _, name := range c.key(t) {
			if is(name) {
				found = append(found, name)
			}
		}
	}
	return found
}

func checkColumnLists(c *columnView) {
	var all []string
	for _, t := range c.captured {
		all = append(all, c.fullNames(t.Name)...)
	}
	if property, missing := c.filter.unmatched(all); property == c.filter.include {
		c.missingColumns(property, missing, "Debezium captures nothing for %s, and reports no error.")
	} else {
		c.missingColumns(property, missing, "Debezium leaves nothing out for %s, and reports no error: what was to be left out is published.")
	}
	for _, property := range c.properties() {
		if list := c.changed[property]; list != nil {
			c.missingColumns(property, list.Unmatched(all), "Debezium changes nothing for %s, and reports no error: the values are published as they are.")
		}
	}
}

// missingColumns reports the entries that match no column. Expressions aren't
// meant to match in every database, and an entry for a table that isn't
// captured does no harm.
func (c *columnView) missingColumns(property string, missing []*filterlist.Entry, effect string) {
	missing = slices.DeleteFunc(missing, func(e *filterlist.Entry) bool {
		return !e.Plain() || slices.Contains(c.tables, tableOf(e.Likely())) && !c.captures(tableOf(e.Likely()))
	})
	c.missingEntries(property, missing, effect, "column", func(e *filterlist.Entry) (string, string) {
		table := tableOf(e.Likely())
		if len(c.columns[table]) > 0 {
			return nearest(e, c.fullNames(table)), ""
		}
		if near := catalog.Nearest(table, c.tables); near != "" {
			column := strings.TrimPrefix(e.Likely(), table+".")
			for _, name := range c.names(near) {
				if filterlist.Fold(name) == filterlist.Fold(column) {
					return near + "." + name, ""
				}
			}
		}
		return "", ""
	})
}

// tableOf returns the table in a column's full name.
func tableOf(column string) string {
	if i := strings.LastIndex(column, "."); i >= 0 {
		return column[:i]
	}
	return ""
}

func (c *columnView) captures(table string) bool {
	return slices.ContainsFunc(c.report.Tables, func(t Table) bool { return t.Name == table })
}

func checkNoColumn(c *columnView) {
	var empty []string
	for _, t := range c.captured {
		if !slices.ContainsFunc(c.fullNames(t.Name), c.filter.take) {
			empty = append(empty, t.Name)
		}
	}
	if len(empty) == 0 {
		return
	}
	remedy := "Add columns of each captured table to column.include.list, or capture fewer tables."
	if c.filter.inUse() == c.filter.exclude {
		remedy = "Leave fewer columns out, or don't capture the tables."
	}
	c.addAs(c.running.Severity, c.filter.inUse(), fmt.Sprintf("%s leaves no column of %s", c.filter.inUse(), enumerate(empty)),
		"The list applies to all captured tables. The values of these tables' events have no fields.", remedy)
}

func checkKeyColumns(c *columnView) {
	for _, k := range c.keys {
		var tables []string
		for _, t := range c.captured {
			if k.Covers(t.Name) {
				tables = append(tables, t.Name)
			}
		}
		if len(tables) == 0 {
			c.missingKeyTable(k)
			continue
		}
		for i, column := range k.Columns {
			c.missingKeyColumn(column, k.Selects[i], tables)
		}
	}
}

func (c *columnView) missingKeyTable(k filterlist.Key) {
	if !k.Table.Plain() || slices.ContainsFunc(c.tables, k.Covers) {
		return
	}
	c.missingEntries(c.running.Property, []*filterlist.Entry{k.Table}, "The keys of the events aren't changed for %s, and Debezium reports no error.", "table",
		func(e *filterlist.Entry) (string, string) { return nearest(e, c.tables), "" })
}

// missingKeyColumn reports a column that none of the entry's tables has: an
// entry for many tables may name columns that only some of them have.
func (c *columnView) missingKeyColumn(column string, selects *filterlist.Entry, tables []string) {
	var all []string
	for _, table := range tables {
		for _, name := range c.fullNames(table) {
			if m, ok := selects.Match(name); m || !ok {
				return
			}
		}
		all = append(all, c.names(table)...)
	}
	summary, remedy := fmt.Sprintf("message.key.columns: %s no column %q", verb(len(tables), tables[0]+" has", enumerate(tables)+" have"), column), "Correct or remove the column."
	if near := catalog.Nearest(column, all); near != "" {
		summary += fmt.Sprintf("; did you mean %s?", near)
		remedy = fmt.Sprintf("Write %s instead.", escapeName(near))
	}
	c.addUnlessKept(c.running.Property, summary, "Debezium leaves such a column out of the key and reports no error: what remains is the key, or, if nothing does, the primary key. "+
		"Rows with the same key replace each other in compacted topics and in sinks.", remedy)
}

func checkKeyLeftOut(c *columnView) {
	if !c.snapshots() {
		return
	}
	left := c.keyColumns(func(name string) bool { return !c.filter.take(name) })
	if len(left) == 0 {
		return
	}
	remedy := "Remove them from column.exclude.list, or name other columns that identify a row in message.key.columns."
	if c.filter.inUse() == c.filter.include {
		remedy = "Add them to column.include.list, or name other columns that identify a row in message.key.columns."
	}
	c.addUnlessKept(c.filter.inUse(), fmt.Sprintf("%s leaves out columns of keys: %s", c.filter.inUse(), enumerate(left)),
		"A snapshot doesn't read these columns: in the keys of its events they are 0, empty or null for every row. Rows that differ in them alone get the same key, "+
			"and replace each other in compacted topics and in sinks. The keys of later changes are right.", remedy)
}

func checkKeyMasked(c *columnView) {
	for _, property := range c.properties() {
		list := c.changed[property]
		if list == nil {
			continue
		}
		if shown := c.keyColumns(list.Match); len(shown) > 0 {
			c.addAs(c.running.Severity, property, fmt.Sprintf("%s: keys still show %s", property, enumerate(shown)),
				"Debezium masks, hashes and truncates columns in the values of events, but not in their keys.",
				"Change the fields of the keys with a transform, or name other columns that identify a row in message.key.columns.")
		}
	}
}
