package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// connectProperty is a property that Kafka Connect itself reads.
type connectProperty struct {
	typ    catalog.Type
	values []string      // allowed ones, case-insensitive; nil: any
	low    int64         // the minimum
	side   connectorSide // which connectors have it
}

// connectorSide says which connectors have a property.
type connectorSide int

const (
	bothSides connectorSide = iota
	sourceSide
	sinkSide
)

// connectProperties are the properties of every connector: ConnectorConfig,
// SourceConnectorConfig and SinkConnectorConfig in Kafka 4.1.
var connectProperties = map[string]connectProperty{
	"tasks.max":                                       {typ: catalog.Int, low: 1},
	"tasks.max.enforce":                               {typ: catalog.Boolean},
	"connector.plugin.version":                        {typ: catalog.String},
	"key.converter":                                   {typ: catalog.Class},
	"key.converter.plugin.version":                    {typ: catalog.String},
	"value.converter":                                 {typ: catalog.Class},
	"value.converter.plugin.version":                  {typ: catalog.String},
	"header.converter":                                {typ: catalog.Class},
	"header.converter.plugin.version":                 {typ: catalog.String},
	"transforms":                                      {typ: catalog.List},
	"predicates":                                      {typ: catalog.List},
	"config.action.reload":                            {typ: catalog.String, values: []string{"none", "restart"}},
	"errors.retry.timeout":                            {typ: catalog.Long},
	"errors.retry.delay.max.ms":                       {typ: catalog.Long},
	"errors.tolerance":                                {typ: catalog.String, values: []string{"none", "all"}},
	"errors.log.enable":                               {typ: catalog.Boolean},
	"errors.log.include.messages":                     {typ: catalog.Boolean},
	"exactly.once.support":                            {typ: catalog.String, values: []string{"requested", "required"}, side: sourceSide},
	"transaction.boundary":                            {typ: catalog.String, values: []string{"poll", "interval", "connector"}, side: sourceSide},
	"transaction.boundary.interval.ms":                {typ: catalog.Long, side: sourceSide},
	"offsets.storage.topic":                           {typ: catalog.String, side: sourceSide},
	"topic.creation.groups":                           {typ: catalog.List, side: sourceSide},
	"topics":                                          {typ: catalog.List, side: sinkSide},
	"topics.regex":                                    {typ: catalog.String, side: sinkSide},
	"errors.deadletterqueue.topic.name":               {typ: catalog.String, side: sinkSide},
	"errors.deadletterqueue.topic.replication.factor": {typ: catalog.Short, side: sinkSide},
	"errors.deadletterqueue.context.headers.enable":   {typ: catalog.Boolean, side: sinkSide},
}

var connectRules = []rule{
	{
		id:         "connect-value",
		title:      "A property of Kafka Connect's own has a value that it takes.",
		harm:       Refused,
		properties: connectNames(),
		source:     "Kafka 4.1 ConnectorConfig, SourceConnectorConfig, SinkConnectorConfig",
		check:      checkConnectValues,
	},
	{
		id:         "other-side",
		title:      "A property that Kafka Connect reads only for sinks isn't set on a source, nor the other way round.",
		harm:       Ignored,
		properties: sidedNames(),
		kinds:      everyKind,
		source:     "Kafka 4.1 SourceConnectorConfig, SinkConnectorConfig",
		check:      checkOtherSide,
	},
	{
		id:         "transform-type",
		title:      "Each name in `transforms` and `predicates` has its `.type`.",
		harm:       Refused,
		properties: []string{"transforms", "predicates"},
		source:     "Kafka 4.1 ConnectorConfig.enrich (KIP-66, KIP-585)",
		check:      checkTransformTypes,
	},
	{
		id:         "undeclared-transform",
		title:      "A property of a transformation, predicate or topic group belongs to one that `transforms`, `predicates` or `topic.creation.groups` names.",
		harm:       Ignored,
		properties: []string{"transforms", "predicates", "topic.creation.groups"},
		source:     "Kafka 4.1 ConnectorConfig: only the declared names are read (KIP-66, KIP-585, KIP-158)",
		check:      checkUndeclared,
	},
	{
		id:         "transform-predicate",
		title:      "`transforms.NAME.predicate` is one of `predicates`.",
		harm:       Fails,
		properties: []string{"transforms", "predicates"},
		source:     "Kafka 4.1 ConnectorConfig.EnrichablePlugin (KIP-585)",
		check:      checkPredicates,
	},
	{
		id:         "topic-creation-default",
		title:      "Topic creation settings need `topic.creation.default.replication.factor` and `topic.creation.default.partitions`.",
		harm:       Fails,
		properties: []string{"topic.creation.default.replication.factor", "topic.creation.default.partitions"},
		source:     "Kafka 4.1 SourceConnectorConfig (KIP-158)",
		check:      checkTopicCreation,
	},
	{
		id:         "untraced-errors",
		title:      "With `errors.tolerance` = `all`, errors are logged (`errors.log.enable`), or, for sinks, their records kept in a dead letter queue.",
		harm:       Risky,
		properties: []string{"errors.tolerance", "errors.log.enable", "errors.deadletterqueue.topic.name"},
		source:     "Kafka 4.3 ConnectorConfig, SinkConnectorConfig (KIP-298)",
		check:      checkTolerance,
	},
}

// connectReads reports whether a property is one of Kafka Connect's own for
// this side.
func (v *evaluation) connectReads(property string) bool {
	p := connectProperties[property]
	return p.typ != "" && (v.Kind == nil || p.side == bothSides || (p.side == sinkSide) == v.Kind.Sink)
}

