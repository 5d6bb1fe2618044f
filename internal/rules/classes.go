package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// namedClasses are Debezium's classes for a property that names one. Nothing
// checks the name before the task starts.
type namedClasses struct {
	property string
	classes  []string
	former   map[string]string // simple names that classes used to have
}

var namedClassLists = []namedClasses{
	{property: "topic.naming.strategy", classes: []string{
		"io.debezium.schema.DefaultTopicNamingStrategy",
		"io.debezium.schema.SchemaTopicNamingStrategy",
		"io.debezium.schema.DefaultRegexTopicNamingStrategy",
		"io.debezium.schema.SchemaRegexTopicNamingStrategy",
		"io.debezium.schema.DefaultUnicodeTopicNamingStrategy",
		"io.debezium.schema.SchemaUnicodeTopicNamingStrategy",
		"io.debezium.connector.vitess.TableTopicNamingStrategy",
	}},
	{property: "schema.history.internal", classes: []string{
		"io.debezium.storage.kafka.history.KafkaSchemaHistory",
		"io.debezium.storage.file.history.FileSchemaHistory",
		"io.debezium.storage.jdbc.history.JdbcSchemaHistory",
		"io.debezium.storage.redis.history.RedisSchemaHistory",
		"io.debezium.storage.s3.history.S3SchemaHistory",
		"io.debezium.storage.azure.blob.history.AzureBlobSchemaHistory",
		"io.debezium.storage.rocketmq.history.RocketMqSchemaHistory",
		"io.debezium.relational.history.MemorySchemaHistory",
	}, former: map[string]string{
		"KafkaDatabaseHistory":  "KafkaSchemaHistory",
		"FileDatabaseHistory":   "FileSchemaHistory",
		"MemoryDatabaseHistory": "MemorySchemaHistory",
	}},
}

var namedClassRules = []rule{
	{
		id:         "class-name",
		title:      "A class that a property names isn't a misspelling of one of Debezium's, nor one by the name or package that it had in an earlier release.",
		harm:       Fails,
		properties: []string{"topic.naming.strategy", "schema.history.internal"},
		kinds:      sources,
		from:       v20,
		source:     "Debezium 2.0 to 3.6 Instantiator: Unable to find class",
		check:      checkNamedClasses,
	},
	{
		id:         "naming-replacement",
		title:      "`topic.replacement` refers to groups of `topic.regex` alone.",
		harm:       Fails,
		properties: []string{"topic.regex", "topic.replacement"},
		kinds:      sources,
		source:     "Debezium 3.6 AbstractRegexTopicNamingStrategy, java.util.regex.Matcher.appendReplacement",
		check:      checkNamingReplacement,
	},
}

func checkNamedClasses(v *evaluation) {
	for _, list := range namedClassLists {
		class, ok := v.known(list.property)
		if !ok || v.ignores(list.property) || slices.Contains(list.classes, class) {
			continue
		}
		if near := list.near(class); near != "" {
			v.advise(Fails, list.property, fmt.Sprintf("%s: unknown class %s: did you mean %s?", list.property, quoted(class), near),
				"The worker accepts the connector, but its task fails, as it can't find the class.", v.proposeValue(list.property, near))
		}
	}
}

// near returns the class probably meant by a name that isn't one. A user's own
// class has another package, and a name unlike Debezium's.
func (l namedClasses) near(class string) string {
	if strings.HasPrefix(class, "io.debezium.") {
		simple := class[strings.LastIndexByte(class, '.')+1:]
		if now := l.former[simple]; now != "" {
			simple = now
		}
		for _, known := range l.classes {
			if strings.HasSuffix(known, "."+simple) {
				return known
			}
		}
	}
	return catalog.Nearest(class, l.classes)
}

// namesByRegex reports whether a regular expression names the topics.
func (v *evaluation) namesByRegex() bool {
	class, _ := v.known("topic.naming.strategy")
	return strings.HasPrefix(class, "io.debezium.schema.") && strings.HasSuffix(class, "RegexTopicNamingStrategy")
}

func checkNamingReplacement(v *evaluation) {
	pattern, ok1 := v.known("topic.regex")
	text, ok2 := v.known("topic.replacement")
	if !ok1 || !ok2 || !v.namesByRegex() {
		return
	}
	if problem := replacementProblem(pattern, text); problem != "" {
		v.add("topic.replacement", fmt.Sprintf("topic.replacement: %s refers to a group that doesn't exist", quoted(text)), problem+". "+consequence(Fails))
	}
}
