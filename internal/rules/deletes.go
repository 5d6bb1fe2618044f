package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// What becomes of the record of a delete behind the transformation that unwraps
// the events.

var deleteRules = []rule{
	{
		id:         "deletes-without-value",
		title:      "`MaskField$Value`, `ValueToKey` and `HeaderFrom$Value` don't get the records of deletes from the transformation that unwraps the events: these have no value.",
		harm:       Risky,
		properties: []string{"transforms"},
		kinds:      relational,
		source:     "Debezium 3.6 DefaultDeleteHandlingStrategy; Kafka 4.3 MaskField, ValueToKey, HeaderFrom; seen with Debezium 2.7.4, 3.0.8 and 3.6.1",
		check:      checkDeletesWithoutValue,
	},
	{
		id:         "compacted-deletes",
		title:      "Where topics are compacted and `value.converter` is JsonConverter, unwrapped deletes are real tombstones: `delete.tombstone.handling.mode` isn't `tombstone`, its default.",
		harm:       Risky,
		properties: []string{"transforms", "value.converter", "topic.creation.groups"},
		kinds:      relational,
		from:       v32,
		source:     "Debezium 3.6 DefaultDeleteHandlingStrategy: the null value keeps its schema; Kafka 4.3 JsonConverter; seen with Debezium 3.4.3, 3.5.0 and 3.6.1",
		check:      checkCompactedDeletes,
	},
}

// unwrappedDelete is what the unwrap transformation sends for a delete: a record
// with a null value that still has a schema, a real tombstone without one, or
// both. Neither means that it sends a value or nothing, or that it isn't clear.
type unwrappedDelete struct{ null, tombstone bool }

func (v *evaluation) unwrappedDelete(prefix string) unwrappedDelete {
	old := v.isSet(prefix+"delete.handling.mode") || v.isSet(prefix+"drop.tombstones")
	sent := v.is("tombstones.on.delete", "true") // before the transformation
	mode, ok := v.option(prefix+handling, "tombstone")
	switch {
	case !ok || v.Partial:
		return unwrappedDelete{}
	case v.Version.Less(v32) && (!v.isSet(prefix+handling) || old || v.Version.Less(v25)):
		return v.legacyDelete(prefix, sent)
	}
	switch strings.ToLower(mode) {
	case "tombstone":
		return unwrappedDelete{null: true}
	case "delete-to-tombstone":
		return unwrappedDelete{tombstone: true}
	case "rewrite-with-tombstone":
		return unwrappedDelete{tombstone: sent}
	}
	return unwrappedDelete{}
}

// legacyDelete is by the options that delete.tombstone.handling.mode replaces.
func (v *evaluation) legacyDelete(prefix string, sent bool) unwrappedDelete {
	deletes, ok1 := v.option(prefix+"delete.handling.mode", "drop")
	drops, ok2 := v.option(prefix+"drop.tombstones", "true")
	if !ok1 || !ok2 || v.isSet(prefix+handling) {
		return unwrappedDelete{}
	}
	return unwrappedDelete{null: strings.EqualFold(deletes, "none"), tombstone: sent && strings.EqualFold(drops, "false")}
}

// sendsDeletes reports whether a connector sends events of deletes, if rows are
// deleted.
func (v *evaluation) sendsDeletes() bool {
	skipped, ok1 := v.effective("skipped.operations")
	mode, ok2 := v.effective("snapshot.mode")
	return ok1 && ok2 && !slices.Contains(catalog.SplitList(skipped), "d") && !strings.EqualFold(mode, "initial_only")
}

// simpleName is a class without its package and variant.
func (p part) simpleName() string { return p.Class[strings.LastIndexByte(p.Class, '.')+1:] }

// Transformations that neither leave out a delete nor make the unwrap
// transformation ignore it, and those that leave a null value null.
var (
	passDeletes = []string{"RegexRouter", "InsertHeader", "DropHeaders", "ByLogicalTableRouter", "PartitionRouting", "SchemaChangeEventFilter", "ReadToInsertEvent", "TimezoneConverter", "ExtractChangedRecordState"}
	passNulls   = []string{"RegexRouter", "InsertHeader", "DropHeaders", "InsertField", "ReplaceField", "Cast", "TimestampConverter", "SetSchemaMetadata", "Flatten", "MaskField", "ValueToKey", "HeaderFrom"}
)

