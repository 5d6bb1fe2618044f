package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// side is one side of a change in few words: changes to a kind's minimal
// configuration.
type side struct {
	changes  config
	unknown  []string
	partial  bool
	state    string
	replace  bool
	destroy  bool
	neverRan bool
	idle     bool
	offsets  bool // the new connector gets some; the old one's go
}

func (s side) of(kind string) Revision {
	c := Revision{Config: minimal[kind].With(s.changes), Unknown: map[string]bool{}, Partial: s.partial, State: s.state, NeverRan: s.neverRan, Idle: s.idle, NewOffsets: s.offsets, OffsetsGo: s.offsets, Replace: s.replace, Destroy: s.destroy}
	for _, property := range s.unknown {
		delete(c.Config, property)
		c.Unknown[property] = true
	}
	return c
}

// changeExample is a rule's verdict on a change: which property it warns of, or
// "" for none, and words that the finding must have.
type changeExample struct {
	rule, kind    string
	before, after side
	want          string
	says          string
}

var (
	two          = config{"table.include.list": "a.b,a.c"}
	three        = config{"table.include.list": "a.c, a.d,a.b"}
	onlyCaptured = config{"schema.history.internal.store.only.captured.tables.ddl": "true"}
	drops        = config{"slot.drop.on.stop": "true"}
	mode         = func(mode string) side { return side{changes: config{"snapshot.mode": mode}} }
	published    = func(name string) side { return side{changes: config{"publication.name": name}} }
	slot         = func(name string) side { return side{changes: config{"slot.name": name}} }
	pub          = func(mode string) side { return side{changes: config{"publication.autocreate.mode": mode}} }
	named        = func(name string, replace bool) side { return side{changes: config{"name": name}, replace: replace} }
)

