package database

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestColumns: what the checks of columns find, and where they keep quiet.
func TestColumns(t *testing.T) {
	tables := []string{"public.orders", "public.lines", "public.signals", "public.unread", "other.orders"}
	columns := map[string][]column{
		"public.orders":  {{"id", "int4"}, {"email", "text"}, {"total", "numeric"}},
		"public.lines":   {{"id", "uuid"}, {"line", "int4"}, {"note", "varchar"}},
		"public.signals": {{"id", "varchar"}, {"type", "varchar"}, {"data", "varchar"}},
		"other.orders":   {{"id", "int4"}, {"email", "text"}},
	}
	captured := []Table{
		{"public.orders", []string{"id"}}, {"public.lines", []string{"id", "line"}}, {"public.signals", []string{"id"}}, {"public.unread", nil},
	}
	for _, c := range []struct {
		name   string
		config map[string]string
		want   []string // PROPERTY summary
	}{
		{"no columns named", nil, nil},
		{"all well", map[string]string{
			"column.exclude.list": "public.orders.total", "column.mask.with.5.chars": `public\.orders\.email`, "message.key.columns": "public.orders:email;public.lines:id,line",
			"column.truncate.to.9.chars": "public.lines.note",
		}, []string{"column.mask.with.5.chars column.mask.with.5.chars: keys still show public.orders.email"}},
		{"a misspelt column", map[string]string{"column.exclude.list": "public.orders.emial"},
			[]string{"column.exclude.list column.exclude.list: public.orders.emial matches no column; did you mean public.orders.email?"}},
		{"a misspelt table", map[string]string{"column.mask.hash.SHA-256.with.salt.s": "public.order.email"},
			[]string{"column.mask.hash.SHA-256.with.salt.s column.mask.hash.SHA-256.with.salt.s: public.order.email matches no column; did you mean public.orders.email?"}},
		{"another case", map[string]string{"column.exclude.list": "PUBLIC.Orders.EMAIL"}, nil},
		{"a table that isn't captured", map[string]string{"column.exclude.list": "other.orders.emial"}, nil},
		{"a table that can't be seen", map[string]string{"column.exclude.list": "public.unread.x"},
			[]string{"column.exclude.list column.exclude.list: public.unread.x matches no column"}},
		{"an expression for many tables", map[string]string{"column.exclude.list": `.*\.password`}, nil},
		{"nothing left of a table", map[string]string{"column.include.list": "public.orders.*", "snapshot.mode": "no_data"},
			[]string{"column.include.list column.include.list leaves no column of public.lines"}},
		{"nothing left of a table by exclusion", map[string]string{"column.exclude.list": "public.lines.*", "snapshot.mode": "no_data"},
			[]string{"column.exclude.list column.exclude.list leaves no column of public.lines"}},
		{"a key left out", map[string]string{"column.exclude.list": "public.(orders|lines).id"},
			[]string{"column.exclude.list column.exclude.list leaves out columns of keys: public.orders.id, public.lines.id"}},
		{"a key not listed", map[string]string{"column.include.list": "public.orders.(id|email),public.lines.(id|note)"},
			[]string{"column.include.list column.include.list leaves out columns of keys: public.lines.line"}},
		{"a key left out without a snapshot", map[string]string{"column.exclude.list": "public.orders.id", "snapshot.mode": "no_data"}, nil},
		{"a key of other columns", map[string]string{"column.exclude.list": "public.orders.id", "message.key.columns": "public.orders:email"}, nil},
		{"its columns left out", map[string]string{"column.exclude.list": "public.orders.email", "message.key.columns": "public.orders:email"},
			[]string{"column.exclude.list column.exclude.list leaves out columns of keys: public.orders.email"}},
		{"a key masked", map[string]string{"column.mask.with.5.chars": "public.orders.id", "column.truncate.to.2.chars": ".*.line"},
			[]string{"column.mask.with.5.chars column.mask.with.5.chars doesn't mask public.orders.id (int4)", "column.mask.with.5.chars column.mask.with.5.chars: keys still show public.orders.id", "column.truncate.to.2.chars column.truncate.to.2.chars: keys still show public.lines.line"}},
		{"types that aren't masked", map[string]string{"column.mask.with.5.chars": "public.orders.total,.*_total,public.orders.(id|total)", "column.truncate.to.3.chars": "public.orders.total", "message.key.columns": "public.orders:email"},
			[]string{"column.mask.with.5.chars column.mask.with.5.chars doesn't mask public.orders.total (numeric), public.orders.id (int4)"}},
		{"types of which one is masked", map[string]string{"column.mask.hash.SHA-256.with.salt.s": "public.orders.(email|total)"}, nil},
		{"a misspelt column of a key", map[string]string{"message.key.columns": "public.orders:id,emial"},
			[]string{`message.key.columns message.key.columns: public.orders has no column "emial"; did you mean email?`}},
		{"a misspelt column of the keys of two tables", map[string]string{"message.key.columns": "public.(orders|lines):idd"},
			[]string{`message.key.columns message.key.columns: public.orders, public.lines have no column "idd"; did you mean id?`}},
		{"a column that one of two tables has", map[string]string{"message.key.columns": "public.(orders|lines):id,email"}, nil},
		{"a misspelt table of a key", map[string]string{"message.key.columns": "public.order:id"},
			[]string{"message.key.columns message.key.columns: public.order matches no table; did you mean public.orders?"}},
		{"a key of a table that isn't captured", map[string]string{"message.key.columns": "other.orders:x"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.config == nil {
				c.config = map[string]string{}
			}
			c.config["signal.data.collection"] = "public.signals"
			v := &view{settings: newSettings(Request{Kind: Postgres, Config: c.config}), report: &Report{Tables: captured}}
			reads := 0
			named, err := v.readColumns(v.selection("schema"), tables, func() (map[string][]column, error) { reads++; return columns, nil })
			if err != nil || (named == nil) != (len(c.config) == 1) || (reads == 0) != (named == nil) {
				t.Fatalf("got %v, %v after %d reads", named, err, reads)
			}
			for _, check := range columnChecks("x-", nil, func(*view) *columnView { return named }) {
				v.running = check.Info
				check.run(v)
			}
			var got []string
			for _, f := range v.report.Findings {
				got = append(got, f.Property+" "+f.Summary)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestColumnsOfARunningConnector: what it does already is no error of the plan.
func TestColumnsOfARunningConnector(t *testing.T) {
	config := map[string]string{"column.exclude.list": "public.t.id", "message.key.columns": "public.t:id,nope"}
	for _, c := range []struct {
		current map[string]string
		want    Severity
	}{{nil, Error}, {config, Warning}, {map[string]string{}, Error}} {
		v := &view{
			settings: newSettings(Request{Kind: Postgres, Config: config, Current: c.current}),
			report:   &Report{Tables: []Table{{"public.t", []string{"id"}}}},
		}
		named, err := v.readColumns(v.selection("schema"), []string{"public.t"}, func() (map[string][]column, error) {
			return map[string][]column{"public.t": {{"id", "int4"}, {"v", "text"}}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, check := range columnChecks("x-", nil, func(*view) *columnView { return named }) {
			v.running = check.Info
			check.run(v)
		}
		if f := v.report.Findings; len(f) != 2 || f[0].Severity != c.want || f[1].Severity != c.want {
			t.Errorf("%v: want 2 findings of severity %s, got %+v", c.current, c.want, f)
		}
	}
}

// TestColumnsThatCannotBeRead leave a note, and nothing is asked.
func TestColumnsThatCannotBeRead(t *testing.T) {
	for want, request := range map[string]Request{
		"column.include.list can't be read":           {Config: map[string]string{"column.include.list": "${file:/a:b}"}},
		"column.mask.with.3.chars isn't known yet":    {Unknown: map[string]bool{"column.mask.with.3.chars": true}},
		"message.key.columns isn't known yet":         {Unknown: map[string]bool{"message.key.columns": true}},
		"the entry a.[b[c]]:d of message.key.columns": {Config: map[string]string{"message.key.columns": "a.[b[c]]:d"}},
		"the entry a.[b[c]] of column.exclude.list":   {Config: map[string]string{"column.exclude.list": "a.[b[c]]"}},
	} {
		request.Kind = Postgres
		v := &view{settings: newSettings(request), report: &Report{}}
		named, err := v.readColumns(v.selection("schema"), nil, func() (map[string][]column, error) { return nil, errors.New("asked") })
		if named != nil || err != nil || !strings.Contains(strings.Join(v.report.Notes, "\n"), want) {
			t.Errorf("want %q, got %v, %v, %q", want, named, err, v.report.Notes)
		}
	}
}
