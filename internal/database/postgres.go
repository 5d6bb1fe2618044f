package database

import (
	"context"
	"slices"
	"strings"
)

// postgresView is what the checks of PostgreSQL see.
type postgresView struct {
	*view
	*postgresFacts
	chosen   *selection       // nil if the lists can't be read here
	captured []*postgresTable // the tables that the lists select
	named    *columnView      // the columns that the configuration names; nil if there are none to check
	slots    int              // how many slots the connectors of this run will add
	ask      func(statement string) (refusal, err error)
	broken   error // the error if the server couldn't be asked
}

// postgresChecks are all checks of PostgreSQL, grouped by subject.
var postgresChecks = slices.Concat(
	postgresServerChecks,
	postgresSlotChecks,
	postgresRoleChecks,
	postgresPublicationChecks,
	postgresListChecks,
	postgresTableChecks,
	postgresRowChecks,
	postgresPublishedChecks,
	postgresTypeChecks,
	snapshotChecks("postgres-", nil, (*postgresView).snapshot),
	columnChecks("postgres-", nil, func(v *postgresView) *columnView { return v.named }),
	postgresStatementChecks,
)

func (r *Reader) checkPostgres(ctx context.Context, s *settings, l login) (Report, error) {
	session := r.session(postgresEngine, Postgres, l)
	read, err := session.read(ctx)
	if err != nil {
		return Report{}, err
	}
	facts, _ := read.(*postgresFacts) // by the engine
	report := Report{}
	v := &postgresView{
		view: &view{settings: s, report: &report}, postgresFacts: facts,
		ask: func(statement string) (error, error) {
			return session.answer(ctx, statement, func(a *asker) error { return a.do("EXPLAIN " + statement) })
		},
	}
	if v.needsSlot() {
		v.slots = session.server.want(v.value("slot.name"))
	}
	v.choose()
	v.named, v.broken = v.readColumns(v.chosen, v.tableNames(), func() (map[string][]column, error) { return session.readColumns(ctx) })
	for _, c := range postgresChecks {
		v.running = c.Info
		c.run(v)
	}
	return report, v.broken
}

// choose finds the tables that the connector captures.
func (v *postgresView) choose() {
	if v.chosen = v.selection("schema"); v.chosen == nil {
		return
	}
	for _, t := range v.tables {
		if v.chosen.captures(t.schema, t.table) {
			v.captured = append(v.captured, t)
			v.report.Tables = append(v.report.Tables, Table{Name: t.name(), PrimaryKey: t.key})
		}
	}
}

// snapshot is what the checks of a snapshot's tables see.
func (v *postgresView) snapshot() *snapshotView {
	return &snapshotView{view: v.view, chosen: v.chosen, tables: v.tableNames(), means: func(parts []string, table string) bool {
		return strings.Join(parts, ".") == table
	}}
}

// slot returns the connector's replication slot, or nil if there is none.
func (v *postgresView) slot() *postgresSlot {
	for i, s := range v.allSlots {
		if s.name == v.value("slot.name") {
			return &v.allSlots[i]
		}
	}
	return nil
}

// needsSlot reports whether the connector will create its slot at startup.
func (v *postgresView) needsSlot() bool {
	return v.streams() && v.value("slot.name") != "" && v.slot() == nil
}

// publishes reports whether the connector reads through a publication.
func (v *postgresView) publishes() bool {
	return v.streams() && v.option("plugin.name") == "pgoutput" && v.value("publication.name") != ""
}

// mayOwn reports whether the role has the owner's rights on a table.
func (v *postgresView) mayOwn(t *postgresTable) bool { return v.role.super || t.owned }

// where returns the captured tables that satisfy a condition, by name and by
// name quoted for SQL.
func (v *postgresView) where(is func(*postgresTable) bool) (names, quoted []string) {
	for _, t := range v.captured {
		if is(t) {
			names, quoted = append(names, t.name()), append(quoted, t.quoted())
		}
	}
	return names, quoted
}
