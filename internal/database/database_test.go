package database

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestTableOfChecks: each row says all that the guide needs.
func TestTableOfChecks(t *testing.T) {
	seen := map[string]bool{}
	for _, info := range List() {
		if seen[info.Check] {
			t.Errorf("%s is there twice", info.Check)
		}
		seen[info.Check] = true
		for what, text := range map[string]string{"title": info.Title, "source": info.Source, "failure": info.Failure, "remedy": info.Remedy} {
			if strings.Trim(text, "… ") == "" {
				t.Errorf("%s has no %s", info.Check, what)
			}
		}
		if info.Silent && !strings.HasSuffix(info.Failure, ".") && !strings.HasSuffix(info.Failure, "`") {
			t.Errorf("%s: no sentence: %s", info.Check, info.Failure)
		}
		kinds := info.Kinds
		if kinds == nil {
			kinds = []string{Postgres}
		}
		for _, kind := range kinds {
			k := catalog.KindByName(kind)
			if k == nil || k.Definition(info.Property, k.Newest()) == nil {
				t.Errorf("%s: %s has no %s", info.Check, kind, info.Property)
			}
		}
	}
}

// TestNotChecked: what is only known elsewhere is no error.
func TestNotChecked(t *testing.T) {
	good := map[string]string{"database.hostname": "h", "database.user": "u", "database.password": "p", "database.dbname": "d"}
	with := func(property, value string) Request {
		r := Request{Kind: Postgres, Config: map[string]string{}, Unknown: map[string]bool{}}
		maps.Copy(r.Config, good)
		r.Config[property] = value
		return r
	}
	unknown := with("database.password", "")
	unknown.Unknown["database.password"] = true
	for want, r := range map[string]Request{
		`kind "oracle" have no checks`:             {Kind: "oracle"},
		"database.hostname isn't set":              with("database.hostname", ""),
		"database.dbname isn't set":                with("database.dbname", " "),
		"database.port isn't a port":               with("database.port", "many"),
		"database.user is a reference":             with("database.user", "${file:/a:b}"),
		"database.password is masked":              with("database.password", "*****"),
		"database.password isn't known yet":        unknown,
		`database.sslmode doesn't support "maybe"`: with("database.sslmode", "maybe"),
		"database.sslrootcert isn't set":           with("database.sslmode", "verify-ca"),
		"names a file that doesn't exist": func() Request {
			r := with("database.sslmode", "require")
			r.Config["database.sslcert"] = "/no/such"
			return r
		}(),
	} {
		report, err := NewReader(DefaultOptions).Check(context.Background(), r)
		if err != nil || !strings.Contains(report.Skipped, want) || len(report.Findings) > 0 {
			t.Errorf("want %q, got %q, %v", want, report.Skipped, err)
		}
	}
}

// TestSelection: the lists as Debezium reads them.
func TestSelection(t *testing.T) {
	for _, c := range []struct {
		config   map[string]string
		captured []string
	}{
		{nil, []string{"a.t", "a.u", "b.t", "s.signals"}},
		{map[string]string{"table.include.list": "a.t"}, []string{"a.t"}},
		{map[string]string{"table.exclude.list": "a.*"}, []string{"b.t", "s.signals"}},
		{map[string]string{"table.include.list": "a.*", "table.exclude.list": "a.t"}, []string{"a.t", "a.u"}},
		{map[string]string{"schema.include.list": "A", "table.include.list": ".*\\.t"}, []string{"a.t"}},
		{map[string]string{"table.include.list": "a.t", "signal.data.collection": "s.signals"}, []string{"a.t", "s.signals"}},
		{map[string]string{"table.include.list": "a.t", "signal.data.collection": "db.s.signals"}, []string{"a.t", "s.signals"}},
	} {
		v := &view{settings: newSettings(Request{Kind: Postgres, Config: c.config}), report: &Report{}}
		s := v.selection("schema")
		var got []string
		for _, name := range []string{"a.t", "a.u", "b.t", "s.signals"} {
			if schema, table, _ := strings.Cut(name, "."); s.captures(schema, table) {
				got = append(got, name)
			}
		}
		if !slices.Equal(got, c.captured) {
			t.Errorf("%v captures %v, want %v", c.config, got, c.captured)
		}
	}
}

