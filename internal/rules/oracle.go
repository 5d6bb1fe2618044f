package rules

import (
	"fmt"
	"slices"
	"strings"
)

var oracle = kinds("oracle")

// Debezium checks these LogMiner rules only if database.connection.adapter is
// set explicitly. LogMiner is its default, so we check them then too.
var oracleRules = slices.Concat([]rule{
	{
		id:         "lob-with-hybrid",
		title:      "`lob.enabled` isn't combined with `log.mining.strategy` = `hybrid`.",
		harm:       Refused,
		properties: []string{"lob.enabled", "log.mining.strategy"},
		kinds:      oracle,
		source:     "Debezium 3.6 OracleConnectorConfig.validateLogMiningStrategy",
		check: func(v *evaluation) {
			v.excludeLob("log.mining.strategy", "hybrid", "The hybrid strategy can't decode LOB, XML and JSON columns yet.")
		},
	},
	{
		id:         "lob-with-redo-sql",
		title:      "`lob.enabled` isn't combined with `log.mining.include.redo.sql`.",
		harm:       Refused,
		properties: []string{"lob.enabled", "log.mining.include.redo.sql"},
		kinds:      oracle,
		from:       v34, // 3.0.8 accepted them
		source:     "Debezium 3.6 OracleConnectorConfig.validateLogMiningIncludeRedoSql",
		check: func(v *evaluation) {
			v.excludeLob("log.mining.include.redo.sql", "true", "")
		},
	},
	{
		id:         "lob-with-deferred-start",
		title:      "`lob.enabled` isn't combined with `log.mining.buffer.deferred.transaction.start`.",
		harm:       Refused,
		properties: []string{"lob.enabled", "log.mining.buffer.deferred.transaction.start"},
		kinds:      oracle,
		source:     "Debezium 3.6 OracleConnectorConfig.validateDeferredTransactionStart",
		check: func(v *evaluation) {
			v.excludeLob("log.mining.buffer.deferred.transaction.start", "true", "")
		},
	},
	{
		id:         "xstream-server",
		title:      "The adapter `xstream` needs `xstream.out.server.name`, before 3.5 `database.out.server.name`.",
		harm:       Refused,
		properties: []string{"xstream.out.server.name", "database.out.server.name"},
		kinds:      oracle,
		source:     "Debezium 3.6 OracleConnectorConfig.ConnectorAdapter, fields that depend on the adapter",
		check:      checkXStreamServer,
	},
	{
		id:         "rac-nodes",
		title:      "Each of `rac.nodes` has a port where `database.port` isn't set.",
		harm:       Refused,
		properties: []string{"rac.nodes", "database.port"},
		kinds:      oracle,
		source:     "Debezium 3.6 OracleConnectorConfig.validateRacNodes",
		check:      checkRacNodes,
	},
	{
		id:         "ehcache-tags",
		title:      "The Ehcache settings leave out the sections that Debezium writes itself.",
		harm:       Risky,
		properties: append([]string{ehcacheGlobal}, ehcacheCaches...),
		kinds:      oracle,
		source:     "Debezium 3.6 OracleConnectorConfig.validateEhCacheGlobalConfigField, validateEhcacheCacheConfigField",
		check:      checkEhcacheTags,
	},
}, needRules(adapterNeeds), needRules(bufferNeeds()))

// minesLogs reports whether the connector certainly uses LogMiner.
func (v *evaluation) minesLogs() bool {
	return v.is("database.connection.adapter", "logminer", "logminer_unbuffered")
}

// buffers reports whether it certainly uses LogMiner with its own buffer.
func (v *evaluation) buffers(kinds ...string) bool {
	return v.is("database.connection.adapter", "logminer") && v.is("log.mining.buffer.type", kinds...)
}

func (v *evaluation) excludeLob(property, value, why string) {
	if !v.minesLogs() || !v.is("lob.enabled", "true") || !v.isSet(property) || !v.is(property, value) {
		return
	}
	harm := Diverges // nothing rejects it then
	if v.wrote("database.connection.adapter") {
		harm = Refused
	}
	v.addAs(harm, property, fmt.Sprintf("%s can't be %s while lob.enabled is true", property, value),
		sentences(why, "Debezium doesn't support this combination. It rejects it if database.connection.adapter is set, and starts anyway if it isn't.",
			fmt.Sprintf("Choose another value of %s, or set lob.enabled to false.", property)))
}

var adapterNeeds = slices.Concat(
	adapterNeed("olr", "openlogreplicator", "openlogreplicator.source"),
	adapterNeed("olr", "openlogreplicator-host", "openlogreplicator.host"),
	adapterNeed("olr", "openlogreplicator-port", "openlogreplicator.port"),
	[]need{{
		id: "dictionary-path", property: "log.mining.path.dictionary", harm: Risky, kinds: oracle,
		title:   "`log.mining.strategy` = `dictionary_from_file` needs `log.mining.path.dictionary`.",
		trigger: "log.mining.strategy",
		when:    func(v *evaluation) bool { return v.minesLogs() && v.is("log.mining.strategy", "dictionary_from_file") },
		detail:  "log.mining.strategy = dictionary_from_file reads the dictionary from a file on the database server. Without the path, mining can't start. Set log.mining.path.dictionary.",
		source:  "Debezium 3.6 OracleConnectorConfig.validateDictionaryFromFile",
	}},
)

