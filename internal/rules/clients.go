package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// producerSettings are the settings of the producer, which writes a source's
// records, that are numbers or have a fixed set of values.
var producerSettings = map[string]kafkaSetting{
	"acks":                                  {typ: catalog.String, values: []string{"all", "-1", "0", "1"}},
	"batch.size":                            anyInt,
	"buffer.memory":                         anyLong,
	"compression.type":                      {typ: catalog.String, values: []string{"none", "gzip", "snappy", "lz4", "zstd"}},
	"connections.max.idle.ms":               anyLong,
	"delivery.timeout.ms":                   anyInt,
	"enable.idempotence":                    anyBool,
	"linger.ms":                             anyLong,
	"max.block.ms":                          anyLong,
	"max.in.flight.requests.per.connection": anyInt,
	"max.request.size":                      anyInt,
	"metadata.max.age.ms":                   anyLong,
	"receive.buffer.bytes":                  anyInt,
	"request.timeout.ms":                    anyInt,
	"retries":                               anyInt,
	"retry.backoff.ms":                      anyLong,
	"send.buffer.bytes":                     anyInt,
}

// consumerSettings are the same for the consumer, which reads a sink's records.
var consumerSettings = map[string]kafkaSetting{
	"fetch.max.bytes":           anyInt,
	"fetch.max.wait.ms":         anyInt,
	"fetch.min.bytes":           anyInt,
	"heartbeat.interval.ms":     anyInt,
	"isolation.level":           {typ: catalog.String, values: []string{"read_committed", "read_uncommitted"}},
	"max.partition.fetch.bytes": anyInt,
	"max.poll.interval.ms":      anyInt,
	"max.poll.records":          anyInt,
	"metadata.max.age.ms":       anyLong,
	"request.timeout.ms":        anyInt,
	"session.timeout.ms":        anyInt,
}

var clientRules = []rule{
	{
		id:         "producer-override",
		title:      "A setting of the producer, under `producer.override.`, has a value that Kafka's producer takes.",
		harm:       Fails,
		properties: []string{"producer.override.acks", "producer.override.compression.type", "producer.override.linger.ms"},
		kinds:      sources,
		source:     "Kafka 4.3 ProducerConfig (KIP-458)",
		check:      func(v *evaluation) { v.checkClient("producer", producerSettings) },
	},
	{
		id:         "consumer-override",
		title:      "A setting of the consumer, under `consumer.override.`, has a value that Kafka's consumer takes.",
		harm:       Fails,
		properties: []string{"consumer.override.auto.offset.reset", "consumer.override.isolation.level", "consumer.override.max.poll.records"},
		kinds:      sinks,
		source:     "Kafka 4.3 ConsumerConfig (KIP-458)",
		check: func(v *evaluation) {
			v.checkClient("consumer", consumerSettings)
			const reset = "consumer.override.auto.offset.reset"
			resets := []string{"earliest", "latest", "none"}
			if text, ok := v.known(reset); ok && !slices.Contains(resets, strings.ToLower(text)) && !strings.HasPrefix(text, "by_duration:") {
				v.advise(Fails, reset, reset+" must be one of "+strings.Join(resets, ", ")+", or begin with by_duration:",
					fmt.Sprintf("The value is %s. Kafka's consumer doesn't start with it, and the task fails.", quoted(text)), v.proposeValue(reset, catalog.Nearest(text, resets)))
			}
		},
	},
}

// checkClient checks the settings of one of Kafka's clients.
func (v *evaluation) checkClient(client string, settings map[string]kafkaSetting) {
	for _, key := range v.keys {
		setting, ok := strings.CutPrefix(key, client+".override.")
		text, known := v.known(key)
		s, listed := settings[setting]
		if !ok || !known || !listed {
			continue
		}
		if want := s.problem(text); want != "" {
			advice := Advice{}
			if s.values != nil {
				advice = v.proposeValue(key, catalog.Nearest(text, s.values))
			}
			v.advise(Fails, key, key+" must be "+want, fmt.Sprintf("The value is %s. Kafka's %s doesn't start with it, and the task fails.", quoted(text), client), advice)
		}
	}
}
