package database

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// binlogView is what the checks of MySQL and MariaDB look at.
type binlogView struct {
	*view
	*binlogFacts
	chosen   *selection     // nil where the lists can't be read here
	captured []*binlogTable // those that the lists choose
	ask      func(statement string) (refusal, err error)
	count    func(table string) (refusal, err error) // its columns
	broken   error                                   // that of a question which couldn't be put
}

// binlogChecks are all checks of MySQL and MariaDB, by what they look at.
var binlogChecks = slices.Concat(
	binlogServerChecks,
	binlogReplicationChecks,
	binlogGrantChecks,
	binlogTableChecks,
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
	for _, c := range binlogChecks {
		if slices.Contains(c.Kinds, s.kind.Name) {
			v.running = c.Info
			c.run(v)
		}
	}
	return report, v.broken
}

// prepare has a statement looked at, and not carried out.
func (a *asker) prepare(statement string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	prepared, err := a.tx.PrepareContext(ctx, statement)
	if err != nil {
		return err
	}
	return prepared.Close()
}

// three is errColumns unless a query answers with three columns.
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

// where are the captured tables for which something is so.
func (v *binlogView) where(is func(*binlogTable) bool) (names, quoted []string) {
	for _, t := range v.captured {
		if is(t) {
			names, quoted = append(names, t.name()), append(quoted, t.quoted())
		}
	}
	return names, quoted
}

// variable is a global variable; empty where the server has none of that name.
func (v *binlogView) variable(name string) string { return v.variables[name] }

// on reports whether a variable is on.
func (v *binlogView) on(name string) bool {
	return slices.Contains([]string{"ON", "1", "YES"}, strings.ToUpper(v.variable(name)))
}

// set is the remedy of a variable that a running server takes. MySQL 8 keeps
// it over a restart, others need it in their option file as well.
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

// optionFile is the remedy of a variable that a server reads at its start alone.
func (v *binlogView) optionFile(lines ...string) string {
	return sql("Add this to the server's option file:", append([]string{"[mysqld]"}, lines...)...) + "\n" + restart
}

// both are the kinds that nearly every check is for.
var both = []string{MySQL, MariaDB}
