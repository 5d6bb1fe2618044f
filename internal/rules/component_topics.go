package rules

import (
	"fmt"
	"maps"
	"regexp"
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

// groupSettings are a group's own settings. All others are topic settings.
var groupSettings = []string{"include", "exclude", "partitions", "replication.factor"}

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
		if d, ok := topicSettings[setting]; ok {
			if want := d.problem(value); known && want != "" {
				v.add(key, key+" must be "+want, fmt.Sprintf("The value is %s. The broker doesn't create a topic with it, and the task fails.", quoted(value)))
			}
			return
		}
		// Kafka distributions have settings of their own.
		if near := catalog.Nearest(setting, slices.Concat(groupSettings, slices.Sorted(maps.Keys(topicSettings)))); near != "" && !v.isSet(prefix+near) {
			v.advise(Fails, key, fmt.Sprintf("%s is not a topic setting: did you mean %s?", key, prefix+near),
				"The broker doesn't create a topic with an unknown setting, and the task fails.", Advice{Set: prefix + near, Remove: key})
		}
	}
}

// compactingProperty returns the property with which Kafka Connect creates the
// topic of some table compacted, without a retention; "" if that isn't certain.
func (v *evaluation) compactingProperty() string {
	if v.isUnknown("topic.creation.groups") || v.Partial {
		return ""
	}
	compacts := func(group string) string {
		key := topicGroups + group + ".cleanup.policy"
		if v.is(key, "compact") { // not "compact,delete": there, retention removes all
			return key
		}
		return ""
	}
	if len(v.list("topic.creation.groups")) == 0 {
		return compacts("default")
	}
	for _, topic := range v.literalTopics() {
		if group, ok := v.topicGroup(topic); ok && compacts(group) != "" {
			return compacts(group)
		}
	}
	return ""
}

// literalTopics returns the topics of the tables that table.include.list names,
// if no transformation and no naming strategy changes them.
func (v *evaluation) literalTopics() []string {
	prefix, ok := v.known("topic.prefix")
	if !ok || v.isSet("topic.naming.strategy") || v.isSet("topic.delimiter") || !v.keepsTopics() || !slices.Contains([]string{"postgres", "mysql", "mariadb"}, v.Kind.Name) {
		return nil
	}
	var topics []string
	for _, table := range v.list("table.include.list") {
		if literalName.MatchString(table) {
			topics = append(topics, prefix+"."+strings.ReplaceAll(table, `\`, ""))
		}
	}
	return topics
}

// topicGroup returns the group that Kafka Connect creates a topic by: the first
// that takes it, or else default. It returns false if it can't tell.
func (v *evaluation) topicGroup(topic string) (string, bool) {
	for _, group := range v.list("topic.creation.groups") {
		includes, ok1 := v.matchesAny(topicGroups+group+".include", topic)
		excludes, ok2 := v.matchesAny(topicGroups+group+".exclude", topic)
		if !ok1 || !ok2 {
			return "", false
		}
		if includes && !excludes {
			return group, true
		}
	}
	return "default", true
}

// matchesAny reports whether a pattern of a list matches a whole text; false if
// it can't tell.
func (v *evaluation) matchesAny(key, text string) (matches, ok bool) {
	if v.isUnknown(key) {
		return false, false
	}
	for _, pattern := range v.list(key) {
		expression, err := regexp.Compile(`^(?:` + pattern + `)$`)
		if err != nil || !simplePattern.MatchString(pattern) {
			return false, false
		}
		matches = matches || expression.MatchString(text)
	}
	return matches, true
}
