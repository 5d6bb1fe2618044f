package rules

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// member is a peer in few words: changes to a kind's minimal configuration.
type member struct {
	kind    string
	version string // "": 3.5
	changes config
	unknown []string
	stopped bool
	partial bool
}

func (m member) peer(t testing.TB, name string) Peer {
	p := Peer{Name: name, Kind: catalog.KindByName(m.kind), Config: minimal[m.kind].With(m.changes), Unknown: map[string]bool{}, Partial: m.partial, Stopped: m.stopped}
	if m.version == "" {
		m.version = "3.5"
	}
	p.Version = version(t, m.version)
	for _, property := range m.unknown {
		delete(p.Config, property)
		p.Unknown[property] = true
	}
	return p
}

// collisionExample is a rule's verdict on two connectors, seen from either.
type collisionExample struct {
	rule string
	a, b member
	want string // "error", "warning", or "" for none
}

var (
	filtered = config{"publication.autocreate.mode": "filtered", "table.include.list": "public.a,public.b"}
	reads    = func(mode, tables string) member {
		return member{kind: "postgres", changes: config{"publication.autocreate.mode": mode, "table.include.list": tables}}
	}
	xstream = config{"database.connection.adapter": "xstream", "xstream.out.server.name": "dbzxout"}
)

// collisionExamples: at least one for each rule; TestEveryRuleHasAnExample demands it.
var collisionExamples = []collisionExample{
	// The default, "debezium", on the default port.
	{"shared-slot", member{kind: "postgres"}, member{kind: "postgres"}, "error"},
	{"shared-slot", member{kind: "postgres", changes: config{"slot.name": "x"}}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", changes: config{"slot.name": "debezium", "database.hostname": "DB", "database.port": "05432"}}, member{kind: "postgres"}, "error"},
	{"shared-slot", member{kind: "postgres", changes: config{"database.dbname": "other"}}, member{kind: "postgres"}, "error"}, // slots are the server's
	{"shared-slot", member{kind: "postgres", changes: config{"database.port": "5433"}}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", changes: config{"database.hostname": "other"}}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", stopped: true}, member{kind: "postgres"}, "warning"},
	{"shared-slot", member{kind: "postgres", unknown: []string{"slot.name"}}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", unknown: []string{"database.hostname"}}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", partial: true}, member{kind: "postgres"}, ""},
	{"shared-slot", member{kind: "postgres", changes: config{"database.hostname": "${file:/x:host}"}}, member{kind: "postgres", changes: config{"database.hostname": "${file:/x:host}"}}, "warning"},
	{"shared-slot", member{kind: "postgres", changes: config{"database.hostname": "${file:/x:host}"}}, member{kind: "postgres", changes: config{"database.hostname": "${file:/y:host}"}}, ""},
	{"shared-slot", member{kind: "postgres", changes: config{"database.hostname": "${file:/x:host}"}}, member{kind: "postgres"}, ""},

	{"shared-server-id", member{kind: "mysql", changes: config{"database.server.id": "7"}}, member{kind: "mariadb", changes: config{"database.server.id": "7", "database.port": "3306"}}, "error"},
	{"shared-server-id", member{kind: "mysql"}, member{kind: "mysql", changes: config{"database.server.id": "7"}}, ""},
	{"shared-server-id", member{kind: "mysql"}, member{kind: "mysql", changes: config{"database.hostname": "other"}}, ""},
	{"shared-server-id", member{kind: "mysql"}, member{kind: "mysql", stopped: true}, ""},
	{"shared-server-id", member{kind: "mysql", changes: config{"database.server.id": "${env:ID}"}}, member{kind: "mysql", changes: config{"database.server.id": "${env:ID}"}}, "warning"},

	{"shared-xstream-server", member{kind: "oracle", changes: xstream}, member{kind: "oracle", changes: xstream.With(config{"xstream.out.server.name": unset, "database.out.server.name": "dbzxout"})}, "error"},
	{"shared-xstream-server", member{kind: "oracle", changes: xstream}, member{kind: "oracle", changes: xstream.With(config{"xstream.out.server.name": "other"})}, ""},
	{"shared-xstream-server", member{kind: "oracle", changes: xstream}, member{kind: "oracle", changes: xstream.With(config{"database.connection.adapter": unset})}, ""},
	{"shared-xstream-server", member{kind: "oracle", changes: xstream}, member{kind: "oracle", changes: xstream, stopped: true}, "warning"},

	{"shared-flush-table", member{kind: "oracle"}, member{kind: "oracle"}, "warning"},
	{"shared-flush-table", member{kind: "oracle"}, member{kind: "oracle", changes: config{"database.user": "c##other"}}, ""},
	{"shared-flush-table", member{kind: "oracle"}, member{kind: "oracle", changes: config{"log.mining.flush.table.name": "OTHER"}}, ""},
	{"shared-flush-table", member{kind: "oracle"}, member{kind: "oracle", changes: xstream}, ""},
	{"shared-flush-table", member{kind: "oracle", version: "3.6"}, member{kind: "oracle", version: "3.6", changes: config{"log.mining.read.only": "true"}}, ""},
	{"shared-flush-table", member{kind: "oracle", changes: config{"database.hostname": unset, "database.url": "jdbc:oracle:thin:@db"}}, member{kind: "oracle", changes: config{"database.hostname": unset, "database.url": "jdbc:oracle:thin:@db"}}, "warning"},

	{"shared-signal-table", member{kind: "postgres", changes: config{"signal.data.collection": "public.signal"}}, member{kind: "postgres", changes: config{"signal.data.collection": "public.signal"}}, "warning"},
	{"shared-signal-table", member{kind: "postgres", changes: config{"signal.data.collection": "public.signal"}}, member{kind: "postgres", changes: config{"signal.data.collection": "public.signal", "database.dbname": "other"}}, ""},
	{"shared-signal-table", member{kind: "mysql", changes: config{"signal.data.collection": "shop.signal"}}, member{kind: "mysql", changes: config{"signal.data.collection": "shop.signal2"}}, ""},
	{"shared-signal-table", member{kind: "sqlserver", changes: config{"signal.data.collection": "a.dbo.s,b.dbo.s"}}, member{kind: "sqlserver", changes: config{"signal.data.collection": "b.dbo.s"}}, "warning"},

	{"shared-topic-prefix", member{kind: "mysql"}, member{kind: "postgres"}, "warning"},
	{"shared-topic-prefix", member{kind: "mysql", version: "1.9", changes: config{"database.server.name": "shop"}}, member{kind: "mongodb"}, "warning"},
	{"shared-topic-prefix", member{kind: "mysql"}, member{kind: "postgres", changes: config{"topic.prefix": "Shop"}}, ""},
	{"shared-topic-prefix", member{kind: "mysql", unknown: []string{"topic.prefix"}}, member{kind: "postgres"}, ""},
	{"shared-topic-prefix", member{kind: "jdbc_sink", changes: config{"topic.prefix": "shop"}}, member{kind: "postgres"}, ""},
	{"shared-topic-prefix", member{kind: ""}, member{kind: "postgres"}, ""},

	{"shared-history-topic", member{kind: "mysql"}, member{kind: "sqlserver"}, "warning"},
	{"shared-history-topic", member{kind: "mysql"}, member{kind: "sqlserver", changes: config{"schema.history.internal.kafka.topic": "other"}}, ""},
	{"shared-history-topic", member{kind: "mysql"}, member{kind: "sqlserver", changes: config{"schema.history.internal": "io.debezium.storage.file.history.FileSchemaHistory"}}, ""},

	{"history-topic-is-other-prefix", member{kind: "mysql", changes: config{"schema.history.internal.kafka.topic": "b"}}, member{kind: "oracle", changes: config{"topic.prefix": "b"}}, "error"},
	{"history-topic-is-other-prefix", member{kind: "mysql", changes: config{"schema.history.internal.kafka.topic": "b"}}, member{kind: "oracle", changes: config{"topic.prefix": "b", "include.schema.changes": "false"}}, ""},
	{"history-topic-is-other-prefix", member{kind: "mysql", changes: config{"schema.history.internal.kafka.topic": "b"}}, member{kind: "postgres", changes: config{"topic.prefix": "b"}}, ""}, // has no topic of that name
	{"history-topic-is-other-prefix", member{kind: "mysql"}, member{kind: "oracle"}, ""},                                                                                                      // share both, but neither is the other's

	{"shared-publication", member{kind: "postgres", changes: filtered}, reads("filtered", "public.c"), "error"},
	{"shared-publication", member{kind: "postgres", changes: filtered}, reads("FILTERED", "public.b, public.a"), ""},
	{"shared-publication", member{kind: "postgres", changes: filtered, stopped: true}, reads("filtered", "public.c"), "warning"},
	{"shared-publication", member{kind: "postgres", changes: filtered}, reads("disabled", "public.c"), "warning"},
	{"shared-publication", member{kind: "postgres", changes: filtered}, reads("disabled", "public.a"), ""},
	{"shared-publication", member{kind: "postgres", changes: filtered}, member{kind: "postgres"}, "warning"}, // all_tables, and all tables
	{"shared-publication", member{kind: "postgres", changes: filtered.With(config{"table.include.list": unset, "table.exclude.list": "public.x"})}, reads("disabled", "public.a"), "warning"},
	{"shared-publication", reads("disabled", "public.a"), reads("all_tables", "public.b"), ""},
	{"shared-publication", member{kind: "postgres", changes: filtered}, member{kind: "postgres", changes: config{"publication.autocreate.mode": "filtered", "database.dbname": "other"}}, ""},
	{"shared-publication", member{kind: "postgres", changes: filtered}, member{kind: "postgres", changes: config{"publication.autocreate.mode": "filtered", "publication.name": "other"}}, ""},
	{"shared-publication", member{kind: "postgres", changes: filtered}, member{kind: "postgres", changes: config{"publication.autocreate.mode": "filtered", "plugin.name": "decoderbufs"}}, ""},
	{"shared-publication", member{kind: "postgres", changes: filtered}, member{kind: "postgres", changes: config{"publication.autocreate.mode": "filtered"}, unknown: []string{"table.include.list"}}, ""},
}

