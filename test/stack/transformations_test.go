package stack_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// TestRealVerdictsOnTransformations: ten mistakes with each of the most used
// transformations. What the offline rules say the worker refuses, it refuses;
// what they say that it ignores, or that fails only later, it accepts.
func TestRealVerdictsOnTransformations(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	for _, transformation := range transformations {
		t.Run(transformation.class, func(t *testing.T) {
			if refused, _ := verdicts(t, client, transformation.config(nil)); refused {
				t.Fatal("the worker refuses what is right")
			}
			mistakes := slices.Concat(transformation.mistakes, commonMistakes(transformation.class))
			if len(mistakes) < 10 {
				t.Errorf("%d mistakes, want at least 10", len(mistakes))
			}
			for _, m := range mistakes {
				t.Run(m.name, func(t *testing.T) {
					refused, found := verdicts(t, client, transformation.config(m.changes))
					if len(found) == 0 {
						t.Error("the rules find nothing")
					}
					says := slices.ContainsFunc(found, func(f rules.Finding) bool { return f.Harm == rules.Refused })
					if says != refused {
						t.Errorf("the worker refuses it: %t, but the rules say: %+v", refused, found)
					}
				})
			}
		})
	}
}

// verdicts are the worker's on the transformation of a configuration, and that
// of the rules. The configuration lacks what the connector requires, so that
// no database is asked for.
func verdicts(t *testing.T, client *kafkaconnect.Client, config map[string]string) (refused bool, found []rules.Finding) {
	t.Helper()
	kind := catalog.KindByName("mysql")
	version, err := catalog.ParseVersion("3.5.0.Final")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rules.Check(rules.Input{Kind: kind, Version: version, Config: config}) {
		if isTransformations(f.Property) {
			found = append(found, f)
		}
	}
	sent := kafkaconnect.Config{"name": unique("transformation"), "connector.class": kind.Class, "connector.plugin.version": version.String()}
	maps.Copy(sent, config)
	answer, err := client.Validate(t.Context(), kind.Class, sent)
	if err != nil {
		// Some mistakes make the worker give up the whole validation.
		if !strings.Contains(err.Error(), "transforms") {
			t.Fatal(err)
		}
		return true, found
	}
	for _, c := range answer.Configs {
		if c.Value != nil && isTransformations(c.Value.Name) && len(c.Value.Errors) > 0 {
			refused = true
		}
	}
	return refused, found
}

func isTransformations(property string) bool {
	return property == "transforms" || property == "predicates" || strings.HasPrefix(property, "transforms.") || strings.HasPrefix(property, "predicates.")
}

// badOptions are what is changed of a right configuration; "-" takes an option out.
type badOptions struct {
	name    string
	changes map[string]string
}

type transformation struct {
	class    string
	right    map[string]string // its options
	mistakes []badOptions
}

const removed = "-"

// config is the configuration with some options changed. A name with a dot in
// front is that of a property, not of an option.
func (tr transformation) config(changes map[string]string) map[string]string {
	config := map[string]string{"transforms": "t", "transforms.t.type": tr.class}
	set := func(options map[string]string) {
		for option, value := range options {
			property, whole := strings.CutPrefix(option, ".")
			if !whole {
				property = "transforms.t." + option
			}
			if config[property] = value; value == removed {
				delete(config, property)
			}
		}
	}
	set(tr.right)
	set(changes)
	return config
}

// commonMistakes can be made with any transformation.
func commonMistakes(class string) []badOptions {
	name, variant, _ := strings.Cut(class, "$")
	if variant != "" {
		variant = "$" + variant
	}
	tombstone := "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone"
	return []badOptions{
		{"a class one letter short", map[string]string{"type": name[:len(name)-1] + variant}},
		{"a variant that isn't there", map[string]string{"type": name + "$Values"}},
		{"no class", map[string]string{"type": removed}},
		{"its name twice", map[string]string{".transforms": "t,t"}},
		{"an option that nothing has", map[string]string{"colour": "blue"}},
		{"negate without a predicate", map[string]string{"negate": "true"}},
		{"a predicate that isn't named", map[string]string{"predicate": "p"}},
		{"a predicate that isn't used", map[string]string{".predicates": "p", ".predicates.p.type": tombstone}},
		{"a predicate without a pattern", map[string]string{"predicate": "p", ".predicates": "p",
			".predicates.p.type": "org.apache.kafka.connect.transforms.predicates.TopicNameMatches"}},
	}
}

