package catalog

import (
	"slices"
	"testing"
)

func TestDefinitionByVersion(t *testing.T) {
	tests := []struct {
		kind, property, version string
		want                    bool
	}{
		// Captured.
		{"postgres", "topic.prefix", "3.5.0.Final", true},
		{"postgres", "topic.prefix", "1.9.8.Final", false},
		{"postgres", "database.server.name", "1.9.8.Final", true},
		{"mysql", "database.history.kafka.topic", "1.9", true},
		{"postgres", "no.such.property", "3.5", false},
		// Between captured versions, where the release is known.
		{"postgres", "topic.prefix", "2.0", true},
		{"postgres", "database.server.name", "2.0", false},
		{"postgres", "sanitize.field.names", "2.1", true},
		{"postgres", "sanitize.field.names", "2.2", false},
		{"postgres", "connection.validation.timeout.ms", "3.1", false},
		{"postgres", "connection.validation.timeout.ms", "3.2", true},
		{"postgres", "lsn.flush.mode", "3.3", false},
		{"postgres", "lsn.flush.mode", "3.4", true},
		{"postgres", "slot.failover", "3.0.4", false},
		{"postgres", "slot.failover", "3.0.5", true},
		{"oracle", "log.mining.batch.size.max", "3.5", true},
		{"oracle", "log.mining.batch.size.max", "3.6", false},
		{"oracle", "log.mining.batch.size.increment", "2.7", false},
		{"oracle", "log.mining.batch.size.increment", "3.0", true},
		{"mysql", "gtid.new.channel.position", "1.9", true},
		// Between captured versions, where it isn't known: it may be there.
		{"vitess", "binary.handling.mode", "2.5", true},
		// Newer than all captured ones.
		{"postgres", "statistics.metrics.enabled", "3.9", true},
		// Left out by ConfigDef.
		{"mysql", "schema.history.internal.kafka.topic", "1.9", false},
		{"mysql", "schema.history.internal.kafka.topic", "2.0", true},
		{"mysql", "schema.history.internal.kafka.topic", "3.6.1.Final", true},
		{"mysql", "binary.handling.mode", "3.5", true},
		{"postgres", "schema.history.internal.kafka.topic", "3.5", false},
		{"postgres", "offset.mismatch.strategy", "3.3", false},
		{"postgres", "offset.mismatch.strategy", "3.4", true},
	}
	for _, test := range tests {
		got := KindByName(test.kind).Definition(test.property, since(test.version)) != nil
		if got != test.want {
			t.Errorf("%s %s has %s: %t, want %t", test.kind, test.version, test.property, got, test.want)
		}
	}
}

