// Package catalogtest holds the minimal configuration of each kind, for the
// tests of all packages: a new kind gets its row here, and nowhere else.
package catalogtest

import (
	"fmt"
	"maps"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Config is a configuration by Debezium's names.
type Config map[string]string

// Unset, as a value in a change, removes a property.
const Unset = "\x00"

// With returns a copy with the changes.
func (c Config) With(changes Config) Config {
	changed := Config{}
	maps.Copy(changed, c)
	for property, text := range changes {
		if text == Unset {
			delete(changed, property)
			continue
		}
		changed[property] = text
	}
	return changed
}

// minimal is the least that a connector of each kind needs, as of Debezium 2.0,
// without what the provider derives. No address leads to a database.
var minimal = map[string]Config{
	"mysql":     relational.With(Config{"database.dbname": Unset}).With(history),
	"mariadb":   relational.With(Config{"database.dbname": Unset}).With(history),
	"postgres":  relational,
	"oracle":    relational.With(history),
	"sqlserver": relational.With(history).With(Config{"database.dbname": Unset, "database.names": "inventory"}),
	"mongodb":   {"topic.prefix": "shop", "mongodb.connection.string": mongoURL},
	"db2":       relational.With(history),
	"informix":  relational.With(history).With(Config{"database.port": "9088"}),
	"vitess": {
		"topic.prefix": "shop", "database.hostname": "127.0.0.1", "database.port": "15991", "vitess.keyspace": "commerce",
	},
	"spanner": {
		"gcp.spanner.project.id": "acme", "gcp.spanner.instance.id": "main",
		"gcp.spanner.database.id": "orders", "gcp.spanner.change.stream": "all_orders",
	},
	"ibmi": relational.With(Config{"database.dbname": Unset}),
	"jdbc_sink": {
		"topics": "shop.public.orders", "connection.url": "jdbc:postgresql://127.0.0.1:1/sink",
		"connection.username": "debezium", "connection.password": "not-used",
	},
	"mongodb_sink": {
		"topics": "shop.public.orders", "sink.database": "inventory", "mongodb.connection.string": mongoURL,
	},
}

var relational = Config{
	"topic.prefix":      "shop",
	"database.hostname": "127.0.0.1",
	"database.user":     "debezium",
	"database.password": "not-used",
	"database.dbname":   "inventory",
}

var history = Config{"schema.history.internal.kafka.bootstrap.servers": "127.0.0.1:9092"}

const mongoURL = "mongodb://127.0.0.1:1/?replicaSet=rs0"

// Minimal returns the minimal configuration of a kind, without what the
// provider derives for a new connector. The copy is the caller's.
func Minimal(kind string) Config {
	c := minimal[kind]
	if c == nil {
		panic(fmt.Sprintf("catalogtest has no minimal configuration of the kind %q", kind))
	}
	return maps.Clone(c)
}

// MinimalIn returns the minimal configuration in a version of a kind: before
// 2.0 the topic prefix and the schema history had other names, and two of the
// properties that the provider derives didn't exist.
func MinimalIn(kind *catalog.Kind, version catalog.Version) Config {
	c := Minimal(kind.Name).With(Config{"connector.plugin.version": version.String()})
	if version.Major > 1 {
		return c
	}
	c = c.With(Config{"topic.prefix": Unset, "database.server.name": "shop"})
	if kind.SchemaHistory {
		c = c.With(Config{
			"schema.history.internal.kafka.bootstrap.servers": Unset,
			"database.history.kafka.bootstrap.servers":        "127.0.0.1:9092",
			"database.history.kafka.topic":                    "schema-changes.shop",
		})
	}
	return c
}

// WithDefaults returns a copy with what the provider derives for a new
// connector of this name, in a version that has these properties.
func WithDefaults(kind *catalog.Kind, version catalog.Version, name string, c Config) Config {
	whole := maps.Clone(c)
	for _, property := range kind.DefaultOrder() {
		if _, set := whole[property]; set || kind.Definition(property, version) == nil {
			continue
		}
		if text, ok := kind.AttributeOf(property).Default.Derive(name, whole); ok {
			whole[property] = text
		}
	}
	return whole
}
