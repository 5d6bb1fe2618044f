package catalog

import "slices"

// change is a release in which a property appeared, disappeared or got other
// values or another default. Between two captured versions lie releases that
// nobody captured; this table tells which of them made the difference.
type change struct {
	kinds      kinds
	release    string
	properties []string
}

// changes were found by comparing Debezium's sources at the last patch of each
// minor release, 1.9 to 3.6.
var changes = []change{
	{sources, "2.0.0", []string{
		"topic.prefix", "topic.naming.strategy", "database.server.name", "transaction.topic",
		"source.struct.version", "errors.max.retries", "schema.name.adjustment.mode",
		"column.whitelist", "column.blacklist", "table.whitelist", "table.blacklist", "schema.whitelist", "schema.blacklist",
		"database.history", "database.history.kafka.bootstrap.servers", "database.history.kafka.query.timeout.ms",
		"database.history.kafka.recovery.attempts", "database.history.kafka.recovery.poll.interval.ms",
		"database.history.kafka.topic", "database.history.skip.unparseable.ddl",
		"database.history.store.only.captured.tables.ddl", "database.history.store.only.monitored.tables.ddl",
		"schema.history.internal", "schema.history.internal.skip.unparseable.ddl",
		"schema.history.internal.store.only.captured.tables.ddl", "plugin.name",
		"toasted.value.placeholder", "truncate.handling.mode",
	}},
	{only("postgres"), "2.1.0", []string{"flush.lsn.source"}},
	{sources, "2.2.0", []string{"sanitize.field.names", "snapshot.tables.order.by.row.count"}},
	{only("oracle"), "2.2.0", []string{"log.mining.transaction.retention.ms"}},
	{sources, "2.3.0", []string{"signal.enabled.channels", "notification.enabled.channels", "notification.sink.topic.name"}},
	{sources, "2.4.0", []string{"custom.metric.tags"}},
	{sources, "2.5.0", []string{"incremental.snapshot.watermarking.strategy", "post.processors"}},
	{sources, "2.6.0", []string{
		"snapshot.mode", "snapshot.query.mode", "snapshot.query.mode.custom.name", "snapshot.mode.custom.name",
		"snapshot.mode.configuration.based.snapshot.data", "snapshot.mode.configuration.based.snapshot.schema",
		"snapshot.mode.configuration.based.start.stream", "snapshot.mode.configuration.based.snapshot.on.schema.error",
		"snapshot.mode.configuration.based.snapshot.on.data.error", "snapshot.custom.class", "snapshot.locking.mode",
	}},
	{only("oracle"), "2.6.0", []string{"archive.log.hours", "archive.destination.name"}},
	{sources, "2.7.0", []string{"database.query.timeout.ms", "streaming.delay.ms"}},
	{binlog, "2.7.0", []string{"snapshot.new.tables"}},
	{only("postgres"), "3.0.0", []string{"publication.autocreate.mode", "snapshot.isolation.mode"}},
	{only("oracle"), "3.0.0", []string{"log.mining.transaction.retention.hours", "log.mining.archive.log.hours", "log.mining.archive.destination.name"}},
	{only("postgres"), "3.0.5", []string{"slot.failover"}},
	{sources, "3.1.0", []string{"time.precision.mode"}},
	{sources, "3.2.0", []string{"connection.validation.timeout.ms", "publish.via.partition.root", "lsn.flush.timeout.ms", "lsn.flush.timeout.action", "database.connection.adapter"}},
	{sources, "3.3.0", []string{"guardrail.collections.max", "guardrail.collections.limit.action", "snapshot.mode"}},
	{only("postgres"), "3.4.0", []string{"lsn.flush.mode"}},
	{only("sqlserver"), "3.4.0", []string{"data.query.mode"}},
	{sources, "3.5.0", []string{"snapshot.max.threads.multiplier"}},
	{binlog, "3.5.0", []string{"binlog.net.read.timeout", "binlog.net.write.timeout"}},
	{only("oracle"), "3.5.0", []string{"xstream.out.server.name"}},
	{only("sqlserver"), "3.6.0", []string{"snapshot.mode"}},
	{binlog, "3.6.0", []string{"snapshot.mode", "gtid.ignore.on.recovery", "ddl.parser.type"}},
	{sources, "3.6.0", []string{"statistics.metrics.enabled"}},
	{only("oracle"), "3.6.0", []string{"log.mining.read.only", "log.mining.readonly.hostname", "secondary.hostname", "secondary.dbname", "secondary.port", "secondary.url",
		"log.mining.batch.size.default", "log.mining.batch.size.increment", "log.mining.batch.size.max", "log.mining.batch.size.min",
		"log.mining.sleep.time.default.ms", "log.mining.sleep.time.increment.ms", "log.mining.sleep.time.max.ms", "log.mining.sleep.time.min.ms",
		"log.mining.scn.gap.detection.gap.size.min", "log.mining.scn.gap.detection.time.interval.max.ms", "log.mining.log.count.min"}},
}

// settle moves the ends of captured rows from the captured version to the
// release that made the change. Where that isn't known, whatever either side
// allows is allowed in between: a plan must not reject what may be right.
func settle(t *Traits, c *Captured) {
	releases := changesOf(t)
	rows := make([]*Definition, 0, len(c.Properties))
	for i, d := range c.Properties {
		rows = append(rows, d)
		var next *Definition // the row that takes over where d ends
		if i+1 < len(c.Properties) && c.Properties[i+1].Name == d.Name && c.Properties[i+1].From == d.Until {
			next = c.Properties[i+1]
		}
		if !d.From.IsZero() && (i == 0 || c.Properties[i-1].Until != d.From || c.Properties[i-1].Name != d.Name) {
			d.appears(c.Versions, releases[d.Name])
		}
		if d.Until.IsZero() {
			continue
		}
		before := previous(c.Versions, d.Until)
		if release, known := within(releases[d.Name], before, d.Until); known {
			d.Until = release
			if next != nil {
				next.From = release
			}
		} else if next != nil {
			rows = append(rows, between(d, next, before))
		}
	}
	c.Properties = rows
}

// appears sets the start of a row that no other row of the property precedes.
func (d *Definition) appears(versions []Version, releases []Version) {
	before := previous(versions, d.From)
	if release, known := within(releases, before, d.From); known {
		d.From = release
	} else {
		d.after = before
	}
}

// between is what may hold after the captured version before, until next.
func between(d, next *Definition, before Version) *Definition {
	both := *d
	both.From, both.Until, both.after = before, next.From, before
	both.Values = nil
	if len(d.Values) > 0 && len(next.Values) > 0 {
		both.Values = slices.Concat(d.Values, next.Values)
		slices.Sort(both.Values)
		both.Values = slices.Compact(both.Values)
	}
	return &both
}

func changesOf(t *Traits) map[string][]Version {
	releases := map[string][]Version{}
	for _, c := range changes {
		if !c.kinds(t) {
			continue
		}
		for _, property := range c.properties {
			releases[property] = append(releases[property], since(c.release))
		}
	}
	return releases
}

// within finds the last release after one captured version, up to the next.
func within(releases []Version, after, upTo Version) (Version, bool) {
	for _, r := range slices.Backward(releases) {
		if after.Less(r) && !upTo.Less(r) {
			return r, true
		}
	}
	return Version{}, false
}

func previous(versions []Version, v Version) Version {
	if i := slices.Index(versions, v); i > 0 {
		return versions[i-1]
	}
	return Version{}
}
