package database

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// binlogView is what the checks of MySQL and MariaDB see.
type binlogView struct {
	*view
	*binlogFacts
	chosen   *selection     // nil if the lists can't be read here
	captured []*binlogTable // the tables that the lists select
	named    *columnView    // the columns that the configuration names; nil if there are none to check
	ask      func(statement string) (refusal, err error)
	count    func(table string) (refusal, err error) // checks that the table has three columns
	broken   error                                   // the error if the server couldn't be asked
}

// binlogChecks are all checks of MySQL and MariaDB, grouped by subject.
var binlogChecks = slices.Concat(
	binlogServerChecks,
	binlogReplicationChecks,
	binlogGrantChecks,
	binlogTableChecks,
	binlogForeignKeyChecks,
	snapshotChecks("binlog-", both, (*binlogView).snapshot),
	columnChecks("binlog-", both, func(v *binlogView) *columnView { return v.named }),
)

func (r *Reader) checkBinlog(ctx context.Context, s *settings, l login) (Report, error) {
	session := r.session(binlogEngine, s.kind.Name, l)
	read, err := session.read(ctx)
	if err != nil {
		return Report{}, err
	}
	facts, _ := read.(*binlogFacts) // by the engine
	report := Report{}
	v := &binlogView{
		view: &view{settings: s, report: &report}, binlogFacts: facts,
		ask: func(statement string) (error, error) {
			return session.answer(ctx, statement, func(a *asker) error { return a.prepare(statement) })
		},
		count: func(table string) (error, error) {
			statement := "SELECT * FROM " + table + " LIMIT 0"
			return session.answer(ctx, statement, func(a *asker) error { return a.three(statement) })
		},
	}
	v.choose()
	v.named, v.broken = v.readColumns(v.chosen, v.tableNames(), func() (map[string][]column, error) { return session.readColumns(ctx) })
	for _, c := range binlogChecks {
		if slices.Contains(c.Kinds, s.kind.Name) {
			v.running = c.Info
			c.run(v)
		}
	}
	return report, v.broken
}

// prepare has the server prepare a statement without running it.
func (a *asker) prepare(statement string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	prepared, err := a.tx.PrepareContext(ctx, statement)
	if err != nil {
		return err
	}
	return prepared.Close()
}

// three returns errColumns unless the query's result has three columns.
func (a *asker) three(query string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	rows, err := a.tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err == nil && len(columns) != 3 {
		err = errColumns
	}
	return err
}

// choose finds the tables that the connector captures.
func (v *binlogView) choose() {
	if v.chosen = v.selection("database"); v.chosen == nil {
		return
	}
	for _, t := range v.tables {
		if v.chosen.captures(t.database, t.table) {
			v.captured = append(v.captured, t)
			v.report.Tables = append(v.report.Tables, Table{Name: t.name(), PrimaryKey: t.key})
		}
	}
}

// snapshot is what the checks of a snapshot's tables see. MySQL and MariaDB
// find a statement by the table's name alone, too.
func (v *binlogView) snapshot() *snapshotView {
	same := func(a, b string) bool { return a == b }
	if v.variable("lower_case_table_names") != "0" {
		same = strings.EqualFold
	}
	return &snapshotView{view: v.view, chosen: v.chosen, tables: v.tableNames(), means: func(parts []string, table string) bool {
		name := strings.Join(parts, ".")
		return same(name, table) || len(parts) == 1 && strings.HasSuffix(table, "."+name)
	}}
}

// where returns the captured tables that satisfy a condition.
func (v *binlogView) where(is func(*binlogTable) bool) (names, quoted []string) {
	for _, t := range v.captured {
		if is(t) {
			names, quoted = append(names, t.name()), append(quoted, t.quoted())
		}
	}
	return names, quoted
}

// variable returns a global variable, or "" if the server doesn't have it.
func (v *binlogView) variable(name string) string { return v.variables[name] }

// on reports whether a variable is on.
func (v *binlogView) on(name string) bool {
	return slices.Contains([]string{"ON", "1", "YES"}, strings.ToUpper(v.variable(name)))
}

// set returns the remedy for a variable that can be set at run time. MySQL 8
// persists it across restarts; others also need it in their option file.
func (v *binlogView) set(name, value string) string {
	if v.persists() {
		return sql("As an administrator, run this:", fmt.Sprintf("SET PERSIST %s = %s;", name, value))
	}
	return sql(fmt.Sprintf("As an administrator, run this, and add %s = %s to the server's option file, so that it survives a restart:", name, strings.Trim(value, "'")),
		fmt.Sprintf("SET GLOBAL %s = %s;", name, value))
}

func (v *binlogView) persists() bool {
	major, _, _ := strings.Cut(v.version, ".")
	n, err := strconv.Atoi(major)
	return err == nil && n >= 8 && !v.mariadb
}

// optionFile returns the remedy for a variable that is only read at startup.
func (v *binlogView) optionFile(lines ...string) string {
	return sql("Add this to the server's option file:", append([]string{"[mysqld]"}, lines...)...) + "\n" + restart
}

// both are the kinds that nearly every check applies to.
var both = []string{MySQL, MariaDB}
