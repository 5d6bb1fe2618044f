package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

func findingAt(findings []Finding, property string) *Finding {
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.Property == property })
	if i < 0 {
		return nil
	}
	return &findings[i]
}

func TestUnknownPropertiesAreJudgedAsAsked(t *testing.T) {
	config := minimal["postgres"].With(config{
		"owner.team":                        "shop",     // unknown
		"database.server.id":                "7",        // another kind's
		"slot.failover":                     "true",     // another version's
		"tabel.include.list":                "public.a", // a slip that makes a difference
		"errors.deadletterqueue.topic.name": "dlq",
		"transforms.unnamed.type":           "x.Y",
	})
	for _, test := range []struct {
		strictness Strictness
		known      []string
		want       map[string]string // severity by property; none: ""
	}{
		{"", nil, map[string]string{"owner.team": "warning", "database.server.id": "warning", "slot.failover": "warning", "tabel.include.list": "error"}},
		{UnknownWarning, nil, map[string]string{"owner.team": "warning", "database.server.id": "warning", "slot.failover": "warning", "tabel.include.list": "error"}},
		{UnknownError, nil, map[string]string{"owner.team": "error", "database.server.id": "error", "slot.failover": "error", "tabel.include.list": "error", "errors.deadletterqueue.topic.name": "warning"}},
		{UnknownOff, nil, map[string]string{"owner.team": "", "database.server.id": "", "slot.failover": "", "tabel.include.list": "error", "transforms.unnamed.type": "warning"}},
		{UnknownError, []string{"owner.*", "*.id"}, map[string]string{"owner.team": "", "database.server.id": "", "slot.failover": "error"}},
		{"", []string{"*"}, map[string]string{"owner.team": "", "database.server.id": "", "slot.failover": "", "tabel.include.list": ""}},
	} {
		got := Check(Input{Kind: catalog.KindByName("postgres"), Version: version(t, "2.7"), Config: config, UnknownProperties: test.strictness, KnownProperties: test.known})
		for property, want := range test.want {
			var severity string
			if f := findingAt(got, property); f != nil {
				severity = f.Severity.String()
			}
			if severity != want {
				t.Errorf("%q %v: %s is %q, want %q", test.strictness, test.known, property, severity, want)
			}
		}
	}
}

func TestGlob(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"owner", "owner", true}, {"owner", "owner.team", false}, {"owner.*", "owner.team", true}, {"owner.*", "owner", false},
		{"*", "", true}, {"*.team", "a.b.team", true}, {"*.team", "a.teams", false}, {"a*b*c", "a.b.c", true}, {"a*b*c", "acb", false},
		{"a*a", "a", false}, {"", "", true}, {"", "a", false},
	} {
		if got := matchesGlob(test.pattern, test.text); got != test.want {
			t.Errorf("%q matches %q: %t, want %t", test.pattern, test.text, got, test.want)
		}
	}
}

// TestDerivedIsNotWritten: a creation default neither takes an old name's place
// nor is the user's mistake.
func TestDerivedIsNotWritten(t *testing.T) {
	k := catalog.KindByName("mysql")
	in := Input{Kind: k, Version: version(t, "3.5"), Config: minimal["mysql"].With(config{"database.history.kafka.topic": "history"})}
	if f := findingAt(Check(in), "database.history.kafka.topic"); f == nil || f.Severity != Warning {
		t.Errorf("beside a topic that is written: %+v, want a warning", f)
	}
	in.Derived = map[string]bool{"schema.history.internal.kafka.topic": true}
	f := findingAt(Check(in), "database.history.kafka.topic")
	if f == nil || f.Severity != Error || f.Advice != (Advice{Set: "schema.history.internal.kafka.topic", Remove: "database.history.kafka.topic"}) {
		t.Errorf("beside a topic that is derived: %+v, want an error that proposes the new name", f)
	}

	old := Input{Kind: k, Version: version(t, "1.9"), Derived: map[string]bool{"schema.history.internal.kafka.topic": true, "database.server.id": true}, Config: config{
		"database.server.name": "shop", "database.hostname": "db", "database.user": "u", "database.password": "p", "database.server.id": "7",
		"database.history.kafka.topic": "history", "database.history.kafka.bootstrap.servers": "kafka:9092",
		"schema.history.internal.kafka.topic": "schema-changes.shop",
	}}
	if got := Check(old); len(got) > 0 {
		t.Errorf("derived for a version that doesn't have it: %s", listed(got))
	}
}