func just(name, option, value string) badOptions {
	return badOptions{name, map[string]string{option: value}}
}

// transformations are those that public configurations use most.
var transformations = []transformation{
	{"io.debezium.transforms.ExtractNewRecordState", nil, []badOptions{
		just("a bool that isn't one", "drop.fields.from.key", "yes"),
		just("an unknown mode", "delete.tombstone.handling.mode", "keep"),
		just("a misspelt option", "add.field", "op"),
	}},
	{"io.debezium.transforms.outbox.EventRouter", nil, []badOptions{
		just("a bool that isn't one", "table.expand.json.payload", "1"),
		just("an unknown behavior", "table.op.invalid.behavior", "ignore"),
		just("a misspelt option", "route.topic.replacment", "outbox"),
		just("an unknown placement", "table.fields.additional.placement", "type:headers"),
		just("no regular expression", "route.topic.regex", "("),
	}},
	{"io.debezium.transforms.ByLogicalTableRouter", map[string]string{"topic.regex": "(.*)_[0-9]", "topic.replacement": "$1"}, []badOptions{
		just("no regular expression", "topic.regex", "*"),
		just("no replacement", "topic.replacement", removed),
		just("a number that isn't one", "logical.table.cache.size", "many"),
		just("a misspelt option", "topic.regexp", ".*"),
		just("half of a pair", "key.field.regex", "(.*)"),
	}},
	{"org.apache.kafka.connect.transforms.RegexRouter", map[string]string{"regex": "(.*)", "replacement": "all"}, []badOptions{
		just("no regular expression", "regex", "("),
		just("no regex", "regex", removed),
		just("no replacement", "replacement", removed),
		{"a misspelt option", map[string]string{"regex": removed, "regexp": ".*"}},
	}},
	{"org.apache.kafka.connect.transforms.ReplaceField$Value", map[string]string{"exclude": "a"}, []badOptions{
		{"the old name", map[string]string{"exclude": removed, "blacklist": "a"}},
		{"Debezium's ending", map[string]string{"exclude": removed, "exclude.list": "a"}},
		{"no field", map[string]string{"exclude": removed}},
		just("a bool that isn't one", "replace.null.with.default", "no"),
	}},
	{"org.apache.kafka.connect.transforms.InsertField$Value", map[string]string{"topic.field": "topic"}, []badOptions{
		{"no field", map[string]string{"topic.field": removed}},
		just("a static field without a value", "static.field", "a"),
		just("a misspelt option", "partition.fields", "p"),
		just("a bool that isn't one", "replace.null.with.default", "no"),
	}},
	{"org.apache.kafka.connect.transforms.ExtractField$Key", map[string]string{"field": "id"}, []badOptions{
		just("no field", "field", removed),
		{"a misspelt option", map[string]string{"field": removed, "fields": "id"}},
		just("an unknown syntax", "field.syntax.version", "V3"),
		just("a bool that isn't one", "replace.null.with.default", "no"),
	}},
	{"org.apache.kafka.connect.transforms.TimestampConverter$Value", map[string]string{"target.type": "unix"}, []badOptions{
		just("no type", "target.type", removed),
		just("an unknown type", "target.type", "timestamp"),
		just("a text without a format", "target.type", "string"),
		just("an unknown precision", "unix.precision", "ms"),
		just("a misspelt option", "fields", "created"),
	}},
	{"org.apache.kafka.connect.transforms.Cast$Value", map[string]string{"spec": "a:int32"}, []badOptions{
		just("no spec", "spec", removed),
		just("an unknown type", "spec", "a:integer"),
		{"a misspelt option", map[string]string{"spec": removed, "specs": "a:int32"}},
		just("a bool that isn't one", "replace.null.with.default", "no"),
	}},
	{"org.apache.kafka.connect.transforms.ValueToKey", map[string]string{"fields": "id"}, []badOptions{
		just("no fields", "fields", removed),
		{"a misspelt option", map[string]string{"fields": removed, "field": "id"}},
		just("a bool that isn't one", "replace.null.with.default", "no"),
	}},
}
