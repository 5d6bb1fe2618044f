package database

import (
	"fmt"
	"slices"
	"strings"
)

// unmasked are the types whose values Debezium neither masks nor hashes, by the
// servers' names; types that aren't here may be masked. Each is driven by a
// test.
var unmasked = map[string]bool{
	// PostgreSQL.
	"int2": true, "int4": true, "int8": true, "numeric": true, "float4": true, "float8": true, "bool": true,
	"timestamptz": true, "uuid": true, "jsonb": true, "xml": true, "bytea": true, "inet": true, "citext": true, "hstore": true, "_text": true,
	// MySQL and MariaDB.
	"tinyint": true, "smallint": true, "int": true, "bigint": true, "decimal": true, "float": true, "double": true,
	"datetime": true, "year": true, "binary": true, "varbinary": true, "tinyblob": true, "blob": true, "mediumblob": true, "longblob": true,
	// Both.
	"date": true, "time": true, "timestamp": true, "json": true,
}

// checkMaskedTypes reports an entry if it matches nothing but columns that can't
// be masked: an expression for many tables may also match some of those.
func checkMaskedTypes(c *columnView) {
	for _, property := range c.properties() {
		list := c.changed[property]
		if list == nil || !strings.HasPrefix(property, "column.mask.") {
			continue
		}
		var shown []string
		for _, e := range list.Entries() {
			columns, all := c.unmaskedBy(e.Match)
			for _, column := range columns {
				if all && !slices.Contains(shown, column) {
					shown = append(shown, column)
				}
			}
		}
		if len(shown) > 0 {
			c.addUnlessKept(property, fmt.Sprintf("%s doesn't mask %s", property, enumerate(shown)),
				"Debezium masks and hashes columns of character types alone. It publishes the values of other types as they are, and reports no error.",
				"Leave the column out with column.exclude.list, or change its values with a transform.")
		}
	}
}

// unmaskedBy returns the columns that an entry matches and that aren't masked,
// with their types; all is false if others are.
func (c *columnView) unmaskedBy(match func(string) (bool, bool)) (columns []string, all bool) {
	for _, t := range c.captured {
		for _, one := range c.columns[t.Name] {
			matched, ok := match(t.Name + "." + one.name)
			switch {
			case !ok, matched && !unmasked[one.dataType]:
				return nil, false
			case matched:
				columns = append(columns, fmt.Sprintf("%s.%s (%s)", t.Name, one.name, one.dataType))
			}
		}
	}
	return columns, true
}