// The rows are Debezium's own enumerations, release by release.
func TestValuesByVersion(t *testing.T) {
	tests := []struct {
		kind, property, version, value string
		want                           bool
	}{
		{"mysql", "snapshot.mode", "1.9", "schema_only", true},
		{"mysql", "snapshot.mode", "2.5", "no_data", false},
		{"mysql", "snapshot.mode", "2.6", "no_data", true},
		{"mysql", "snapshot.mode", "3.0", "schema_only", true},
		{"mysql", "snapshot.mode", "3.2", "schema_only", true},
		{"mysql", "snapshot.mode", "3.3", "schema_only", false},
		{"mysql", "snapshot.mode", "3.5", "schema_only", false},
		{"mysql", "snapshot.mode", "3.5", "never", true},
		{"mysql", "snapshot.mode", "3.6", "never", false},
		{"mariadb", "snapshot.mode", "3.2", "schema_only", true},
		{"mariadb", "snapshot.mode", "3.5", "never", true},
		{"mariadb", "snapshot.mode", "3.6", "never", false},
		{"postgres", "snapshot.mode", "1.9", "exported", true},
		{"postgres", "snapshot.mode", "2.0", "exported", false},
		{"postgres", "snapshot.mode", "2.6", "when_needed", true},
		{"postgres", "snapshot.mode", "3.2", "never", true},
		{"postgres", "snapshot.mode", "3.3", "never", false},
		{"oracle", "snapshot.mode", "2.0", "always", false},
		{"oracle", "snapshot.mode", "2.1", "always", true},
		{"sqlserver", "snapshot.mode", "2.5", "recovery", false},
		{"sqlserver", "snapshot.mode", "3.2", "schema_only", true},
		{"sqlserver", "snapshot.mode", "3.5", "when_needed_no_data", false},
		{"sqlserver", "snapshot.mode", "3.6", "when_needed_no_data", true},
		{"mongodb", "snapshot.mode", "2.5", "always", false},
		{"mongodb", "snapshot.mode", "3.2", "never", true},
		{"db2", "snapshot.mode", "3.6", "schema_only", true},
		{"ibmi", "snapshot.mode", "3.5", "no_data", true},
		{"postgres", "publication.autocreate.mode", "2.7", "no_tables", false},
		{"postgres", "publication.autocreate.mode", "3.0", "no_tables", true},
		{"oracle", "database.connection.adapter", "3.1", "logminer_unbuffered", false},
		{"oracle", "database.connection.adapter", "3.2", "logminer_unbuffered", true},
		{"oracle", "log.mining.query.filter.mode", "3.6", "regex", true},
		{"mysql", "time.precision.mode", "3.5", "adaptive", false},
		{"mysql", "time.precision.mode", "3.1", "isostring", true},
		// 3.1 to 3.4 weren't captured, and the release isn't known.
		{"mysql", "snapshot.locking.mode", "3.0.8.Final", "minimal_percona_no_table_locks", false},
		{"mysql", "snapshot.locking.mode", "3.1", "minimal_percona_no_table_locks", true},
		{"jdbc_sink", "insert.mode", "3.5", "upsert", true},
		{"jdbc_sink", "insert.mode", "3.5", "merge", false},
		{"postgres", "errors.tolerance", "3.5", "none", true},
		{"postgres", "errors.tolerance", "3.5", "some", false},
	}
	for _, test := range tests {
		d := KindByName(test.kind).Definition(test.property, since(test.version))
		if d == nil {
			t.Errorf("%s %s has no %s", test.kind, test.version, test.property)
			continue
		}
		if got := slices.Contains(d.Values, test.value); got != test.want {
			t.Errorf("%s %s: %s allows %s: %t, want %t", test.kind, test.version, test.property, test.value, got, test.want)
		}
	}
}

// lived makes a kind's properties of captured 1.8, 2.0, 2.7, 3.0 and 3.1,
// with releases between the first three, and none between the others.
func lived(releases map[string][]Version) properties {
	v := func(text string) Version { return since(text).Release() }
	rows := []*Definition{
		{Name: "both", Values: []string{"a", "b"}, Until: v("2.0")},
		{Name: "both", Values: []string{"b", "c"}, From: v("2.0"), Until: v("2.7")},
		{Name: "both", Values: []string{"c", "d"}, From: v("2.7"), Until: v("3.0")},
		{Name: "both", Values: []string{"d"}, From: v("3.0")},
		{Name: "free", Values: []string{"a"}, Until: v("2.0")},
		{Name: "free", From: v("2.0")},
		{Name: "gone", Until: v("2.0")},
		{Name: "late", From: v("3.0")},
		{Name: "new", From: v("2.0")},
		{Name: "patched", From: v("3.1")},
		{Name: "told", From: v("3.0")},
	}
	versions := []Version{since("1.8.5.Final"), since("2.0.1.Final"), since("2.7.4.Final"), since("3.0.2.Final"), since("3.1.3.Final")}
	return newProperties(versions, resolveLifetimes(versions, rows, releases))
}