// TestSelectionThatCannotBeRead says which list, and whether it will be known.
func TestSelectionThatCannotBeRead(t *testing.T) {
	for want, request := range map[string]Request{
		"Tables aren't checked: table.include.list isn't known yet.":        {Unknown: map[string]bool{"table.include.list": true}},
		"Tables aren't checked: schema.exclude.list can't be read here.":    {Config: map[string]string{"schema.exclude.list": "${file:/a:b}"}},
		"Tables aren't checked: signal.data.collection isn't known yet.":    {Unknown: map[string]bool{"signal.data.collection": true}},
		"Tables aren't checked: signal.data.collection can't be read here.": {Config: map[string]string{"signal.data.collection": "${env:SIGNALS}"}},
	} {
		request.Kind = Postgres
		v := &view{settings: newSettings(request), report: &Report{}}
		if s := v.selection("schema"); s != nil || !slices.Equal(v.report.Notes, []string{want}) {
			t.Errorf("want %q, got %q", want, v.report.Notes)
		}
	}
}

// TestManyMissingEntries are reported up to a number that somebody reads.
func TestManyMissingEntries(t *testing.T) {
	for entries, want := range map[int]int{1: 1, listed: listed, listed + 1: listed + 1, 3000: listed + 1} {
		list := make([]string, entries)
		for i := range list {
			list[i] = fmt.Sprintf("pulbic.t%d", i)
		}
		v := &view{settings: newSettings(Request{Kind: Postgres, Config: map[string]string{"table.include.list": strings.Join(list, ",")}}), report: &Report{}}
		v.missingNames(&v.selection("schema").tables, []string{"public.t0", "public.t1"}, nil, "table")
		if got := len(v.report.Findings); got != want {
			t.Errorf("%d entries that match nothing: %d findings, want %d", entries, got, want)
		}
	}
}

// TestListsThatCannotBeRead leave a note, and no finding about tables.
func TestListsThatCannotBeRead(t *testing.T) {
	for want, config := range map[string]map[string]string{
		"the entry a.[b[c]] of table.include.list": {"table.include.list": "a.[b[c]]"},
		"schema.include.list can't be read":        {"schema.include.list": "${file:/a:b}"},
		"signal.data.collection can't be read":     {"signal.data.collection": "${file:/a:b}"},
	} {
		v := &view{settings: newSettings(Request{Kind: Postgres, Config: config}), report: &Report{}}
		if s := v.selection("schema"); s != nil || !strings.Contains(strings.Join(v.report.Notes, "\n"), want) {
			t.Errorf("want %q, got %q", want, v.report.Notes)
		}
	}
}

// TestNoTableWithAnUnknownPublication: whether the connector fails isn't known.
func TestNoTableWithAnUnknownPublication(t *testing.T) {
	for unknown, want := range map[bool]string{true: "= filtered it fails; otherwise it runs", false: "It runs, but sends nothing"} {
		v := &postgresView{
			view: &view{
				settings: newSettings(Request{Kind: Postgres, Unknown: map[string]bool{"publication.autocreate.mode": unknown}, Config: map[string]string{"publication.autocreate.mode": "disabled"}}),
				report:   &Report{},
			},
			postgresFacts: &postgresFacts{}, chosen: &selection{},
		}
		checkNoTable(v)
		if f := v.report.Findings; len(f) != 1 || f[0].Severity != Warning || !strings.Contains(f[0].Detail, want) {
			t.Errorf("unknown %v: want %q, got %+v", unknown, want, f)
		}
	}
}
