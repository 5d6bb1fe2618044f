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
	values []string // allowed ones, compared without case; nil: any
	low    int64    // the least number
}

// connectProperties are those of every connector: ConnectorConfig,
// SourceConnectorConfig and SinkConnectorConfig of Kafka 4.1.
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
	"exactly.once.support":                            {typ: catalog.String, values: []string{"requested", "required"}},
	"transaction.boundary":                            {typ: catalog.String, values: []string{"poll", "interval", "connector"}},
	"transaction.boundary.interval.ms":                {typ: catalog.Long},
	"offsets.storage.topic":                           {typ: catalog.String},
	"topic.creation.groups":                           {typ: catalog.List},
	"topics":                                          {typ: catalog.List},
	"topics.regex":                                    {typ: catalog.String},
	"errors.deadletterqueue.topic.name":               {typ: catalog.String},
	"errors.deadletterqueue.topic.replication.factor": {typ: catalog.Short},
	"errors.deadletterqueue.context.headers.enable":   {typ: catalog.Boolean},
}

var connectRules = []rule{
	{
		id:         "connect-value",
		title:      "A property of Kafka Connect's own has a value that it takes.",
		severity:   Error,
		properties: connectNames(),
		source:     "Kafka 4.1 ConnectorConfig, SourceConnectorConfig, SinkConnectorConfig",
		check:      checkConnectValues,
	},
	{
		id:         "transform-type",
		title:      "Each name in `transforms` and `predicates` has its `.type`.",
		severity:   Error,
		properties: []string{"transforms", "predicates"},
		source:     "Kafka 4.1 ConnectorConfig.enrich (KIP-66, KIP-585)",
		check:      checkTransformTypes,
	},
	{
		id:         "undeclared-transform",
		title:      "A property of a transformation, predicate or topic group belongs to one that `transforms`, `predicates` or `topic.creation.groups` names.",
		severity:   Warning,
		properties: []string{"transforms", "predicates", "topic.creation.groups"},
		source:     "Kafka 4.1 ConnectorConfig: only the declared names are read (KIP-66, KIP-585, KIP-158)",
		check:      checkUndeclared,
	},
	{
		id:         "transform-predicate",
		title:      "`transforms.NAME.predicate` is one of `predicates`.",
		severity:   Error,
		properties: []string{"transforms", "predicates"},
		source:     "Kafka 4.1 ConnectorConfig.EnrichablePlugin (KIP-585)",
		check:      checkPredicates,
	},
	{
		id:         "topic-creation-default",
		title:      "Topic creation settings need `topic.creation.default.replication.factor` and `topic.creation.default.partitions`.",
		severity:   Error,
		properties: []string{"topic.creation.default.replication.factor", "topic.creation.default.partitions"},
		source:     "Kafka 4.1 SourceConnectorConfig (KIP-158)",
		check:      checkTopicCreation,
	},
	{
		id:       "removed-unwrap-option",
		title:    "`delete.handling.mode` and `drop.tombstones` of the unwrap transformation are set as `delete.tombstone.handling.mode` from 3.2.",
		severity: Error,
		kinds:    sources,
		from:     v32,
		source:   "Debezium 3.2 ExtractNewRecordState (DBZ-6068)",
		check:    checkUnwrap,
	},
}

func checkConnectValues(v *view) {
	for _, key := range v.keys {
		p := connectProperties[key]
		written, ok := v.written(key)
		text := strings.TrimSpace(written) // Kafka Connect trims; Debezium doesn't
		if !ok || p.typ == "" {
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
			v.add(key, key+" must be "+want, fmt.Sprintf("%s has the value %s, but Kafka Connect expects %s and refuses the configuration.", key, quoted(written), want))
		}
	}
}

// declared are the lists of names and the prefix of what the names own.
var declared = []struct{ list, prefix, what string }{
	{"transforms", "transforms.", "transformation"},
	{"predicates", "predicates.", "predicate"},
	{"topic.creation.groups", "topic.creation.", "topic group"},
}

func checkTransformTypes(v *view) {
	for _, d := range declared[:2] {
		for _, name := range v.list(d.list) {
			if key := d.prefix + name + ".type"; v.isMissing(key) {
				v.add(key, key+" is missing", fmt.Sprintf("%s names the %s %s, but %s doesn't say which class it is. "+
					"Kafka Connect refuses the configuration. Set %s, or take %s out of %s.", d.list, d.what, quoted(name), key, key, quoted(name), d.list))
			}
		}
	}
}

func checkUndeclared(v *view) {
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
			v.add(key, fmt.Sprintf("%s has no effect: %s doesn't name %s", key, d.list, quoted(name)), fmt.Sprintf(
				"Kafka Connect reads the properties of a %s only when %s contains its name, and ignores them otherwise. Add %s to %s, or remove its properties.",
				d.what, d.list, quoted(name), d.list))
		}
	}
}

func checkPredicates(v *view) {
	if v.isUnknown("predicates") || v.Partial && !v.isSet("predicates") {
		return
	}
	for _, name := range v.list("transforms") {
		key := "transforms." + name + ".predicate"
		if predicate, ok := v.known(key); ok && !slices.Contains(v.list("predicates"), predicate) {
			v.add(key, fmt.Sprintf("%s: predicates doesn't name %s", key, quoted(predicate)), fmt.Sprintf(
				"The transformation is to run only where the predicate %s holds, but predicates doesn't contain that name. The worker accepts the connector, and its task then fails with \"Unknown configuration\". Add the name to predicates, or remove %s.", quoted(predicate), key))
		}
	}
}

func checkTopicCreation(v *view) {
	if !slices.ContainsFunc(v.keys, func(key string) bool { return strings.HasPrefix(key, "topic.creation.") }) {
		return
	}
	for _, key := range []string{"topic.creation.default.replication.factor", "topic.creation.default.partitions"} {
		if v.isMissing(key) {
			v.add(key, key+" is missing", fmt.Sprintf("Other topic.creation properties are set. Kafka Connect then demands %s, too: the worker accepts the connector without it, which then is FAILED. Set %s.", key, key))
		}
	}
}

func checkUnwrap(v *view) {
	for _, name := range v.list("transforms") {
		class, _ := v.known("transforms." + name + ".type")
		if !strings.HasSuffix(class, ".ExtractNewRecordState") && !strings.HasSuffix(class, ".ExtractNewDocumentState") {
			continue
		}
		for _, option := range []string{"delete.handling.mode", "drop.tombstones"} {
			if key := "transforms." + name + "." + option; v.isSet(key) {
				v.add(key, key+" is no longer read by "+v.release(), fmt.Sprintf(
					"The transformation ignores %s since 3.2, so deletions would reach the topics in another form than meant. "+
						"Set transforms.%s.delete.tombstone.handling.mode in place of delete.handling.mode and drop.tombstones.", option, name))
			}
		}
	}
}

func connectNames() []string {
	var names []string
	for name := range connectProperties {
		names = append(names, name)
	}
	return names
}
