package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// componentList is a property that names components, whose own properties
// include those names.
type componentList struct {
	id       string
	property string
	prefix   string // before a component's name; empty: nothing
	what     string
	from     catalog.Version
	source   string
}

var componentLists = []componentList{
	{id: "converter-type", property: "converters", what: "converter", source: "Debezium 3.6 CommonConnectorConfig.getCustomConverters"},
	{id: "post-processor-type", property: "post.processors", what: "post processor", from: v25, source: "Debezium 3.6 PostProcessorRegistry"},
}

// channels is a property that lists signal or notification channels.
type channels struct {
	id, property string
	known        []string
	what         string
}

var channelLists = []channels{
	{id: "signal-channel", property: "signal.enabled.channels", known: []string{"source", "kafka", "file", "jmx", "in-process"}, what: "signal"},
	{id: "notification-channel", property: "notification.enabled.channels", known: []string{"sink", "log", "jmx"}, what: "notification"},
}

// signalTable is the format of signal.data.collection by kind.
var signalTable = map[string]string{
	"mysql":     "DATABASE.TABLE",
	"mariadb":   "DATABASE.TABLE",
	"postgres":  "SCHEMA.TABLE",
	"oracle":    "DATABASE.SCHEMA.TABLE",
	"sqlserver": "DATABASE.SCHEMA.TABLE",
	"db2":       "SCHEMA.TABLE",
	"mongodb":   "DATABASE.COLLECTION",
}

var channelRules = slices.Concat([]rule{
	{
		id:         "signal-collections",
		title:      "`signal.data.collection` is one table, unless the connector runs one task per database.",
		harm:       Refused,
		properties: []string{"signal.data.collection"},
		kinds:      func(k *catalog.Kind) bool { return !k.Sink && k.Name != "sqlserver" },
		source:     "Debezium 3.6 CommonConnectorConfig.validateSignalDataCollection",
		check:      checkSignalCollections,
	},
	{
		id:         "signal-table-form",
		title:      "`signal.data.collection` is the table's full name.",
		harm:       Refused,
		properties: []string{"signal.data.collection"},
		kinds:      func(k *catalog.Kind) bool { return signalTable[k.Name] != "" },
		source:     "Debezium 3.6 OracleConnectorConfig.validateSignalDataCollection; other kinds compare the full name",
		check:      checkSignalTable,
	},
	{
		id:         "heartbeat-query",
		title:      "`heartbeat.action.query` needs `heartbeat.interval.ms` above 0.",
		harm:       Ignored,
		properties: []string{"heartbeat.action.query", "heartbeat.interval.ms"},
		kinds:      sources,
		source:     "Debezium 3.6 Heartbeat.HEARTBEAT_INTERVAL: 0, the default, turns heartbeats off",
		check:      checkHeartbeat,
	},
	{
		id:         "heartbeat-prefix",
		title:      "The prefix of the heartbeats' topic is set as `topic.heartbeat.prefix`: from 2.0 `heartbeat.topics.prefix` is declared, and not read.",
		harm:       Ignored,
		properties: []string{"heartbeat.topics.prefix"},
		kinds:      func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
		from:       v20,
		source:     "Debezium 2.7, 3.0 and 3.6, run; AbstractTopicNamingStrategy",
		check: func(v *evaluation) {
			if key := "heartbeat.topics.prefix"; v.wrote(key) {
				v.advise(Ignored, key, key+" is no longer read: use topic.heartbeat.prefix",
					"Debezium still declares it, but since 2.0 takes the prefix from topic.heartbeat.prefix.", v.propose("topic.heartbeat.prefix", key))
			}
		},
	},
}, needRules(channelNeeds), componentRules(), channelListRules())

var channelNeeds = []need{
	{
		id: "signal-kafka", property: "signal.kafka.bootstrap.servers", harm: Fails, kinds: sources,
		title:   "The signal channel `kafka` needs `signal.kafka.bootstrap.servers`.",
		trigger: "signal.enabled.channels",
		when:    func(v *evaluation) bool { return slices.Contains(v.list("signal.enabled.channels"), "kafka") },
		detail:  "signal.enabled.channels contains kafka. Without the brokers to read signals from, the worker accepts the connector, but its task fails with \"Signal channel kafka configuration is invalid\". Set signal.kafka.bootstrap.servers.",
		source:  "Debezium 3.6 KafkaSignalChannel.init",
	},
	{
		id: "signal-source", property: "signal.data.collection", harm: Ignored, kinds: sources,
		title:   "The signal channel `source`, where it is named, needs `signal.data.collection`.",
		trigger: "signal.enabled.channels",
		when:    func(v *evaluation) bool { return slices.Contains(v.list("signal.enabled.channels"), "source") },
		detail:  "signal.enabled.channels contains source: signals come from a table in the source database. Without a table, no signal ever arrives, and Debezium doesn't report it. Set signal.data.collection, or remove source from signal.enabled.channels.",
		source:  "Debezium 3.6 SourceSignalChannel",
	},
	{
		id: "notification-topic", property: "notification.sink.topic.name", harm: Refused, kinds: sources,
		title:   "The notification channel `sink` needs `notification.sink.topic.name`.",
		trigger: "notification.enabled.channels",
		when:    func(v *evaluation) bool { return slices.Contains(v.list("notification.enabled.channels"), "sink") },
		detail:  "notification.enabled.channels contains sink, which writes notifications to a Kafka topic. Debezium rejects the configuration without that topic's name. Set notification.sink.topic.name.",
		source:  "Debezium 3.6 SinkNotificationChannel",
	},
}

