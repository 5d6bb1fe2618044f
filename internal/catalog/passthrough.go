package catalog

import (
	"regexp"
	"slices"
	"strings"
)

// families are prefixes of properties that aren't listed individually: Kafka
// Connect or Debezium passes what follows them to something else.
var families = []struct {
	kinds  kinds
	prefix string
}{
	// Kafka Connect: transformations and predicates by their aliases, converter
	// options, client overrides (KIP-458).
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

	// Schema history storages, and Kafka's clients for them.
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

// columnChange matches the properties that change the values of columns, with
// their parameters in their names (Debezium 3.6 ColumnMappers).
var columnChange = regexp.MustCompile(`^column\.(mask\.with\.\d+\.chars|truncate\.to\.\d+\.chars|mask\.hash(\.v2)?\.[^.]+\.with\.salt\..+)$`)

// ChangesColumns reports whether a property masks, hashes or truncates columns.
func ChangesColumns(property string) bool {
	return strings.HasPrefix(property, "column.") && columnChange.MatchString(property)
}

// driverPrefix is the prefix of the relational kinds' JDBC driver options, and
// of Debezium's own properties among them.
const driverPrefix = "database."

// lineagePrefix is the prefix of the OpenLineage settings, which sink tasks
// also read, though their ConfigDefs don't have them.
const lineagePrefix = "openlineage."

// HasFamily reports whether a property belongs to a family whose members aren't
// listed, so that its name can't be checked. The options of the configuration's
// own converters and post processors (NAME.…) aren't known here: NAME comes
// from the configuration.
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
// option counts only if its name is far from every known one and no other kind
// has it: a misspelled property is more likely than an option with nearly the
// same name.
func (k *Kind) Passthrough(property string) bool {
	return k.HasFamily(property) ||
		k.Relational && strings.HasPrefix(property, driverPrefix) && !anyKindHas(property) && !k.isMisnomer(property) &&
			Nearest(property, k.names) == ""
}

func (k *Kind) isMisnomer(property string) bool {
	return slices.ContainsFunc(misnomers, func(m misnomer) bool { return m.wrong == property && m.kinds(k.Traits) })
}

// anyKindHas reports whether some kind has a property, or used to.
func anyKindHas(property string) bool {
	for _, k := range load() {
		if _, old := k.replaced.exact[property]; old || len(k.definitions[property]) > 0 {
			return true
		}
	}
	return false
}