// changeExamples: at least one for each rule; TestEveryRuleHasAnExample demands it.
var changeExamples = []changeExample{
	{"changed-name", "postgres", named("a", false), named("b", true), "name", "full new snapshot"},
	{"changed-name", "postgres", named("a", false), side{changes: config{"name": "b", "snapshot.mode": "no_data"}, replace: true}, "name", "are missed"},
	{"changed-name", "jdbc_sink", named("a", false), named("b", true), "name", "consumer group"},
	{"changed-name", "", named("a", false), named("b", true), "name", "position"},
	{"changed-name", "postgres", named("a", false), named("a", true), "", ""},
	{"changed-name", "postgres", named("a", false), side{changes: config{"name": "b"}, replace: true, offsets: true}, "", ""},
	{"changed-name", "postgres", named("a", false), side{destroy: true}, "", ""},

	{"changed-class", "", side{changes: config{"connector.class": "x.A"}}, side{changes: config{"connector.class": "x.B"}}, "connector.class", "offsets"},
	{"changed-class", "", side{changes: config{"connector.class": "x.A"}}, side{changes: config{"connector.class": "x.B"}, replace: true}, "connector.class", "offsets"},
	{"changed-class", "", side{changes: config{"connector.class": "x.A", "name": "a"}}, side{changes: config{"connector.class": "x.B", "name": "b"}, replace: true}, "", ""},
	{"changed-class", "", side{changes: config{"connector.class": "MySqlConnector"}}, side{changes: config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}}, "", ""},

	{"changed-topic-prefix", "postgres", side{}, side{changes: config{"topic.prefix": "store"}}, "topic.prefix", "snapshot"},
	{"changed-topic-prefix", "mysql", side{}, side{changes: config{"topic.prefix": "store"}}, "topic.prefix", "schema history"},
	{"changed-topic-prefix", "mysql", side{}, side{changes: config{"topic.prefix": "store"}, replace: true}, "", ""},
	{"changed-topic-prefix", "mysql", side{}, side{unknown: []string{"topic.prefix"}}, "", ""},
	{"changed-topic-prefix", "mysql", side{}, side{changes: config{"topic.prefix": "${env:PREFIX}"}}, "", ""},
	{"changed-topic-prefix", "mysql", side{}, side{changes: config{"topic.prefix": unset}, partial: true}, "", ""},

	{"changed-server", "postgres", side{}, side{changes: config{"database.hostname": "db2"}}, "database.hostname", `from "db" to "db2"`},
	{"changed-server", "postgres", side{}, side{changes: config{"database.hostname": "DB", "database.port": "5432"}}, "", ""},
	{"changed-server", "postgres", side{}, side{changes: config{"database.port": "5433", "database.dbname": "x"}}, "database.port", "database.dbname"},
	{"changed-server", "postgres", side{}, side{changes: config{"database.hostname": "db2", "topic.prefix": "store"}}, "", ""},
	{"changed-server", "mysql", side{}, side{unknown: []string{"database.hostname"}}, "", ""},
	{"changed-server", "postgres", side{neverRan: true}, side{changes: config{"database.hostname": "db2"}}, "", ""},
	{"changed-topic-prefix", "postgres", side{neverRan: true}, side{changes: config{"topic.prefix": "store"}}, "", ""},
	{"changed-snapshot-mode", "postgres", side{neverRan: true}, mode("no_data"), "", ""},

	{"changed-history-topic", "mysql", side{}, side{changes: config{"schema.history.internal.kafka.topic": "new"}}, "schema.history.internal.kafka.topic", "set snapshot.mode to recovery"},
	{"changed-history-topic", "mysql", side{}, side{changes: config{"schema.history.internal.kafka.topic": "new", "snapshot.mode": "Recovery"}}, "", ""},
	{"changed-history-topic", "mysql", side{}, side{changes: config{"schema.history.internal.kafka.topic": "new"}, unknown: []string{"snapshot.mode"}}, "", ""},

	{"changed-history-topic", "mysql", side{}, side{changes: config{"schema.history.internal.kafka.topic": "new", "topic.prefix": "store"}}, "", ""},

	{"pause-undone", "mysql", side{state: "paused"}, side{state: "running"}, "state", "set state to paused"},
	{"pause-undone", "mysql", side{state: "stopped"}, side{state: "running"}, "state", ""},
	{"pause-undone", "mysql", side{state: "running"}, side{state: "paused"}, "", ""},
	{"pause-undone", "mysql", side{state: "paused"}, side{destroy: true}, "", ""},
	{"pause-undone", "mysql", side{}, side{state: "running"}, "", ""},

	{"changed-snapshot-mode", "postgres", side{}, mode("no_data"), "snapshot.mode", "no effect"},
	{"changed-snapshot-mode", "postgres", side{}, mode("always"), "snapshot.mode", "every time it starts"},
	{"changed-snapshot-mode", "postgres", side{}, mode("initial_only"), "snapshot.mode", "never streams"},
	{"changed-snapshot-mode", "postgres", side{}, mode("when_needed"), "snapshot.mode", "no longer has"},
	{"changed-snapshot-mode", "mysql", side{}, mode("recovery"), "snapshot.mode", "Change the mode back"},
	{"changed-snapshot-mode", "mysql", side{}, side{changes: config{"snapshot.mode": "no_data", "topic.prefix": "store"}}, "", ""},
	{"changed-snapshot-mode", "mysql", mode("recovery"), mode("initial"), "", ""},
	{"changed-snapshot-mode", "mysql", mode("always"), side{}, "", ""},
	{"changed-snapshot-mode", "mysql", side{}, mode(" INITIAL "), "", ""},
	{"changed-snapshot-mode", "mysql", side{}, mode("custom"), "", ""},
	{"changed-snapshot-mode", "mysql", side{}, side{changes: config{"snapshot.mode": "always"}, replace: true}, "", ""},

	{"kept-snapshot-mode", "mysql", mode("always"), side{changes: config{"snapshot.mode": "always", "max.batch.size": "9"}}, "snapshot.mode", "full new snapshot"},
	{"kept-snapshot-mode", "mysql", mode("recovery"), side{changes: config{"snapshot.mode": "recovery", "max.batch.size": "9"}}, "snapshot.mode", "schema history"},
	{"kept-snapshot-mode", "mysql", mode("always"), mode("always"), "", ""},
	{"kept-snapshot-mode", "mysql", mode("initial"), side{changes: config{"max.batch.size": "9"}}, "", ""},

	{"added-tables", "postgres", side{changes: two}, side{changes: three}, "table.include.list", "signal.data.collection"},
	{"added-tables", "mysql", side{changes: two.With(onlyCaptured)}, side{changes: three.With(onlyCaptured)}, "table.include.list", "isn't known to this connector"},
	{"added-tables", "mysql", side{changes: two.With(onlyCaptured)}, side{changes: three}, "table.include.list", "isn't known to this connector"},
	{"added-tables", "mysql", side{changes: two}, side{changes: three.With(onlyCaptured)}, "table.include.list", "exist. To capture"},
	{"added-tables", "postgres", side{changes: two}, side{changes: config{"table.include.list": "a.b,a.c,d"}}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: config{"table.include.list": `a.b,a.c,d|e,"a"."d"`}}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: config{"table.include.list": "d"}}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: config{"table.include.list": "a.b,a.c,d,a.e"}}, "table.include.list", `adds "a.e": captured`},
	{"added-tables", "postgres", side{changes: two}, side{changes: config{"table.include.list": "a.b,a.c,.*d"}}, "table.include.list", ".*d"},
	{"added-tables", "mysql", side{changes: config{"table.exclude.list": "a.b,c"}}, side{changes: config{"table.exclude.list": "a.b"}}, "", ""},
	{"removed-tables", "postgres", side{changes: config{"table.include.list": "a.b,c"}}, side{changes: config{"table.include.list": "a.b"}}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: three.With(config{"publication.autocreate.mode": "disabled"})}, "table.include.list", "ALTER PUBLICATION"},
	{"added-tables", "postgres", side{changes: two}, side{}, "table.include.list", "is removed"},
	{"added-tables", "mongodb", side{changes: config{"collection.include.list": "a.b"}}, side{changes: config{"collection.include.list": "a.b,a.c"}}, "collection.include.list", "a.c"},
	{"added-tables", "mysql", side{changes: config{"table.exclude.list": "a.b,a.c"}}, side{changes: config{"table.exclude.list": "a.b"}}, "table.exclude.list", "a.c"},
	{"added-tables", "postgres", side{changes: three}, side{changes: two}, "", ""},
	{"added-tables", "postgres", side{changes: config{"table.include.list": "public.*"}}, side{changes: config{"table.include.list": "public.*,public.a"}}, "", ""},

	{"removed-tables", "postgres", side{changes: three}, side{changes: two}, "table.include.list", "execute-snapshot"},
	{"removed-tables", "mongodb", side{changes: config{"collection.include.list": "a.b,a.c"}}, side{changes: config{"collection.include.list": "a.b"}}, "collection.include.list", "a.c"},
	{"removed-tables", "postgres", side{changes: two}, side{changes: three}, "", ""},
	{"removed-tables", "postgres", side{changes: two}, side{}, "", ""},
	{"removed-tables", "postgres", side{changes: config{"table.include.list": `public.a,public.b`}}, side{changes: config{"table.include.list": `public\.(a|b)`}}, "", ""},
	{"removed-tables", "postgres", side{changes: three}, side{changes: two.With(config{"topic.prefix": "store"})}, "", ""},

	{"added-tables", "postgres", side{}, side{changes: two}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: three.With(config{"snapshot.mode": "always"})}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: three.With(config{"topic.prefix": "store"})}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{changes: three, replace: true}, "", ""},
	{"added-tables", "postgres", side{changes: two}, side{unknown: []string{"table.include.list"}}, "", ""},

	{"changed-slot", "postgres", side{}, slot("orders"), "slot.name", "pg_drop_replication_slot('debezium')"},
	{"changed-slot", "postgres", side{}, side{changes: config{"slot.name": "orders", "topic.prefix": "store"}}, "slot.name", "until the disk is full"},
	{"changed-slot", "postgres", side{changes: config{"slot.drop.on.stop": "true"}}, side{changes: config{"slot.name": "orders", "topic.prefix": "store"}}, "", ""},
	{"changed-slot", "postgres", side{}, slot("debezium"), "", ""},
	{"changed-slot", "postgres", side{}, side{unknown: []string{"slot.name"}}, "", ""},

	{"left-slot", "postgres", slot("orders"), side{destroy: true}, "slot.name", "pg_drop_replication_slot('orders')"},
	{"left-slot", "postgres", slot("orders"), side{destroy: true}, "slot.name", "The connector's offsets in Kafka Connect and the publication"},
	{"left-slot", "postgres", slot("orders"), side{destroy: true, offsets: true}, "slot.name", "The publication \"dbz_publication\" stays behind too"},
	{"left-offsets", "postgres", slot("orders"), side{destroy: true}, "", ""}, // left-slot says it
	{"left-offsets", "postgres", side{changes: config{"slot.drop.on.stop": "true"}}, side{destroy: true}, "name", "if the slot is gone"},
	{"left-offsets", "mysql", side{changes: config{"schema.history.internal.kafka.topic": "h"}}, side{destroy: true}, "name", `the schema history topic "h" stay behind. A new connector`},
	{"left-offsets", "mysql", side{}, side{destroy: true, offsets: true}, "", ""},
	{"left-offsets", "mysql", side{neverRan: true}, side{destroy: true}, "", ""},
	{"left-offsets", "mysql", side{}, side{replace: true}, "", ""},
	{"left-offsets", "jdbc_sink", side{}, side{destroy: true}, "", ""},
	{"left-slot", "postgres", side{unknown: []string{"slot.name"}}, side{destroy: true}, "slot.name", "until the disk is full"},
	{"left-slot", "postgres", slot("orders"), side{changes: config{"slot.name": "new"}, replace: true}, "slot.name", "'orders'"},
	{"left-slot", "postgres", slot("orders"), side{changes: config{"slot.name": "orders", "database.hostname": "db2"}, replace: true}, "slot.name", "'orders'"},
	{"left-slot", "postgres", slot("orders"), side{changes: config{"slot.name": "orders"}, replace: true}, "", ""},
	{"left-slot", "postgres", side{changes: config{"slot.drop.on.stop": "true"}}, side{destroy: true}, "", ""},
	{"left-slot", "postgres", slot("orders"), slot("new"), "", ""}, // not removed: changed-slot speaks of it

	{"drops-slot", "postgres", side{changes: drops}, side{}, "slot.drop.on.stop", "Set snapshot.mode to when_needed"},
	{"drops-slot", "postgres", side{changes: drops}, mode("when_needed"), "", ""},
	{"drops-slot", "postgres", side{changes: drops.With(config{"snapshot.mode": "always"})}, mode("always"), "", ""},
	{"drops-slot", "postgres", side{changes: drops, state: "paused"}, side{changes: config{"slot.drop.on.stop": "false"}}, "slot.drop.on.stop", "drops the slot"},
	{"drops-slot", "postgres", side{changes: drops}, side{unknown: []string{"slot.drop.on.stop"}}, "slot.drop.on.stop", ""},
	{"drops-slot", "postgres", side{changes: drops}, side{changes: drops.With(config{"max.batch.size": "9"})}, "", ""}, // slot-dropped says it
	{"drops-slot", "postgres", side{}, side{changes: drops}, "", ""},
	{"drops-slot", "postgres", side{changes: drops, idle: true}, side{}, "", ""},
	{"drops-slot", "postgres", side{changes: drops, neverRan: true}, side{}, "", ""},
	{"drops-slot", "postgres", side{changes: drops}, side{changes: config{"topic.prefix": "store"}}, "", ""},
	{"drops-slot", "postgres", side{changes: drops}, slot("orders"), "", ""}, // changed-slot says it
	{"drops-slot", "postgres", side{changes: drops}, side{replace: true}, "", ""},

	{"changed-publication", "postgres", side{}, published("new"), "publication.name", "CREATE PUBLICATION"},
	{"changed-publication", "postgres", published("a"), side{changes: config{"publication.name": "b", "publication.autocreate.mode": "disabled"}}, "publication.name", `lost if "b" is older`},
	{"changed-publication", "postgres", published("a"), side{changes: config{"publication.name": "b", "slot.name": "other"}}, "", ""},
	{"changed-publication", "postgres", published("a"), side{changes: config{"publication.name": "b", "topic.prefix": "store"}}, "", ""},
	{"changed-publication", "postgres", side{changes: config{"plugin.name": "decoderbufs"}}, side{changes: config{"plugin.name": "decoderbufs", "publication.name": "b"}}, "", ""},
	{"changed-publication", "postgres", side{changes: drops}, side{changes: drops.With(config{"publication.name": "b"})}, "", ""},
	{"changed-publication", "postgres", side{neverRan: true}, published("b"), "", ""},
	{"changed-publication", "postgres", side{}, side{unknown: []string{"publication.name"}}, "", ""},
	{"changed-publication", "postgres", side{}, published("dbz_publication"), "", ""},
	{"changed-publication", "postgres", side{}, side{changes: config{"publication.name": "b"}, replace: true}, "", ""},

	{"changed-publication-mode", "postgres", side{}, pub("filtered"), "publication.autocreate.mode", "can not be altered"},
	{"changed-publication-mode", "postgres", pub("filtered"), side{}, "publication.autocreate.mode", "as it is"},
	{"changed-publication-mode", "postgres", side{}, pub("disabled"), "", ""},
	{"changed-publication-mode", "postgres", side{}, side{changes: config{"publication.autocreate.mode": "filtered", "publication.name": "new"}}, "", ""},
}

