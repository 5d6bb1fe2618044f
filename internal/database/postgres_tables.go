package database

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

var postgresTableChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-primary-key", Property: "message.key.columns", Severity: Warning,
		Title:   "Each captured table has a primary key, another unique index, or an entry in `message.key.columns`.",
		Remedy:  "name columns that identify a row in `message.key.columns`",
		Source:  "Debezium, PostgreSQL connector, Change event keys",
		Silent:  true,
		Failure: "Events of the table have no key: their order isn't kept across partitions, compaction loses them, and sinks can't update or delete.",
	}, checkPrimaryKey},
	{Info{
		Check: "postgres-replica-identity", Property: "database.hostname", Severity: Warning,
		Title:   "Each captured table has a replica identity (a primary key, `FULL`, or an index), where updates or deletes are published.",
		Remedy:  "`ALTER TABLE … REPLICA IDENTITY FULL;`",
		Source:  "PostgreSQL, ALTER TABLE, REPLICA IDENTITY",
		Silent:  true,
		Failure: "Applications fail, not the connector: `cannot update table \"…\" because it does not have a replica identity and publishes updates`.",
	}, checkReplicaIdentity},
	{Info{
		Check: "postgres-replica-identity-full", Property: "database.hostname", Severity: Warning,
		Title:   "Each captured table has the replica identity `FULL`, where the configuration compares old and new values (`skip.messages.without.change`, the transform `ExtractChangedRecordState`).",
		Remedy:  "`ALTER TABLE … REPLICA IDENTITY FULL;`",
		Source:  "Debezium, skip.messages.without.change, ExtractChangedRecordState; PostgreSQL, REPLICA IDENTITY",
		Silent:  true,
		Failure: "The connector is RUNNING, `before` is null, and the option or the transform has no effect.",
	}, checkReplicaIdentityFull},
	{Info{
		Check: "postgres-key-identity", Property: "message.key.columns", Severity: Error,
		Title:   "The columns in `message.key.columns` are part of their table's replica identity, where deletes are captured.",
		Remedy:  "`ALTER TABLE … REPLICA IDENTITY FULL;`",
		Source:  "PostgreSQL, REPLICA IDENTITY: the old row of a delete has the columns of the replica identity alone; seen with Debezium 2.7.4, 3.4.3 and 3.6.1",
		Silent:  true,
		Failure: "The connector is RUNNING, and in the keys of deletes the column is 0, empty or null: the deleted rows remain in compacted topics and in sinks.",
	}, checkKeyIdentity},
	{Info{
		Check: "postgres-replica-identity-autoset", Property: "replica.identity.autoset.values", Severity: Warning,
		Title:   "What `replica.identity.autoset.values` wants is so already, or the role owns the table and may set it; each entry matches a captured table.",
		Remedy:  "`ALTER TABLE … REPLICA IDENTITY …;`",
		Source:  "Debezium PostgresReplicationConnection.initReplicaIdentity",
		Silent:  true,
		Failure: "Only the worker's log says it: `Replica identity could not be updated because of lack of privileges`.",
	}, checkReplicaIdentityAutoset},
	{Info{
		Check: "postgres-unlogged", Property: "table.include.list", Severity: Error,
		Title:   "No captured table is `UNLOGGED`: an error where the connector puts it into its publication, else a warning.",
		Remedy:  "`ALTER TABLE … SET LOGGED;`",
		Source:  "PostgreSQL, CREATE PUBLICATION: tables that are logged alone",
		Failure: "cannot add relation \"…\" to publication",
	}, checkUnlogged},
}

func checkPrimaryKey(v *postgresView) {
	names, _ := v.where(func(t *postgresTable) bool { return len(t.key) == 0 && !t.unique && !v.chosen.signal(t.name()) })
	v.keyless(names)
}

