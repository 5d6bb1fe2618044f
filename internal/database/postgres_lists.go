package database

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

var postgresListChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-table-list", Property: "table.include.list", Severity: Warning,
		Title:   "Each entry of the list of tables in use matches a table; the nearest name is proposed.",
		Remedy:  "Write …",
		Source:  "Debezium RelationalTableFilters: regular expressions on SCHEMA.TABLE, in any case; tables alone, no views",
		Silent:  true,
		Failure: "The connector is RUNNING, and captures nothing for the entry; or, in an exclude list, captures what the entry was to exclude.",
	}, func(v *postgresView) {
		if v.chosen != nil {
			v.missingNames(&v.chosen.tables, v.tableNames(), v.others, "table")
		}
	}},
	{Info{
		Check: "postgres-schema-list", Property: "schema.include.list", Severity: Warning,
		Title:   "Each entry of the list of schemas in use matches a schema; the nearest name is proposed.",
		Remedy:  "Write …",
		Source:  "Debezium RelationalTableFilters",
		Silent:  true,
		Failure: "The connector is RUNNING, and captures nothing for the entry; or, in an exclude list, captures what the entry was to exclude.",
	}, func(v *postgresView) {
		if v.chosen != nil {
			v.missingNames(&v.chosen.containers, v.schemas, nil, "schema")
		}
	}},
	{Info{
		Check: "postgres-no-table", Property: "table.include.list", Severity: Error,
		Title:   "The lists choose at least one table: an error where the connector is to filter its publication, else a warning.",
		Remedy:  "Correct the lists",
		Source:  "Debezium PostgresReplicationConnection.createOrUpdatePublicationModeFiltered",
		Failure: "No table filters found for filtered publication",
	}, checkNoTable},
}

func (v *postgresView) tableNames() []string {
	names := make([]string, 0, len(v.tables))
	for _, t := range v.tables {
		names = append(names, t.name())
	}
	return names
}

// missingNames reports the entries of a list that match no name. others are
// names that don't count, and what they are.
func (v *view) missingNames(e *entries, names []string, others map[string]string, noun string) {
	property, missing := e.unmatched(names)
	effect := "Debezium captures nothing for %s, and reports no error."
	if property == e.exclude {
		effect = "Debezium excludes nothing for %s, and reports no error: what was to be excluded is captured."
	}
	v.missingEntries(property, missing, effect, noun, func(e *filterlist.Entry) (string, string) {
		return nearest(e, names), others[e.Likely()]
	})
}

// missingEntries reports entries that match nothing. What they name may well be
// created later, so this is a warning. explain returns the name that an entry
// most likely means, or what else it names.
func (v *view) missingEntries(property string, missing []*filterlist.Entry, effect, noun string, explain func(*filterlist.Entry) (near, other string)) {
	for i, p := range missing {
		if i == listed { // nobody reads a thousand of these
			v.addAs(Warning, property, fmt.Sprintf("%s: %d more entries match no %s", property, len(missing)-i, noun), fmt.Sprintf(effect, "these entries"),
				"Correct those above first: the rest may have the same mistake.")
			return
		}
		summary, detail := fmt.Sprintf("%s: %s matches no %s", property, p.Text(), noun), fmt.Sprintf(effect, "this entry")
		remedy := fmt.Sprintf("Correct or remove the entry, or create the %s before the connector starts.", noun)
		near, other := explain(p)
		if near != "" {
			summary += fmt.Sprintf("; did you mean %s?", near)
			remedy = fmt.Sprintf("Write %s instead.", escapeName(near))
		} else if other != "" {
			detail = fmt.Sprintf("%s is %s: Debezium captures tables alone.", p.Likely(), other)
			remedy = "Name the tables that it reads from instead."
		}
		v.addAs(Warning, property, summary, detail, remedy)
	}
}

// escapeName returns a regular expression that matches only the name.
func escapeName(name string) string {
	return strings.NewReplacer(`\`, `\\`, "$", `\$`, "(", `\(`, ")", `\)`, "[", `\[`, "+", `\+`, "*", `\*`, "?", `\?`, "|", `\|`, "^", `\^`, "{", `\{`).Replace(name)
}

func checkNoTable(v *postgresView) {
	if v.chosen == nil || len(v.captured) > 0 {
		return
	}
	property := v.listInUse()
	if v.filters() {
		v.addAs(v.running.Severity, property, fmt.Sprintf("The connector captures no table of database %q", v.role.database),
			"With publication.autocreate.mode = filtered the connector adds its tables to the publication, and fails if there are none.",
			"Correct the lists, or create the tables first.")
		return
	}
	effect := "It runs, but sends nothing until such a table is created."
	if !v.known("publication.autocreate.mode") {
		effect = "With publication.autocreate.mode = filtered it fails; otherwise it runs, but sends nothing until such a table is created."
	}
	v.addAs(Warning, property, fmt.Sprintf("The connector captures no table of database %q", v.role.database), effect, "Correct the lists, or create the tables first.")
}

// noList is used in place of the lists if there are none.
const noList = "database.hostname"

// listInUse returns the list responsible for what is captured.
func (v *view) listInUse() string {
	for _, property := range []string{
		"table.include.list", "table.exclude.list", "schema.include.list", "schema.exclude.list", "database.include.list", "database.exclude.list",
	} {
		if v.written(property) != "" {
			return property
		}
	}
	return noList
}
