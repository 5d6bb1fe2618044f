package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// changeRules lists every hazard of a change.
var changeRules = slices.Concat(positionChanges, snapshotChanges, postgresChanges, publicationChanges, slotDrops, removals)

// positionChanges are about where a connector resumes: its position is stored
// under its name and topic prefix, and belongs to one server and one schema
// history.
var positionChanges = []changeRule{
	{
		rule: rule{
			id: "changed-name", harm: Risky, properties: []string{"name"},
			title:  "A connector keeps its name, under which its position is stored.",
			source: "Kafka Connect keys offsets and consumer groups by the connector's name",
		},
		phase: atRemoval, check: checkName,
	},
	{
		rule: rule{
			id: "changed-class", harm: Risky, properties: []string{"connector.class"},
			title:  "A name isn't used for a connector of another class while its offsets are there.",
			source: "Kafka Connect keys offsets by the connector's name; their shape is the connector's own",
		},
		phase: atAnyChange, check: checkClass,
	},
	{
		rule: rule{
			id: "changed-topic-prefix", harm: Risky, kinds: sources, properties: []string{"topic.prefix", "database.server.name", "mongodb.name"},
			title:  "A connector keeps its topic prefix.",
			source: "Debezium 3.6.1, run: the prefix is the offset's partition",
		},
		check: checkTopicPrefix,
	},
	{
		rule: rule{
			id: "changed-server", harm: Risky, kinds: sources, properties: places,
			title:  "A connector stays with its database server.",
			source: "Debezium 3.6 offset contexts: a position in the log of one server",
		},
		check: checkServer,
	},
	{
		rule: rule{
			id: "changed-history-topic", harm: Risky, kinds: historized,
			properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic", "snapshot.mode"},
			title:      "A connector keeps its schema history's topic, unless `snapshot.mode` = `recovery` builds a new one.",
			source:     "Debezium 3.6.1, run: \"The db history topic is missing\"",
		},
		check: checkHistoryMoved,
	},
	{
		rule: rule{
			id: "pause-undone", harm: Risky, properties: []string{"state"},
			title:  "Starting a connector again that someone else paused or stopped is reported.",
			source: "Kafka Connect keeps a connector's target state until it is told another",
		},
		check: checkPause,
	},
}

func checkName(c *change) {
	from, to, ok := c.moved("name")
	if !ok || !c.after.Replace || c.after.NewOffsets {
		return
	}
	what := "Kafka Connect stores a connector's position under its name. There is none under the new name, so the connector starts from scratch; the old position stays behind."
	switch k := c.now.Kind; {
	case k == nil:
	case k.Sink:
		what = "The name also determines the sink's consumer group. The new group has read nothing, so by default the sink writes every record of its topics again."
	case c.now.is("snapshot.mode", "no_data", "schema_only", "never"):
		what += " It takes no snapshot and captures changes from its start on: changes made before that, while neither connector runs, are missed."
	case c.now.is("snapshot.mode", catalog.RowSnapshotModes...):
		what += " It takes a full new snapshot."
	}
	c.warn("name", fmt.Sprintf("name changes from %s to %s: a new connector without a position", quoted(from), quoted(to)),
		what, "Keep the name, or give the new connector the offsets of the old one in initial_offsets, and keep the names of its slot and schema history.")
}

func checkClass(c *change) {
	from, to, ok := c.moved("connector.class")
	if !ok || c.after.Destroy {
		return
	}
	if k := catalog.KindOfClass(from); k != nil && k == catalog.KindOfClass(to) {
		return // two names for one class
	}
	if _, _, renamed := c.moved("name"); renamed {
		return
	}
	c.warn("connector.class", "connector.class changes, but the old offsets remain",
		fmt.Sprintf("Kafka Connect stores offsets by connector name alone. Those stored by %s remain under this name, and %s can't read them: it fails, or starts from the beginning.", from, to),
		"Give the new connector another name, or delete the old offsets first.")
}

func checkTopicPrefix(c *change) {
	property := c.now.prefixProperty()
	from, to, ok := c.moved(property)
	if !ok || c.before.NeverRan {
		return
	}
	var history, snapshot string
	if c.now.takesSnapshots() {
		snapshot = ", with a snapshot if snapshot.mode takes one"
	}
	if c.now.Kind.SchemaHistory {
		history = "The schema history was recorded under the old prefix, too, and can't be read under the new one."
	}
	c.warn(property, fmt.Sprintf("%s changes from %s to %s: the position is lost", property, quoted(from), quoted(to)),
		fmt.Sprintf("The connector's position is stored under its topic prefix. There is none under the new prefix: the connector starts from the beginning%s. "+
			"All topics get new names, and consumers of the old topics receive nothing more.", snapshot),
		history,
		"Keep the prefix, or create an additional connector with its own name, prefix and schema history.")
}

// places say which server, and which database on it, a connector reads.
var places = []string{
	"database.hostname", "database.port", "database.url", "database.dbname", "database.instance", "vitess.keyspace",
	"gcp.spanner.project.id", "gcp.spanner.instance.id", "gcp.spanner.database.id", "gcp.spanner.change.stream",
}

func checkServer(c *change) {
	if c.beginsAnew() {
		return
	}
	var moves []string
	first := ""
	for _, property := range places {
		from, to, ok := c.moved(property)
		if !ok || property == "database.hostname" && strings.EqualFold(from, to) {
			continue
		}
		if first == "" {
			first = property
		}
		move := fmt.Sprintf("%s from %s to %s", property, quoted(from), quoted(to))
		if property == "database.url" {
			move = property // it may contain a password
		}
		moves = append(moves, move)
	}
	if first == "" {
		return
	}
	again := "starts from the beginning"
	if c.now.takesSnapshots() {
		again = "takes a new snapshot"
	}
	c.warn(first, first+" changes: the stored position belongs to the old server",
		"The plan changes "+strings.Join(moves, ", ")+".",
		"The connector resumes from its stored position, which is a place in the log of the server and database it has read so far. On another server or database the task fails, or resumes at the wrong place and misses changes.",
		"If it is the same server at a new address, ignore this warning. Otherwise create another connector, with its own name and topic prefix, or delete this one's offsets so that it "+again+".")
}

func checkHistoryMoved(c *change) {
	prefix, _ := c.now.history()
	property := prefix + ".kafka.topic"
	from, to, ok := c.moved(property)
	mode, known := c.now.effective("snapshot.mode")
	if !ok || !known || recovers(mode) || c.beginsAnew() {
		return
	}
	remedy := "Keep the topic."
	if recovery := c.now.recoveryMode(); recovery != "" {
		remedy = fmt.Sprintf("Keep the topic, or set snapshot.mode to %s for this one apply: it rebuilds the history from the tables as they are now, which is correct as long as no table's structure has changed since the stored position. Set the mode back afterwards.", recovery)
	}
	c.warn(property, fmt.Sprintf("%s changes from %s to %s: the schema history is lost", property, quoted(from), quoted(to)),
		"The connector has a position, but the new topic has no history for it. Unless you have copied the history there, the task fails with \"The db history topic is missing\".",
		remedy)
}

func checkPause(c *change) {
	if c.before.State != "paused" && c.before.State != "stopped" || c.after.State != "running" {
		return
	}
	c.warn("state", fmt.Sprintf("The connector is %s, and this apply starts it again", c.before.State),
		"It was "+c.before.State+" outside of Terraform, perhaps for maintenance on the database. Check before you apply.",
		fmt.Sprintf("To leave it %[1]s, set state to %[1]s.", c.before.State))
}