func TestCollisionExamples(t *testing.T) {
	for i, e := range collisionExamples {
		t.Run(fmt.Sprintf("%s/%d", e.rule, i), func(t *testing.T) {
			a, b := e.a.peer(t, "a"), e.b.peer(t, "b")
			for _, pair := range [][2]Peer{{a, b}, {b, a}} {
				got := ""
				for _, f := range Collisions(pair[0], []Peer{pair[1]}) {
					if f.Rule != e.rule {
						continue
					}
					got += f.Severity.String()
					if f.Other != pair[1].Name || f.Property == "" || f.Detail == "" || !strings.Contains(f.Summary, `"`+pair[1].Name+`"`) {
						t.Errorf("incomplete: %+v", f)
					}
				}
				if got != e.want {
					t.Errorf("%s beside %s: %q, want %q", pair[0].Name, pair[1].Name, got, e.want)
				}
			}
		})
	}
}

func TestIndexKnowsWhoIsThere(t *testing.T) {
	slot := func(name string) Peer {
		return member{kind: "postgres", changes: config{"slot.name": name}}.peer(t, "b")
	}
	self := member{kind: "postgres", changes: config{"slot.name": "mine"}}.peer(t, "a")
	x := NewIndex()
	shares := func() bool { return found(x.Collisions(self), "shared-slot", "slot.name") }
	x.Put(self)
	if shares() {
		t.Error("a connector collides with itself")
	}
	x.Put(slot("mine"))
	if !shares() {
		t.Error("a connector that was put isn't found")
	}
	x.Put(slot("other"))
	if shares() {
		t.Error("an earlier entry of the name is still found")
	}
	x.Put(slot("mine"))
	x.Remove("b")
	x.Remove("b")
	if shares() {
		t.Error("a connector that was removed is still found")
	}
	x.Remove("a")
	if len(x.users) != 0 || len(x.claims) != 0 {
		t.Errorf("an empty index holds %v", x.users)
	}
}

