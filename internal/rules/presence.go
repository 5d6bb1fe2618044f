package rules

import (
	"fmt"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// required is a property without which no connector of some kinds starts.
type required struct {
	property    string
	kinds       func(*catalog.Kind) bool
	from, until catalog.Version
	instead     []string // properties that would do as well
}

// requiredProperties are each kind's minimal configuration. Kafka Connect's
// ConfigDef calls none of them required; Debezium's own validators do.
var requiredProperties = []required{
	{property: "topic.prefix", kinds: func(k *catalog.Kind) bool { return !k.Sink && k.Name != "spanner" }, from: v20},
	{property: "database.server.name", kinds: func(k *catalog.Kind) bool { return k.Relational }, until: v20},
	{property: "mongodb.name", kinds: kinds("mongodb"), until: v20},
	{property: "database.hostname", kinds: func(k *catalog.Kind) bool { return k.Relational && k.Name != "oracle" }},
	{property: "database.hostname", kinds: kinds("oracle"), instead: []string{"database.url"}},
	{property: "database.user", kinds: kinds("mysql", "mariadb", "postgres", "oracle", "db2", "informix")},
	{property: "database.dbname", kinds: kinds("postgres", "oracle", "db2", "informix")},
	{property: "database.names", kinds: kinds("sqlserver"), from: v20},
	{property: "database.dbname", kinds: kinds("sqlserver"), until: v20},
	{property: "database.server.id", kinds: kinds("mysql", "mariadb"), from: v20},
	{property: "mongodb.connection.string", kinds: kinds("mongodb"), from: v20, instead: []string{"mongodb.hosts"}},
	{property: "mongodb.hosts", kinds: kinds("mongodb"), until: v20},
	{property: "vitess.keyspace", kinds: kinds("vitess")},
	{property: "gcp.spanner.project.id", kinds: kinds("spanner")},
	{property: "gcp.spanner.instance.id", kinds: kinds("spanner")},
	{property: "gcp.spanner.database.id", kinds: kinds("spanner")},
	{property: "gcp.spanner.change.stream", kinds: kinds("spanner")},
	{property: "connection.url", kinds: kinds("jdbc_sink")},
	{property: "connection.username", kinds: kinds("jdbc_sink")},
	{property: "mongodb.connection.string", kinds: kinds("mongodb_sink")},
	{property: "sink.database", kinds: kinds("mongodb_sink")},
}

// need is a property required by another one's value.
type need struct {
	id, property string
	title        string
	harm         Harm
	kinds        func(*catalog.Kind) bool
	from         catalog.Version
	trigger      string // the property whose value requires it
	when         func(*evaluation) bool
	detail       string // without the advice to set it
	source       string
}

var needs = []need{
	{
		id: "snapshot-mode-custom", property: "snapshot.mode.custom.name", harm: Refused, kinds: sources, from: v26,
		title:   "`snapshot.mode` = `custom` needs `snapshot.mode.custom.name`.",
		trigger: "snapshot.mode",
		when:    func(v *evaluation) bool { return v.is("snapshot.mode", "custom") },
		detail:  "snapshot.mode = custom uses a class of your own. Debezium rejects the configuration without the name that this class reports. Set snapshot.mode.custom.name, or choose another snapshot.mode.",
		source:  "Debezium 3.6 CommonConnectorConfig.SNAPSHOT_MODE_CUSTOM_NAME",
	},
	{
		id: "snapshot-locking-custom", property: "snapshot.locking.mode.custom.name", harm: Fails, kinds: sources, from: v26,
		title:   "`snapshot.locking.mode` = `custom` needs `snapshot.locking.mode.custom.name`.",
		trigger: "snapshot.locking.mode",
		when:    func(v *evaluation) bool { return v.is("snapshot.locking.mode", "custom") },
		detail:  "snapshot.locking.mode = custom uses a class of your own. The connector fails to start without the name that this class reports. Set snapshot.locking.mode.custom.name, or choose another snapshot.locking.mode.",
		source:  "Debezium 3.6 CommonConnectorConfig.SNAPSHOT_LOCKING_MODE_CUSTOM_NAME",
	},
	{
		id: "snapshot-query-custom", property: "snapshot.query.mode.custom.name", harm: Refused, kinds: sources, from: v26,
		title:   "`snapshot.query.mode` = `custom` needs `snapshot.query.mode.custom.name`.",
		trigger: "snapshot.query.mode",
		when:    func(v *evaluation) bool { return v.is("snapshot.query.mode", "custom") },
		detail:  "snapshot.query.mode = custom uses a class of your own. Debezium rejects the configuration without the name that this class reports. Set snapshot.query.mode.custom.name, or choose another snapshot.query.mode.",
		source:  "Debezium 3.6 CommonConnectorConfig.SNAPSHOT_QUERY_MODE_CUSTOM_NAME",
	},
	{
		id: "configuration-based-snapshot", property: "snapshot.mode.configuration.based.start.stream", harm: Diverges, kinds: sources, from: v26,
		title:   "`snapshot.mode` = `configuration_based` says what to do: `snapshot.mode.configuration.based.snapshot.data` or `.start.stream`.",
		trigger: "snapshot.mode",
		when: func(v *evaluation) bool {
			return v.is("snapshot.mode", "configuration_based") && v.isMissing("snapshot.mode.configuration.based.snapshot.data", "snapshot.mode.configuration.based.snapshot.schema")
		},
		detail: "snapshot.mode = configuration_based does only what its own properties turn on, and these are all false by default. Without snapshot.mode.configuration.based.snapshot.data and snapshot.mode.configuration.based.start.stream, the connector is RUNNING and captures nothing. Set the ones that you need to true.",
		source: "Debezium 3.6 ConfigurationBasedSnapshotter",
	},
	regexNaming("naming-regex", "topic.regex"),
	regexNaming("naming-regex-replacement", "topic.replacement"),
	{
		id: "history-file", property: "schema.history.internal.file.filename", harm: Fails, kinds: historized, from: v20,
		title:   "A schema history in a file needs `schema.history.internal.file.filename`.",
		trigger: "schema.history.internal",
		when: func(v *evaluation) bool {
			class, _ := v.known("schema.history.internal")
			return class == "io.debezium.storage.file.history.FileSchemaHistory"
		},
		detail: "schema.history.internal names a class that keeps the history in a file. The worker accepts the connector without the file's name, but its task fails. Set schema.history.internal.file.filename.",
		source: "Debezium 3.6 FileSchemaHistory.configure",
	},
}

// regexNaming requires a property for regular expression naming strategies.
func regexNaming(id, property string) need {
	return need{
		id: id, property: property, harm: Fails, kinds: sources, from: v20,
		title:   "The regular expression strategies of `topic.naming.strategy` need `" + property + "`.",
		trigger: "topic.naming.strategy",
		when:    (*evaluation).namesByRegex,
		detail:  "This topic.naming.strategy makes names by replacing what topic.regex matches with topic.replacement. The worker accepts the connector without " + property + ", but its task fails. Set " + property + ".",
		source:  "Debezium 3.6 AbstractRegexTopicNamingStrategy: both fields are required",
	}
}

var presenceRules = append([]rule{{
	id:         "required",
	title:      "The properties without which a connector of the kind never starts are set.",
	harm:       Refused,
	properties: requiredNames(),
	kinds:      everyKind,
	source:     "Debezium 3.6 Field.isRequired on each property; Debezium 1.9 for the names before 2.0",
	check:      checkRequired,
}}, needRules(needs)...)

func checkRequired(v *evaluation) {
	for _, r := range requiredProperties {
		if !r.appliesTo(v) {
			continue
		}
		if !v.isMissing(append(r.instead, r.property)...) || v.hasOtherName(r.property) {
			continue
		}
		detail := fmt.Sprintf("%s connectors don't start without %s.", v.Kind.Title, r.property)
		if len(r.instead) > 0 {
			detail = fmt.Sprintf("%s connectors don't start without %s or %s.", v.Kind.Title, r.property, r.instead[0])
		}
		if _, blank := v.written(r.property); blank {
			detail += " A blank value counts as none."
		}
		v.advise(Refused, r.property, r.property+" is required", detail, Advice{Set: r.property})
	}
}

func (r required) appliesTo(v *evaluation) bool {
	return rule{kinds: r.kinds, from: r.from, until: r.until}.appliesTo(v.Kind, v.Version)
}

// isRequired reports whether a connector can't start without a property.
func (v *evaluation) isRequired(property string) bool {
	return slices.ContainsFunc(requiredProperties, func(r required) bool {
		return r.property == property && r.appliesTo(v)
	})
}

// Required returns the properties without which no connector of a kind and
// version starts, including those that another one may replace.
func Required(kind *catalog.Kind, version catalog.Version) []string {
	var names []string
	for _, r := range requiredProperties {
		if (rule{kinds: r.kinds, from: r.from, until: r.until}).appliesTo(kind, version) {
			names = append(names, r.property)
		}
	}
	return names
}

func requiredNames() []string {
	var names []string
	for _, r := range requiredProperties {
		names = append(names, r.property)
	}
	return names
}

// needRules turns each need into a rule.
func needRules(needs []need) []rule {
	var rules []rule
	for _, n := range needs {
		rules = append(rules, rule{
			id: n.id, title: n.title, harm: n.harm, properties: []string{n.property},
			kinds: n.kinds, from: n.from, source: n.source,
			check: func(v *evaluation) {
				if v.has(n.property) && n.when(v) && v.isMissing(n.property) && !v.hasOtherName(n.property) {
					n.report(v)
				}
			},
		})
	}
	return rules
}

// report reports what is missing at the property the user wrote that requires it.
func (n need) report(v *evaluation) {
	f := Finding{Property: n.property, Summary: n.property + " is missing", Detail: n.detail, Advice: Advice{Set: n.property}}
	if n.trigger != "" && v.wrote(n.trigger) {
		f.Property, f.Blamed = n.trigger, n.property
	}
	v.report(n.harm, f)
}