func componentRules() []rule {
	var rules []rule
	for _, l := range componentLists {
		rules = append(rules, rule{
			id:         l.id,
			title:      fmt.Sprintf("Each name in `%s` has its `NAME.type`.", l.property),
			harm:       Fails,
			properties: []string{l.property},
			kinds:      sources,
			from:       l.from,
			source:     l.source,
			check:      func(v *evaluation) { l.check(v) },
		})
	}
	return rules
}

func (l componentList) check(v *evaluation) {
	for _, name := range v.list(l.property) {
		key := l.prefix + name + ".type"
		if v.isMissing(key) {
			v.add(key, fmt.Sprintf("%s is missing", key), fmt.Sprintf(
				"%s lists the %s %s, but %s doesn't set its class. The connector fails to start. Set %s, or remove %s from %s.",
				l.property, l.what, quoted(name), key, key, quoted(name), l.property))
		}
	}
}

func channelListRules() []rule {
	var rules []rule
	for _, c := range channelLists {
		rules = append(rules, rule{
			id:         c.id,
			title:      fmt.Sprintf("`%s` uses Debezium's channel names: %s. Other names are assumed to be your own, unless they look like a misspelling.", c.property, strings.Join(c.known, ", ")),
			harm:       Ignored,
			properties: []string{c.property},
			kinds:      sources,
			source:     "Debezium 3.6, the channels' names; nothing validates them",
			check:      func(v *evaluation) { c.check(v) },
		})
	}
	return rules
}

// check finds only typos: any other name may be that of a user's own class.
func (c channels) check(v *evaluation) {
	for _, name := range v.list(c.property) {
		near := catalog.Nearest(name, c.known)
		if slices.Contains(c.known, name) || near == "" {
			continue
		}
		v.add(c.property, fmt.Sprintf("%s: %s is not a Debezium channel: did you mean %s?", c.property, quoted(name), near), fmt.Sprintf(
			"Debezium has these %s channels, in lower case: %s. Unknown names are silently ignored.", c.what, strings.Join(c.known, ", ")))
	}
}

func checkSignalCollections(v *evaluation) {
	if tables := v.list("signal.data.collection"); len(tables) > 1 {
		v.add("signal.data.collection", "signal.data.collection must be one table", fmt.Sprintf(
			"%d are given, but %s connectors run one task and read signals from one table. Debezium rejects the configuration.", len(tables), v.Kind.Title))
	}
}

func checkSignalTable(v *evaluation) {
	form := signalTable[v.Kind.Name]
	for _, table := range v.list("signal.data.collection") {
		dots := strings.Count(table, ".")
		if want := strings.Count(form, "."); dots == want || dots > want && !v.hasOnePartTooMany(table) {
			continue
		}
		summary := "signal.data.collection must be " + form
		if v.Kind.Name == "oracle" && !v.Version.Less(v34) {
			v.add("signal.data.collection", summary, fmt.Sprintf("%s is not the table's full name. Debezium rejects the configuration.", quoted(table)))
			continue
		}
		v.addAs(Ignored, "signal.data.collection", summary, fmt.Sprintf(
			"Debezium compares each row's full table name with this value. %s can't match, so no signal is ever seen, and Debezium doesn't report it.", quoted(table)))
	}
}

// hasOnePartTooMany reports whether a table name has a part that its kind
// leaves out, rather than a dot in a part: the database for PostgreSQL, a
// schema for MySQL.
func (v *evaluation) hasOnePartTooMany(table string) bool {
	database, ok := v.known("database.dbname")
	return ok && v.Kind.Name == "postgres" && strings.HasPrefix(table, database+".") || v.Kind.Name == "mysql" || v.Kind.Name == "mariadb"
}

func checkHeartbeat(v *evaluation) {
	if !v.isSet("heartbeat.action.query") {
		return
	}
	if interval, ok := v.number("heartbeat.interval.ms"); ok && interval == 0 {
		v.add("heartbeat.action.query", "heartbeat.action.query never runs: heartbeat.interval.ms is 0",
			"The query runs with each heartbeat, and heartbeats are off while heartbeat.interval.ms is 0, its default. Set heartbeat.interval.ms, for example to 10000.")
	}
}
