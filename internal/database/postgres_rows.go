package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// postgresRowChecks are about rows that a snapshot has and changes don't, or
// the other way round.
var postgresRowChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-row-security", Property: "database.user", Severity: Warning,
		Title:   "Row-level security shows the role all rows of each captured table, where the connector takes a snapshot.",
		Remedy:  "`ALTER ROLE … BYPASSRLS;`",
		Source:  "PostgreSQL, Row security policies; seen with Debezium 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot lacks the rows that the policies hide, and changes of them come.",
	}, checkRowSecurity},
	{Info{
		Check: "postgres-publication-rows", Property: "publication.name", Severity: Warning,
		Title:   "The publication has no row filter for a captured table, where the connector takes a snapshot without one of its own (`snapshot.select.statement.overrides`).",
		Remedy:  "Add the tables to `snapshot.select.statement.overrides` … `SELECT * FROM … WHERE …;`",
		Source:  "PostgreSQL, CREATE PUBLICATION, WHERE; seen with Debezium 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has all rows, and changes of those that the filter leaves out never come.",
	}, checkPublicationRows},
	{Info{
		Check: "postgres-child-tables", Property: "table.include.list", Severity: Warning,
		Title:   "The tables that inherit from a captured table are captured as well, where the connector takes a snapshot of their rows with its own.",
		Remedy:  "Capture the child tables as well … `SELECT * FROM ONLY …;`",
		Source:  "PostgreSQL, Inheritance; seen with Debezium 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the rows of the child tables under the parent's name, and no change of them ever comes.",
	}, checkChildTables},
}

// inSnapshot reports whether a snapshot certainly reads a table, with a
// statement of Debezium's own. Nobody reads the events of a signal table.
func (v *postgresView) inSnapshot() func(*postgresTable) bool {
	if !v.snapshots() || v.chosen == nil {
		return func(*postgresTable) bool { return false }
	}
	read := v.snapshotted()
	return func(t *postgresTable) bool {
		return read(t) && !v.overrides(t.name()) && !v.chosen.signal(t.name())
	}
}

// overrides reports whether the configuration has a statement for the snapshot
// of a table, or may have one.
func (v *view) overrides(table string) bool {
	const property = "snapshot.select.statement.overrides"
	return !v.known(property) || slices.ContainsFunc(v.list(property), func(name string) bool {
		return filterlist.Fold(strings.Join(identifiers(name), ".")) == filterlist.Fold(table)
	})
}

func checkRowSecurity(v *postgresView) {
	read := v.inSnapshot()
	names, _ := v.where(func(t *postgresTable) bool { return t.limited && read(t) })
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("Row-level security limits which rows of %s role %q reads", enumerate(names), v.role.name),
		"A snapshot has only the rows that the tables' policies show to the role. Changes are those of all rows: they come from the WAL, where policies don't count.",
		sql("As a superuser, run this; or, as the owner of the tables, add a policy FOR SELECT for the role USING (true):",
			fmt.Sprintf("ALTER ROLE %s BYPASSRLS;", v.asRole())))
}

// keepsTables is the first version that is known to leave a publication as it
// is if its tables are those that the connector would set
// (publication.autocreate.mode = filtered): 2.7.4 sets them without the filters
// and the lists of columns that they had, 3.6.1 doesn't.
var keepsTables = catalog.Version{Major: 3, Minor: 6}

// asItIs returns the publication if the connector reads from it as it is now,
// or nil.
func (v *postgresView) asItIs() *postgresPublication {
	if !v.publishes() || v.resets() || v.filters() && v.view.version.Less(keepsTables) {
		return nil
	}
	return v.publication()
}

// itself reports whether what a publication says of a table counts for its
// changes. It doesn't where the publication has the whole schema, or where
// changes carry the name of a partitioned table.
func (p *postgresPublication) itself(t *postgresTable) bool {
	return !p.schemas[t.schema] && (t.parent == 0 || !p.viaRoot)
}

func checkPublicationRows(v *postgresView) {
	p := v.asItIs()
	if p == nil {
		return
	}
	read := v.inSnapshot()
	var statements []string
	names, _ := v.where(func(t *postgresTable) bool {
		filter := p.filters[t.id]
		if filter == "" || !p.itself(t) || !read(t) {
			return false
		}
		statements = append(statements, fmt.Sprintf("SELECT * FROM %s WHERE %s;", t.quoted(), filter))
		return true
	})
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("Publication %q publishes only some rows of %s", p.name, enumerate(names)),
		"The publication has a row filter, which applies to changes alone. The snapshot has all rows, and no change ever comes of those that the filter leaves out.",
		sql("Add the tables to snapshot.select.statement.overrides, each with its statement in snapshot.select.statement.overrides.SCHEMA.TABLE; "+
			"or, as the owner of the publication, remove the filter:", statements...))
}

// heirs returns the tables that inherit from a table, at any depth. Partitions
// aren't among them.
func (f *postgresFacts) heirs(t *postgresTable) []*postgresTable {
	var heirs []*postgresTable
	for next := []*postgresTable{t}; len(next) > 0; next = next[1:] {
		for _, id := range f.children[next[0].id] {
			if child := f.byID[id]; child != nil && !slices.Contains(heirs, child) {
				heirs, next = append(heirs, child), append(next, child)
			}
		}
	}
	return heirs
}

func checkChildTables(v *postgresView) {
	if !v.streams() {
		return
	}
	read := v.inSnapshot()
	var lacking []string
	names, quoted := v.where(func(t *postgresTable) bool {
		found := false
		for _, child := range v.heirs(t) {
			if !read(t) || v.chosen.captures(child.schema, child.table) {
				continue
			}
			found = true
			if !slices.Contains(lacking, child.name()) {
				lacking = append(lacking, child.name())
			}
		}
		return found
	})
	if len(names) == 0 {
		return
	}
	v.addAs(v.running.Severity, v.listInUse(), fmt.Sprintf("Tables that inherit from %s aren't captured: %s", enumerate(names), enumerate(lacking)),
		"A snapshot of a table has the rows of its child tables, too, under the name of the parent. Their changes carry the name of the child, and are discarded.",
		sql("Capture the child tables as well; or leave their rows out of the snapshot: add the parents to snapshot.select.statement.overrides, "+
			"each with its statement in snapshot.select.statement.overrides.SCHEMA.TABLE:", eachOf(quoted, "SELECT * FROM ONLY %s;")...))
}
