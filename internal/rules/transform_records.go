package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// What transformations see in records from Debezium's sources: an envelope as
// the value, and no timestamp.

var recordRules = []rule{
	{
		id:         "envelope-field",
		title:      "A transformation of single fields stands behind the one that unwraps the events: before it, a value has the fields of Debezium's envelope (`before`, `after`, `op` …), not the columns.",
		harm:       Fails,
		properties: []string{"transforms"},
		kinds:      sources,
		source:     "Debezium 3.6 Envelope; Kafka 4.3 ValueToKey, ExtractField, HeaderFrom, MaskField, ReplaceField, Cast, TimestampConverter",
		check:      checkEnvelopeFields,
	},
	{
		id:         "record-timestamp",
		title:      "`TimestampRouter` and `timestamp.field` of `InsertField` aren't used where the records have no timestamp: Debezium's have none before they are written.",
		harm:       Fails,
		properties: []string{"transforms"},
		kinds:      func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
		source:     "Debezium 1.9 to 3.6 EventDispatcher: records are made without a timestamp; Kafka 4.3 TimestampRouter, InsertField",
		check:      checkRecordTimestamps,
	},
	{
		id:         "envelope-needed",
		title:      "A transformation that needs Debezium's envelope stands before the one that unwraps the events.",
		harm:       Diverges,
		properties: []string{"transforms"},
		kinds:      sources,
		source:     "Debezium 3.6 SmtManager.isValidEnvelope: other records pass as they are",
		check:      checkEnvelopeNeeded,
	},
	{
		id:         "mongodb-transform",
		title:      "Transformations of MongoDB's events aren't used on those of other databases.",
		harm:       Fails,
		properties: []string{"transforms"},
		kinds:      relational,
		source:     "Debezium 3.6 ExtractNewDocumentState, MongoEventRouter: they read fields that only MongoDB's events have",
		check:      checkMongoTransforms,
	},
}

// envelope are the fields of an event's value, and of the values of the schema
// changes, heartbeats, transactions, notifications and logical messages sent
// alongside.
var envelope = []string{
	"before", "after", "source", "op", "ts_ms", "ts_us", "ts_ns", "transaction", "updateDescription", "patch", "filter", "message",
	"databaseName", "schemaName", "ddl", "tableChanges", "status", "event_count", "data_collections", "aggregate_type", "additional_data",
}

// reader is a transformation that reads a value's fields.
type reader struct {
	class  string
	option string
	harm   Harm
	effect string // of a field that doesn't exist
	name   func(entry string) string
}

var readers = []reader{
	{"ValueToKey", "fields", Fails, "The task fails with the first event.", nil},
	{"ExtractField$Value", "field", Fails, "The task fails with the first event.", nil},
	{"HeaderFrom$Value", "fields", Fails, "The task fails with the first event.", nil},
	{"MaskField$Value", "fields", Diverges, "Nothing is masked: the values are published as they are.", nil},
	{"ReplaceField$Value", "exclude", Diverges, "Nothing is removed: the values are published as they are.", nil},
	{"ReplaceField$Value", "include", Diverges, "Only the fields that are named are kept: the events lose their rows.", nil},
	{"ReplaceField$Value", "renames", Diverges, "Nothing is renamed.", beforeColon},
	{"Cast$Value", "spec", Diverges, "Nothing is cast.", beforeColon},
	{"TimestampConverter$Value", "field", Diverges, "Nothing is converted.", nil},
}

func beforeColon(entry string) string {
	name, _, found := strings.Cut(entry, ":")
	if !found {
		return "" // Cast: the whole value
	}
	return strings.TrimSpace(name)
}

func checkEnvelopeFields(v *evaluation) {
	for _, p := range v.chain(keepsEnvelope) {
		if !p.missingAll(v, "predicate") || v.is(p.prefix+"field.syntax.version", "V2") {
			continue // it may apply to different records
		}
		for _, r := range readers {
			if p.class != kafkaTransforms+r.class && p.class != r.class {
				continue
			}
			if column := v.columnIn(p.prefix+r.option, r.name); column != "" {
				key := p.prefix + r.option
				v.addAs(r.harm, key, fmt.Sprintf("%s: at this point, events have no field %s", key, quoted(column)), fmt.Sprintf(
					"At this point in transforms, a value is still Debezium's envelope (before, after, source, op), and the columns are inside before and after. %s "+
						"Put a transformation that unwraps the events before it, such as %s.", r.effect, unwrapper(v.Kind)))
			}
		}
	}
}

// unwrapper is the transformation that unwraps a kind's events.
func unwrapper(k *catalog.Kind) string {
	if k.Name == "mongodb" {
		return mongodbUnwrap
	}
	return relationalUnwrap
}

