package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// snapshotChecks are the checks of the properties that name tables for a
// snapshot. They are the same for all kinds of databases; of returns nil if
// there is nothing to check.
func snapshotChecks[V any](prefix string, kinds []string, of func(V) *snapshotView) []check[V] {
	row := func(name string, info Info, run func(*snapshotView)) check[V] {
		info.Check, info.Kinds, info.Silent, info.Severity = prefix+name, kinds, true, Warning
		return check[V]{info, func(v V) {
			if s := of(v); s != nil && s.snapshots() && s.chosen != nil && len(s.report.Tables) > 0 {
				run(s)
			}
		}}
	}
	return []check[V]{
		row("snapshot-list", Info{
			Property: "snapshot.include.collection.list",
			Title:    "Each entry of the list of tables for the snapshot matches a captured table; the nearest name is proposed.",
			Remedy:   "Write …",
			Source:   "Debezium AbstractSnapshotChangeEventSource: regular expressions on the table's name, in any case (seen with 3.5.0 and 3.6.1)",
			Failure:  "The connector is RUNNING, and the snapshot leaves out the table.",
		}, checkSnapshotList),
		row("select-overrides", Info{
			Property: "snapshot.select.statement.overrides",
			Title:    "Each table in `snapshot.select.statement.overrides` exists, and is written as in the database; the nearest name is proposed.",
			Remedy:   "Write …",
			Source:   "Debezium RelationalDatabaseConnectorConfig: names, not expressions, in the same case (seen with 2.7.4, 3.0.8, 3.5.0 and 3.6.1)",
			Failure:  "The connector is RUNNING, and the snapshot has all rows of the table.",
		}, checkSelectOverrides),
	}
}

// snapshotView is what the checks of a snapshot's tables see.
type snapshotView struct {
	*view
	chosen *selection
	tables []string // all tables that the login sees
	// means reports whether Debezium finds the statement for a table under a
	// name, whose parts are without quotes.
	means func(parts []string, table string) bool
}

// capturedNames returns the names of the captured tables.
func (v *view) capturedNames() []string {
	names := make([]string, 0, len(v.report.Tables))
	for _, t := range v.report.Tables {
		names = append(names, t.Name)
	}
	return names
}

func checkSnapshotList(s *snapshotView) {
	var list filterlist.List
	if !s.parse(s.running.Property, "Tables of the snapshot", &list) {
		return
	}
	captured := s.capturedNames()
	missing := list.Unmatched(captured)
	if len(missing) < list.Len() {
		// Entries for tables that aren't captured do no harm beside others.
		missing = slices.DeleteFunc(missing, func(e *filterlist.Entry) bool {
			return slices.ContainsFunc(s.tables, func(name string) bool { m, ok := e.Match(name); return m || !ok })
		})
	}
	s.missingEntries(s.running.Property, missing, "The snapshot reads no table for %s, and Debezium reports no error.", "captured table",
		func(e *filterlist.Entry) (string, string) { return nearest(e, captured), "" })
}

func checkSelectOverrides(s *snapshotView) {
	property := s.running.Property
	if !s.known(property) {
		return
	}
	captured := s.capturedNames()
	var missing []*filterlist.Entry
	for _, name := range s.list(property) {
		parts := identifiers(name)
		is := func(table string) bool { return s.means(parts, table) }
		statement := property + "." + name
		if s.known(statement) && s.value(statement) == "" || slices.ContainsFunc(captured, is) {
			continue // a missing statement is the configuration's own matter
		}
		// An entry for a table that isn't captured does no harm.
		if slices.ContainsFunc(s.tables, is) {
			continue
		}
		if e := filterlist.Parse(name); e != nil {
			missing = append(missing, e)
		}
	}
	s.missingOverrides(missing, captured)
}

// missingOverrides reports names that are no table's. They are names alone:
// what is proposed isn't escaped as in other lists.
func (s *snapshotView) missingOverrides(missing []*filterlist.Entry, captured []string) {
	for i, e := range missing {
		if i == listed {
			return
		}
		summary := fmt.Sprintf("%s: %s is no table's name", s.running.Property, e.Text())
		remedy := "Correct or remove the entry, or create the table before the connector starts."
		near := nearest(e, captured)
		if near == "" {
			// Of a name with the database before it, or in another case.
			for _, name := range captured {
				if suffix := filterlist.Fold(e.Likely()); strings.HasSuffix("."+suffix, "."+filterlist.Fold(name)) {
					near = name
				}
			}
		}
		if near != "" {
			summary += fmt.Sprintf("; did you mean %s?", near)
			remedy = fmt.Sprintf("Write %s instead, here and in the name of the property with its statement.", near)
		}
		s.add(summary, "Debezium compares names as they are written, in the same case and not as regular expressions. The statement isn't used, and no error reported: the snapshot has all rows of the table that was meant.", remedy)
	}
}
