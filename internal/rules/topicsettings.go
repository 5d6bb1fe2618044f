package rules

import (
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// kafkaSetting is the values that a setting of Kafka's topics or clients takes.
type kafkaSetting struct {
	typ    catalog.Type
	values []string // any of these, for a list; nil: any of the type
}

var (
	anyText  = kafkaSetting{typ: catalog.String}
	anyInt   = kafkaSetting{typ: catalog.Int}
	anyLong  = kafkaSetting{typ: catalog.Long}
	anyFloat = kafkaSetting{typ: catalog.Double}
	anyBool  = kafkaSetting{typ: catalog.Boolean}
)

// topicSettings are the settings that a topic can be created with.
var topicSettings = map[string]kafkaSetting{
	"cleanup.policy":                          {typ: catalog.List, values: []string{"compact", "delete"}},
	"compression.gzip.level":                  anyInt,
	"compression.lz4.level":                   anyInt,
	"compression.type":                        {typ: catalog.String, values: []string{"gzip", "lz4", "producer", "snappy", "uncompressed", "zstd"}},
	"compression.zstd.level":                  anyInt,
	"delete.retention.ms":                     anyLong,
	"file.delete.delay.ms":                    anyLong,
	"flush.messages":                          anyLong,
	"flush.ms":                                anyLong,
	"follower.replication.throttled.replicas": anyText,
	"index.interval.bytes":                    anyInt,
	"leader.replication.throttled.replicas":   anyText,
	"local.retention.bytes":                   anyLong,
	"local.retention.ms":                      anyLong,
	"max.compaction.lag.ms":                   anyLong,
	"max.message.bytes":                       anyInt,
	"message.downconversion.enable":           anyBool,
	"message.format.version":                  anyText,
	"message.timestamp.after.max.ms":          anyLong,
	"message.timestamp.before.max.ms":         anyLong,
	"message.timestamp.difference.max.ms":     anyLong,
	"message.timestamp.type":                  {typ: catalog.String, values: []string{"CreateTime", "LogAppendTime"}},
	"min.cleanable.dirty.ratio":               anyFloat,
	"min.compaction.lag.ms":                   anyLong,
	"min.insync.replicas":                     anyInt,
	"preallocate":                             anyBool,
	"remote.log.copy.disable":                 anyBool,
	"remote.log.delete.on.disable":            anyBool,
	"remote.storage.enable":                   anyBool,
	"retention.bytes":                         anyLong,
	"retention.ms":                            anyLong,
	"segment.bytes":                           anyInt,
	"segment.index.bytes":                     anyInt,
	"segment.jitter.ms":                       anyLong,
	"segment.ms":                              anyLong,
	"unclean.leader.election.enable":          anyBool,
}

// problem returns what a value should have been, or "".
func (s kafkaSetting) problem(value string) string {
	if s.values == nil {
		return typeProblem(value, s.typ)
	}
	entries := []string{value}
	if s.typ == catalog.List {
		entries = strings.Split(value, ",")
	}
	for _, entry := range entries {
		if !slices.Contains(s.values, strings.TrimSpace(entry)) {
			if s.typ == catalog.List {
				return "one or more of " + strings.Join(s.values, ", ")
			}
			return "one of " + strings.Join(s.values, ", ")
		}
	}
	return ""
}
