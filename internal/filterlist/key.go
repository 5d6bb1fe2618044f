package filterlist

import (
	"slices"
	"strings"
)

// Key is an entry of message.key.columns: the columns that are the keys of some
// tables' events (Debezium Key.CustomKeyMapper).
type Key struct {
	Text    string // TABLE:COLUMN,COLUMN…
	Table   *Entry // nil if it can't be evaluated here
	Columns []string
	// Selects has an entry for each of the columns: the table's expression and
	// the column's, which Debezium matches as one. nil as for Table.
	Selects []*Entry
}

// ParseKeys parses message.key.columns. Entries without a colon, which Debezium
// rejects, are left out.
func ParseKeys(value string) []Key {
	var keys []Key
	for text := range strings.SplitSeq(value, ";") {
		table, columns, found := strings.Cut(strings.TrimSpace(text), ":")
		table = strings.TrimSpace(table)
		if !found || table == "" {
			continue
		}
		k := Key{Text: strings.TrimSpace(text), Table: Parse(table)}
		for column := range strings.SplitSeq(columns, ",") {
			column = strings.TrimSpace(column)
			k.Columns = append(k.Columns, column)
			k.Selects = append(k.Selects, Parse(table+"."+column))
		}
		keys = append(keys, k)
	}
	return keys
}

// Evaluable reports whether the entry can be evaluated here.
func (k Key) Evaluable() bool { return k.Table != nil && !slices.Contains(k.Selects, nil) }

// Covers reports whether the entry is for a table, or may be.
func (k Key) Covers(table string) bool {
	if k.Table == nil {
		return true
	}
	matched, ok := k.Table.Match(table)
	return matched || !ok
}
