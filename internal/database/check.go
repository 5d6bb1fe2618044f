package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// check is one row of a table of checks. V is what the checks of a kind of
// database look at.
type check[V any] struct {
	Info
	run func(V)
}

// Info describes a check, for the documentation.
type Info struct {
	Check    string
	Kinds    []string // the kinds of connectors that it is made for
	Property string   // where its findings stand
	Severity Severity // the worst that it finds
	Title    string   // what the database must be like, in Markdown
	Source   string   // where the fact comes from
	// Remedy is what puts it right, in Markdown: words of every remedy that the
	// check prints, or of the one that most get, "…" standing for anything.
	Remedy string
	// Failure is how it looks when nobody checks: words of the task's trace as
	// the worker gives it, "…" standing for anything, or what is seen instead,
	// in a sentence.
	Failure string
	// Silent is true where Failure is a sentence: the task doesn't fail.
	Silent bool
}

// List is every check there is, in the order of the documentation.
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

// view is what every check sees: the configuration, and what was found.
type view struct {
	*settings
	running Info
	report  *Report
}

// add is a finding of the check's own severity, at its own property.
func (v *view) add(summary, detail, remedy string) {
	v.addAs(v.running.Severity, v.running.Property, summary, detail, remedy)
}

func (v *view) addAs(severity Severity, property, summary, detail, remedy string) {
	v.report.Findings = append(v.report.Findings, Finding{
		Check: v.running.Check, Severity: severity, Property: property, Summary: summary, Detail: detail, Remedy: remedy,
	})
}

// note says what couldn't be checked, once.
func (v *view) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(v.report.Notes, text) {
		v.report.Notes = append(v.report.Notes, text)
	}
}

// sql is a remedy: what to do in words, and the statements that do it.
func sql(words string, statements ...string) string {
	return words + "\n    " + strings.Join(statements, "\n    ")
}

// listed is how many names a sentence or a remedy lists.
const listed = 20

// enumerate writes names as a sentence does.
func enumerate(names []string) string {
	if more := len(names) - listed; more > 0 {
		return strings.Join(names[:listed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// count is "1 table", "2 tables".
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

// nearest is the name that an entry of a list most likely means, or "".
func nearest(entry *pattern, names []string) string {
	likely := entry.likely()
	if name := catalog.Nearest(likely, names); name != "" {
		return name
	}
	// A name without its schema or database.
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

// eachOf writes one statement for each name.
func eachOf(names []string, statement string) []string {
	statements := make([]string, 0, len(names))
	for _, name := range names {
		statements = append(statements, fmt.Sprintf(statement, name))
	}
	return statements
}
