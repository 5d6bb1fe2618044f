package database

import (
	"slices"
	"strings"
	"testing"
)

// TestSnapshotLists: which entries for a snapshot have no effect.
func TestSnapshotLists(t *testing.T) {
	const list, overrides = "snapshot.include.collection.list", "snapshot.select.statement.overrides"
	for _, c := range []struct {
		name   string
		config map[string]string
		want   []string // summaries, without the property
	}{
		{"none", nil, nil},
		{"all well", map[string]string{list: "PUBLIC.Orders,public.li.*", overrides: `public."orders"`}, nil},
		{"a misspelt table", map[string]string{list: "public.order,public.lines"}, []string{"public.order matches no captured table; did you mean public.orders?"}},
		{"a misspelt table without a snapshot", map[string]string{list: "public.order", overrides: "public.order", "snapshot.mode": "no_data"}, nil},
		{"with the database", map[string]string{list: "db.public.orders"}, []string{"db.public.orders matches no captured table"}},
		{"a table that isn't captured beside others", map[string]string{list: "public.unread,public.orders"}, nil},
		{"a table that isn't captured alone", map[string]string{list: "public.unread"}, []string{"public.unread matches no captured table"}},
		{"the list isn't known", map[string]string{list: "${file:a:b}"}, nil},
		{"another case", map[string]string{overrides: "public.Orders"}, []string{"public.Orders is no table's name; did you mean public.orders?"}},
		{"escaped", map[string]string{overrides: `public\.orders`}, []string{`public\.orders is no table's name; did you mean public.orders?`}},
		{"an expression", map[string]string{overrides: "public.ord.*"}, []string{"public.ord.* is no table's name"}},
		{"a database before it", map[string]string{overrides: "db.public.orders"}, []string{"db.public.orders is no table's name; did you mean public.orders?"}},
		{"no schema", map[string]string{overrides: "orders"}, []string{"orders is no table's name; did you mean public.orders?"}},
		{"a statement for a table that isn't captured", map[string]string{overrides: "public.unread"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := map[string]string{}
			for property, value := range c.config {
				config[property] = value
				if property == overrides {
					config[overrides+"."+value] = "SELECT 1"
				}
			}
			v := &view{settings: newSettings(Request{Kind: Postgres, Config: config}), report: &Report{Tables: []Table{{Name: "public.orders"}, {Name: "public.lines"}}}}
			s := &snapshotView{view: v, chosen: v.selection("schema"), tables: []string{"public.orders", "public.lines", "public.unread"},
				means: func(parts []string, table string) bool { return strings.Join(parts, ".") == table }}
			for _, check := range snapshotChecks("x-", nil, func(*view) *snapshotView { return s }) {
				v.running = check.Info
				check.run(v)
			}
			var got []string
			for _, f := range v.report.Findings {
				got = append(got, strings.TrimPrefix(f.Summary, f.Property+": "))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	v := &view{settings: newSettings(Request{Kind: Postgres, Config: map[string]string{overrides: "public.nowhere"}}), report: &Report{Tables: []Table{{Name: "public.orders"}}}}
	s := &snapshotView{view: v, tables: []string{"public.orders"}, means: func([]string, string) bool { return false }}
	if checkSelectOverrides(s); len(v.report.Findings) > 0 {
		t.Errorf("a statement that isn't there is the configuration's own matter: %+v", v.report.Findings)
	}
}
