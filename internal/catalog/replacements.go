package catalog

import (
	"iter"
	"strings"
)

// Replacement is what replaced an old property name or value.
type Replacement struct {
	Old string // as passed by the caller
	New string // empty if nothing replaced it
	// Since is the first release with the new name; zero: all. Until is the
	// first without the old one; zero: the newest still reads it.
	Since, Until Version
	Note         string // one sentence on what is different, or empty
}

// replacementRow is a replacement for several kinds. A star at the end or start
// of a name matches any text, which the star in the new name repeats.
type replacementRow struct {
	kinds        kinds
	old, new     string
	since, until string
	note         string
}

// replacedNames were found by comparing Debezium's sources, 1.9 to 3.7. A whole
// name takes precedence over one with a star, and of these the first match
// wins. Debezium doesn't reject a removed name, but ignores it.
var replacedNames = []replacementRow{
	{sources.except("mongodb"), "database.server.name", "topic.prefix", "2.0.0", "2.0.0", ""},
	{only("mongodb"), "mongodb.name", "topic.prefix", "2.0.0", "2.0.0", ""},
	{historized, "database.history.store.only.monitored.tables.ddl", "schema.history.internal.store.only.captured.tables.ddl", "2.0.0", "2.0.0", ""},
	{historized, "database.history", "schema.history.internal", "2.0.0", "2.0.0", ""},
	{historized, "database.history.*", "schema.history.internal.*", "2.0.0", "2.0.0", ""},
	{relational, "table.whitelist", "table.include.list", "", "2.0.0", ""},
	{relational, "table.blacklist", "table.exclude.list", "", "2.0.0", ""},
	{relational, "column.whitelist", "column.include.list", "", "2.0.0", ""},
	{relational, "column.blacklist", "column.exclude.list", "", "2.0.0", ""},
	{withSchemas, "schema.whitelist", "schema.include.list", "", "2.0.0", ""},
	{withSchemas, "schema.blacklist", "schema.exclude.list", "", "2.0.0", ""},
	{withDatabases, "database.whitelist", "database.include.list", "", "2.0.0", ""},
	{withDatabases, "database.blacklist", "database.exclude.list", "", "2.0.0", ""},
	{only("mongodb"), "collection.whitelist", "collection.include.list", "", "2.0.0", ""},
	{only("mongodb"), "collection.blacklist", "collection.exclude.list", "", "2.0.0", ""},
	{only("mongodb"), "field.blacklist", "field.exclude.list", "", "2.0.0", ""},
	{only("sqlserver"), "database.dbname", "database.names", "2.0.0", "2.0.0", "It takes several databases."},
	{sources, "transaction.topic", "topic.transaction", "2.0.0", "2.0.0", "It holds the end of the topic's name alone, without the prefix."},
	{sources, "source.struct.version", "", "2.0.0", "2.0.0", ""},
	{only("postgres"), "toasted.value.placeholder", "unavailable.value.placeholder", "", "2.0.0", ""},
	{only("postgres"), "truncate.handling.mode", "skipped.operations", "", "2.0.0", "Truncations are skipped by default; a value without `t` captures them."},
	{only("sqlserver"), "source.timestamp.mode", "", "2.0.0", "2.0.0", ""},
	{only("sqlserver"), "database.server.timezone", "", "2.0.0", "2.0.0", ""},
	{binlog, "gtid.new.channel.position", "", "2.0.0", "2.0.0", ""},
	{only("mongodb"), "mongodb.poll.interval.sec", "mongodb.poll.interval.ms", "", "2.0.0", "It counts milliseconds."},
	{only("mongodb"), "initial.sync.max.threads", "snapshot.max.threads", "", "2.0.0", ""},
	{only("oracle"), "log.mining.view.fetch.size", "query.fetch.size", "", "2.0.0", ""},
	{sources, "sanitize.field.names", "field.name.adjustment.mode", "2.2.0", "2.2.0", "Its value `avro` does the same; schema.name.adjustment.mode is for the names of schemas."},
	{only("mongodb"), "connect.backoff.*", "", "2.2.0", "2.2.0", "The options of mongodb.connection.string do the same."},
	{only("mongodb"), "connect.max.attempts", "", "2.2.0", "2.2.0", "The options of mongodb.connection.string do the same."},
	{only("mongodb"), "mongodb.hosts", "mongodb.connection.string", "2.0.0", "2.4.0", "It is a whole connection string, with the replica set's name."},
	{only("mongodb"), "mongodb.members.auto.discover", "", "2.4.0", "2.4.0", ""},
	{only("mongodb"), "mongodb.connection.mode", "", "2.6.0", "2.6.0", "The connector always connects to the whole deployment."},
	{only("mongodb"), "mongodb.connection.string.shard.params", "mongodb.connection.string", "2.6.0", "2.6.0", "Its parameters belong in the connection string; versions that no longer have it refuse it."},
	{only("postgres"), "snapshot.custom.class", "snapshot.mode.custom.name", "2.6.0", "2.6.0", "It takes the name that the class gives itself."},
	{only("mysql"), "connector.adapter", "", "2.7.0", "2.7.0", "MariaDB has a connector of its own."},
	{only("mysql"), "snapshot.new.tables", "", "2.7.0", "2.7.0", "A signal starts a snapshot of tables that were added."},
	{only("oracle"), "log.mining.transaction.retention.hours", "log.mining.transaction.retention.ms", "2.2.0", "3.0.0", "It counts milliseconds."},
	{only("oracle"), "log.mining.archive.log.hours", "archive.log.hours", "2.6.0", "3.0.0", ""},
	{only("oracle"), "log.mining.archive.destination.name", "archive.destination.name", "2.6.0", "3.0.0", ""},
	// Gone in 3.6, and back in 3.7's pre-releases.
	{only("oracle"), "log.mining.batch.size.*", "log.mining.log.count.min", "3.6.0", "3.6.0", "It counts log files, not system change numbers."},
	{only("oracle"), "log.mining.sleep.time.*", "log.mining.log.count.min", "3.6.0", "3.6.0", "It counts log files, not milliseconds."},
	{only("oracle"), "log.mining.scn.gap.detection.*", "log.mining.log.count.min", "3.6.0", "3.6.0", "It counts log files, not system change numbers."},

	// Aliases that the newest version still reads.
	{sinks, "table.name.format", "collection.name.format", "3.0.2", "", ""},
	{sinks, "table.naming.strategy", "collection.naming.strategy", "3.0.2", "", ""},
	{only("jdbc_sink"), "database.time_zone", "use.time.zone", "3.0.2", "", ""},
	{only("postgres"), "flush.lsn.source", "lsn.flush.mode", "3.4.0", "", "`connector` stands for `true`, `manual` for `false`."},
	{only("postgres"), "internal.slot.seek.to.known.offset.on.start", "offset.mismatch.strategy", "3.4.0", "", ""},
	{only("oracle"), "database.out.server.name", "xstream.out.server.name", "3.5.0", "", ""},
	{only("oracle"), "internal.log.mining.read.only", "log.mining.read.only", "3.6.0", "", ""},
	{only("oracle"), "log.mining.readonly.hostname", "secondary.hostname", "3.6.0", "", ""},
	{only("oracle"), "log.mining.buffer.memory.legacy.transaction.start", "log.mining.buffer.deferred.transaction.start", "3.6.0", "", ""},
	{historized, "schema.history.internal.jdbc.schema.history.table.*", "schema.history.internal.jdbc.table.*", "3.1.0", "", ""},
	{historized, "schema.history.internal.jdbc.url", "schema.history.internal.jdbc.connection.url", "3.1.0", "", ""},
	{sources, "internal.legacy.snapshot.max.threads", "legacy.snapshot.max.threads", "3.6.1", "", ""},
	{binlog, "event.deserialization.failure.handling.mode", "event.processing.failure.handling.mode", "", "", ""},
}

