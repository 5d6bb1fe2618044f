package stack_test

import (
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// properties is a configuration by Debezium's names.
type properties = catalogtest.Config

// unset takes a property out.
const unset = catalogtest.Unset

// mistake is a wrong configuration: the least one with changes.
type mistake struct {
	what    string
	changes properties
	at      string // the property that the error is about
	// unseen says why the worker itself doesn't refuse it; empty where it does.
	unseen string
}

// Why the worker accepts what fails, or is ignored, later.
const (
	neverValidated = "not part of Debezium's validation: the connector fails or ignores it after its start"
	ignoredKey     = "an unknown or old name is silently ignored"
	noUpperBound   = "Debezium doesn't check the upper end"
	failsLater     = "Kafka Connect checks it when it starts the connector, which then is FAILED (run, 4.3.1)"
)

var sourceMistakes = []mistake{
	{"no topic prefix", properties{"topic.prefix": unset}, "topic.prefix", ""},
	{"a topic prefix with a slash", properties{"topic.prefix": "my/shop"}, "topic.prefix", ""},
	{"a negative batch size", properties{"max.batch.size": "-1"}, "max.batch.size", ""},
	{"a batch as large as the queue", properties{"max.batch.size": "9000", "max.queue.size": "9000"}, "max.queue.size", ""},
	{"a queue size that is no number", properties{"max.queue.size": "many"}, "max.queue.size", ""},
	{"a poll interval of 0", properties{"poll.interval.ms": "0"}, "poll.interval.ms", ""},
	{"a negative heartbeat interval", properties{"heartbeat.interval.ms": "-5"}, "heartbeat.interval.ms", ""},
	{"tombstones that are maybe", properties{"tombstones.on.delete": "maybe"}, "tombstones.on.delete", ""},
	{"an operation that there isn't", properties{"skipped.operations": "x"}, "skipped.operations", ""},
	{"an unknown snapshot mode", properties{"snapshot.mode": "sometimes"}, "snapshot.mode", ""},
	{"an unknown reaction to failed events", properties{"event.processing.failure.handling.mode": "panic"}, "event.processing.failure.handling.mode", ""},
	{"no tasks", properties{"tasks.max": "0"}, "tasks.max", ""},
	{"a transformation without a class", properties{"transforms": "unwrap"}, "transforms.unwrap.type", ""},
	{"a predicate that isn't declared", properties{
		"transforms": "f", "transforms.f.type": "org.apache.kafka.connect.transforms.Filter", "transforms.f.predicate": "none",
	}, "transforms.f.predicate", failsLater},
	{"an unknown tolerance", properties{"errors.tolerance": "some"}, "errors.tolerance", ""},
	{"topic creation without defaults", properties{"topic.creation.default.partitions": "1"}, "topic.creation.default.replication.factor", failsLater},
	{"a custom snapshot without its name", properties{"snapshot.mode": "custom"}, "snapshot.mode.custom.name", ""},
	{"signals from Kafka without brokers", properties{"signal.enabled.channels": "kafka"}, "signal.kafka.bootstrap.servers", neverValidated},
	{"notifications without a topic", properties{"notification.enabled.channels": "sink"}, "notification.sink.topic.name", ""},
	{"a mask in place of a secret", properties{"database.password": "********"}, "database.password", neverValidated},
}

var relationalMistakes = []mistake{
	{"no host", properties{"database.hostname": unset}, "database.hostname", ""},
	{"a URL for a host", properties{"database.hostname": "http://db:1"}, "database.hostname", ""},
	{"no user", properties{"database.user": unset}, "database.user", ""},
	{"a port that is no number", properties{"database.port": "default"}, "database.port", ""},
	{"a port beyond 65535", properties{"database.port": "70000"}, "database.port", noUpperBound},
	{"an include list and an exclude list", properties{"table.include.list": "a.b", "table.exclude.list": "a.c"}, "table.exclude.list", ""},
	{"an expression that isn't closed", properties{"table.include.list": "a.(b"}, "table.include.list", ""},
	{"key columns without a table", properties{"message.key.columns": "id"}, "message.key.columns", ""},
	{"an unknown handling of decimals", properties{"decimal.handling.mode": "round"}, "decimal.handling.mode", ""},
}

var historyMistakes = []mistake{
	{"no brokers for the schema history", properties{"schema.history.internal.kafka.bootstrap.servers": unset},
		"schema.history.internal.kafka.bootstrap.servers", neverValidated},
	{"the history's old name", properties{"database.history.kafka.topic": "changes"}, "database.history.kafka.topic", ignoredKey},
}

// kindMistakes are those of one kind, beside the ones above.
var kindMistakes = map[string][]mistake{
	"mysql": append([]mistake{
		{"GTIDs included and excluded", properties{"gtid.source.includes": "a.*", "gtid.source.excludes": "b.*"}, "gtid.source.excludes", ""},
	}, binlogMistakes...),
	"mariadb": binlogMistakes,
	"postgres": {
		{"no database", properties{"database.dbname": unset}, "database.dbname", ""},
		{"a slot with capitals", properties{"slot.name": "Orders"}, "slot.name", ""},
		{"an output plug-in that is gone", properties{"plugin.name": "wal2json"}, "plugin.name", ""},
		{"an unknown creation of the publication", properties{"publication.autocreate.mode": "some_tables"}, "publication.autocreate.mode", ""},
		{"a replica identity without a table", properties{"replica.identity.autoset.values": "FULL"}, "replica.identity.autoset.values", ""},
		{"message prefixes included and excluded", properties{"message.prefix.include.list": "a", "message.prefix.exclude.list": "b"},
			"message.prefix.exclude.list", ""},
	},
	"oracle": {
		{"no database", properties{"database.dbname": unset}, "database.dbname", ""},
		{"several tasks", properties{"tasks.max": "2"}, "tasks.max", neverValidated},
		{"an unknown adapter", properties{"database.connection.adapter": "Magic"}, "database.connection.adapter", ""},
		{"XStream without a server", properties{"database.connection.adapter": "XStream"}, "xstream.out.server.name", ""},
		{"XStream without a server, by its old name", properties{"database.connection.adapter": "XStream"}, "database.out.server.name", ""},
		{"signals from a name without schema", properties{"signal.data.collection": "SIGNALS"}, "signal.data.collection", ""},
		{"an unknown mining strategy", properties{"database.connection.adapter": "LogMiner", "log.mining.strategy": "guess"}, "log.mining.strategy", ""},
	},
	"sqlserver": {
		{"no databases", properties{"database.names": unset}, "database.names", ""},
		{"the database's old name", properties{"database.names": unset, "database.dbname": "inventory"}, "database.dbname", ignoredKey},
	},
	"mongodb": {
		{"no connection string", properties{"mongodb.connection.string": unset}, "mongodb.connection.string", ""},
		{"a connection string for HTTP", properties{"mongodb.connection.string": "http://db"}, "mongodb.connection.string", ""},
		{"an unknown capture mode", properties{"capture.mode": "oplog"}, "capture.mode", ""},
		{"collections included and excluded", properties{"collection.include.list": "a.b", "collection.exclude.list": "a.c"}, "collection.exclude.list", ""},
		{"a target without its name", properties{"capture.scope": "database"}, "capture.target", neverValidated},
		{"a pipeline that is no JSON", properties{"cursor.pipeline": "match all"}, "cursor.pipeline", neverValidated},
		{"shard parameters", properties{"mongodb.connection.string.shard.params": "a=b"}, "mongodb.connection.string.shard.params", ""},
	},
	"db2": {
		{"no database", properties{"database.dbname": unset}, "database.dbname", ""},
	},
	"informix": {
		{"no database", properties{"database.dbname": unset}, "database.dbname", ""},
		{"several tasks", properties{"tasks.max": "2"}, "tasks.max", neverValidated},
	},
	"vitess": {
		{"no keyspace", properties{"vitess.keyspace": unset}, "vitess.keyspace", ""},
		{"several tasks", properties{"tasks.max": "2"}, "tasks.max", neverValidated},
	},
	"spanner": {
		{"no project", properties{"gcp.spanner.project.id": unset}, "gcp.spanner.project.id", ""},
		{"no instance", properties{"gcp.spanner.instance.id": unset}, "gcp.spanner.instance.id", ""},
		{"no database", properties{"gcp.spanner.database.id": unset}, "gcp.spanner.database.id", ""},
		{"no change stream", properties{"gcp.spanner.change.stream": unset}, "gcp.spanner.change.stream", ""},
	},
	"jdbc_sink": append([]mistake{
		{"no URL", properties{"connection.url": unset}, "connection.url", neverValidated},
		{"a URL for HTTP", properties{"connection.url": "http://db"}, "connection.url", neverValidated},
		{"no user", properties{"connection.username": unset}, "connection.username", neverValidated},
		{"an unknown way to write", properties{"insert.mode": "merge"}, "insert.mode", neverValidated},
		{"upserts without keys", properties{"insert.mode": "upsert"}, "primary.key.mode", neverValidated},
		{"deletions without keys", properties{"delete.enabled": "true", "primary.key.mode": "none"}, "primary.key.mode", neverValidated},
		{"an unknown key", properties{"primary.key.mode": "guess"}, "primary.key.mode", neverValidated},
		{"an unknown evolution", properties{"schema.evolution": "advanced"}, "schema.evolution", neverValidated},
		{"a batch that is no number", properties{"batch.size": "many"}, "batch.size", ""},
	}, sinkMistakes...),
	"mongodb_sink": append([]mistake{
		{"no connection string", properties{"mongodb.connection.string": unset}, "mongodb.connection.string", ""},
		{"a connection string for HTTP", properties{"mongodb.connection.string": "http://db"}, "mongodb.connection.string", ""},
		{"no database", properties{"sink.database": unset}, "sink.database", ""},
		{"a mask in place of a secret", properties{"mongodb.password": "••••"}, "mongodb.password", neverValidated},
	}, sinkMistakes...),
}

var binlogMistakes = []mistake{
	{"several tasks", properties{"tasks.max": "2"}, "tasks.max", neverValidated},
	{"a server id of 0", properties{"database.server.id": "0"}, "database.server.id", ""},
	{"a precision that is gone", properties{"time.precision.mode": "adaptive"}, "time.precision.mode", ""},
	{"an unknown use of TLS", properties{"database.ssl.mode": "sometimes"}, "database.ssl.mode", ""},
	{"an unknown lock", properties{"snapshot.locking.mode": "gentle"}, "snapshot.locking.mode", ""},
}

var sinkMistakes = []mistake{
	{"no topics", properties{"topics": unset}, "topics", ""},
	{"topics twice", properties{"topics.regex": "shop.*"}, "topics.regex", ""},
	{"no tasks", properties{"tasks.max": "0"}, "tasks.max", ""},
	{"an unknown tolerance", properties{"errors.tolerance": "some"}, "errors.tolerance", ""},
	{"a transformation without a class", properties{"transforms": "t"}, "transforms.t.type", ""},
	{"a converter that there isn't", properties{"value.converter": "none.Such"}, "value.converter", ""},
	{"a tasks.max that is no number", properties{"tasks.max": "all"}, "tasks.max", ""},
}

// noMistake names the kinds that take what is a mistake of all others like them.
var noMistake = map[string][]string{
	"no topic prefix":  {"spanner"},
	"no user":          {"sqlserver", "vitess", "ibmi"},
	"a URL for a host": {"oracle", "vitess"},
}

// since and before are the versions that a mistake is one in, where not all are.
var (
	since = map[string]catalog.Version{
		"XStream without a server":           {Major: 3, Minor: 5},
		"signals from a name without schema": {Major: 3, Minor: 4},
	}
	before = map[string]catalog.Version{
		"XStream without a server, by its old name": {Major: 3, Minor: 5},
	}
)

// blind says, by kind, which mistakes its plugin alone doesn't refuse.
var blind = map[string]map[string]string{
	"spanner": {
		"no tasks":                      "its own tasks.max takes the place of Kafka Connect's in the verdict",
		"notifications without a topic": neverValidated,
	},
	"mongodb_sink": {
		"no connection string":         neverValidated,
		"a connection string for HTTP": neverValidated,
		"no database":                  neverValidated,
	},
}

// foundAt says at which property a plan finds a mistake, where that isn't the one
// that a worker refuses: the plan speaks of what is written.
var foundAt = map[string]string{
	"a custom snapshot without its name":        "snapshot.mode",
	"signals from Kafka without brokers":        "signal.enabled.channels",
	"notifications without a topic":             "notification.enabled.channels",
	"XStream without a server":                  "database.connection.adapter",
	"XStream without a server, by its old name": "database.connection.adapter",
	"a target without its name":                 "capture.scope",
	"upserts without keys":                      "insert.mode",
}

// mistakesOf are all that a version of a kind can make: a property that a
// version doesn't have is another matter.
func mistakesOf(kind *catalog.Kind) []mistake {
	var all []mistake
	if !kind.Sink {
		all = append(all, sourceMistakes...)
	}
	if kind.Relational {
		all = append(all, relationalMistakes...)
	}
	if kind.SchemaHistory {
		all = append(all, historyMistakes...)
	}
	all = append(all, kindMistakes[kind.Name]...)
	all = slices.DeleteFunc(all, func(m mistake) bool { return slices.Contains(noMistake[m.what], kind.Name) })
	for i, m := range all {
		if why := blind[kind.Name][m.what]; why != "" {
			all[i].unseen = why
		}
	}
	return all
}