// keyless is shared by all kinds: tables without a key of their own need one in
// message.key.columns.
func (v *view) keyless(names []string) {
	if !v.known("message.key.columns") {
		return
	}
	keys := filterlist.ParseKeys(v.value("message.key.columns"))
	names = slices.DeleteFunc(names, func(name string) bool {
		return slices.ContainsFunc(keys, func(k filterlist.Key) bool { return k.Covers(name) })
	})
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("%s no primary key: %s", verb(len(names), "A captured table has", "Captured tables have"), enumerate(names)), v.running.Failure,
		"Give the table a primary key, or name columns that identify a row in message.key.columns (TABLE:COLUMN,…;…).")
}

// identifies reports whether a table's replica identity identifies rows.
func (t *postgresTable) identifies() bool {
	return t.identity == "f" || t.identity == "i" && t.identityIndex != "" || t.identity == "d" && len(t.key) > 0
}

func checkReplicaIdentity(v *postgresView) {
	if !v.publishes() {
		return
	}
	if p := v.publication(); p != nil && !p.updates && !p.deletes {
		return
	}
	set, known := v.autoset()
	names, quoted := v.where(func(t *postgresTable) bool {
		return known && t.logged && !t.partitioned && !t.identifies() && !v.chosen.signal(t.name()) && !v.willIdentify(set, t)
	})
	if len(names) == 0 {
		return
	}
	v.add("Updates and deletes will fail on "+enumerate(names),
		"A table without a primary key has no replica identity by default. Once it is in a publication, PostgreSQL rejects the UPDATE and DELETE statements of every application: only inserts work.",
		sql("Give the tables a primary key, or, as their owner, run this:", eachOf(quoted, "ALTER TABLE %s REPLICA IDENTITY FULL;")...))
}

// willIdentify reports whether startup gives a table a replica identity.
func (v *postgresView) willIdentify(set []autosetEntry, t *postgresTable) bool {
	for _, e := range set {
		if matched, _ := e.tables.Match(t.name()); matched {
			return v.mayOwn(t) && (e.identity == "FULL" || strings.HasPrefix(e.identity, "INDEX "))
		}
	}
	return false
}

func checkReplicaIdentityFull(v *postgresView) {
	property := ""
	if v.flag("skip.messages.without.change") {
		property = "skip.messages.without.change"
	}
	for name := range v.config {
		if strings.HasPrefix(name, "transforms.") && strings.HasSuffix(name, ".type") && strings.HasSuffix(v.value(name), ".ExtractChangedRecordState") {
			property = name
		}
	}
	set, known := v.autoset()
	if property == "" || !known || !v.streams() {
		return
	}
	names, quoted := v.where(func(t *postgresTable) bool {
		return t.identity != "f" && !v.willBeFull(set, t) && !t.partitioned && !v.chosen.signal(t.name())
	})
	if len(names) > 0 {
		v.addAs(v.running.Severity, property, fmt.Sprintf("%s the old values of %s, which PostgreSQL doesn't send", property, enumerate(names)),
			"Unless a table's replica identity is FULL, its changes have no old values except those of the key: there is nothing to compare with.",
			sql("As the owner of the tables, run this; the WAL then also holds the old rows:", eachOf(quoted, "ALTER TABLE %s REPLICA IDENTITY FULL;")...))
	}
}

// willBeFull reports whether startup gives a table the replica identity FULL.
func (v *postgresView) willBeFull(set []autosetEntry, t *postgresTable) bool {
	return v.mayOwn(t) && slices.ContainsFunc(set, func(e autosetEntry) bool {
		matched, _ := e.tables.Match(t.name())
		return matched && e.identity == "FULL"
	})
}

// checkKeyIdentity is for tables whose replica identity is the primary key.
// With another index the columns aren't known here, and without any identity
// the server rejects deletes.
func checkKeyIdentity(v *postgresView) {
	set, known := v.autoset()
	p := v.publication()
	if v.named == nil || !known || !v.streams() || !v.known("skipped.operations") || v.skips("d") || v.publishes() && p != nil && !p.deletes {
		return
	}
	var columns, quoted []string
	for _, t := range v.captured {
		if t.identity != "d" || len(t.key) == 0 || t.partitioned || v.chosen.signal(t.name()) || v.willBeFull(set, t) {
			continue
		}
		missing := slices.DeleteFunc(v.named.key(Table{Name: t.name(), PrimaryKey: t.key}), func(name string) bool {
			return slices.Contains(fullNames(t.name(), t.key), name)
		})
		if len(missing) > 0 {
			columns, quoted = append(columns, missing...), append(quoted, t.quoted())
		}
	}
	if len(columns) > 0 {
		v.addUnlessKept(v.running.Property, "Keys of deletes lack "+enumerate(columns),
			"By default, the old row that PostgreSQL sends for a delete has the columns of the primary key alone. In the key of the event the others are 0, empty or null, "+
				"so the deleted row remains in compacted topics and in sinks.",
			sql("As the owner of the tables, run this; the WAL then also holds the old rows:", eachOf(quoted, "ALTER TABLE %s REPLICA IDENTITY FULL;")...))
	}
}

