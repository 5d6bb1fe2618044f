package catalog

import (
	"slices"
	"strings"
)

// families are prefixes of properties that aren't listed one by one: Kafka
// Connect or Debezium hands what stands behind them to something else.
var families = []struct {
	kinds  kinds
	prefix string
}{
	// Kafka Connect: transformations and predicates by their aliases, the
	// options of converters, the clients' overrides (KIP-458).
	{allKinds, "transforms."},
	{allKinds, "predicates."},
	{allKinds, "key.converter."},
	{allKinds, "value.converter."},
	{allKinds, "header.converter."},
	{allKinds, "producer.override."},
	{allKinds, "consumer.override."},
	{allKinds, "admin.override."},
	{sources, "topic.creation."},

	// Debezium.
	{allKinds, "internal."},
	{relational, "driver."},
	{snapshotting, "signal.consumer."},
	{relational, "snapshot.select.statement.overrides."},
	{only("mongodb"), "snapshot.collection.filter.overrides."},
	{relational, "column.mask.with."},
	{relational, "column.mask.hash."},
	{relational, "column.truncate.to."},
	{only("oracle"), "log.mining.buffer.infinispan.client."},
	{only("jdbc_sink"), "hibernate."},

	// Storages of the schema history, and Kafka's clients for it.
	{historized, "schema.history.internal.consumer."},
	{historized, "schema.history.internal.producer."},
	{historized, "schema.history.internal.jdbc."},
	{historized, "schema.history.internal.redis."},
	{historized, "schema.history.internal.s3."},
	{historized, "schema.history.internal.azure."},
	{historized, "schema.history.internal.rocketmq."},
	{historized, "database.history.consumer."},
	{historized, "database.history.producer."},
}

// driverPrefix is that of the options of relational kinds' JDBC drivers, and
// of Debezium's own properties beside them.
const driverPrefix = "database."

// lineagePrefix is that of the OpenLineage settings, which the tasks of the
// sinks read too, though their ConfigDefs don't have them.
const lineagePrefix = "openlineage."

// HasFamily reports whether a property belongs to a family whose members
// aren't listed, so that its name can't be checked. The options that the
// configuration's own converters and post processors have (NAME.…) are not
// known here: NAME stands in the configuration.
func (k *Kind) HasFamily(property string) bool {
	for _, f := range families {
		if strings.HasPrefix(property, f.prefix) && f.kinds(k.Traits) {
			return true
		}
	}
	return k.Sink && strings.HasPrefix(property, lineagePrefix) && anyKindHas(property)
}

// Passthrough reports whether something that isn't listed reads a property: a
// member of a family, or an option of the JDBC driver (database.…). Such an
// option counts only when its name is far from every known one, and no other
// kind has it: a misspelt property is more likely than an option that nearly
// bears its name.
func (k *Kind) Passthrough(property string) bool {
	return k.HasFamily(property) ||
		k.Relational && strings.HasPrefix(property, driverPrefix) && !anyKindHas(property) && !k.isMisnomer(property) &&
			Nearest(property, k.names) == ""
}

func (k *Kind) isMisnomer(property string) bool {
	return slices.ContainsFunc(misnomers, func(m misnomer) bool { return m.wrong == property && m.kinds(k.Traits) })
}

// anyKindHas reports whether some kind has a property, or had one of that name.
func anyKindHas(property string) bool {
	for _, k := range load() {
		if _, old := k.replaced.exact[property]; old || len(k.definitions[property]) > 0 {
			return true
		}
	}
	return false
}