func TestChangeExamples(t *testing.T) {
	for i, e := range changeExamples {
		t.Run(fmt.Sprintf("%s/%d", e.rule, i), func(t *testing.T) {
			before, after := e.before.of(e.kind), e.after.of(e.kind)
			if e.after.destroy {
				after.Config = nil
			}
			var got []Finding
			for _, f := range Changes(catalog.KindByName(e.kind), version(t, "3.5"), before, after) {
				if f.Rule == e.rule {
					got = append(got, f)
				}
			}
			switch {
			case e.want == "" && len(got) > 0:
				t.Errorf("found: %+v", got)
			case e.want == "":
			case len(got) != 1 || got[0].Property != e.want || got[0].Severity != Warning:
				t.Errorf("want one warning about %s, got %+v", e.want, got)
			case !strings.Contains(got[0].Summary+" "+got[0].Detail, e.says):
				t.Errorf("%q isn't in: %s: %s", e.says, got[0].Summary, got[0].Detail)
			}
		})
	}
}

// TestNoChangeIsNoHazard: whatever a connector is, leaving it as it is gives no
// finding.
func TestNoChangeIsNoHazard(t *testing.T) {
	names := []string{""}
	for _, k := range catalog.Kinds() {
		names = append(names, k.Name)
	}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(names).Draw(t, "kind")
		one := side{
			changes: config{"snapshot.mode": rapid.SampledFrom([]string{"initial", "always", "recovery", "x", "${a:b}"}).Draw(t, "mode"), "table.include.list": rapid.String().Draw(t, "tables")},
			state:   rapid.SampledFrom([]string{"running", "paused", "stopped", ""}).Draw(t, "state"),
			partial: rapid.Bool().Draw(t, "partial"),
		}.of(kind)
		if got := Changes(catalog.KindByName(kind), catalog.Version{}, one, one); len(got) > 0 {
			t.Fatalf("%+v", got)
		}
	})
}