// columnIn returns the first name in an option that no envelope has.
func (v *evaluation) columnIn(key string, name func(string) string) string {
	for _, entry := range v.list(key) {
		if name != nil {
			entry = name(entry)
		}
		if entry != "" && !slices.Contains(envelope, entry) {
			return entry
		}
	}
	return ""
}

// chain returns a configuration's transformations in order, up to and including
// the first for which keeps is false. What is known about the records holds for
// all of these.
func (v *evaluation) chain(keeps func(part) bool) []part {
	var chain []part
	parts := v.parts()
	for _, name := range v.list("transforms") {
		i := slices.IndexFunc(parts, func(p part) bool { return p.prefix == "transforms."+name+"." })
		if i < 0 {
			break // a custom one, or not known yet
		}
		chain = append(chain, parts[i])
		if !keeps(parts[i]) {
			break
		}
	}
	return chain
}

// keepsEnvelope reports whether a transformation leaves a value's fields where
// they are.
func keepsEnvelope(p part) bool {
	if strings.HasSuffix(p.class, "$Key") {
		return true
	}
	return slices.Contains([]string{
		"RegexRouter", "TimestampRouter", "InsertHeader", "DropHeaders", "Filter", "SetSchemaMetadata", "ValueToKey",
		"MaskField", "Cast", "TimestampConverter", "HeaderFrom",
		"ByLogicalTableRouter", "ContentBasedRouter", "PartitionRouting", "SchemaChangeEventFilter", "ReadToInsertEvent", "TimezoneConverter",
		"ExtractChangedRecordState",
	}, p.Class[strings.LastIndexByte(p.Class, '.')+1:])
}

func checkRecordTimestamps(v *evaluation) {
	for _, p := range v.chain(setsNoTimestamp) {
		switch p.Class {
		case kafkaTransforms + "TimestampRouter":
			v.add(p.key, p.key+": records have no timestamp here", "Debezium makes its records without a timestamp; they get one when they are written to Kafka. "+
				"TimestampRouter needs one: the task fails with the first event (\"Timestamp missing on record\"). Remove the transformation.")
		case kafkaTransforms + "InsertField":
			if key := p.prefix + "timestamp.field"; v.isSet(key) {
				v.addAs(Ignored, key, key+": records have no timestamp here", "Debezium makes its records without a timestamp; they get one when they are written to Kafka. "+
					"The field would be null in each event. Of the events' own times, ExtractNewRecordState adds what its add.fields names, such as ts_ms and source.ts_ms.")
			}
		}
	}
}

// setsNoTimestamp reports whether a record still has no timestamp after a
// transformation: only the outbox routers set one.
func setsNoTimestamp(p part) bool { return !strings.HasSuffix(p.Class, "EventRouter") }

// Debezium's transformations that a kind of database has its own version of.
const (
	relationalUnwrap = "io.debezium.transforms.ExtractNewRecordState"
	mongodbUnwrap    = "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState"
	relationalOutbox = "io.debezium.transforms.outbox.EventRouter"
	mongodbOutbox    = "io.debezium.connector.mongodb.transforms.outbox.MongoEventRouter"
)

// relationalTransforms are the counterparts of MongoDB's transformations.
var relationalTransforms = map[string]string{
	mongodbUnwrap: relationalUnwrap,
	mongodbOutbox: relationalOutbox,
}

func checkMongoTransforms(v *evaluation) {
	for _, p := range v.chain(keepsEnvelope) {
		class := relationalTransforms[p.class]
		if class == "" || !p.missingAll(v, "predicate") {
			continue
		}
		v.advise(Fails, p.key, fmt.Sprintf("%s: %s is for MongoDB", p.key, p.name()), fmt.Sprintf(
			"It reads fields that the events of %s connectors don't have: the task fails with the first event.", v.Kind.Title), v.proposeValue(p.key, class))
	}
}

// onEnvelopes are Debezium's transformations that leave records without an
// envelope unchanged.
var onEnvelopes = []string{
	relationalOutbox,
	"io.debezium.transforms.TimezoneConverter",
	"io.debezium.transforms.ExtractChangedRecordState",
}

func checkEnvelopeNeeded(v *evaluation) {
	unwrapped := ""
	for _, p := range v.chain(func(part) bool { return true }) {
		switch {
		case p.isUnwrap() && p.missingAll(v, "predicate"):
			unwrapped = p.prefix
		case unwrapped != "" && slices.Contains(onEnvelopes, p.Class):
			v.add(p.key, fmt.Sprintf("%s: %s finds no envelope here", p.key, p.name()), fmt.Sprintf(
				"%s unwraps the events before it, and %s ignores records without Debezium's envelope, so it has no effect. Move it before the other one in transforms, or give the other one a predicate that limits it to the records it is meant for.",
				strings.TrimSuffix(unwrapped, "."), p.name()))
		}
	}
}