func checkOtherSide(v *evaluation) {
	of := map[bool]string{true: "sinks", false: "sources"}
	for _, key := range v.keys {
		if v.connectReads(key) || connectProperties[key].typ == "" || v.definition(key) != nil {
			continue
		}
		v.advise(Ignored, key, fmt.Sprintf("%s has no effect on a %s connector", key, v.Kind.Title), fmt.Sprintf(
			"Kafka Connect reads it only for %s, and %s connectors are %s.", of[!v.Kind.Sink], v.Kind.Title, of[v.Kind.Sink]), Advice{Remove: key})
	}
}

func checkConnectValues(v *evaluation) {
	for _, key := range v.keys {
		p := connectProperties[key]
		written, ok := v.written(key)
		text := strings.TrimSpace(written) // Kafka Connect trims; Debezium doesn't
		// For an unknown class, there's no telling which side it is on.
		if !ok || !v.connectReads(key) || v.Kind == nil && p.side != bothSides {
			continue
		}
		want := typeProblem(text, p.typ)
		if n, isNumber := catalog.ParseInt(text, catalog.Long); want == "" && p.low > 0 && isNumber && n < p.low {
			want = fmt.Sprintf("at least %d", p.low)
		}
		if p.values != nil && !slices.ContainsFunc(p.values, func(a string) bool { return strings.EqualFold(a, text) }) {
			want = "one of " + strings.Join(p.values, ", ")
		}
		if want != "" {
			v.advise(Refused, key, key+" must be "+want, fmt.Sprintf("The value is %s. Kafka Connect rejects the configuration.", quoted(written)),
				v.proposeValue(key, catalog.Nearest(text, p.values)))
		}
	}
}

// declared are the lists of names, with the prefix of what the names own.
var declared = []struct{ list, prefix, what string }{
	{"transforms", "transforms.", "transformation"},
	{"predicates", "predicates.", "predicate"},
	{"topic.creation.groups", "topic.creation.", "topic group"},
}

func checkTransformTypes(v *evaluation) {
	for _, d := range declared[:2] {
		for _, name := range v.list(d.list) {
			if key := d.prefix + name + ".type"; v.isMissing(key) {
				v.add(key, key+" is missing", fmt.Sprintf("%s lists the %s %s, but %s doesn't set its class. "+
					"Kafka Connect rejects the configuration. Set %s, or remove %s from %s.", d.list, d.what, quoted(name), key, key, quoted(name), d.list))
			}
		}
	}
}

func checkUndeclared(v *evaluation) {
	for _, d := range declared {
		if v.isUnknown(d.list) || v.Partial && !v.isSet(d.list) {
			continue
		}
		names := v.list(d.list)
		if d.list == "topic.creation.groups" {
			names = append(names, "default", "enable", "groups")
		}
		seen := map[string]bool{}
		for _, key := range v.keys {
			rest, ok := strings.CutPrefix(key, d.prefix)
			if !ok || slices.ContainsFunc(names, func(n string) bool { return rest == n || strings.HasPrefix(rest, n+".") }) {
				continue
			}
			name, _, _ := strings.Cut(rest, ".")
			if seen[name] {
				continue
			}
			seen[name] = true
			v.add(key, fmt.Sprintf("%s has no effect: %s doesn't list %s", key, d.list, quoted(name)), fmt.Sprintf(
				"Kafka Connect ignores the properties of a %s that %s doesn't list. Add %s to %s, or remove its properties.",
				d.what, d.list, quoted(name), d.list))
		}
	}
}

func checkPredicates(v *evaluation) {
	if v.isUnknown("predicates") || v.Partial && !v.isSet("predicates") {
		return
	}
	for _, name := range v.list("transforms") {
		key := "transforms." + name + ".predicate"
		if predicate, ok := v.known(key); ok && !slices.Contains(v.list("predicates"), predicate) {
			v.add(key, fmt.Sprintf("%s: predicates doesn't list %s", key, quoted(predicate)), fmt.Sprintf(
				"The transformation should run only for records that match the predicate %s, which isn't declared. The worker accepts the connector, but its task fails with \"Unknown configuration\". Add the name to predicates, or remove %s.", quoted(predicate), key))
		}
	}
}

func checkTopicCreation(v *evaluation) {
	if !slices.ContainsFunc(v.keys, func(key string) bool { return strings.HasPrefix(key, "topic.creation.") }) {
		return
	}
	for _, key := range []string{"topic.creation.default.replication.factor", "topic.creation.default.partitions"} {
		if v.isMissing(key) {
			v.add(key, key+" is missing", fmt.Sprintf("Kafka Connect requires it when any other topic.creation property is set: the worker accepts the connector, which then fails. Set %s.", key))
		}
	}
}

func checkTolerance(v *evaluation) {
	if !v.is("errors.tolerance", "all") || !v.is("errors.log.enable", "", "false") {
		return
	}
	other := ""
	if v.Kind == nil || v.Kind.Sink {
		if !v.isMissing("errors.deadletterqueue.topic.name") {
			return
		}
		other = " For a sink, errors.deadletterqueue.topic.name keeps these records in a topic."
	}
	v.advise(Risky, "errors.tolerance", "errors.tolerance: records that fail are left out without a trace", fmt.Sprintf(
		"With all, Kafka Connect leaves out each record that it can't convert or transform, and goes on. Nothing tells which ones, or that there are any, but a count in the worker's metrics.%s", other),
		Advice{Set: "errors.log.enable", To: "true"})
}

func sidedNames() []string {
	var names []string
	for name, p := range connectProperties {
		if p.side != bothSides {
			names = append(names, name)
		}
	}
	return names
}

func connectNames() []string {
	var names []string
	for name := range connectProperties {
		names = append(names, name)
	}
	return names
}
