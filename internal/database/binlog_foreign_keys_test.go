package database

import (
	"strings"
	"testing"
)

// TestForeignKeys: whose actions have no event.
func TestForeignKeys(t *testing.T) {
	keys := []foreignKey{{"d.lines", "a", "CASCADE", "orders"}, {"d.notes", "b", "SET NULL", "orders"}, {"d.other", "c", "CASCADE", "orders"}}
	for _, c := range []struct {
		name    string
		version string
		config  map[string]string
		want    int // tables in the finding
	}{
		{"two", "8.0.40", nil, 2},
		{"MariaDB", "11.4.5-MariaDB", nil, 2},
		{"logged by the server", "9.6.0", nil, 0},
		{"before that", "9.5.0", nil, 2},
		{"deletes skipped", "8.0.40", map[string]string{"skipped.operations": "d,t"}, 1},
		{"both skipped", "8.0.40", map[string]string{"skipped.operations": "u,d"}, 0},
		{"operations that aren't known", "8.0.40", map[string]string{"skipped.operations": "${file:a:b}"}, 0},
		{"no changes", "8.0.40", map[string]string{"snapshot.mode": "initial_only"}, 0},
	} {
		config := map[string]string{"table.include.list": "d.(lines|notes)"}
		for property, value := range c.config {
			config[property] = value
		}
		f := &binlogFacts{version: c.version, mariadb: strings.Contains(c.version, "MariaDB"), foreignKeys: keys,
			tables: []*binlogTable{{database: "d", table: "lines"}, {database: "d", table: "notes"}, {database: "d", table: "other"}}}
		v := &binlogView{view: &view{settings: newSettings(Request{Kind: MySQL, Config: config}), report: &Report{}}, binlogFacts: f}
		v.choose()
		v.running = binlogForeignKeyChecks[0].Info
		checkForeignKeys(v)
		got := 0
		for _, finding := range v.report.Findings {
			got += strings.Count(finding.Summary, "ON DELETE")
		}
		if got != c.want {
			t.Errorf("%s: %d foreign keys, want %d: %+v", c.name, got, c.want, v.report.Findings)
		}
	}
}
