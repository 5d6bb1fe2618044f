package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules/rulestest"
)

// inVersion writes a minimal configuration with the names that a version reads.
func inVersion(k *catalog.Kind, v catalog.Version, c config) config {
	c = c.With(nil)
	if k.Name == "mongodb" && v.Less(v20) {
		c["mongodb.hosts"] = "rs0/db:27017"
		delete(c, "mongodb.connection.string")
	}
	for property, value := range c {
		if older := k.Predecessor(property, v); older != "" {
			delete(c, property)
			c[older] = value
		}
	}
	return c
}

// TestAdviceFollowedGivesNothingNew drives every message that proposes a
// property or a value, over all kinds, releases, replaced names and values, and
// the examples of all rules: followed, it leaves no finding that wasn't there.
func TestAdviceFollowedGivesNothingNew(t *testing.T) {
	for _, k := range catalog.Kinds() {
		for _, v := range k.Releases() {
			base := inVersion(k, v, minimal[k.Name])
			for name, changed := range mistakes(k) {
				followAll(t, fmt.Sprintf("%s %s, %s", k.Name, v, name), Input{Kind: k, Version: v, Config: base.With(changed)})
			}
		}
	}
}

// TestAdviceFollowedOnTheCorpus: the same for what people write.
func TestAdviceFollowedOnTheCorpus(t *testing.T) {
	for _, r := range readCorpus(t, "good/*.json") {
		for _, text := range minors { // also where it isn't right
			followAll(t, r.ID+" "+text, Input{Kind: r.kind(t), Version: version(t, text), Config: r.Config})
		}
	}
	for _, r := range readCorpus(t, "wrong.json") {
		for _, text := range r.versions(t) {
			followAll(t, r.ID+" "+text, Input{Kind: r.kind(t), Version: version(t, text), Config: r.Config})
		}
	}
}

// mistakes are changes to a minimal configuration, by what they are.
func mistakes(k *catalog.Kind) map[string]config {
	all := map[string]config{}
	for old := range k.ReplacedNames() {
		property := strings.Replace(old, "*", "kafka.topic", 1)
		all["replaced "+property] = config{property: sample(property)}
		slip := property[:len(property)-1]
		all["slip "+slip] = config{slip: sample(property)}
	}
	for property, olds := range catalog.ReplacedValues() {
		for _, old := range olds {
			all["value "+property+" "+old] = config{property: strings.TrimSuffix(old, "*")}
		}
	}
	for _, e := range rulestest.Examples {
		if e.Kind == k.Name {
			all["example "+e.Rule+" "+e.Property] = e.Bad
		}
	}
	for _, f := range foreignNames {
		if f.kinds(k) {
			all["foreign "+f.name] = config{f.name: "true"}
		}
	}
	return all
}

// sample is a value that suits a property and what replaced it.
func sample(property string) string {
	switch {
	case strings.HasSuffix(property, "list"):
		return "shop.orders"
	case strings.HasSuffix(property, "hosts"):
		return "mongodb://db:27017/?replicaSet=rs0"
	case strings.HasPrefix(property, "database.history.store"), strings.HasPrefix(property, "database.history.skip"), property == "sanitize.field.names":
		return "true"
	case strings.HasSuffix(property, "strategy"):
		return "com.example.Custom"
	}
	return "5"
}

// values are what users choose where advice names no value, and where the old
// one doesn't suit the new name.
var values = map[string]string{
	"field.name.adjustment.mode": "avro", "lsn.flush.mode": "connector", "offset.mismatch.strategy": "trust_slot", "log.mining.read.only": "false",
	"log.mining.buffer.deferred.transaction.start": "false", "legacy.snapshot.max.threads": "false", "event.processing.failure.handling.mode": "warn",
	"primary.key.mode": "record_key", "skipped.operations": "none", "signal.kafka.bootstrap.servers": "kafka:9092",
	"mongodb.connection.string": "mongodb://db:27017/?replicaSet=rs0", "snapshot.locking.mode": "none", "use.time.zone": "UTC",
	"quote.identifiers": "true", "capture.target": "shop", "tasks.max": "1", "connection.url": "jdbc:postgresql://db/shop",
	"database.url": "jdbc:oracle:thin:@db:1521/X", "slot.name": "orders", "xstream.out.server.name": "out",
	"column.include.list": "shop.orders.id", "column.exclude.list": "shop.orders.id", "database.server.id": "7", "openlogreplicator.port": "9000",
	"signal.data.collection": "shop.public.signals", "schema.history.internal.kafka.topic": "history", "database.history.kafka.topic": "history",
	"flush.lsn.source": "true", "log.mining.buffer.memory.legacy.transaction.start": "false", "flush.retry.delay.ms": "5", "flush.max.retries": "5", "snapshot.new.tables": "off", "source.struct.version": "v2", "log.mining.path.dictionary": "/d",
}

