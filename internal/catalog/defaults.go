package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// CreationDefault derives a property of a new connector from the connector's
// name and other properties. Debezium's own defaults for these collide between
// connectors (slot "debezium") or don't exist (server ID, history topic).
type CreationDefault struct {
	// Needs are properties whose values Derive reads; while one of them is
	// unknown, so is the default.
	Needs []string
	// Derive returns false if the connector doesn't need this default. Its
	// values include defaults derived before it.
	Derive func(name string, values map[string]string) (string, bool)
}

// Creation defaults, independent of any kind: the overlay refers to them.
var (
	// defaultServerID: required since Debezium 2.0, unique among the clients of a server.
	defaultServerID = &CreationDefault{Derive: func(name string, _ map[string]string) (string, bool) {
		return strconv.FormatInt(ServerID(name), 10), true
	}}
	// defaultHistoryTopic: one topic per connector, never equal to a topic prefix.
	defaultHistoryTopic = &CreationDefault{
		Needs: []string{"schema.history.internal"},
		Derive: func(name string, values map[string]string) (string, bool) {
			storage, set := values["schema.history.internal"]
			kafka := !set || storage == "io.debezium.storage.kafka.history.KafkaSchemaHistory"
			return "schema-changes." + topicName(name), kafka
		},
	}
	// defaultPluginName: Debezium's own default, decoderbufs, needs a server extension.
	defaultPluginName = &CreationDefault{Derive: func(string, map[string]string) (string, bool) {
		return "pgoutput", true
	}}
	// defaultSlotName: connectors with Debezium's default, "debezium", collide.
	defaultSlotName = &CreationDefault{Derive: func(name string, _ map[string]string) (string, bool) {
		return SlotName(name), true
	}}
	// defaultPublicationName: a filtered publication belongs to a single
	// connector, since each start rewrites its list of tables.
	defaultPublicationName = &CreationDefault{
		Needs: []string{"publication.autocreate.mode", "slot.name"},
		Derive: func(_ string, values map[string]string) (string, bool) {
			filtered := strings.EqualFold(strings.TrimSpace(values["publication.autocreate.mode"]), "filtered")
			return publicationName(values["slot.name"]), filtered && values["slot.name"] != ""
		},
	}
)

// ServerID derives a MySQL server ID from a connector's name, stable across
// runs. It is between 1,000,000 and 2^31-1: above the small numbers that people
// give to servers, and within what every version accepts.
func ServerID(name string) int64 {
	const low, high = 1_000_000, 1<<31 - 1
	sum := sha256.Sum256([]byte(name))
	return low + int64(binary.BigEndian.Uint64(sum[:8])%(high-low+1))
}

var notSlot = regexp.MustCompile(`[^a-z0-9_]`)

// slotLength is PostgreSQL's limit for the name of a replication slot.
const slotLength = 63

// SlotName derives a replication slot's name: lower-case letters, digits and
// underscores, at most 63 in all. A name that had to be changed for that gets a
// hash of the original, so that two connectors never share a slot.
func SlotName(name string) string { return fit(name, strings.ToLower(name), notSlot, slotLength) }

var notTopic = regexp.MustCompile(`[^a-zA-Z0-9._-]`)

// topicLength leaves room for the prefix "schema-changes." within Kafka's 249.
const topicLength = 200

func topicName(name string) string { return fit(name, name, notTopic, topicLength) }

// fit replaces disallowed characters with "_", and adds eight hexadecimal
// digits of the original's hash to every name changed by this or by the length
// limit. Hyphens and dots by themselves don't get a slot name a hash: nearly
// every connector's name has them, and "a-b" alongside "a_b" is rare enough to
// leave to the collision check.
func fit(original, text string, not *regexp.Regexp, length int) string {
	clean := not.ReplaceAllString(text, "_")
	readable := strings.NewReplacer("-", "_", ".", "_").Replace(original)
	if len(clean) <= length && (clean == original || clean == readable) {
		return clean
	}
	sum := sha256.Sum256([]byte(original))
	hash := hex.EncodeToString(sum[:4])
	if limit := length - len(hash) - 1; len(clean) > limit {
		clean = clean[:limit]
	}
	return clean + "_" + hash
}
