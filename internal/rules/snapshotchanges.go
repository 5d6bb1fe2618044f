package rules

import (
	"fmt"
	"slices"
	"strings"
)

// snapshotChanges are about what is reread, and what isn't.
var snapshotChanges = []changeRule{
	{
		rule: rule{
			id: "changed-snapshot-mode", harm: Risky, kinds: sources, properties: []string{"snapshot.mode"},
			title:  "A change of `snapshot.mode` does what its author expects of a connector that has a position.",
			source: "Debezium 3.6 io.debezium.snapshot.mode, BaseSourceTask",
		},
		check: checkSnapshotMode,
	},
	{
		rule: rule{
			id: "kept-snapshot-mode", harm: Risky, kinds: sources, properties: []string{"snapshot.mode"},
			title:  "A `snapshot.mode` that stays `always` or `recovery` is reported.",
			source: "Debezium 3.6 AlwaysSnapshotter, RecoverySnapshotter: they act at every start",
		},
		check: checkKeptMode,
	},
	{
		rule: rule{
			id: "added-tables", harm: Risky, kinds: sources, properties: slices.Concat(includeLists, excludeLists),
			title:  "Tables that are added to a connector get a snapshot of the rows that they have.",
			source: "Debezium 3.6.1, run: \"Encountered change event for table … whose schema isn't known to this connector\"",
		},
		check: checkAddedTables,
	},
	{
		rule: rule{
			id: "removed-tables", harm: Risky, kinds: sources, properties: includeLists,
			title:  "Tables that are removed from a connector don't come back with a gap.",
			source: "Debezium 3.6: changes of a table that no list takes in are skipped, and the position moves on",
		},
		check: checkRemovedTables,
	},
}

// takesSnapshots reports whether the connector can read existing data.
func (v *evaluation) takesSnapshots() bool { return v.definition("snapshot.mode") != nil }

// recoveryMode is the snapshot mode that rebuilds the schema history, or "".
func (v *evaluation) recoveryMode() string {
	allowed := v.allowed("snapshot.mode")
	for _, mode := range []string{"recovery", "schema_only_recovery"} {
		if slices.Contains(allowed, mode) {
			return mode
		}
	}
	return ""
}

// recovers reports whether a snapshot mode rebuilds the schema history.
func recovers(mode string) bool {
	return strings.EqualFold(mode, "recovery") || strings.EqualFold(mode, "schema_only_recovery")
}

// repeats reports whether a snapshot mode acts on every start.
func repeats(mode string) bool { return recovers(mode) || strings.EqualFold(mode, "always") }

// modeEffects is what a mode does to a connector that has a position. Modes
// that do nothing have an empty text; custom ones have no entry.
var modeEffects = map[string]string{
	"initial":              "",
	"no_data":              "",
	"schema_only":          "",
	"never":                "",
	"exported":             "",
	"initial_only":         "In this mode the connector never streams: once its snapshot is complete, it shows RUNNING but captures nothing more.",
	"always":               everyStart,
	"when_needed":          whenLost,
	"when_needed_no_data":  whenLost,
	"recovery":             rebuilds,
	"schema_only_recovery": rebuilds,
}

const (
	everyStart = "In this mode the task takes a full new snapshot every time it starts, including after this apply and whenever a worker restarts. Change the mode back once you have the snapshot you want."
	whenLost   = "The connector resumes from its stored position. In this mode it starts over only if the server no longer has that position."
	rebuilds   = "On start, the connector rebuilds the schema history from the tables as they are now, which is wrong if a table's structure has changed since the stored position. Without a stored position the task fails (\"Could not find existing redo log information\"). Change the mode back afterwards."
)

func checkSnapshotMode(c *change) {
	from, to, ok := c.movedEnum("snapshot.mode")
	effect, known := modeEffects[to]
	if !ok || !known || c.beginsAnew() || effect == "" && repeats(from) { // back to normal
		return
	}
	summary := fmt.Sprintf("snapshot.mode changes from %s to %s on a connector that has a position", from, to)
	if effect != "" {
		c.warn("snapshot.mode", summary, effect)
		return
	}
	c.warn("snapshot.mode", summary,
		"The connector resumes from its stored position. In this mode it takes a snapshot only if it has no position, so the change has no effect now.",
		"For a new snapshot, send an execute-snapshot signal, or stop the connector, delete its offsets and start it again.")
}

