package database

import (
	"fmt"
	"slices"
)

// postgresPublishedChecks are about columns that a snapshot has and changes
// don't.
var postgresPublishedChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-publication-columns", Property: "publication.name", Severity: Error,
		Title:   "The publication publishes each column of a captured table that the lists of columns leave, where the connector takes a snapshot.",
		Remedy:  "Leave the columns out of the snapshot as well",
		Source:  "PostgreSQL, CREATE PUBLICATION, lists of columns; seen with Debezium 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the columns that the publication leaves out, and changes don't.",
	}, checkPublicationColumns},
	{Info{
		Check: "postgres-generated-columns", Property: "column.exclude.list", Severity: Warning,
		Title:   "The lists of columns leave out the generated columns of captured tables (`GENERATED ALWAYS AS … STORED`), where the connector takes a snapshot. PostgreSQL before 18 doesn't publish them.",
		Remedy:  "Leave the columns out of the snapshot as well",
		Source:  "PostgreSQL, Generated columns; seen with Debezium 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the generated columns, and changes don't.",
	}, checkGeneratedColumns},
}

// snapshotAlone returns those of some columns that only the snapshot has. The
// columns of a table that is read with a statement of the configuration's are
// those of the statement.
func (v *postgresView) snapshotAlone(of func(*postgresTable) []string) []string {
	lists := v.columnLists()
	if lists == nil {
		return nil
	}
	read := v.inSnapshot()
	var alone []string
	for _, t := range v.captured {
		if columns := of(t); len(columns) > 0 && read(t) {
			alone = append(alone, slices.DeleteFunc(fullNames(t.name(), columns), func(name string) bool { return !lists.take(name) })...)
		}
	}
	return alone
}

// leaveOut is the remedy for columns that only the snapshot has.
func (v *postgresView) leaveOut() string {
	if v.written("column.include.list") != "" {
		return "Leave the columns out of the snapshot as well: list only the others in column.include.list"
	}
	return "Leave the columns out of the snapshot as well: add them to column.exclude.list"
}

func checkPublicationColumns(v *postgresView) {
	p := v.asItIs()
	if p == nil {
		return
	}
	lacking := v.snapshotAlone(func(t *postgresTable) []string {
		if !p.itself(t) {
			return nil
		}
		return p.lacks[t.id]
	})
	if len(lacking) == 0 {
		return
	}
	v.addUnlessKept(v.running.Property, fmt.Sprintf("Publication %q doesn't publish %s", p.name, enumerate(lacking)),
		"The publication lists columns, which applies to changes alone. The snapshot publishes the other columns, too, and events of changes don't have them.",
		v.leaveOut()+"; or, as the owner of the publication, add them to its list.")
}

func checkGeneratedColumns(v *postgresView) {
	if !v.publishes() {
		return
	}
	generated := v.snapshotAlone(func(t *postgresTable) []string { return t.generated })
	if len(generated) == 0 {
		return
	}
	property := v.running.Property
	if v.written("column.include.list") != "" {
		property = "column.include.list"
	}
	v.addAs(v.running.Severity, property, "Only the snapshot has the generated columns "+enumerate(generated),
		"PostgreSQL doesn't publish generated columns before version 18: events of changes don't have them.", v.leaveOut()+", and compute them where the events are read.")
}
