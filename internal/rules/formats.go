package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// format is the format that a property's value, or each part of it, must have.
type format struct {
	id         string
	title      string
	properties []string
	kinds      func(*catalog.Kind) bool
	fails      bool   // nothing rejects it before the task starts
	split      string // separates the parts; empty: a single value
	pattern    *regexp.Regexp
	want       string // what the property "must …"
	detail     string
	source     string
}

var formats = []format{
	{
		id:         "topic-prefix-characters",
		title:      "`topic.prefix` (before 2.0 `database.server.name`) has only letters, digits, `_`, `-` and `.`.",
		properties: []string{"topic.prefix", "database.server.name", "mongodb.name"},
		kinds:      sources,
		pattern:    regexp.MustCompile(`^[a-zA-Z0-9_.\-]+$`),
		want:       "consist of letters, digits, underscores, hyphens and dots",
		detail:     "All topic names of the connector begin with this text, and Kafka allows no other characters in them. Debezium rejects the configuration.",
		source:     "Debezium 3.6 CommonConnectorConfig.validateTopicName",
	},
	{
		id:         "hostname-characters",
		title:      "`database.hostname` has only letters, digits, `_`, `-` and `.`: one host, no port, no scheme, no IPv6 address.",
		properties: []string{"database.hostname"},
		kinds:      func(k *catalog.Kind) bool { return k.Relational && k.Name != "oracle" && k.Name != "vitess" },
		pattern:    regexp.MustCompile(`^[a-zA-Z0-9_.\-]+$`),
		want:       "be one host name or IPv4 address",
		detail:     "Debezium accepts only letters, digits, underscores, hyphens and dots here: no port, no scheme, no list, no IPv6 address. The port belongs in database.port.",
		source:     "Debezium 3.6 RelationalDatabaseConnectorConfig.validateHostname",
	},
	{
		id:         "slot-name",
		title:      "`slot.name` has 1 to 63 lower-case letters, digits and underscores.",
		properties: []string{"slot.name"},
		kinds:      kinds("postgres"),
		pattern:    regexp.MustCompile(`^[a-z0-9_]{1,63}$`),
		want:       "consist of 1 to 63 lower-case letters, digits and underscores",
		detail:     "PostgreSQL allows nothing else in the name of a replication slot, and Debezium rejects the configuration.",
		source:     "Debezium 3.6 PostgresConnectorConfig.validateReplicationSlotName",
	},
	{
		id:         "topic-name",
		title:      "The name of a topic has 1 to 249 letters, digits, `_`, `-` and `.`.",
		properties: []string{"schema.history.internal.kafka.topic", "database.history.kafka.topic", "signal.kafka.topic", "notification.sink.topic.name"},
		kinds:      sources,
		fails:      true,
		pattern:    regexp.MustCompile(`^[a-zA-Z0-9._-]{1,249}$`),
		want:       "consist of 1 to 249 letters, digits, underscores, hyphens and dots",
		detail:     "Kafka allows no other topic names, so the connector would fail to start.",
		source:     "Kafka org.apache.kafka.common.internals.Topic",
	},
	{
		id:         "topics",
		title:      "`topics` is a list of names, no pattern: each has 1 to 249 letters, digits, `_`, `-` and `.`.",
		properties: []string{"topics"},
		kinds:      sinks,
		fails:      true,
		split:      ",",
		pattern:    regexp.MustCompile(`^\s*[a-zA-Z0-9._-]{0,249}\s*$`), // empty ones are dropped
		want:       "be topic names of 1 to 249 letters, digits, underscores, hyphens and dots",
		detail:     "Kafka allows no other topic names: the worker accepts the connector, but its task fails with \"Invalid topics\". A regular expression goes into topics.regex, in place of topics.",
		source:     "Kafka org.apache.kafka.common.internals.Topic",
	},
	{
		id:         "message-key-columns",
		title:      "`message.key.columns` is a list of `table:column,column`, separated by `;`.",
		properties: []string{"message.key.columns"},
		kinds:      relational,
		split:      ";",
		pattern:    regexp.MustCompile(`^\s*([^:]+):([^:,]+(,[^:,]+)*)\s*$`),
		want:       "be table:column,column entries, separated by semicolons",
		detail:     "Each entry is the full name of a table (a regular expression), a colon, and the columns that make up its key. Debezium rejects the configuration.",
		source:     "Debezium 3.6 RelationalDatabaseConnectorConfig.validateMessageKeyColumnsField",
	},
	{
		id:         "replica-identity",
		title:      "`replica.identity.autoset.values` is a list of `schema.table:IDENTITY`.",
		properties: []string{"replica.identity.autoset.values"},
		kinds:      kinds("postgres"),
		split:      ",",
		pattern:    regexp.MustCompile(`^[^:]+:[^:]+$`),
		want:       "be schema.table:IDENTITY entries, separated by commas",
		detail:     "Each entry is the full name of a table, a colon, and DEFAULT, FULL, NOTHING or INDEX with an index's name. Debezium rejects the configuration.",
		source:     "Debezium 3.6 PostgresConnectorConfig.validateReplicaAutoSetField",
	},
	{
		id:         "key-value-list",
		title:      "Tags and owners are a list of `key=value`, separated by commas.",
		properties: []string{"custom.metric.tags", "openlineage.integration.job.tags", "openlineage.integration.job.owners"},
		kinds:      sources,
		split:      ",",
		pattern:    regexp.MustCompile(`^[^=]*[^=\s][^=]*=[^=]+$`),
		want:       "be key=value pairs, separated by commas",
		detail:     "Debezium rejects an entry without exactly one equals sign between a key and a value.",
		source:     "Debezium 3.6 Field.isListOfMap",
	},
}