func checkKeptMode(c *change) {
	was, ok1 := c.was.effective("snapshot.mode")
	is, ok2 := c.now.effective("snapshot.mode")
	if !ok1 || !ok2 || !strings.EqualFold(was, is) || !repeats(is) || !c.changesConfig() {
		return
	}
	effect := "This apply restarts the connector, which takes a full new snapshot every time it starts."
	if recovers(is) {
		effect = "This apply restarts the connector, which rebuilds its schema history every time it starts. The history is wrong if a table's structure has changed since the stored position."
	}
	c.warn("snapshot.mode", "snapshot.mode is still "+strings.ToLower(is), effect, "If you wanted this only once, set another mode.")
}

var (
	includeLists = []string{"table.include.list", "collection.include.list", "schema.include.list", "database.include.list"}
	excludeLists = []string{"table.exclude.list", "collection.exclude.list", "schema.exclude.list", "database.exclude.list"}
)

// ownSnapshots are modes that may take a snapshot of what was added.
var ownSnapshots = []string{"always", "custom", "configuration_based"}

func checkAddedTables(c *change) {
	mode, known := c.now.effective("snapshot.mode")
	if !known || slices.Contains(ownSnapshots, strings.ToLower(mode)) || c.beginsAnew() || !c.now.takesSnapshots() {
		return
	}
	for _, property := range includeLists {
		was, is, ok := c.lists(property)
		switch {
		case !ok || len(was) == 0:
		case len(is) == 0:
			c.warnAdded(property, property+" is removed: more is captured, without a snapshot")
		default:
			c.warnNew(property, "adds", c.was.unmatched(property, c.now.matching(property, without(is, was))))
		}
	}
	for _, property := range excludeLists {
		if was, is, ok := c.lists(property); ok {
			c.warnNew(property, "no longer has", c.was.matching(property, without(was, is)))
		}
	}
}

func checkRemovedTables(c *change) {
	if c.beginsAnew() {
		return
	}
	for _, property := range includeLists {
		was, is, ok := c.lists(property)
		removed := c.now.unmatched(property, c.was.matching(property, without(was, is)))
		if !ok || len(is) == 0 || len(removed) == 0 {
			continue
		}
		remedy := ""
		if c.now.takesSnapshots() {
			remedy = "To close the gap, take a snapshot of it then with an execute-snapshot signal."
		}
		c.warn(property, fmt.Sprintf("%s no longer has %s: its changes are no longer captured", property, someOf(removed)),
			"The connector's position advances past the changes it doesn't capture. If you add the entry again later, the changes in between are missing from the topic.", remedy)
	}
}

// lists are a list's elements before and after; false if either isn't known.
func (c *change) lists(property string) (was, is []string, ok bool) {
	_, ok1 := c.was.effective(property)
	_, ok2 := c.now.effective(property)
	return c.was.list(property), c.now.list(property), ok1 && ok2
}

// unmatched leaves out names that an entry in a list matches.
func (v *evaluation) unmatched(property string, names []string) []string {
	list, certain := v.filterList(property)
	if !certain {
		return names
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return literalName.MatchString(name) && list.Match(strings.ReplaceAll(name, `\.`, "."))
	})
}

func without(all, part []string) []string {
	gone := make(map[string]bool, len(part))
	for _, e := range part {
		gone[e] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(e string) bool { return gone[e] })
}

func (c *change) warnNew(property, verb string, elements []string) {
	if len(elements) == 0 {
		return
	}
	c.warnAdded(property, fmt.Sprintf("%s %s %s: captured from now on, without a snapshot", property, verb, someOf(elements)))
}

// someOf names the first element, and counts the others.
func someOf(elements []string) string {
	text := quoted(elements[0])
	if more := len(elements) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (c *change) warnAdded(property, summary string) {
	details := []string{"The connector resumes from its stored position: it captures new changes to what is added, but not the rows that already exist."}
	if c.was.is("schema.history.internal.store.only.captured.tables.ddl", "true") { // what the history has was recorded with it
		details = append(details, "Since the connector runs with schema.history.internal.store.only.captured.tables.ddl = true, the schema history doesn't know the added tables: "+
			"the task fails on their first change with \"Encountered change event for table … whose schema isn't known to this connector\".")
	}
	if c.now.Kind.Name == "postgres" && c.now.is("publication.autocreate.mode", "disabled", "no_tables") {
		details = append(details, "The publication must include the tables, too: ALTER PUBLICATION … ADD TABLE.")
	}
	signal := "To capture those rows, send an execute-snapshot signal after the apply."
	if c.now.isMissing("signal.data.collection") {
		signal = "To capture those rows, set signal.data.collection, and send an execute-snapshot signal after the apply."
	}
	c.warn(property, summary, append(details, signal)...)
}