func TestFindingNamesSomeOfMany(t *testing.T) {
	x := NewIndex()
	self := member{kind: "postgres"}.peer(t, "m")
	want := []string{"", `The same applies to "b".`, `The same applies to "b" and "c".`, `The same applies to "b", "c" and others.`, `The same applies to "b", "c" and others.`}
	for i, name := range []string{"a", "b", "c", "d", "e"} {
		x.Put(member{kind: "postgres"}.peer(t, name))
		var slots []Finding
		for _, f := range x.Collisions(self) {
			if f.Rule == "shared-slot" {
				slots = append(slots, f)
			}
		}
		if len(slots) != 1 || slots[0].Other != "a" || !strings.Contains(slots[0].Detail, want[i]) {
			t.Errorf("with %s: %+v", name, slots)
		}
		if i == 0 && strings.Contains(slots[0].Detail, "The same applies") {
			t.Errorf("others than one: %s", slots[0].Detail)
		}
	}
}

// TestOneOfTwoLearns: connectors are put and asked about in any order, at the
// same time.
func TestOneOfTwoLearns(t *testing.T) {
	for range 50 {
		x := NewIndex()
		var learned [2]bool
		var wait sync.WaitGroup
		for i, name := range []string{"a", "b"} {
			p := member{kind: "postgres"}.peer(t, name)
			wait.Go(func() {
				x.Put(p)
				learned[i] = found(x.Collisions(p), "shared-slot", "")
			})
		}
		wait.Wait()
		if !learned[0] && !learned[1] {
			t.Fatal("neither connector learned of the other")
		}
	}
}