// withSchemas are the kinds that filter by schema, withDatabases those that
// filter by database.
var (
	withSchemas   = only("postgres", "oracle", "sqlserver", "informix", "ibmi")
	withDatabases = only("mysql", "mariadb", "mongodb")
)

// replacedValues are old values by property; see replacedNames. Debezium
// rejects a removed value.
var replacedValues = map[string][]replacementRow{
	"snapshot.mode": {
		{only("mysql", "mariadb", "oracle", "sqlserver"), "schema_only", "no_data", "2.6.0", "3.3.0", ""},
		{only("db2", "informix"), "schema_only", "no_data", "2.6.0", "", ""},
		{only("mysql", "mariadb", "oracle"), "schema_only_recovery", "recovery", "2.6.0", "3.3.0", ""},
		{only("postgres", "mongodb"), "never", "no_data", "2.6.0", "3.3.0", ""},
		{binlog, "never", "", "3.6.0", "3.6.0", "no_data starts with the changes from now on, not with the oldest binlog."},
		{only("postgres"), "exported", "initial", "", "2.0.0", ""},
	},
	"plugin.name": {
		{only("postgres"), "wal2json*", "pgoutput", "", "2.0.0", ""},
	},
	"log.mining.strategy": {
		{only("oracle"), "redo_log_catalog", "hybrid", "3.6.0", "", "online_catalog does where the tables' structure seldom changes."},
	},
	"log.mining.buffer.type": {
		{only("oracle"), "infinispan", "infinispan_embedded", "", "3.0.8", ""},
	},
}