// TestAnyChangeIsJudged: no change makes a rule panic, and each finding is
// whole and given once.
func TestAnyChangeIsJudged(t *testing.T) {
	names := []string{""}
	for _, k := range catalog.Kinds() {
		names = append(names, k.Name)
	}
	var properties []string
	for _, info := range List() {
		if info.Scope == AgainstRunning {
			properties = append(properties, info.Properties...)
		}
	}
	values := rapid.SampledFrom([]string{"", "a", "b,c", "true", "1", "initial", "always", "recovery", "filtered", "all_tables", "${a:b}"})
	configs := rapid.MapOf(rapid.SampledFrom(properties), values)
	unknown := rapid.MapOf(rapid.SampledFrom(properties), rapid.Bool())
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) Revision {
			return Revision{
				Config: configs.Draw(t, label), Unknown: unknown.Draw(t, label+" unknown"), Partial: rapid.Bool().Draw(t, label+" partial"),
				State:   rapid.SampledFrom([]string{"running", "paused", "stopped", ""}).Draw(t, label+" state"),
				Replace: rapid.Bool().Draw(t, label+" replace"), Destroy: rapid.Bool().Draw(t, label+" destroy"),
			}
		}
		kind := catalog.KindByName(rapid.SampledFrom(names).Draw(t, "kind"))
		release := catalog.Version{Major: rapid.IntRange(0, 5).Draw(t, "major"), Minor: rapid.IntRange(0, 10).Draw(t, "minor")}
		reasons := map[[2]string]bool{}
		got := Changes(kind, release, draw("before"), draw("after"))
		for _, f := range got {
			reason := [2]string{f.Rule, f.Property}
			if f.Property == "" || f.Summary == "" || f.Detail == "" || f.Severity != Warning || reasons[reason] {
				t.Fatalf("%+v in %+v", f, got)
			}
			reasons[reason] = true
		}
		if !slices.IsSortedFunc(got, func(a, b Finding) int { return strings.Compare(a.Property, b.Property) }) {
			t.Fatalf("not sorted: %+v", got)
		}
	})
}

