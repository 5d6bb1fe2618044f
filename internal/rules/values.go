package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// bounds are the numbers that a property accepts.
type bounds struct {
	property string
	low      int64
	high     int64 // 0: none
}

const positive, notNegative = 1, 0

// int32Max bounds properties of type LONG that are read as an int.
const int32Max = 1<<31 - 1

var boundaries = []bounds{
	{property: "max.queue.size", low: positive},
	{property: "max.batch.size", low: positive},
	{property: "poll.interval.ms", low: positive, high: int32Max},
	{property: "mongodb.poll.interval.ms", low: positive, high: int32Max},
	{property: "snapshot.max.threads", low: positive},
	{property: "snapshot.max.threads.multiplier", low: positive},
	{property: "signal.poll.interval.ms", low: positive, high: int32Max},
	{property: "status.update.interval.ms", low: positive},
	{property: "lsn.flush.timeout.ms", low: positive, high: int32Max},
	{property: "connect.timeout.ms", low: positive},
	{property: "connect.keep.alive.interval.ms", low: positive, high: int32Max},
	{property: "database.history.kafka.query.timeout.ms", low: positive, high: int32Max},
	{property: "retriable.restart.connector.wait.ms", low: positive},
	{property: "connection.validation.timeout.ms", low: positive},
	{property: "executor.shutdown.timeout.ms", low: positive},
	{property: "gcp.spanner.stream.event.queue.capacity", low: positive},
	{property: "connector.spanner.task.state.change.event.queue.capacity", low: positive},
	{property: "max.queue.size.in.bytes", low: notNegative},
	{property: "snapshot.delay.ms", low: notNegative},
	{property: "streaming.delay.ms", low: notNegative},
	{property: "snapshot.fetch.size", low: notNegative},
	{property: "query.fetch.size", low: notNegative},
	{property: "incremental.snapshot.chunk.size", low: notNegative},
	{property: "heartbeat.interval.ms", low: notNegative},
	{property: "guardrail.collections.max", low: notNegative},
	{property: "snapshot.database.errors.max.retries", low: notNegative},
	{property: "min.row.count.to.stream.results", low: notNegative},
	{property: "binlog.buffer.size", low: notNegative},
	{property: "binlog.net.read.timeout", low: notNegative},
	{property: "binlog.net.write.timeout", low: notNegative},
	{property: "database.history.kafka.recovery.poll.interval.ms", low: notNegative},
	{property: "xmin.fetch.interval.ms", low: notNegative},
	{property: "max.iteration.transactions", low: notNegative},
	{property: "cdc.buffersize", low: notNegative},
	{property: "cdc.timeout", low: notNegative},
	{property: "log.mining.session.max.ms", low: notNegative, high: int32Max},
	{property: "log.mining.window.max.ms", low: notNegative, high: int32Max},
	{property: "log.mining.log.count.min", low: notNegative},
	{property: "log.mining.buffer.deferred.transaction.retention.ms", low: notNegative},
	{property: "log.mining.transaction.retention.ms", low: notNegative},
	{property: "log.mining.transaction.retention.hours", low: notNegative, high: int32Max},
	{property: "log.mining.buffer.transaction.events.threshold", low: notNegative},
	// Debezium checks no upper bound for these two; the protocols have one.
	{property: "database.port", low: 1, high: 65535},
	{property: "database.server.id", low: positive, high: 1<<32 - 1},
}

var valueRules = []rule{
	{
		id:     "type",
		title:  "A value has its property's type: a boolean, an integer within the type's range, or a number.",
		harm:   Refused,
		kinds:  everyKind,
		source: "Debezium 3.6 Field.validatorForType, Configuration.getInteger",
		check:  checkType,
	},
	{
		id:     "allowed-value",
		title:  "A property with a fixed set of values has one of them; case and surrounding spaces don't matter.",
		harm:   Refused,
		kinds:  everyKind,
		source: "Debezium 3.6 Field.EnumRecommender, by version",
		check:  checkAllowed,
	},
	{
		id:         "range",
		title:      "A number lies within the bounds that Debezium, or the protocol behind it, sets.",
		harm:       Refused,
		properties: boundedNames(),
		kinds:      sources,
		source:     "Debezium 3.6 Field.isPositiveInteger, isNonNegativeInteger and their like on each property",
		check:      checkBounds,
	},
	{
		id:         "queue-size",
		title:      "`max.queue.size` is larger than `max.batch.size`, defaults included.",
		harm:       Refused,
		properties: []string{"max.queue.size", "max.batch.size"},
		kinds:      sources,
		source:     "Debezium 3.6 CommonConnectorConfig.validateMaxQueueSize",
		check:      checkQueue,
	},
	{
		id:     "masked-secret",
		title:  "A secret's value isn't a mask of bullets or asterisks.",
		harm:   Fails,
		source: "Distributions of Kafka Connect answer masks in place of secrets",
		check:  checkMask,
	},
}