// suitable is a value that a user would choose; empty where the old one does.
func suitable(in Input, property string) string {
	if property == "signal.data.collection" && (in.Kind.Name == "mysql" || in.Kind.Name == "mariadb") {
		return "shop.signals"
	}
	if values[property] != "" {
		return values[property]
	}
	d := in.Kind.Definition(property, in.Version)
	switch {
	case d == nil:
		return ""
	case len(d.Values) > 0:
		return d.Values[len(d.Values)-1]
	case d.Type == catalog.Boolean:
		return "false"
	case d.Type == catalog.Int, d.Type == catalog.Long, d.Type == catalog.Short, d.Type == catalog.Double:
		return "5"
	}
	return ""
}

func followAll(t *testing.T, what string, in Input) {
	t.Helper()
	findings := Check(in)
	for _, f := range findings {
		a := f.Advice
		if a == (Advice{}) {
			continue
		}
		if a.Set != "" {
			if d := newEvaluation(in).definition(a.Set); d == nil && !newEvaluation(in).has(a.Set) {
				t.Errorf("%s: %q proposes %s, which the version doesn't have", what, f.Summary, a.Set)
				continue
			}
			if a.To == "" {
				a.To = suitable(in, a.Set)
			}
			if a.To == "" && in.Config[a.Remove] == "" {
				a.To = "shop"
			}
		}
		followed := in
		followed.Config = a.applied(in.Config)
		for _, after := range Check(followed) {
			if !containsRule(findings, after) {
				t.Errorf("%s: %q says %q, and then: %s", what, f.Summary, f.Advice, after.Summary)
			}
		}
	}
}

// TestAdviceKnowsKindAndVersion: examples of what must not be proposed.
func TestAdviceKnowsKindAndVersion(t *testing.T) {
	for _, test := range []struct {
		kind, version string
		changes       config
		property      string
		want          Advice
	}{
		{"postgres", "3.5", config{"database.whitelist": "shop"}, "database.whitelist", Advice{Remove: "database.whitelist"}},
		{"mongodb", "3.5", config{"schema.whitelist": "shop"}, "schema.whitelist", Advice{Remove: "schema.whitelist"}},
		{"mysql", "3.5", config{"database.history.kafka.topik": "h"}, "database.history.kafka.topik", Advice{Remove: "database.history.kafka.topik"}},
		{"mysql", "3.5", config{"tabel.whitelist": "shop.a"}, "tabel.whitelist", Advice{Set: "table.include.list", Remove: "tabel.whitelist"}},
		{"oracle", "3.6", config{"log.mining.strategy": "redo_log_catalog"}, "log.mining.strategy", Advice{Set: "log.mining.strategy", To: "hybrid"}},
		{"oracle", "3.6", config{"log.mining.strategy": "redo_log_catalog", "lob.enabled": "true"}, "log.mining.strategy", Advice{Set: "log.mining.strategy", To: "online_catalog"}},
		{"mysql", "3.5", config{"snapshot.mode": "Initiall"}, "snapshot.mode", Advice{Set: "snapshot.mode", To: "initial"}},
		{"mysql", "2.5", config{"snapshot.mode": "no_data"}, "snapshot.mode", Advice{Set: "snapshot.mode", To: "schema_only"}},
		{"postgres", "3.5", config{"errors.tolerance": "al", "errors.log.enable": "true"}, "errors.tolerance", Advice{Set: "errors.tolerance", To: "all"}},
	} {
		in := Input{Kind: catalog.KindByName(test.kind), Version: version(t, test.version), Config: minimal[test.kind].With(test.changes)}
		var got []Advice
		for _, f := range Check(in) {
			if f.Property == test.property {
				got = append(got, f.Advice)
			}
		}
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%s %s %v: got %+v, want %+v", test.kind, test.version, test.changes, got, test.want)
		}
	}
}
