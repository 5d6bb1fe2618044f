package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// role distinguishes two uses of the same name.
type role int

const (
	asHistory role = iota + 1
	asPrefix
)

// collisionRules lists every collision. All connectors are assumed to write to
// the same Kafka, that of their workers.
var collisionRules = slices.Concat(serverCollisions, topicCollisions, publicationCollisions)

// serverCollisions are about names that must be unique on a database server.
var serverCollisions = []collisionRule{
	{
		rule: rule{
			id: "shared-slot", harm: Fails, kinds: kinds("postgres"),
			title:      "No two connectors use one replication slot of a PostgreSQL server.",
			properties: []string{"slot.name", "database.hostname", "database.port"},
			source:     "Debezium 3.6.1, run: \"replication slot … is active for PID\"; PostgreSQL has slots once for the whole server",
		},
		stopped: warnsStopped,
		claim:   claimOn("slot.name"),
		consequence: "A slot serves one connector at a time. The other one fails with \"replication slot is active for PID\", or keeps trying while it shows RUNNING, and captures nothing. " +
			"Debezium's default is \"debezium\", so connectors that don't set the name share a slot.",
		atStandstill: "One of the two is stopped. The other one advances the slot, and PostgreSQL then discards what it has read: when the stopped connector starts again, it fails or silently misses those changes.",
		remedy:       "Give each connector a slot.name of its own.",
	},
	{
		rule: rule{
			id: "shared-server-id", harm: Fails, kinds: kinds("mysql", "mariadb"),
			title:      "No two connectors have one server id on the same MySQL or MariaDB server.",
			properties: []string{"database.server.id", "database.hostname", "database.port"},
			source:     "Debezium 3.6.1, run: \"A slave with the same server_uuid/server_id …\"",
		},
		stopped:     allowedStopped,
		claim:       claimOn("database.server.id"),
		consequence: "The server tells its replicas apart by this number. When the second connector starts, the server disconnects the first, whose task fails with \"A slave with the same server_uuid/server_id\".",
		remedy:      "Give each connector a database.server.id that no other client of the server uses.",
	},
	{
		rule: rule{
			id: "shared-xstream-server", harm: Fails, kinds: oracle,
			title:      "No two connectors use one XStream outbound server.",
			properties: []string{"xstream.out.server.name", "database.out.server.name"},
			source:     "Oracle XStream: one client may attach to an outbound server",
		},
		stopped:      warnsStopped,
		claim:        claimXStream,
		consequence:  "Only one client at a time can attach to an outbound server, so one of the connectors fails to start.",
		atStandstill: "One of the two is stopped. The other one advances the outbound server's position, and the stopped connector misses what was read in the meantime.",
		remedy:       "Create an outbound server for each connector.",
	},
	{
		rule: rule{
			id: "shared-flush-table", harm: Risky, kinds: oracle,
			title:      "No two LogMiner connectors use one flush table of the same user.",
			properties: []string{"log.mining.flush.table.name", "database.user"},
			source:     "Debezium 3.6 LogMiner's flush strategy: each connector updates the table's only row",
		},
		stopped:     allowedStopped,
		claim:       claimFlushTable,
		consequence: "Each connector constantly updates and commits the single row of its flush table. Two connectors that share a table wait for each other's lock.",
		remedy:      "Give each connector a log.mining.flush.table.name of its own.",
	},
	{
		rule: rule{
			id: "shared-signal-table", harm: Risky, kinds: relational,
			title:      "No two connectors read signals from one table.",
			properties: []string{"signal.data.collection"},
			source:     "Debezium 3.6 documentation of signalling: one signal table for each connector",
		},
		claim:       claimSignalTables,
		consequence: "Every connector that reads this table receives all of its signals, including the watermarks that another connector writes there during an incremental snapshot.",
		remedy:      "Give each connector a signal table of its own.",
	},
}