var formatRules = append(formatTable(), rule{
	id:         "skipped-operations",
	title:      "`skipped.operations` is `none`, or a list of `c`, `u`, `d`, `t` and `r`.",
	harm:       Refused,
	properties: []string{"skipped.operations"},
	kinds:      sources,
	source:     "Debezium 3.6 CommonConnectorConfig.validateSkippedOperation",
	check:      checkSkippedOperations,
})

func formatTable() []rule {
	var rules []rule
	for _, f := range formats {
		harm := Refused
		if f.fails {
			harm = Fails
		}
		rules = append(rules, rule{
			id: f.id, title: f.title, harm: harm, properties: f.properties, kinds: f.kinds, source: f.source,
			check: func(v *evaluation) { f.check(v) },
		})
	}
	return rules
}

func (f format) check(v *evaluation) {
	for _, property := range f.properties {
		value, ok := v.known(property)
		// A name that this version ignores is for other rules to report.
		if !ok || v.hasReplacement(property) || v.ignores(property) {
			continue
		}
		parts := []string{value}
		if f.split != "" {
			parts = strings.Split(strings.TrimSuffix(value, f.split), f.split)
		}
		for _, part := range parts {
			if !f.pattern.MatchString(part) {
				v.add(property, fmt.Sprintf("%s must %s", property, f.want),
					fmt.Sprintf("%s is not valid. %s", quoted(part), f.detail))
				break
			}
		}
	}
}

func checkSkippedOperations(v *evaluation) {
	value, ok := v.known("skipped.operations")
	if !ok || value == "none" {
		return
	}
	for part := range strings.SplitSeq(value, ",") {
		operation := strings.TrimSpace(part)
		if slices.Contains([]string{"c", "u", "d", "t", "r"}, operation) {
			continue
		}
		v.add("skipped.operations", "skipped.operations must be none, or some of c, u, d, t and r",
			fmt.Sprintf("%s is not an operation that can be skipped along with others. The letters stand for create, update, delete, truncate and read, "+
				"in lower case; none must stand alone. Debezium rejects the configuration.", quoted(operation)))
		return
	}
}
