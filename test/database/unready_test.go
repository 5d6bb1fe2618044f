package database_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// unready is one way in which a database isn't ready.
type unready struct {
	check    string
	only     string // the kind, where it is for one of several
	name     string // where a check has several cases
	wrong    []string
	config   map[string]string
	severity database.Severity
	property string
	summary  string            // words in it
	words    string            // of the trace, where they aren't the check's own
	before   []string          // SQL between the check and the connector's start
	also     []string          // other checks that find something, too
	stays    []string          // those of them that still do after the remedy
	runs     bool              // the task doesn't fail, though other cases of the check do
	fix      map[string]string // where the remedy is in the configuration
	then     []string          // where the remedy is words alone
}

// mark stands in the cases for the site's name; it isn't the end of RENAME.
var mark = regexp.MustCompile(`\bNAME`)

func fill(name string, texts []string) []string {
	filled := make([]string, len(texts))
	for i, text := range texts {
		filled[i] = mark.ReplaceAllString(text, name)
	}
	return filled
}

func fillMap(name string, values map[string]string) map[string]string {
	filled := map[string]string{}
	for key, value := range values {
		filled[mark.ReplaceAllString(key, name)] = mark.ReplaceAllString(value, name)
	}
	return filled
}

// run drives a case: found, seen to fail, put right as printed, seen to run.
func (c unready) run(t *testing.T, s *site) {
	s.admin.Exec(fill(s.name, c.wrong)...)
	maps.Copy(s.config, fillMap(s.name, c.config))
	found := s.finds(c.check, c.also...)
	if found.Severity != c.severity || found.Property != c.property || !strings.Contains(found.Summary, mark.ReplaceAllString(c.summary, s.name)) {
		t.Errorf("want %s at %s with %q, got %+v", c.severity, c.property, c.summary, found)
	}
	if c.name == "" {
		s.remedied(found)
	}
	if info := infoOf(t, c.check); !info.Silent && !c.runs {
		s.admin.Exec(fill(s.name, c.before)...)
		words := info.Failure
		if c.words != "" {
			words = c.words
		}
		s.fails(words)
	}
	switch {
	case c.then != nil:
		s.admin.Exec(fill(s.name, c.then)...)
	case c.fix != nil:
		maps.Copy(s.config, fillMap(s.name, c.fix))
	default:
		s.admin.Exec(statements(found.Remedy)...)
	}
	for _, f := range s.check().Findings {
		if slices.Contains(c.stays, f.Check) {
			continue
		}
		t.Errorf("after the remedy it still says: %+v", f)
	}
	s.capturesT()
}

// capturesT waits until a connector has captured the site's table: a row that is
// there already, and one that comes later.
func (s *site) capturesT() {
	s.t.Helper()
	table, schema := "t", "public"
	if s.kind != database.Postgres {
		table, schema = s.name+".t", s.name
	}
	row := fmt.Sprintf("row of run %d;", s.started)
	s.captures(schema+".t", fmt.Sprintf(`INSERT INTO %s VALUES (%d, '%s')`, table, 50+s.started, row), row)
}
