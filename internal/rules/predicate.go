package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var predicateRules = []rule{
	{
		id:         "unused-predicate",
		title:      "Each of `predicates` is used by a transformation.",
		harm:       Ignored,
		properties: []string{"predicates"},
		source:     "Kafka 4.3 ConnectorConfig.transformationStages (KIP-585)",
		check:      checkUnusedPredicates,
	},
	{
		id:         "negate-without-predicate",
		title:      "`transforms.NAME.negate` is only set together with `transforms.NAME.predicate`.",
		harm:       Refused,
		properties: []string{"transforms"},
		source:     "Kafka 4.3 ConnectorConfig.EnrichablePlugin (KIP-585)",
		check:      checkNegate,
	},
	{
		id:         "predicate-topic",
		title:      "The pattern of `TopicNameMatches` can match a topic of the connector: it must match the whole name, which begins with `topic.prefix`.",
		harm:       Diverges,
		properties: []string{"predicates"},
		kinds:      namesTopicsByPrefix,
		from:       v20,
		source:     "Kafka 4.3 TopicNameMatches; Debezium 3.6 DefaultTopicNamingStrategy",
		check:      checkPredicateTopics,
	},
	{
		id:         "duplicate-name",
		title:      "`transforms`, `predicates` and `topic.creation.groups` have each name once.",
		harm:       Refused,
		properties: []string{"transforms", "predicates", "topic.creation.groups"},
		source:     "Kafka 4.3 ConnectorConfig, SourceConnectorConfig: duplicate aliases",
		check:      checkDuplicateNames,
	},
}

func checkUnusedPredicates(v *evaluation) {
	if v.Partial || v.isUnknown("transforms") {
		return
	}
	var used []string
	for _, name := range v.list("transforms") {
		key := "transforms." + name + ".predicate"
		if v.isUnknown(key) {
			return
		}
		predicate, _ := v.known(key)
		used = append(used, predicate)
	}
	for _, name := range v.list("predicates") {
		if !slices.Contains(used, name) {
			v.add("predicates", fmt.Sprintf("predicates: no transformation uses %s", quoted(name)),
				fmt.Sprintf("A predicate only affects transformations that name it in transforms.NAME.predicate. Name %s there, or remove it and its properties.", quoted(name)))
		}
	}
}

func checkNegate(v *evaluation) {
	for _, name := range v.list("transforms") {
		negate, predicate := "transforms."+name+".negate", "transforms."+name+".predicate"
		if v.isSet(negate) && v.isMissing(predicate) {
			v.advise(Refused, negate, negate+" has no predicate to negate",
				fmt.Sprintf("The worker rejects it without %s.", predicate), Advice{Remove: negate})
		}
	}
}

func checkDuplicateNames(v *evaluation) {
	for _, d := range declared {
		names := v.list(d.list)
		for i, name := range names {
			if slices.Index(names, name) == i {
				continue
			}
			rest := slices.Delete(slices.Clone(names), i, i+1)
			v.advise(Refused, d.list, fmt.Sprintf("%s lists %s twice", d.list, quoted(name)),
				fmt.Sprintf("Kafka Connect rejects a %s that is listed twice.", d.what), Advice{Set: d.list, To: strings.Join(rest, ",")})
			break
		}
	}
}

// checkPredicateTopics checks the predicates of the transformations that see
// records under the names that the connector gives their topics.
func checkPredicateTopics(v *evaluation) {
	prefix, ok := v.known("topic.prefix")
	if !ok || v.isSet("topic.naming.strategy") || v.Partial {
		return
	}
	for _, p := range v.chain(v.keepsTopic) {
		name, ok := v.known(p.prefix + "predicate")
		predicate := "predicates." + name + "."
		pattern, set := v.known(predicate + "pattern")
		class, _ := v.known(predicate + "type")
		if !ok || !set || !strings.HasSuffix(class, "TopicNameMatches") || v.canMatchTopic(pattern, prefix) {
			continue
		}
		effect := p.key[:len(p.key)-len(".type")] + " is never applied"
		if v.is(p.prefix+"negate", "true") {
			effect = p.key[:len(p.key)-len(".type")] + ", which negates it, is applied to every record"
		}
		v.add(predicate+"pattern", fmt.Sprintf("%spattern: %s matches no topic", predicate, quoted(pattern)), fmt.Sprintf(
			"The pattern must match the topic's whole name, and the names of the connector's topics begin with %s, its topic.prefix. So %s. Begin the pattern with the prefix, or with .*", quoted(prefix), effect))
	}
}

// namesTopicsByPrefix reports whether the names of a kind's topics begin with
// topic.prefix, unless a naming strategy changes that.
func namesTopicsByPrefix(k *catalog.Kind) bool {
	return (k.Relational || k.Name == "mongodb") && k.Name != "vitess"
}
