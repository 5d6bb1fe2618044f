package database

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
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

// keyless is the same for all kinds: tables without a key of their own need one
// in message.key.columns.
func (v *view) keyless(names []string) {
	if !v.known("message.key.columns") {
		return
	}
	names = slices.DeleteFunc(names, messageKeys(v.value("message.key.columns")))
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("%s no primary key: %s", verb(len(names), "A captured table has", "Captured tables have"), enumerate(names)), v.running.Failure,
		"Give the table a primary key, or name columns that identify a row in message.key.columns (TABLE:COLUMN,…;…).")
}

// messageKeys reads message.key.columns: TABLE:COLUMN,COLUMN;TABLE:COLUMN, each
// TABLE a regular expression.
func messageKeys(value string) func(name string) bool {
	var tables []*pattern
	for _, entry := range strings.Split(value, ";") {
		table, _, ok := strings.Cut(strings.TrimSpace(entry), ":")
		if p := compile(strings.TrimSpace(table)); ok && p != nil {
			tables = append(tables, p)
		}
	}
	return func(name string) bool {
		return slices.ContainsFunc(tables, func(p *pattern) bool { m, ok := p.matches(name); return m || !ok })
	}
}

// identifies reports whether a table's replica identity tells rows apart.
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

// willIdentify reports whether the start gives a table a replica identity.
func (v *postgresView) willIdentify(set []autosetEntry, t *postgresTable) bool {
	for _, e := range set {
		if matched, _ := e.tables.matches(t.name()); matched {
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
		for _, e := range set {
			if matched, _ := e.tables.matches(t.name()); matched && e.identity == "FULL" && v.mayOwn(t) {
				return false
			}
		}
		return t.identity != "f" && !t.partitioned && !v.chosen.signal(t.name())
	})
	if len(names) > 0 {
		v.addAs(v.running.Severity, property, fmt.Sprintf("%s the old values of %s, which PostgreSQL doesn't send", property, enumerate(names)),
			"Unless a table's replica identity is FULL, its changes have no old values except those of the key: there is nothing to compare with.",
			sql("As the owner of the tables, run this; the WAL then also holds the old rows:", eachOf(quoted, "ALTER TABLE %s REPLICA IDENTITY FULL;")...))
	}
}

// autosetEntry is one entry of replica.identity.autoset.values.
type autosetEntry struct {
	text     string
	tables   *pattern
	identity string // as ALTER TABLE takes it
}

var autosetPattern = regexp.MustCompile(`(?i)^\s*([^\s:]+):(DEFAULT|INDEX .\w*|FULL|NOTHING)\s*$`)

// autoset reads replica.identity.autoset.values; false where it can't be read.
func (v *postgresView) autoset() ([]autosetEntry, bool) {
	if !v.known("replica.identity.autoset.values") {
		return nil, false
	}
	var set []autosetEntry
	for _, text := range strings.Split(v.value("replica.identity.autoset.values"), ",") {
		match := autosetPattern.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		p := compile(match[1])
		if p == nil {
			return nil, false
		}
		set = append(set, autosetEntry{strings.TrimSpace(text), p, identityClause(match[2])})
	}
	return set, true
}

// identityClause writes the keyword in upper case, and leaves an index's name.
func identityClause(text string) string {
	keyword, index, ok := strings.Cut(text, " ")
	if !ok {
		return strings.ToUpper(keyword)
	}
	return "INDEX " + index
}

// relreplident, as ALTER TABLE calls it.
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
			if m, _ := e.tables.matches(t.name()); !m {
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
