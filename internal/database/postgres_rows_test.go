package database

import (
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestPostgresRows: what the checks of rows and columns find, and where they
// keep quiet.
func TestPostgresRows(t *testing.T) {
	const overrides = "snapshot.select.statement.overrides"
	old := catalog.Version{Major: 2, Minor: 7, Patch: 4}
	all := []string{"postgres-row-security", "postgres-publication-rows", "postgres-child-tables", "postgres-publication-columns", "postgres-generated-columns"}
	for _, c := range []struct {
		name    string
		config  map[string]string
		version catalog.Version
		change  func(*postgresFacts)
		want    []string
	}{
		{name: "everything", want: all},
		{name: "no snapshot", config: map[string]string{"snapshot.mode": "no_data"}},
		{name: "a mode that nobody knows", config: map[string]string{"snapshot.mode": "custom"}},
		{name: "no changes", config: map[string]string{"snapshot.mode": "initial_only"}, want: all[:1]},
		{name: "another plugin", config: map[string]string{"plugin.name": "decoderbufs"}, want: []string{all[0], all[2]}},
		{name: "no snapshot of the table", config: map[string]string{"snapshot.include.collection.list": "public.u"}},
		{name: "a statement of its own", config: map[string]string{overrides: "public.t"}},
		{name: "statements that aren't known", config: map[string]string{overrides: "${file:x:y}"}},
		{name: "the child is captured", config: map[string]string{"table.include.list": "public.t,public.child"}, want: slices.Concat(all[:2], all[3:])},
		{name: "columns left out", config: map[string]string{"column.exclude.list": "public.t.(w|g)"}, want: all[:3]},
		{name: "columns not listed", config: map[string]string{"column.include.list": "public.t.(id|g)"}, want: slices.Concat(all[:3], all[4:])},
		{name: "columns that can't be read here", config: map[string]string{"column.exclude.list": "${file:x:y}"}, want: all[:3]},
		{name: "the signal table", config: map[string]string{"signal.data.collection": "public.t"}},
		{name: "a publication that is set anew", config: map[string]string{"publication.autocreate.mode": "filtered", "table.include.list": "public.t,public.u"},
			want: []string{all[0], all[2], all[4]}},
		{name: "a publication that stays", config: map[string]string{"publication.autocreate.mode": "filtered"}, want: all},
		{name: "a publication that an older version sets", config: map[string]string{"publication.autocreate.mode": "filtered"}, version: old,
			want: []string{all[0], all[2], all[4]}},
		{name: "the whole schema is published", change: func(f *postgresFacts) { f.publications["p"].schemas["public"] = true }, want: []string{all[0], all[2], all[4]}},
		{name: "a partition under its parent's name", change: func(f *postgresFacts) { f.publications["p"].viaRoot, f.tables[0].parent = true, 9 },
			want: []string{all[0], all[2], all[4]}},
		{name: "nothing special", change: func(f *postgresFacts) {
			f.children, f.tables[0].limited, f.tables[0].generated = nil, false, nil
			f.publications["p"].filters, f.publications["p"].lacks = nil, nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := func(id int64, name string) *postgresTable {
				return &postgresTable{id: id, schema: "public", table: name, logged: true}
			}
			f := &postgresFacts{version: 170000, tables: []*postgresTable{table(1, "t"), table(2, "child"), table(3, "u")}, byID: map[int64]*postgresTable{},
				children: map[int64][]int64{1: {2}}, publications: map[string]*postgresPublication{"p": {
					name: "p", tables: map[int64]bool{1: true}, schemas: map[string]bool{}, filters: map[int64]string{1: "(id > 0)"}, lacks: map[int64][]string{1: {"w"}},
				}}}
			f.tables[0].limited, f.tables[0].generated = true, []string{"g"}
			for _, t := range f.tables {
				f.byID[t.id] = t
			}
			if c.change != nil {
				c.change(f)
			}
			config := map[string]string{"plugin.name": "pgoutput", "publication.name": "p", "publication.autocreate.mode": "disabled", "table.include.list": "public.t"}
			for property, value := range c.config {
				config[property] = value
			}
			v := &postgresView{view: &view{settings: newSettings(Request{Kind: Postgres, Version: c.version, Config: config}), report: &Report{}}, postgresFacts: f}
			v.choose()
			for _, check := range slices.Concat(postgresRowChecks, postgresPublishedChecks) {
				v.running = check.Info
				check.run(v)
			}
			var got []string
			for _, f := range v.report.Findings {
				got = append(got, f.Check)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q: %+v", got, c.want, v.report.Findings)
			}
		})
	}
}