// replacedNamesOf is the rows of replacedNames for one kind, so that checking a
// name that nothing replaced, like most, is a lookup and a few comparisons.
type replacedNamesOf struct {
	exact    map[string]replacementRow
	patterns []replacementRow // those with a star
}

func namesReplacedIn(t *Traits) replacedNamesOf {
	of := replacedNamesOf{exact: map[string]replacementRow{}}
	for _, row := range replacedNames {
		switch {
		case !row.kinds(t):
		case strings.Contains(row.old, "*"):
			of.patterns = append(of.patterns, row)
		default:
			of.exact[row.old] = row
		}
	}
	return of
}

// Replacement returns what replaced a property's old name, in any version, or
// nil if the name hasn't been replaced.
func (k *Kind) Replacement(property string) *Replacement {
	if row, ok := k.replaced.exact[property]; ok {
		return row.replacement(property, "")
	}
	return k.firstMatch(k.replaced.patterns, property)
}

// ReplacedValue returns what replaced an old value of a property, in any
// version, or nil if the value hasn't been replaced. Like Debezium, it ignores
// case and surrounding spaces.
func (k *Kind) ReplacedValue(property, value string) *Replacement {
	return k.firstMatch(replacedValues[property], strings.ToLower(strings.TrimSpace(value)))
}

// Predecessor returns the name that a version reads in place of a later one, or
// "".
func (k *Kind) Predecessor(property string, v Version) string {
	for _, row := range replacedNames {
		rest, ok := matchStar(row.new, property)
		if ok && row.since != "" && row.kinds(k.Traits) && v.Less(since(row.since)) {
			return strings.ReplaceAll(row.old, "*", rest)
		}
	}
	return ""
}

// OlderValue returns the value that a version uses in place of a later one, or
// "".
func (k *Kind) OlderValue(property, value string, v Version) string {
	for _, row := range replacedValues[property] {
		if row.since != "" && row.kinds(k.Traits) && v.Less(since(row.since)) && strings.EqualFold(row.new, strings.TrimSpace(value)) {
			return row.old
		}
	}
	return ""
}

func (k *Kind) firstMatch(rows []replacementRow, old string) *Replacement {
	for _, row := range rows {
		if rest, ok := row.match(old); ok && row.kinds(k.Traits) {
			return row.replacement(old, rest)
		}
	}
	return nil
}

func (row replacementRow) replacement(old, rest string) *Replacement {
	r := &Replacement{Old: old, New: strings.ReplaceAll(row.new, "*", rest), Note: row.note}
	if row.since != "" {
		r.Since = since(row.since)
	}
	if row.until != "" {
		r.Until = since(row.until)
	}
	return r
}

// match returns what the star in the old name matches.
func (row replacementRow) match(name string) (rest string, ok bool) { return matchStar(row.old, name) }

func matchStar(pattern, name string) (rest string, ok bool) {
	before, after, star := strings.Cut(pattern, "*")
	if !star {
		return "", name == pattern
	}
	rest, starts := strings.CutPrefix(name, before)
	rest, ends := strings.CutSuffix(rest, after)
	return rest, starts && ends
}

// ReplacedNames yields the old names of a kind's properties; in some of them a
// star matches any text.
func (k *Kind) ReplacedNames() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, row := range replacedNames {
			if row.kinds(k.Traits) && !yield(row.old) {
				return
			}
		}
	}
}

// ReplacedValues returns the old values of any kind, by property.
func ReplacedValues() map[string][]string {
	all := map[string][]string{}
	for property, rows := range replacedValues {
		for _, row := range rows {
			all[property] = append(all[property], row.old)
		}
	}
	return all
}
