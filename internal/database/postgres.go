package database

import (
	"context"
	"slices"
)

// postgresView is what the checks of PostgreSQL look at.
type postgresView struct {
	*view
	*postgresFacts
	chosen   *selection       // nil where the lists can't be read here
	captured []*postgresTable // those that the lists choose
	slots    int              // how many slots the connectors of this run will add
	ask      func(statement string) (refusal, err error)
	broken   error // that of a question which couldn't be put
}

// postgresChecks are all checks of PostgreSQL, by what they look at.
var postgresChecks = slices.Concat(
	postgresServerChecks,
	postgresSlotChecks,
	postgresRoleChecks,
	postgresPublicationChecks,
	postgresListChecks,
	postgresTableChecks,
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

// slot is the connector's replication slot, where it is there.
func (v *postgresView) slot() *postgresSlot {
	for i, s := range v.allSlots {
		if s.name == v.value("slot.name") {
			return &v.allSlots[i]
		}
	}
	return nil
}

// needsSlot reports whether the connector's start will create its slot.
func (v *postgresView) needsSlot() bool {
	return v.streams() && v.value("slot.name") != "" && v.slot() == nil
}

// publishes reports whether the connector reads through a publication.
func (v *postgresView) publishes() bool {
	return v.streams() && v.option("plugin.name") == "pgoutput" && v.value("publication.name") != ""
}

// mayOwn reports whether the role may do what an owner may.
func (v *postgresView) mayOwn(t *postgresTable) bool { return v.role.super || t.owned }

// where are the captured tables for which something is so, as lists of their
// names and of their names in SQL.
func (v *postgresView) where(is func(*postgresTable) bool) (names, quoted []string) {
	for _, t := range v.captured {
		if is(t) {
			names, quoted = append(names, t.name()), append(quoted, t.quoted())
		}
	}
	return names, quoted
}