// autosetEntry is an entry of replica.identity.autoset.values.
type autosetEntry struct {
	text     string
	tables   *filterlist.Entry
	identity string // as in ALTER TABLE
}

var autosetPattern = regexp.MustCompile(`(?i)^\s*([^\s:]+):(DEFAULT|INDEX .\w*|FULL|NOTHING)\s*$`)

// autoset parses replica.identity.autoset.values; false if it can't be read.
func (v *postgresView) autoset() ([]autosetEntry, bool) {
	if !v.known("replica.identity.autoset.values") {
		return nil, false
	}
	var set []autosetEntry
	for text := range strings.SplitSeq(v.value("replica.identity.autoset.values"), ",") {
		match := autosetPattern.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		p := filterlist.Parse(match[1])
		if p == nil {
			return nil, false
		}
		set = append(set, autosetEntry{strings.TrimSpace(text), p, identityClause(match[2])})
	}
	return set, true
}

// identityClause uppercases the keyword, but not an index's name.
func identityClause(text string) string {
	keyword, index, ok := strings.Cut(text, " ")
	if !ok {
		return strings.ToUpper(keyword)
	}
	return "INDEX " + index
}

// identities maps relreplident to the names in ALTER TABLE.
var identities = map[string]string{"d": "DEFAULT", "f": "FULL", "n": "NOTHING"}

func (t *postgresTable) identityNow() string {
	if t.identity == "i" {
		return "INDEX " + t.identityIndex
	}
	return identities[t.identity]
}

func checkReplicaIdentityAutoset(v *postgresView) {
	set, known := v.autoset()
	if !known || v.chosen == nil || !v.streams() {
		return
	}
	for _, e := range set {
		var refused, statements []string
		matched := false
		for _, t := range v.captured {
			if m, _ := e.tables.Match(t.name()); !m {
				continue
			}
			matched = true
			if t.identityNow() != e.identity && !v.mayOwn(t) {
				refused = append(refused, t.name())
				statements = append(statements, fmt.Sprintf("ALTER TABLE %s REPLICA IDENTITY %s;", t.quoted(), e.identity))
			}
		}
		switch {
		case !matched:
			v.add(fmt.Sprintf("%s: %s matches no captured table", v.running.Property, e.text), "The entry has no effect.",
				"Correct or remove the entry.")
		case len(refused) > 0:
			v.add(fmt.Sprintf("Role %q may not set the replica identity of %s", v.role.name, enumerate(refused)),
				"Only a table's owner may. Debezium logs an error on the worker and continues; the replica identity stays unchanged.",
				sql("As the owner of the tables, run this:", statements...))
		}
	}
}

func checkUnlogged(v *postgresView) {
	if !v.streams() {
		return
	}
	names, quoted := v.where(func(t *postgresTable) bool { return !t.logged })
	if len(names) == 0 {
		return
	}
	severity, detail := Warning, "Their changes aren't in the WAL: the snapshot has their rows, but no change ever arrives."
	if v.creates("filtered") || v.resets() {
		severity, detail = v.running.Severity, "With publication.autocreate.mode = filtered the connector adds them to its publication, which PostgreSQL rejects. The task fails."
	}
	v.addAs(severity, v.listInUse(), "Unlogged tables are captured: "+enumerate(names), detail,
		sql("Leave the tables out, or, as their owner, run this:", eachOf(quoted, "ALTER TABLE %s SET LOGGED;")...))
}
