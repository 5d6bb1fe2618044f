package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var topicGroupRules = []rule{{
	id:         "topic-group",
	title:      "A topic creation group has patterns that compile, a number of partitions and replicas that Kafka takes, and settings that topics have.",
	harm:       Fails,
	properties: []string{"topic.creation.groups"},
	kinds:      sources,
	source:     "Kafka 4.3 TopicCreationConfig, TopicConfig (KIP-158)",
	check:      checkTopicGroups,
}}

const topicGroups = "topic.creation."

// groupSettings are a group's own settings. All others are the topics'.
var groupSettings = []string{"include", "exclude", "partitions", "replication.factor"}

// topicSettings are what a topic can be created with.
var topicSettings = []string{
	"cleanup.policy", "compression.gzip.level", "compression.lz4.level", "compression.type", "compression.zstd.level",
	"delete.retention.ms", "file.delete.delay.ms", "flush.messages", "flush.ms", "follower.replication.throttled.replicas",
	"index.interval.bytes", "leader.replication.throttled.replicas", "local.retention.bytes", "local.retention.ms",
	"max.compaction.lag.ms", "max.message.bytes", "message.downconversion.enable", "message.format.version",
	"message.timestamp.after.max.ms", "message.timestamp.before.max.ms", "message.timestamp.difference.max.ms", "message.timestamp.type",
	"min.cleanable.dirty.ratio", "min.compaction.lag.ms", "min.insync.replicas", "preallocate", "remote.log.copy.disable",
	"remote.log.delete.on.disable", "remote.storage.enable", "retention.bytes", "retention.ms", "segment.bytes", "segment.index.bytes",
	"segment.jitter.ms", "segment.ms", "unclean.leader.election.enable",
}

func checkTopicGroups(v *evaluation) {
	if v.isUnknown("topic.creation.groups") {
		return
	}
	groups := v.list("topic.creation.groups")
	for _, group := range groups {
		if key := topicGroups + group + ".include"; group != "default" && v.isMissing(key) {
			v.addAs(Ignored, key, key+" is missing", fmt.Sprintf("Without patterns in include, the group %s matches no topic and has no effect.", quoted(group)))
		}
	}
	for _, group := range slices.Compact(append([]string{"default"}, groups...)) {
		prefix := topicGroups + group + "."
		for _, key := range v.keys {
			if setting, ok := strings.CutPrefix(key, prefix); ok {
				v.topicSetting(key, prefix, setting)
			}
		}
	}
}

func (v *evaluation) topicSetting(key, prefix, setting string) {
	value, known := v.known(key)
	switch setting {
	case "include", "exclude":
		for _, pattern := range v.list(key) {
			if problem := regexProblem(pattern); problem != "" {
				v.add(key, fmt.Sprintf("%s: %s isn't a regular expression", key, quoted(pattern)), problem+". "+consequence(Fails))
			}
		}
	case "partitions", "replication.factor":
		typ := map[string]catalog.Type{"partitions": catalog.Int, "replication.factor": catalog.Short}[setting]
		if n, ok := catalog.ParseInt(value, typ); known && (!ok || n < 1 && n != -1) {
			v.add(key, key+" must be at least 1, or -1 for the broker's default", fmt.Sprintf("The value is %s. %s", quoted(value), consequence(Fails)))
		}
	default:
		if slices.Contains(topicSettings, setting) {
			return
		}
		// Distributions of Kafka have settings of their own.
		if near := catalog.Nearest(setting, slices.Concat(groupSettings, topicSettings)); near != "" && !v.isSet(prefix+near) {
			v.advise(Fails, key, fmt.Sprintf("%s is not a topic setting: did you mean %s?", key, prefix+near),
				"The broker doesn't create a topic with an unknown setting, and the task fails.", Advice{Set: prefix + near, Remove: key})
		}
	}
}
