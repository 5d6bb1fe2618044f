package rules

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var historyRules = []rule{
	{
		id:         "history-topic",
		title:      "A connector with a schema history in Kafka names the history's topic.",
		harm:       Fails,
		properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic"},
		kinds:      historized,
		source:     "Debezium 3.6 KafkaSchemaHistory.configure; not part of the worker's validation since 2.0",
		check:      func(v *evaluation) { v.requireHistory("kafka.topic") },
	},
	{
		id:         "history-servers",
		title:      "A connector with a schema history in Kafka names the Kafka brokers that hold it.",
		harm:       Fails,
		properties: []string{"schema.history.internal.kafka.bootstrap.servers", "database.history.kafka.bootstrap.servers"},
		kinds:      historized,
		source:     "Debezium 3.6 KafkaSchemaHistory.configure; not part of the worker's validation since 2.0",
		check:      func(v *evaluation) { v.requireHistory("kafka.bootstrap.servers") },
	},
	{
		id:         "history-topic-is-prefix",
		title:      "The schema history's topic isn't the topic prefix, which names the topic of schema changes.",
		harm:       Diverges,
		properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic"},
		kinds:      historized,
		source:     "Debezium 1.9 MySqlConnectorConfig (\"Must not have the same value\"); 3.6 KafkaSchemaHistory skips what it can't read, and logs it",
		check:      checkHistoryTopic,
	},
}

// history returns the prefix of the schema history's properties, and the name
// of the property that is the topic prefix.
func (v *evaluation) history() (prefix, server string) {
	if v.Version.Less(v20) {
		return "database.history", "database.server.name"
	}
	return "schema.history.internal", "topic.prefix"
}

// keepsHistoryInKafka is also false if the storage isn't known.
func (v *evaluation) keepsHistoryInKafka(prefix string) bool {
	if v.isUnknown(prefix) || v.Partial && !v.isSet(prefix) {
		return false
	}
	class, set := v.known(prefix)
	return !set || strings.HasPrefix(class, "io.debezium.") && strings.Contains(class, ".Kafka")
}

func (v *evaluation) requireHistory(suffix string) {
	prefix, _ := v.history()
	property := prefix + "." + suffix
	if !v.isMissing(property) || v.hasOtherName(property) || !v.keepsHistoryInKafka(prefix) {
		return
	}
	v.advise(Fails, property, property+" is required", fmt.Sprintf(
		"%s connectors store the history of table schemas in a Kafka topic, unless %s names another storage. "+
			"Without %s the worker accepts the connector, but its task fails with \"Error configuring an instance of %s\", "+
			"which doesn't name the property.",
		v.Kind.Title, prefix, property, historyClass(v.Version)), Advice{Set: property})
}

func historyClass(version catalog.Version) string {
	if version.Less(v20) {
		return "KafkaDatabaseHistory"
	}
	return "KafkaSchemaHistory"
}

func checkHistoryTopic(v *evaluation) {
	prefix, server := v.history()
	property := prefix + ".kafka.topic"
	topic, ok1 := v.known(property)
	name, ok2 := v.known(server)
	if !ok1 || !ok2 || topic != name {
		return
	}
	harm, effect := Risky, "It skips them when it reads its history, logging a warning for each, and the topic's retention must suit both uses."
	switch {
	case v.Version.Less(v20) && v.Kind.Name == "mysql":
		harm, effect = Refused, "Debezium rejects the configuration."
	case v.is("include.schema.changes", "false"):
		return // nothing is published
	}
	v.addAs(harm, v.at(property, server), fmt.Sprintf("%s must not equal %s", property, server), fmt.Sprintf(
		"Both are %s. The connector publishes schema changes to the topic of that name. %s Give the history a topic of its own, such as schema-changes.%s.",
		quoted(topic), effect, topic))
}