func TestPresence(t *testing.T) {
	p := lived(map[string][]Version{"told": {since("3.0.1")}})
	tests := []struct {
		name, version string
		want          Presence
	}{
		{"patched", "3.0.2", Absent},
		{"patched", "3.0.3", NotKnown},
		{"patched", "3.0", NotKnown},
		{"patched", "3.1.0", Present},
		{"gone", "1.7", NotKnown},
		{"gone", "1.8.0", Present},
		{"gone", "1.9", NotKnown},
		{"gone", "2.0.0.Alpha1", Absent},
		{"gone", "3.5", Absent},
		{"new", "1.7", Absent},
		{"new", "1.8.5.Final", Absent},
		{"new", "1.8", Absent},
		{"new", "1.9", NotKnown},
		{"new", "2.0.0.Beta1", Present},
		{"new", "2.3", Present},
		{"new", "4.0", Present},
		{"late", "2.7", Absent},
		{"late", "3.0.0", Present},
		{"told", "3.0.0.Final", Absent},
		{"told", "3.0.1.Final", Present},
		{"both", "2.5", Present},
		{"never", "2.5", Absent},
		{"never", "1.7", NotKnown},
	}
	for _, test := range tests {
		got := p.Presence(test.name, since(test.version))
		if got != test.want {
			t.Errorf("%s in %s: %d, want %d", test.name, test.version, got, test.want)
		}
		if (p.Definition(test.name, since(test.version)) == nil) != (got == Absent) && test.name != "never" {
			t.Errorf("%s in %s has a definition though it is absent, or none though it may be there", test.name, test.version)
		}
	}
}

func TestValuePresence(t *testing.T) {
	p := lived(nil)
	tests := []struct {
		name, value, version string
		want                 Presence
	}{
		{"both", "a", "1.8", Present},
		{"both", "a", "1.9", NotKnown},
		{"both", "b", "1.9", Present},
		{"both", "d", "1.9", Absent},
		{"both", "a", "2.0", Absent},
		{"both", "c", "2.0", Present},
		{"both", "b", "2.4", NotKnown},
		{"both", "c", "2.4", Present},
		{"both", "d", "2.4", NotKnown},
		{"both", "c", "3.0", Absent},
		{"both", "d", "3.3", Present},
		{"both", "a", "1.7", NotKnown},
		{"both", "d", "1.7", Absent},
		{"both", "x", "1.7", NotKnown},
		{"free", "x", "1.8", Absent},
		{"free", "x", "1.9", Present},
		{"free", "x", "2.0", Present},
		{"gone", "x", "2.0", Absent},
	}
	for _, test := range tests {
		if got := p.ValuePresence(test.name, test.value, since(test.version)); got != test.want {
			t.Errorf("%s = %s in %s: %d, want %d", test.name, test.value, test.version, got, test.want)
		}
	}
	if d := p.Definition("both", since("1.7")); d == nil || d.Values != nil {
		t.Errorf("before the oldest captured version, any value may be right; got %v", d)
	}
}

// A row that the captured versions tell by themselves is one too many.
func TestChangesTellWhatTheDataDoNot(t *testing.T) {
	for _, c := range changes {
		for _, property := range c.properties {
			if !slices.ContainsFunc(traits, func(tr *Traits) bool { return c.kinds(tr) && tells(t, tr, property, since(c.release)) }) {
				t.Errorf("the row of %s in %s changes nothing", property, c.release)
			}
		}
	}
}

// tells reports whether a release of the table moves an end of a property.
func tells(t *testing.T, tr *Traits, property string, release Version) bool {
	t.Helper()
	var c Captured
	read("data/"+tr.Name+".json", &c)
	for _, d := range c.Properties {
		for _, end := range []Version{d.From, d.Until} {
			if d.Name != property || end.IsZero() {
				continue
			}
			without, alsoWithout := turn(c.Versions, nil, end)
			with, alsoWith := turn(c.Versions, []Version{release}, end)
			if with != without || alsoWith != alsoWithout {
				return true
			}
		}
	}
	return false
}

// A row of a table that fits no kind, or that a captured version contradicts,
// is a slip of the pen.
func TestChangesAreOfKnownProperties(t *testing.T) {
	for _, c := range changes {
		for _, property := range c.properties {
			if !slices.ContainsFunc(Kinds(), func(k *Kind) bool {
				return c.kinds(k.Traits) && len(k.Definitions(property)) > 0
			}) {
				t.Errorf("no kind of the change in %s has %s", c.release, property)
			}
		}
	}
	for _, row := range hidden {
		if !slices.ContainsFunc(traits, row.kinds) {
			t.Errorf("the hidden property %s is of no kind", row.Name)
		}
	}
}
