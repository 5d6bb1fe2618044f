package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// check is one row in a table of checks. V is what the checks of one kind of
// database see.
type check[V any] struct {
	Info
	run func(V)
}

// Info describes a check, for the documentation.
type Info struct {
	Check    string
	Kinds    []string // the kinds of connectors that it applies to
	Property string   // the property that its findings are reported at
	Severity Severity // the worst that it reports
	Title    string   // what the database must satisfy, in Markdown
	Source   string   // where the fact comes from
	// Remedy is how to fix it, in Markdown: words of every remedy that the
	// check prints, or of the most common one; "…" matches anything.
	Remedy string
	// Failure is what happens without the check: words of the task's trace as
	// the worker reports it, where "…" matches anything, or a sentence
	// describing what is observed instead.
	Failure string
	// Silent is true if Failure is a sentence: the task doesn't fail.
	Silent bool
}

// List returns all checks, in the documentation's order.
func List() []Info {
	var infos []Info
	for _, c := range postgresChecks {
		infos = append(infos, c.Info)
	}
	for _, c := range binlogChecks {
		infos = append(infos, c.Info)
	}
	return infos
}

// view is what every check sees: the configuration, and the findings so far.
type view struct {
	*settings
	running Info
	report  *Report
	filter  *entries // see columnLists
}

// add adds a finding with the check's own severity and property.
func (v *view) add(summary, detail, remedy string) {
	v.addAs(v.running.Severity, v.running.Property, summary, detail, remedy)
}

func (v *view) addAs(severity Severity, property, summary, detail, remedy string) {
	v.report.Findings = append(v.report.Findings, Finding{
		Check: v.running.Check, Severity: severity, Property: property, Summary: summary, Detail: detail, Remedy: remedy,
	})
}

// addUnlessKept adds a finding that is a warning if the connector already runs
// like this: its records are what they are.
func (v *view) addUnlessKept(property, summary, detail, remedy string) {
	severity := v.running.Severity
	if v.keeps(property) {
		severity = Warning
	}
	v.addAs(severity, property, summary, detail, remedy)
}

// note records what couldn't be checked, once.
func (v *view) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(v.report.Notes, text) {
		v.report.Notes = append(v.report.Notes, text)
	}
}

// sql formats a remedy: what to do in words, and the statements that do it.
func sql(words string, statements ...string) string {
	return words + "\n    " + strings.Join(statements, "\n    ")
}

// listed is the maximum number of names in a sentence or remedy.
const listed = 20

// enumerate joins names for use in a sentence.
func enumerate(names []string) string {
	if more := len(names) - listed; more > 0 {
		return strings.Join(names[:listed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// count returns "1 table", "2 tables".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// verb is the verb of a count: "1 table has", "2 tables have".
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// nearest returns the name that a list entry most likely means, or "".
func nearest(entry *filterlist.Entry, names []string) string {
	likely := entry.Likely()
	if name := catalog.Nearest(likely, names); name != "" {
		return name
	}
	// The entry may lack its schema or database.
	if strings.Contains(likely, ".") {
		return ""
	}
	for _, name := range names {
		if _, table, _ := strings.Cut(name, "."); strings.EqualFold(table, likely) {
			return name
		}
	}
	return ""
}

// eachOf formats one statement per name.
func eachOf(names []string, statement string) []string {
	statements := make([]string, 0, len(names))
	for _, name := range names {
		statements = append(statements, fmt.Sprintf(statement, name))
	}
	return statements
}