// TestFindingsStandWhereTheUserWrote: a rule over two properties speaks at the
// one that is written, and names the one that a worker would.
func TestFindingsStandWhereTheUserWrote(t *testing.T) {
	for _, test := range []struct {
		kind     string
		changes  config
		derived  []string
		property string
		blamed   string
	}{
		{"mysql", config{"max.batch.size": "8192"}, nil, "max.batch.size", ""},
		{"mysql", config{"max.batch.size": "8192", "max.queue.size": "8192"}, nil, "max.queue.size", ""},
		{"mysql", config{"snapshot.mode": "custom"}, nil, "snapshot.mode", "snapshot.mode.custom.name"},
		{"jdbc_sink", config{"delete.enabled": "true"}, nil, "delete.enabled", "primary.key.mode"},
		{"mysql", config{"topic.prefix": "a", "schema.history.internal.kafka.topic": "a"}, []string{"schema.history.internal.kafka.topic"}, "topic.prefix", ""},
	} {
		in := Input{Kind: catalog.KindByName(test.kind), Version: version(t, "3.5"), Config: minimal[test.kind].With(test.changes), Derived: map[string]bool{}}
		for _, property := range test.derived {
			in.Derived[property] = true
		}
		got := Check(in)
		if len(got) != 1 || got[0].Property != test.property || got[0].Blamed != test.blamed {
			t.Errorf("%v: want one at %s, got %s", test.changes, test.property, listed(got))
		}
	}
}

// TestSeverityFollowsHarm: no finding has a severity of its own.
func TestSeverityFollowsHarm(t *testing.T) {
	for _, r := range append(readCorpus(t, "good/*.json"), readCorpus(t, "wrong.json")...) {
		for _, f := range Check(Input{Kind: r.kind(t), Version: version(t, "3.5"), Config: r.Config}) {
			if f.Severity != f.Harm.Severity() || f.Harm == "" {
				t.Errorf("%s: %s is %s, though its harm is %q", r.ID, f.Summary, f.Severity, f.Harm)
			}
		}
	}
	for _, info := range List() {
		if info.Harm == "" || info.Severity != info.Harm.Severity() {
			t.Errorf("%s: %s for %q", info.Rule, info.Severity, info.Harm)
		}
	}
}

// TestValidateNamesNoVersion: which one runs isn't known there.
func TestValidateNamesNoVersion(t *testing.T) {
	in := Input{Kind: catalog.KindByName("mysql"), Config: minimal["mysql"].With(config{"snapshot.mode": "initiall", "database.port": "x", "database.server.id": "x", "tasks.max": "3"})}
	got := CheckEvery(in)
	if len(got) != 3 {
		t.Errorf("want three findings, got %s", listed(got))
	}
	newest := minor(in.Kind.Newest())
	for _, f := range got {
		if text := f.Summary + f.Detail; strings.Contains(text, newest) {
			t.Errorf("%s names %s", text, newest)
		}
		if f.Property == "tasks.max" {
			t.Errorf("a connector that shows RUNNING can't be imported: %s", f.Summary)
		}
	}
}

// TestValidateSaysNothingOfVersions: what one release takes and another doesn't
// is the plan's to say.
func TestValidateSaysNothingOfVersions(t *testing.T) {
	for kind, changes := range map[string]config{
		"sqlserver": {"snapshot.mode": "schema_only"},
		"postgres":  {"snapshot.mode": "never", "plugin.name": "wal2json", "database.server.name": "x", "topic.prefix": unset},
		"mongodb":   {"mongodb.hosts": "rs0/db:27017", "mongodb.connection.string": unset, "mongodb.name": "x", "topic.prefix": unset},
		"vitess":    {"vitess.vtctld.host": "x", "snapshot.mode": "some_later_mode"},
		"oracle":    {"log.mining.archive.log.hours": "4"},
	} {
		if got := CheckEvery(Input{Kind: catalog.KindByName(kind), Config: minimal[kind].With(changes)}); len(got) > 0 {
			t.Errorf("%s %v: %s", kind, changes, listed(got))
		}
	}
}
