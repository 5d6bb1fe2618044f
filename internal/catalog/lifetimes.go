package catalog

import "slices"

// change is a release in which properties appeared, disappeared, or got other
// values or another default. Between two captured versions there are releases
// that weren't captured; this table says which of them made the difference.
type change struct {
	kinds      kinds
	release    string
	properties []string
}

// changes were found by comparing Debezium's sources at the last patch of each
// minor release, 1.9 to 3.6. A row says what the captured versions don't: a
// release of a kind that isn't served, or a patch release.
var changes = []change{
	{sources, "2.0.0", []string{
		"topic.prefix", "topic.naming.strategy", "database.server.name", "transaction.topic", "source.struct.version", "schema.name.adjustment.mode",
		"column.whitelist", "column.blacklist", "table.whitelist", "table.blacklist", "schema.whitelist", "schema.blacklist",
		"database.history", "database.history.kafka.bootstrap.servers", "database.history.kafka.query.timeout.ms",
		"database.history.kafka.recovery.attempts", "database.history.kafka.recovery.poll.interval.ms", "database.history.kafka.topic",
		"database.history.skip.unparseable.ddl", "database.history.store.only.captured.tables.ddl", "database.history.store.only.monitored.tables.ddl",
		"schema.history.internal", "schema.history.internal.skip.unparseable.ddl", "schema.history.internal.store.only.captured.tables.ddl",
	}},
	{sources, "2.2.0", []string{"sanitize.field.names", "snapshot.tables.order.by.row.count"}},
	{sources, "2.5.0", []string{"incremental.snapshot.watermarking.strategy", "post.processors"}},
	{sources, "2.6.0", []string{
		"snapshot.mode.custom.name", "snapshot.mode.configuration.based.snapshot.data", "snapshot.mode.configuration.based.snapshot.schema",
		"snapshot.mode.configuration.based.start.stream", "snapshot.mode.configuration.based.snapshot.on.schema.error",
		"snapshot.mode.configuration.based.snapshot.on.data.error",
	}},
	{only("postgres"), "3.0.5", []string{"slot.failover"}},
	{only("oracle"), "3.0.8", []string{"log.mining.batch.size.increment"}},
	{sources, "3.2.1", []string{"extended.headers.enabled"}},
	{only("informix"), "3.4.2", []string{"cdc.return.empty.transactions"}},
}

// resolveLifetimes turns the captured versions that start and end each row into
// the releases that made the change: the first of the minor release, unless the
// table has a later one. If there are uncaptured releases in between, and the
// table says nothing, whatever either side allows may apply in all of them: a
// plan must not reject what may be right.
//
// The rows are sorted by name and version, and their ends name minor releases.
func resolveLifetimes(versions []Version, rows []*Definition, releases map[string][]Version) []*Definition {
	resolved := make([]*Definition, 0, len(rows))
	continues := false // the row continues the previous one
	for i, d := range rows {
		resolved = append(resolved, d)
		if !continues {
			d.appears(versions, releases[d.Name])
		}
		continues = false
		if d.Until.IsZero() {
			continue
		}
		may, known := turn(versions, releases[d.Name], d.Until)
		if i+1 == len(rows) || rows[i+1].Name != d.Name || rows[i+1].From != d.Until {
			d.Until = known
			if may != known {
				d.mayUntil = may
			}
			continue
		}
		continues = true
		next := rows[i+1]
		d.Until, next.From = may, known
		if may != known {
			resolved = append(resolved, between(d, next))
		}
	}
	return resolved
}

// appears sets the start of a property's first row.
func (d *Definition) appears(versions, releases []Version) {
	if d.From.IsZero() {
		d.seen = versions[0].floor()
		return
	}
	may, known := turn(versions, releases, d.From)
	d.From = known
	if may != known {
		d.mayFrom = may
	}
}

// turn returns when a change happened that a captured version is the first to
// show: at the earliest, and at the latest. The two are equal if that is known.
func turn(versions, releases []Version, shown Version) (earliest, latest Version) {
	i := slices.IndexFunc(versions, func(v Version) bool { return v.Release() == shown })
	before := versions[i-1]
	for _, r := range slices.Backward(releases) {
		if before.Less(r) && !versions[i].Less(r) {
			return r, r
		}
	}
	// A patch later than the captured one may be the first with the change.
	return before.next(), shown.floor()
}

// between returns what may apply after d and before next.
func between(d, next *Definition) *Definition {
	both := *d
	both.From, both.Until = d.Until, next.From
	both.mayFrom, both.seen, both.Values = Version{}, Version{}, nil
	if len(d.Values) > 0 && len(next.Values) > 0 {
		both.Values = slices.Concat(d.Values, next.Values)
		slices.Sort(both.Values)
		both.Values = slices.Compact(both.Values)
		for _, value := range both.Values {
			if !slices.Contains(d.Values, value) || !slices.Contains(next.Values, value) {
				both.unsettled = append(both.unsettled, value)
			}
		}
	}
	return &both
}

// changesOf returns one kind's changes, by property.
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