// topicCollisions are about names of Kafka topics.
var topicCollisions = []collisionRule{
	{
		rule: rule{
			id: "shared-topic-prefix", harm: Risky, kinds: sources,
			title:      "No two connectors have one topic prefix.",
			properties: []string{"topic.prefix", "database.server.name", "mongodb.name"},
			source:     "Debezium 3.6 topic naming strategies; JmxUtils for the metrics",
		},
		claim: func(v *evaluation) []*claim {
			return v.claim(v.prefixProperty(), asPrefix, v.identify(v.prefixProperty()))
		},
		consequence: "Events, heartbeats and schema changes of both connectors go to the same topics, where they can't be told apart. If both run on one worker, the second one also waits a minute to register its metrics, then runs without them.",
		remedy:      "Give each connector a prefix of its own. If they are meant to write to the same topics and never capture the same table, ignore this warning.",
	},
	{
		rule: rule{
			id: "shared-history-topic", harm: Risky, kinds: historized,
			title:      "No two connectors keep their schema history in one topic.",
			properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic"},
			source:     "Debezium 3.6 documentation: one schema history topic for each connector",
		},
		claim:       claimHistory,
		consequence: "Each start reads the history of both connectors, which takes longer. Cleaning up after one connector destroys the history of the other, whose task then can't start.",
		remedy:      "Give each connector a history topic of its own.",
	},
	{
		rule: rule{
			id: "history-topic-is-other-prefix", harm: Diverges, kinds: func(k *catalog.Kind) bool { return k.SchemaHistory || k.Name == "vitess" },
			title:      "The topic of a schema history isn't the topic prefix of another connector, which names its topic of schema changes.",
			properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic", "topic.prefix", "database.server.name"},
			source:     "Debezium 3.6 AbstractTopicNamingStrategy.schemaChangeTopic: the topic prefix alone",
		},
		claim: func(v *evaluation) []*claim { return append(claimHistory(v), claimSchemaChanges(v)...) },
		judge: func(self, other *claim) (Severity, bool) { return Error, self.role != other.role },
		summary: func(self *claim, other string) string {
			if self.role == asHistory {
				return fmt.Sprintf("%s %s is the topic prefix of connector %s", self.property, quoted(self.value), quoted(other))
			}
			return fmt.Sprintf("%s %s is the schema history topic of connector %s", self.property, quoted(self.value), quoted(other))
		},
		consequence: "A connector publishes its schema changes to the topic named after its prefix. If another connector keeps its schema history in the same topic, that history becomes unreadable, and its connector doesn't start again.",
		remedy:      "Give the schema history a topic of its own.",
	},
}

// claimOn claims a name that is unique on the database server.
func claimOn(property string) func(*evaluation) []*claim {
	return func(v *evaluation) []*claim {
		return v.claim(property, 0, v.identify(append(v.server(), property)...))
	}
}

func claimXStream(v *evaluation) []*claim {
	if !v.is("database.connection.adapter", "xstream") {
		return nil
	}
	property := "xstream.out.server.name"
	if !v.isSet(property) {
		property = "database.out.server.name" // its name before 3.5
	}
	return v.claim(property, 0, v.identify(append(v.server(), "database.dbname", property)...))
}

func claimFlushTable(v *evaluation) []*claim {
	const property = "log.mining.flush.table.name"
	if !v.minesLogs() || v.definition("log.mining.read.only") != nil && !v.is("log.mining.read.only", "false") {
		return nil
	}
	return v.claim(property, 0, v.identify(append(v.server(), "database.dbname", "database.user", property)...))
}

func claimSignalTables(v *evaluation) []*claim {
	place := v.server()
	if strings.Count(signalTable[v.Kind.Name], ".") < 2 && v.definition("database.dbname") != nil {
		place = append(place, "database.dbname") // if the table's name doesn't include it
	}
	var claims []*claim
	for _, table := range v.list("signal.data.collection") {
		at := v.identify(place...)
		at.add(table)
		claims = append(claims, v.claim("signal.data.collection", 0, at)...)
	}
	return claims
}

func claimHistory(v *evaluation) []*claim {
	prefix, _ := v.history()
	if !v.Kind.SchemaHistory || !v.keepsHistoryInKafka(prefix) {
		return nil
	}
	return v.claim(prefix+".kafka.topic", asHistory, v.identify(prefix+".kafka.topic"))
}

func claimSchemaChanges(v *evaluation) []*claim {
	if v.is("include.schema.changes", "false") {
		return nil
	}
	return v.claim(v.prefixProperty(), asPrefix, v.identify(v.prefixProperty()))
}

// prefixProperty is the property with the name that all topics start with.
func (v *evaluation) prefixProperty() string {
	if v.Kind.Name == "mongodb" && v.Version.Less(v20) {
		return "mongodb.name"
	}
	_, server := v.history()
	return server
}

// server returns the properties that identify a database server.
func (v *evaluation) server() []string {
	if v.Kind.Name == "oracle" && v.isMissing("database.hostname") {
		return []string{"database.url"}
	}
	return []string{"database.hostname", "database.port"}
}

// identity identifies a thing by several values.
type identity struct {
	text      string
	last      string // of the values
	reference bool   // one is a reference: only identical text can be the same
	unknown   bool   // one isn't known or set
}

func (id *identity) add(value string) {
	id.text += "\x00" + value
	id.last = value
}

// identify builds an identity from properties' effective values. Host names are
// case-insensitive, and numbers are the same in any notation.
func (v *evaluation) identify(properties ...string) identity {
	var id identity
	for _, property := range properties {
		value, ok := v.effective(property)
		if text := strings.TrimSpace(v.Config[property]); !v.Unknown[property] && catalog.IsReference(text) {
			value, ok, id.reference = text, true, true
		} else if property == "database.hostname" {
			value = strings.ToLower(value)
		} else if n, number := v.number(property); number {
			value = strconv.FormatInt(n, 10)
		}
		id.unknown = id.unknown || !ok || value == ""
		id.add(value)
	}
	return id
}

// claim claims what id identifies, or nothing if that isn't known.
func (v *evaluation) claim(property string, as role, id identity) []*claim {
	if id.unknown {
		return nil
	}
	return []*claim{{key: id.text, property: property, value: id.last, possibly: id.reference, role: as}}
}
