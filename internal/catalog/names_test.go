package catalog

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestReplacement(t *testing.T) {
	tests := []struct {
		kind, old, new string
		since, until   string
	}{
		{"mysql", "database.server.name", "topic.prefix", "2.0.0", "2.0.0"},
		{"mysql", "database.history", "schema.history.internal", "2.0.0", "2.0.0"},
		{"mysql", "database.history.kafka.topic", "schema.history.internal.kafka.topic", "2.0.0", "2.0.0"},
		{"mysql", "database.history.producer.acks", "schema.history.internal.producer.acks", "2.0.0", "2.0.0"},
		{"mysql", "database.history.store.only.monitored.tables.ddl", "schema.history.internal.store.only.captured.tables.ddl", "2.0.0", "2.0.0"},
		{"postgres", "table.whitelist", "table.include.list", "", "2.0.0"},
		{"postgres", "schema.blacklist", "schema.exclude.list", "", "2.0.0"},
		{"sqlserver", "database.dbname", "database.names", "2.0.0", "2.0.0"},
		{"postgres", "snapshot.custom.class", "snapshot.mode.custom.name", "2.6.0", "2.6.0"},
		{"mysql", "snapshot.new.tables", "", "2.7.0", "2.7.0"},
		{"mongodb", "mongodb.hosts", "mongodb.connection.string", "2.0.0", "2.4.0"},
		{"oracle", "log.mining.archive.log.hours", "archive.log.hours", "2.6.0", "3.0.0"},
		{"oracle", "database.out.server.name", "xstream.out.server.name", "3.5.0", ""},
		{"jdbc_sink", "table.name.format", "collection.name.format", "3.0.2", ""},
	}
	for _, test := range tests {
		r := KindByName(test.kind).Replacement(test.old)
		if r == nil {
			t.Errorf("%s: nothing replaced %s", test.kind, test.old)
			continue
		}
		if r.Old != test.old || r.New != test.new || r.Since.String() != test.since || r.Until.String() != test.until {
			t.Errorf("%s: %s became %s, since %q until %q, want %s, %q, %q",
				test.kind, test.old, r.New, r.Since, r.Until, test.new, test.since, test.until)
		}
	}
	for kind, property := range map[string]string{"postgres": "database.dbname", "jdbc_sink": "database.server.name", "mysql": "topic.prefix", "spanner": "database.history"} {
		if r := KindByName(kind).Replacement(property); r != nil {
			t.Errorf("%s: %s became %s, want nothing", kind, property, r.New)
		}
	}
}

// A removed name is no property from its end on, and its replacement is one.
func TestReplacementsAgreeWithTheData(t *testing.T) {
	for _, k := range Kinds() {
		for _, property := range k.Properties() {
			r := k.Replacement(property)
			if r == nil {
				continue
			}
			if !r.Until.IsZero() && k.Definition(property, r.Until) != nil {
				t.Errorf("%s: %s is removed in %s, but still defined there", k.Name, property, r.Until)
			}
			if now := later(k.Newest(), r.Since); r.New != "" && k.Definition(r.New, now) == nil {
				t.Errorf("%s: %s, which replaced %s, isn't defined in %s", k.Name, r.New, property, now)
			}
		}
	}
}

func later(a, b Version) Version {
	if a.Less(b) {
		return b
	}
	return a
}

func TestReplacedValue(t *testing.T) {
	tests := []struct {
		kind, property, old, new, until string
	}{
		{"mysql", "snapshot.mode", "schema_only", "no_data", "3.3.0"},
		{"mysql", "snapshot.mode", " Schema_Only ", "no_data", "3.3.0"},
		{"db2", "snapshot.mode", "schema_only", "no_data", ""},
		{"oracle", "snapshot.mode", "schema_only_recovery", "recovery", "3.3.0"},
		{"postgres", "snapshot.mode", "never", "no_data", "3.3.0"},
		{"mysql", "snapshot.mode", "never", "", "3.6.0"},
		{"postgres", "snapshot.mode", "exported", "initial", "2.0.0"},
		{"postgres", "plugin.name", "wal2json_rds", "pgoutput", "2.0.0"},
		{"oracle", "log.mining.strategy", "redo_log_catalog", "hybrid", ""},
	}
	for _, test := range tests {
		r := KindByName(test.kind).ReplacedValue(test.property, test.old)
		if r == nil || r.New != test.new || r.Until.String() != test.until {
			t.Errorf("%s: %s = %q became %+v, want %q until %q", test.kind, test.property, test.old, r, test.new, test.until)
		}
	}
	if r := KindByName("vitess").ReplacedValue("snapshot.mode", "never"); r != nil {
		t.Errorf("vitess: never became %s, but it is still Vitess's own", r.New)
	}
}