// behindUnwrap returns the transformation that unwraps every event, nil if there
// is none, and those behind it that a record without a value reaches as it is.
// All reports whether that is so to the end.
func (v *evaluation) behindUnwrap() (unwrap *part, behind []part, all bool) {
	passed := 0
	chain := v.chain(func(p part) bool {
		among := passNulls
		if unwrap == nil {
			if among = passDeletes; p.isUnwrap() && p.missingAll(v, "predicate") {
				unwrap, passed = &p, passed+1
				return true
			}
		}
		if !strings.HasSuffix(p.class, "$Key") && !slices.Contains(among, p.simpleName()) {
			return false
		}
		passed++
		return true
	})
	if unwrap == nil {
		return nil, nil, false
	}
	i := slices.IndexFunc(chain, func(p part) bool { return p.prefix == unwrap.prefix })
	return unwrap, chain[i+1:], passed == len(v.list("transforms"))
}

// needsValue reports whether a transformation fails for a record without value.
func (p part) needsValue(v *evaluation) bool {
	return p.missingAll(v, "predicate") && slices.Contains([]string{
		kafkaTransforms + "MaskField$Value", kafkaTransforms + "ValueToKey", kafkaTransforms + "HeaderFrom$Value",
		"MaskField$Value", "ValueToKey", "HeaderFrom$Value",
	}, p.class)
}

func checkDeletesWithoutValue(v *evaluation) {
	unwrap, behind, _ := v.behindUnwrap()
	tolerance, ok := v.effective("errors.tolerance")
	if unwrap == nil || v.unwrappedDelete(unwrap.prefix) == (unwrappedDelete{}) || !v.sendsDeletes() || !ok {
		return
	}
	effect := "the task fails with the first delete"
	if strings.EqualFold(tolerance, "all") {
		effect = "with errors.tolerance = all, deletes never reach their topics"
	}
	for _, p := range behind {
		if !p.needsValue(v) {
			continue
		}
		remedy := "Give it a predicate of the class RecordIsTombstone, and negate = true, so that it leaves these records as they are."
		if p.simpleName() == "ValueToKey" {
			remedy = "Choose the columns of the key with message.key.columns in place of this transformation."
		}
		v.add(p.key, fmt.Sprintf("%s: %s can't process deletes", p.key, p.name()), fmt.Sprintf(
			"Behind %s, which unwraps the events, the record of a deleted row has no value, and %s needs one: %s. %s",
			strings.TrimSuffix(unwrap.prefix, "."), p.name(), effect, remedy))
	}
}

func checkCompactedDeletes(v *evaluation) {
	unwrap, behind, all := v.behindUnwrap()
	key := v.compactingProperty()
	if unwrap == nil || !all || key == "" || !v.unwrappedDelete(unwrap.prefix).null || !v.writesJSON() || !v.sendsDeletes() ||
		slices.ContainsFunc(behind, func(p part) bool { return p.needsValue(v) }) {
		return
	}
	v.advise(Risky, key, key+": compaction keeps deleted rows", fmt.Sprintf(
		"In the mode tombstone, its default, %s turns a delete into a record whose value is null but has a schema. JsonConverter writes that as JSON's null, which isn't a tombstone: "+
			"compaction keeps it, and with it the key of the deleted row, forever.", strings.TrimSuffix(unwrap.prefix, ".")),
		Advice{Set: unwrap.prefix + handling, To: "delete-to-tombstone"})
}

// writesJSON reports whether a source certainly writes values with JsonConverter.
func (v *evaluation) writesJSON() bool {
	class, ok := v.known("value.converter")
	c := catalog.ComponentOfClass(catalog.Converter, class)
	return ok && c != nil && c.Class == "org.apache.kafka.connect.json.JsonConverter" && !v.Kind.Sink
}