func checkType(v *evaluation) {
	for _, key := range v.keys {
		d := v.definition(key)
		text, ok := v.written(key)
		if d == nil || !ok || connectProperties[key].typ != "" {
			continue
		}
		if strings.TrimSpace(text) == "" && v.isRequired(key) {
			continue // it counts as missing
		}
		if v.Kind.Sink {
			text = strings.TrimSpace(text) // Kafka Connect's own parser reads it
		}
		if want := typeProblem(text, d.Type); want != "" {
			v.add(key, key+" must be "+want, fmt.Sprintf("The value is %s. "+
				"Debezium rejects the configuration, or uses the default instead.", quoted(text)))
		}
	}
}

// typeProblem returns what a text should have been, or "". Debezium reads
// numbers the way Java does: it would reject surrounding spaces.
func typeProblem(text string, t catalog.Type) string {
	switch t {
	case catalog.Boolean:
		if _, ok := catalog.ParseBool(text); !ok {
			return "true or false"
		}
	case catalog.Int, catalog.Short, catalog.Long:
		if _, ok := catalog.ParseInt(text, t); !ok || text != strings.TrimSpace(text) {
			return map[catalog.Type]string{catalog.Int: "a whole number (32 bits)",
				catalog.Short: "a whole number (16 bits)", catalog.Long: "a whole number (64 bits)"}[t]
		}
	case catalog.Double:
		if _, ok := catalog.ParseDouble(text); !ok {
			return "a number"
		}
	}
	return ""
}

func checkAllowed(v *evaluation) {
	for _, key := range v.keys {
		value, ok := v.written(key)
		value = strings.TrimSpace(value)
		if !ok || connectProperties[key].typ != "" || value == "" && (v.Kind.Sink || v.isRequired(key)) {
			continue
		}
		values := v.allowed(key)
		if len(values) == 0 || v.replacedValue(key, value) != nil || v.Derived[key] {
			continue
		}
		if slices.ContainsFunc(values, func(a string) bool { return strings.EqualFold(a, value) }) {
			continue
		}
		v.addWrongValue(key, value, values)
	}
}

// addWrongValue reports only typos outside the captured releases, since those
// may allow other values.
func (v *evaluation) addWrongValue(key, value string, values []string) {
	near := catalog.Nearest(strings.ToLower(value), values)
	if near == "" && !v.isCertain(key) {
		return
	}
	summary := fmt.Sprintf("%s can't be %s", key, quoted(value))
	detail := fmt.Sprintf("In %s, %s connectors accept these values for %s: %s. They reject any other, or use the default instead.",
		v.release(), v.Kind.Title, key, strings.Join(values, ", "))
	older := v.Kind.OlderValue(key, value, v.Version)
	advice := v.proposeValue(key, older, near)
	switch advice.To {
	case "":
	case older:
		detail += fmt.Sprintf(" A later version accepts %s; in this one the value is %s.", quoted(value), older)
	case near:
		summary += ": did you mean " + near + "?"
	}
	v.advise(Refused, key, summary, detail, advice)
}

func checkBounds(v *evaluation) {
	for _, b := range boundaries {
		text, ok := v.known(b.property)
		d := v.definition(b.property)
		if !ok || d == nil {
			continue
		}
		n, isNumber := catalog.ParseInt(text, catalog.Long)
		if !isNumber || typeProblem(text, d.Type) != "" || n >= b.low && (b.high == 0 || n <= b.high) {
			continue
		}
		want := fmt.Sprintf("at least %d", b.low)
		if b.high != 0 {
			want = fmt.Sprintf("between %d and %d", b.low, b.high)
		}
		v.add(b.property, b.property+" must be "+want,
			fmt.Sprintf("The value is %d. The connector doesn't start with it.", n))
	}
}

func checkQueue(v *evaluation) {
	if v.definition("max.queue.size") == nil || !v.isSet("max.queue.size") && !v.isSet("max.batch.size") {
		return
	}
	queue, ok1 := v.number("max.queue.size")
	batch, ok2 := v.number("max.batch.size")
	if !ok1 || !ok2 || queue < positive || batch < positive || queue > batch {
		return
	}
	v.add(v.at("max.queue.size", "max.batch.size"), "max.queue.size must be larger than max.batch.size",
		fmt.Sprintf("max.queue.size is %d and max.batch.size is %d (properties that aren't set count with their defaults). "+
			"Debezium rejects this, since a batch is taken from the queue. Raise max.queue.size or lower max.batch.size.", queue, batch))
}

func checkMask(v *evaluation) {
	for _, key := range v.keys {
		value, ok := v.known(key)
		if !ok || !catalog.IsMask(value) {
			continue
		}
		t := catalog.String
		if d := v.definition(key); d != nil {
			t = d.Type
		}
		if !catalog.IsSecret(key, t) {
			continue
		}
		v.add(key, key+" holds a mask instead of the secret",
			"The value consists only of bullets or asterisks. Some servers return such a mask in place of a secret; "+
				"if sent back, it would replace the real value, and the connector could no longer log in. "+
				"Set the real value, or leave the property out: secrets that aren't in the configuration stay unchanged on the server.")
	}
}

func boundedNames() []string {
	var names []string
	for _, b := range boundaries {
		names = append(names, b.property)
	}
	return names
}
