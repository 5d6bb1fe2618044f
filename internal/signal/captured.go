package signal

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// plainName matches a name that isn't a regular expression, except that a dot
// may stand for any character.
var plainName = regexp.MustCompile(`^[\w\pL$#.-]+$`)

// IsPlainName reports whether a text that may be a regular expression of tables
// is the name of one.
func IsPlainName(text string) bool { return plainName.MatchString(text) }

// captured lists the properties that select what a connector captures.
var captured = []string{"table.include.list", "collection.include.list"}

// notCaptured finds a table that the connector doesn't capture: Debezium skips
// such a table, and says so only in the worker's log. If regular expressions
// are involved, the decision is left to Debezium.
func (c *Channel) notCaptured(tables []string) *Problem {
	for _, property := range captured {
		listed := names(c.config[property])
		for _, table := range tables {
			if len(listed) == 0 || !IsPlainName(table) || isListed(table, listed) {
				continue
			}
			return &Problem{"The connector doesn't capture " + table, fmt.Sprintf(
				"Its %s has no entry for %s, so Debezium would skip the table. Add the table to the list, apply, and then request the snapshot. "+
					"Use the name as in that list, prefixed with the database where the connector has both databases and schemas.", property, table)}
		}
	}
	return nil
}

// names returns the entries of a list, or none if any is more than a name.
func names(list string) []string {
	entries := catalog.SplitList(list)
	for i, entry := range entries {
		entries[i] = strings.ReplaceAll(entry, `\.`, ".")
		if !IsPlainName(entries[i]) {
			return nil
		}
	}
	return entries
}

// isListed matches lists' SCHEMA.TABLE to signals' DATABASE.SCHEMA.TABLE.
func isListed(table string, listed []string) bool {
	table = "." + strings.ToLower(table)
	for _, entry := range listed {
		if strings.HasSuffix(table, "."+strings.ToLower(entry)) {
			return true
		}
	}
	return false
}