// TestIndexIsThatOfThoseLeft: whatever was put and removed, in any order, the
// index answers as one made of the connectors that are left.
func TestIndexIsThatOfThoseLeft(t *testing.T) {
	members := []member{
		{kind: "postgres"}, {kind: "postgres", stopped: true}, {kind: "postgres", changes: filtered}, reads("filtered", "public.c"),
		{kind: "mysql"}, {kind: "mysql", changes: config{"schema.history.internal.kafka.topic": "shop"}}, {kind: "oracle"}, {kind: "jdbc_sink"}, {kind: ""},
	}
	rapid.Check(t, func(rt *rapid.T) {
		x, left := NewIndex(), map[string]Peer{}
		for range rapid.IntRange(1, 20).Draw(rt, "steps") {
			name := rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "name")
			if rapid.Bool().Draw(rt, "remove") {
				x.Remove(name)
				delete(left, name)
				continue
			}
			p := rapid.SampledFrom(members).Draw(rt, "member").peer(t, name)
			x.Put(p)
			left[name] = p
		}
		for _, self := range left {
			var others []Peer
			for _, other := range left {
				others = append(others, other)
			}
			if got, want := x.Collisions(self), Collisions(self, others); !slices.Equal(got, want) {
				rt.Fatalf("%s: %+v, want %+v", self.Name, got, want)
			}
		}
	})
}

// BenchmarkIndex is what the check costs a plan: 1,000 connectors, each put and
// asked about, of which none, or all, share something.
func BenchmarkIndex(b *testing.B) {
	for _, shared := range []bool{false, true} {
		peers := make([]Peer, 1000)
		for i := range peers {
			own := config{"topic.prefix": fmt.Sprintf("p%d", i), "slot.name": fmt.Sprintf("s%d", i)}
			if shared {
				own = nil
			}
			peers[i] = member{kind: "postgres", changes: realistic["postgres"].With(own)}.peer(b, fmt.Sprintf("c%d", i))
		}
		b.Run(fmt.Sprintf("shared=%t", shared), func(b *testing.B) {
			for b.Loop() {
				x := NewIndex()
				for _, p := range peers {
					x.Put(p)
					x.Collisions(p)
				}
			}
		})
	}
}
