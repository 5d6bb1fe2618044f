package database

import (
	"fmt"
	"strings"
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
			v.missingEntries(&v.chosen.tables, v.tableNames(), v.others, "table")
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
			v.missingEntries(&v.chosen.containers, v.schemas, nil, "schema")
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

// missingEntries tells which entries of a list match no name. A table may well
// come later, so this is a warning.
func (v *view) missingEntries(e *entries, names []string, others map[string]string, noun string) {
	property, missing := e.unmatched(names)
	for _, p := range missing {
		summary := fmt.Sprintf("%s: %s matches no %s", property, p.text, noun)
		detail := "Debezium captures nothing for this entry, and reports no error."
		if property == e.exclude {
			detail = "Debezium excludes nothing for this entry, and reports no error: what it was to exclude is captured."
		}
		remedy := fmt.Sprintf("Correct or remove the entry, or create the %s before the connector starts.", noun)
		if near := nearest(p, names); near != "" {
			summary += fmt.Sprintf("; did you mean %s?", near)
			remedy = fmt.Sprintf("Write %s instead.", escapeName(near))
		} else if kind := others[p.likely()]; kind != "" {
			detail = fmt.Sprintf("%s is %s: Debezium captures tables alone.", p.likely(), kind)
			remedy = "Name the tables that it reads from instead."
		}
		v.addAs(v.running.Severity, property, summary, detail, remedy)
	}
}

// escapeName is a name as a regular expression that means it alone.
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
	v.addAs(Warning, property, fmt.Sprintf("The connector captures no table of database %q", v.role.database),
		"It runs, but sends nothing until such a table is created.", "Correct the lists, or create the tables first.")
}

// noList stands for the lists where there is none.
const noList = "database.hostname"

// listInUse is the list to blame for what is captured.
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