// What the table says of removed values, the definitions must say too.
func TestReplacedValuesAgreeWithTheData(t *testing.T) {
	for property, rows := range replacedValues {
		for _, row := range rows {
			for _, k := range Kinds() {
				if row.kinds(k.Traits) {
					checkReplacedValue(t, k, property, row)
				}
			}
		}
	}
}

func checkReplacedValue(t *testing.T, k *Kind, property string, row replacementRow) {
	t.Helper()
	if row.until == "" {
		if d := k.Definition(property, k.Newest()); !allows(d, row.old) {
			t.Errorf("%s: %s %s should still be read, but isn't allowed", k.Name, property, row.old)
		}
		return
	}
	if d := k.Definition(property, since(row.until)); allows(d, strings.TrimSuffix(row.old, "*")) {
		t.Errorf("%s: %s %s is gone in %s, but allowed", k.Name, property, row.old, row.until)
	}
	if d := k.Definition(property, k.Newest()); row.new != "" && !allows(d, row.new) {
		t.Errorf("%s: %s doesn't allow %s, which replaced %s", k.Name, property, row.new, row.old)
	}
}

func TestPassthrough(t *testing.T) {
	tests := []struct {
		kind, property string
		want           bool
	}{
		{"postgres", "transforms.unwrap.type", true},
		{"postgres", "transforms", false},
		{"postgres", "producer.override.acks", true},
		{"postgres", "topic.creation.default.partitions", true},
		{"jdbc_sink", "topic.creation.default.partitions", false},
		{"postgres", "value.converter.schemas.enable", true},
		{"postgres", "column.mask.with.10.chars", true},
		{"postgres", "snapshot.select.statement.overrides.public.orders", true},
		{"mysql", "schema.history.internal.producer.security.protocol", true},
		{"postgres", "schema.history.internal.producer.security.protocol", false},
		{"mysql", "database.connectionTimeZone", true},
		{"sqlserver", "database.trustServerCertificate", true},
		{"mysql", "driver.useSSL", true},
		{"jdbc_sink", "hibernate.dialect", true},
		// Near a known name, or another kind's.
		{"mysql", "database.hostnam", false},
		{"mysql", "database.sslmode", false},
		{"mongodb", "database.anything", false},
		{"mysql", "foo.bar", false},
	}
	for _, test := range tests {
		if got := KindByName(test.kind).Passthrough(test.property); got != test.want {
			t.Errorf("%s passes %s through: %t, want %t", test.kind, test.property, got, test.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	tests := []struct {
		kind, version, property, want string
	}{
		{"postgres", "3.5", "database.hostnam", "database.hostname"},
		{"postgres", "3.5", "tabel.include.list", "table.include.list"},
		{"postgres", "3.5", "table_include_list", "table.include.list"},
		{"postgres", "3.5", "table-include-list", "table.include.list"},
		{"postgres", "3.5", "Slot.Name", "slot.name"},
		{"postgres", "3.5", "slotname", "slot.name"},
		{"postgres", "3.5", "database.ssl.mode", "database.sslmode"},
		{"postgres", "3.5", "database.tcpkeepalive", "database.tcpKeepAlive"},
		{"mysql", "3.5", "database.server.ids", "database.server.id"},
		{"mysql", "3.5", "schema.history.internal.kafka.topics", "schema.history.internal.kafka.topic"},
		{"postgres", "3.5", "foo", ""},
		{"postgres", "3.5", "completely.different.property", ""},
		// Only what the version has.
		{"postgres", "3.4", "lsn.flush.modes", "lsn.flush.mode"},
		{"postgres", "3.3", "lsn.flush.modes", ""},
		{"postgres", "1.9", "topic.prefx", ""},
	}
	for _, test := range tests {
		if got := KindByName(test.kind).Suggest(test.property, since(test.version)); got != test.want {
			t.Errorf("%s %s: %q means %q, want %q", test.kind, test.version, test.property, got, test.want)
		}
	}
}

func TestOneSlipIsFound(t *testing.T) {
	k := KindByName("postgres")
	var names []string
	for _, a := range k.Attributes() {
		names = append(names, a.Property)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		i := rapid.IntRange(0, len(name)-1).Draw(t, "position")
		slip := name[:i] + name[i+1:] // a letter left out
		if unicode.IsPunct(rune(name[i])) || k.Definition(slip, k.Newest()) != nil {
			t.Skip("no slip")
		}
		if k.Suggest(slip, k.Newest()) == "" {
			t.Fatalf("nothing is near %q", slip)
		}
	})
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "abd", 1},
		{"abc", "abcd", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3},
	}
	for _, test := range tests {
		if got := distance(test.a, test.b, 10); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a, 10); got != test.want {
			t.Errorf("from %q to %q: %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestSuggestBeyondSlips(t *testing.T) {
	tests := []struct {
		kind, version, property, want string
	}{
		{"mysql", "3.5", "database.include", "database.include.list"}, // the last word is missing
		{"postgres", "3.5", "schema.exclude", "schema.exclude.list"},
		{"mysql", "3.5", "database.username", "database.user"}, // another name for it
		{"jdbc_sink", "3.5", "connection.user", "connection.username"},
		{"mysql", "3.5", "tabel.whitelist", "table.include.list"}, // a slip in an old name
		{"mysql", "1.9", "database.server.nam", "database.server.name"},
		{"postgres", "3.5", "snapshot.custom.clas", "snapshot.mode.custom.name"},
		{"mysql", "3.5", "snapshot.new.table", ""}, // gone, and nothing took its place
	}
	for _, test := range tests {
		if got := KindByName(test.kind).Suggest(test.property, since(test.version)); got != test.want {
			t.Errorf("%s %s: %q means %q, want %q", test.kind, test.version, test.property, got, test.want)
		}
	}
}

func TestNearestValue(t *testing.T) {
	values := []string{"initial", "initial_only", "no_data", "when_needed"}
	for text, want := range map[string]string{"initiall": "initial", "when-needed": "when_needed", "NoData": "no_data", "sometimes": "", "initial": ""} {
		if got := Nearest(text, values); got != want {
			t.Errorf("%q is near %q, want %q", text, got, want)
		}
	}
}

func TestPredecessor(t *testing.T) {
	tests := []struct {
		kind, version, property, want string
	}{
		{"mysql", "1.9", "topic.prefix", "database.server.name"},
		{"mongodb", "1.9", "topic.prefix", "mongodb.name"},
		{"mysql", "1.9", "schema.history.internal.kafka.topic", "database.history.kafka.topic"},
		{"mysql", "2.0", "topic.prefix", ""},
		{"oracle", "3.4", "xstream.out.server.name", "database.out.server.name"},
		{"postgres", "1.9", "slot.name", ""},
	}
	for _, test := range tests {
		if got := KindByName(test.kind).Predecessor(test.property, since(test.version)); got != test.want {
			t.Errorf("%s %s: %s was %q, want %q", test.kind, test.version, test.property, got, test.want)
		}
	}
	if got := KindByName("mysql").OlderValue("snapshot.mode", "no_data", since("2.5")); got != "schema_only" {
		t.Errorf("no_data was %q", got)
	}
	if got := KindByName("mysql").OlderValue("snapshot.mode", "no_data", since("2.6")); got != "" {
		t.Errorf("no_data is %q in 2.6", got)
	}
}

func TestSinksReadLineage(t *testing.T) {
	for property, want := range map[string]bool{"openlineage.integration.enabled": true, "openlineage.integration.tags": false, "heartbeat.interval.ms": false} {
		if got := KindByName("jdbc_sink").HasFamily(property); got != want {
			t.Errorf("the JDBC sink reads %s: %t, want %t", property, got, want)
		}
	}
}

func TestReleasesCoverWhatIsNotCaptured(t *testing.T) {
	for _, k := range Kinds() {
		releases := k.Releases()
		for _, want := range append([]Version{since("1.9"), since("2.3"), since("3.1")}, k.Versions()...) {
			if !slices.Contains(releases, want) {
				t.Errorf("%s: the releases lack %s", k.Name, want)
			}
		}
		if last := releases[len(releases)-1]; k.Covers(last) || !k.Covers(k.Newest()) || k.Covers(Version{Major: 1, Minor: 8}) {
			t.Errorf("%s: what was captured isn't told from what wasn't, such as %s", k.Name, last)
		}
	}
}