// A JDBC URL may hold a password, and no finding says one.
func TestServerChangeKeepsTheURLToItself(t *testing.T) {
	url := func(password string) Revision {
		return side{changes: config{"database.hostname": unset, "database.url": "jdbc:oracle:thin:u/" + password + "@db"}}.of("oracle")
	}
	got := Changes(catalog.KindByName("oracle"), catalog.Version{}, url("old-pw"), url("new-pw"))
	if !found(got, "changed-server", "database.url") || strings.Contains(fmt.Sprint(got), "-pw") {
		t.Errorf("got %+v", got)
	}
}

// TestNoSnapshotIsSpokenOfWhereNoneIsTaken: sinks, Spanner and classes that
// aren't known take none.
func TestNoSnapshotIsSpokenOfWhereNoneIsTaken(t *testing.T) {
	changes := config{
		"name": "other", "topic.prefix": "store", "topics": "x", "gcp.spanner.database.id": "other", "table.include.list": "a", "connection.url": "jdbc:postgresql://other/shop",
		"gcp.spanner.project.id": "other", "consumer.override.group.id": "x",
	}
	for _, kind := range []string{"", "jdbc_sink", "mongodb_sink", "spanner"} {
		for _, replace := range []bool{false, true} {
			after := side{changes: changes, replace: replace}.of(kind)
			for _, f := range Changes(catalog.KindByName(kind), catalog.Version{}, side{changes: config{"name": "a", "table.include.list": "b"}}.of(kind), after) {
				if strings.Contains(f.Summary+f.Detail, "snapshot") {
					t.Errorf("%q: %s: %s", kind, f.Summary, f.Detail)
				}
			}
		}
	}
}