func adapterNeed(adapter, id, property string) []need {
	return []need{{
		id: id, property: property, harm: Refused, kinds: oracle,
		title:   fmt.Sprintf("The adapter `%s` needs `%s`.", adapter, property),
		trigger: "database.connection.adapter",
		when:    func(v *evaluation) bool { return v.is("database.connection.adapter", adapter) },
		detail:  fmt.Sprintf("With database.connection.adapter = %s, Debezium rejects the configuration without %s. Set it.", adapter, property),
		source:  "Debezium 3.6 OracleConnectorConfig.ConnectorAdapter, fields that depend on the adapter",
	}}
}

const ehcacheGlobal = "log.mining.buffer.ehcache.global.config"

var ehcacheCaches = []string{
	"log.mining.buffer.ehcache.transactions.config",
	"log.mining.buffer.ehcache.processedtransactions.config",
	"log.mining.buffer.ehcache.schemachanges.config",
	"log.mining.buffer.ehcache.events.config",
}

var infinispanCaches = []string{
	"log.mining.buffer.infinispan.cache.transactions",
	"log.mining.buffer.infinispan.cache.processed_transactions",
	"log.mining.buffer.infinispan.cache.schema_changes",
	"log.mining.buffer.infinispan.cache.events",
}

// bufferNeeds are warnings, since Debezium checks them only for an adapter that
// is set explicitly, and otherwise fails at startup.
func bufferNeeds() []need {
	var needs []need
	for store, caches := range map[string][]string{"infinispan": infinispanCaches, "ehcache": ehcacheCaches} {
		types := []string{store}
		if store == "infinispan" {
			types = []string{"infinispan_embedded", "infinispan_remote"}
		}
		for _, property := range caches {
			needs = append(needs, need{
				id:       "cache-" + strings.NewReplacer("log.mining.buffer.", "", ".config", "", ".cache", "", ".", "-", "_", "-").Replace(property),
				property: property, harm: Risky, kinds: oracle,
				title:   fmt.Sprintf("A LogMiner buffer in %s needs `%s`.", strings.ToUpper(store[:1])+store[1:], property),
				trigger: "log.mining.buffer.type",
				when:    func(v *evaluation) bool { return v.definition(property) != nil && v.buffers(types...) },
				detail:  fmt.Sprintf("With this log.mining.buffer.type the buffer is kept in %s caches, and each cache needs its settings. Without them the connector fails to start. Set %s.", store, property),
				source:  "Debezium 3.6 OracleConnectorConfig.validateLogMiningInfinispanCacheConfiguration, validateEhcacheConfigFieldRequired",
			})
		}
	}
	slices.SortFunc(needs, func(a, b need) int { return strings.Compare(a.id, b.id) })
	return needs
}

func checkXStreamServer(v *evaluation) {
	property := "xstream.out.server.name"
	if v.definition(property) == nil {
		property = "database.out.server.name" // its name before 3.5, and an alias since
	}
	if v.is("database.connection.adapter", "xstream") && v.isMissing(property, "database.out.server.name") {
		v.report(Refused, Finding{
			Property: v.at("database.connection.adapter"), Blamed: property, Summary: property + " is missing", Advice: Advice{Set: property},
			Detail: fmt.Sprintf("With database.connection.adapter = xstream, Debezium rejects the configuration without %s. Set it.", property),
		})
	}
}

func checkRacNodes(v *evaluation) {
	if !v.is("database.connection.adapter", "logminer") || !v.isMissing("database.port") {
		return
	}
	for _, node := range v.list("rac.nodes") {
		if !strings.Contains(node, ":") {
			v.add("rac.nodes", fmt.Sprintf("rac.nodes: %s has no port", quoted(node)),
				"database.port isn't set, so each node must be HOST:PORT. Otherwise Debezium can't reach the node. Add the port, or set database.port.")
		}
	}
}

func checkEhcacheTags(v *evaluation) {
	if !v.buffers("ehcache") {
		return
	}
	for _, property := range append([]string{ehcacheGlobal}, ehcacheCaches...) {
		tags := []string{"<cache", "<key-type", "<value-type"}
		if property == ehcacheGlobal {
			tags = []string{"<cache", "<default-serializers"}
		}
		value, ok := v.known(property)
		for _, tag := range tags {
			if ok && strings.Contains(strings.ToLower(value), tag) {
				v.add(property, fmt.Sprintf("%s must not contain %s>", property, tag),
					"Debezium adds this element itself, around the given settings, and rejects a second one. Write only what goes inside it.")
				break
			}
		}
	}
}
