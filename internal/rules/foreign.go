package rules

import (
	"fmt"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// foreign is another connector's name for one of Debezium's properties.
type foreign struct {
	kinds      func(*catalog.Kind) bool
	name       string
	own        string // Debezium's name
	value, set string // a value with its own counterpart, and the counterpart
	of         string // the connector the name comes from
}

const (
	confluentJDBC = "Confluent's JDBC sink"
	mongoDBs      = "MongoDB's own connector"
)

var foreignNames = []foreign{
	{jdbcSink, "auto.create", "schema.evolution", "true", "basic", confluentJDBC},
	{jdbcSink, "auto.evolve", "schema.evolution", "true", "basic", confluentJDBC},
	{jdbcSink, "pk.mode", "primary.key.mode", "", "", confluentJDBC},
	{jdbcSink, "pk.fields", "primary.key.fields", "", "", confluentJDBC},
	{jdbcSink, "fields.whitelist", "field.include.list", "", "", confluentJDBC},
	{jdbcSink, "quote.sql.identifiers", "quote.identifiers", "always", "true", confluentJDBC},
	{jdbcSink, "db.timezone", "use.time.zone", "", "", confluentJDBC},
	{jdbcSink, "max.retries", "flush.max.retries", "", "", confluentJDBC},
	{jdbcSink, "retry.backoff.ms", "flush.retry.delay.ms", "", "", confluentJDBC},
	{jdbcSink, "dialect.name", "", "", "", confluentJDBC},
	{jdbcSink, "table.types", "", "", "", confluentJDBC},
	{jdbcSink, "mssql.use.merge.holdlock", "", "", "", confluentJDBC},
	{kinds("mongodb", "mongodb_sink"), "connection.uri", "mongodb.connection.string", "", "", mongoDBs},
	{kinds("mongodb_sink"), "database", "sink.database", "", "", mongoDBs},
	{kinds("mongodb_sink"), "collection", "collection.name.format", "", "", mongoDBs},
}

var foreignRules = []rule{{
	id:         "foreign-name",
	title:      "No property has the name that another vendor's connector has for it.",
	harm:       Ignored,
	properties: foreignProperties(),
	kinds:      kinds("jdbc_sink", "mongodb", "mongodb_sink"),
	source:     "Debezium 3.6 JdbcSinkConnectorConfig, MongoDbSinkConnectorConfig: neither knows these names",
	check:      checkForeign,
}}

func (v *evaluation) foreign(property string) *foreign {
	i := slices.IndexFunc(foreignNames, func(f foreign) bool { return f.name == property && f.kinds(v.Kind) })
	if i < 0 {
		return nil
	}
	return &foreignNames[i]
}

func (v *evaluation) isForeign(property string) bool { return v.foreign(property) != nil }

func checkForeign(v *evaluation) {
	for _, key := range v.keys {
		f := v.foreign(key)
		if f == nil || v.isDeclaredKnown(key) {
			continue
		}
		advice := v.counterpart(f)
		summary := fmt.Sprintf("%s is a property of %s, not of Debezium's %s connector", key, f.of, v.Kind.Title)
		if advice.Set != "" {
			summary += ": use " + advice.Set
		}
		v.advise(Ignored, key, summary, "Debezium silently ignores it.", advice)
	}
}

// counterpart advises what Debezium has in place of a foreign property.
func (v *evaluation) counterpart(f *foreign) Advice {
	advice := v.propose(f.own, f.name)
	if f.value == "" || advice.Set == "" {
		return advice
	}
	if value, ok := v.known(f.name); !ok || value != f.value {
		return Advice{Remove: f.name} // the connector's default is to do without
	}
	advice.To = f.set
	return advice
}

func foreignProperties() []string {
	var names []string
	for _, f := range foreignNames {
		names = append(names, f.name)
	}
	return names
}
