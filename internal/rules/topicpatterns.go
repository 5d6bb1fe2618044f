package rules

import (
	"fmt"
	"slices"
	"strings"
)

var topicPatternRules = []rule{{
	id:         "topic-pattern",
	title:      "The pattern of a topic creation group, of `RegexRouter` and of `ByLogicalTableRouter` can match a topic of the connector: it must match the whole name, which begins with `topic.prefix`.",
	harm:       Ignored,
	properties: []string{"topic.creation.groups", "transforms"},
	kinds:      namesTopicsByPrefix,
	from:       v20,
	source:     "Kafka 4.3 TopicCreationGroup, RegexRouter; Debezium 3.6 ByLogicalTableRouter, DefaultTopicNamingStrategy; seen with 3.6.1",
	check:      checkTopicPatterns,
}}

// topicOptions are the options that hold a pattern of topics, by class.
var topicOptions = map[string]string{
	kafkaTransforms + "RegexRouter":               "regex",
	"io.debezium.transforms.ByLogicalTableRouter": "topic.regex",
}

func checkTopicPatterns(v *evaluation) {
	prefix, ok := v.known("topic.prefix")
	if !ok || v.isSet("topic.naming.strategy") || v.Partial {
		return
	}
	for _, p := range v.chain(v.keepsTopic) {
		key := p.prefix + topicOptions[p.Class]
		if pattern, ok := v.known(key); ok && topicOptions[p.Class] != "" && !v.canMatchTopic(pattern, prefix) {
			v.addDeadPattern(key, pattern, prefix, "the transformation has no effect, and the topics keep their names")
		}
	}
	if !v.keepsTopics() {
		return // topics are created under the names that transformations give them
	}
	for _, group := range v.list("topic.creation.groups") {
		key := topicGroups + group + ".include"
		for _, pattern := range v.list(key) {
			if !v.canMatchTopic(pattern, prefix) {
				v.addDeadPattern(key, pattern, prefix, fmt.Sprintf("this pattern adds no topic to the group %s", quoted(group)))
			}
		}
	}
}

func (v *evaluation) addDeadPattern(key, pattern, prefix, effect string) {
	v.add(key, fmt.Sprintf("%s: %s matches no topic", key, quoted(pattern)), fmt.Sprintf(
		"The pattern must match the topic's whole name, and the names of the connector's topics begin with %s, its topic.prefix. So %s. Begin the pattern with the prefix, or with .*", quoted(prefix), effect))
}

// keepsTopic reports whether a transformation leaves the topic name unchanged.
func (v *evaluation) keepsTopic(p part) bool {
	if p.isUnwrap() {
		return p.missingAll(v, "route.by.field")
	}
	return !strings.HasSuffix(p.Class, "Router") && !strings.HasSuffix(p.Class, "TimescaleDb")
}

// keepsTopics reports whether certainly no transformation changes a topic name.
func (v *evaluation) keepsTopics() bool {
	chain := v.chain(v.keepsTopic)
	return v.isMissing("transforms") || len(chain) > 0 && len(chain) == len(v.list("transforms")) && v.keepsTopic(chain[len(chain)-1])
}

// canMatchTopic is false for patterns that begin neither like the names of the
// connector's topics nor like those of heartbeats and notifications.
func (v *evaluation) canMatchTopic(pattern, prefix string) bool {
	if strings.Contains(pattern, "heartbeat") || v.isSet("topic.heartbeat.prefix") || v.isSet("notification.enabled.channels") {
		return true
	}
	start := prefix
	if !v.isSet("topic.delimiter") {
		start += "."
	}
	return slices.ContainsFunc(splitOutsideBrackets(pattern, '|'), func(part string) bool {
		// The bare prefix is the topic of schema changes.
		return beginsLike(part, start, len(prefix)) || beginsLike(part, "__debezium-heartbeat.", 1)
	})
}

// beginsLike reports whether a pattern may match a text that begins with start,
// of which a pattern without quantifiers must match at least so many characters.
func beginsLike(pattern, start string, least int) bool {
	literal, whole := requiredLiteral(pattern)
	at := 0
	for i := 0; i < len(literal) && at < len(start); i, at = i+1, at+1 {
		escaped := literal[i] == '\\'
		if escaped {
			i++
		}
		if literal[i] != start[at] && (escaped || literal[i] != '.') {
			return false
		}
	}
	return !whole || at >= least
}

// requiredLiteral returns the beginning of a pattern in which only dots can
// match other characters, and whether it is the whole pattern.
func requiredLiteral(pattern string) (literal string, whole bool) {
	literal = leadingLiteral.FindString(pattern)
	rest := pattern[len(literal):]
	if literal != "" && rest != "" && strings.ContainsAny(rest[:1], "*?{") {
		literal = strings.TrimSuffix(literal[:len(literal)-1], `\`) // the last character is optional
	}
	return literal, rest == ""
}
