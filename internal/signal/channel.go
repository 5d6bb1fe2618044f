// Package signal sends signals to Debezium connectors through Kafka: whether
// and where a connector reads them, their format, and sending them. It knows
// nothing of Terraform.
package signal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Debezium's signal properties.
const (
	propertyChannels   = "signal.enabled.channels"
	propertyTable      = "signal.data.collection"
	propertyTopic      = "signal.kafka.topic"
	propertyBrokers    = "signal.kafka.bootstrap.servers"
	propertyOwnBrokers = "signal.consumer.bootstrap.servers" // overrides propertyBrokers
	propertyProtocol   = "signal.consumer.security.protocol"
	propertyPoll       = "signal.poll.interval.ms"
	propertyPrefix     = "topic.prefix"
	propertyReadOnly   = "read.only"
)

// The channels relevant here.
const (
	channelSource = "source" // the signal table, Debezium's default
	channelKafka  = "kafka"
)

const defaultPoll = 5 * time.Second

// Channel describes where a connector reads signals.
type Channel struct {
	Brokers  []string // nil if they are a reference, which only the worker can resolve
	Topic    string   // the connector reads its partition 0
	Key      string   // the connector ignores signals with any other key
	Protocol string   // Kafka's, from the connector to the brokers: "SASL_SSL"; "" if it is a reference
	Poll     time.Duration

	kind   *catalog.Kind
	config map[string]string
}

// Problem describes why a signal can't be sent, and what to do.
type Problem struct{ Summary, Detail string }

// ChannelOf returns where a connector with this configuration reads signals, or
// why it doesn't read any from Kafka.
func ChannelOf(config map[string]string) (*Channel, *Problem) {
	class := config[catalog.KeyClass]
	c := &Channel{kind: catalog.KindOfClass(class), config: config, Poll: defaultPoll, Protocol: "PLAINTEXT"}
	switch {
	case c.kind.AttributeOf(propertyChannels) == nil:
		return nil, &Problem{"The connector doesn't support signals", fmt.Sprintf("Its class is %s. Only Debezium's source connectors support signals.", class)}
	case !c.hears(channelKafka):
		return nil, c.notListening()
	}
	if problem := c.locate(); problem != nil {
		return nil, problem
	}
	if text, set := config[propertyProtocol]; set {
		c.Protocol = strings.ToUpper(strings.TrimSpace(text))
		if catalog.IsReference(text) {
			c.Protocol = ""
		}
	}
	if ms, err := strconv.Atoi(config[propertyPoll]); err == nil {
		c.Poll = time.Duration(ms) * time.Millisecond
	}
	return c, nil
}

// hears reports whether the connector reads a channel. A reference may name any.
func (c *Channel) hears(channel string) bool {
	text, set := c.config[propertyChannels]
	if !set {
		return channel == channelSource
	}
	return catalog.IsReference(text) || slices.Contains(catalog.SplitList(text), channel)
}

func (c *Channel) notListening() *Problem {
	now := fmt.Sprintf("Its %s is %q", propertyChannels, c.config[propertyChannels])
	if _, set := c.config[propertyChannels]; !set {
		now = fmt.Sprintf("It has no %s, and Debezium's default is %q", propertyChannels, channelSource)
	}
	detail := now + ", so it reads no signals from Kafka. " +
		`Set signal_enabled_channels = ["source", "kafka"] on the connector, and "signal.kafka.bootstrap.servers" in its config.`
	if table := c.config[propertyTable]; table != "" && c.hears(channelSource) {
		detail += fmt.Sprintf(" Alternatively, insert the signal as a row into %s, which the connector reads.", table)
	}
	return &Problem{"The connector doesn't listen to Kafka for signals", detail}
}

// locate finds the brokers, topic and key.
func (c *Channel) locate() *Problem {
	brokers := c.config[propertyBrokers]
	if brokers == "" {
		return &Problem{"The connector has no brokers to read signals from", fmt.Sprintf(
			"Its %s contains kafka, but %s isn't set, so its task fails. Set it in the connector's config.", propertyChannels, propertyBrokers)}
	}
	if own, set := c.config[propertyOwnBrokers]; set {
		brokers = own
	}
	if !catalog.IsReference(brokers) {
		c.Brokers = catalog.SplitList(brokers)
	}
	c.Key, c.Topic = c.config[propertyPrefix], c.config[propertyTopic]
	if c.Topic == "" {
		c.Topic = c.Key + "-signal"
	}
	for _, property := range []string{propertyPrefix, propertyTopic} {
		if catalog.IsReference(c.config[property]) {
			return &Problem{"The connector's " + property + " can't be read", fmt.Sprintf(
				"It is a reference, %s, which only the worker can resolve, but the action needs the value to know where to send the signal. Write the value itself.", c.config[property])}
		}
	}
	return nil
}

// Prevents returns why the connector would ignore a snapshot signal.
func (c *Channel) Prevents(s Snapshot) *Problem {
	if problem := c.notCaptured(s.Tables); problem != nil || s.Blocking {
		return problem
	}
	return c.withoutMarks()
}

// withoutMarks returns why an incremental snapshot would not take place (tested
// on 3.5.0: without a signal table nothing happens; if the table isn't read,
// the first chunk waits for its own watermarks).
func (c *Channel) withoutMarks() *Problem {
	knowsReadOnly := len(c.kind.Definitions(propertyReadOnly)) > 0
	readOnly, _ := catalog.ParseBool(c.config[propertyReadOnly])
	if knowsReadOnly && (readOnly || catalog.IsReference(c.config[propertyReadOnly])) {
		return nil
	}
	const why = "To detect rows that change in the meantime, an incremental snapshot writes watermarks into the signal table and reads them back. "
	remedy := ""
	if knowsReadOnly {
		remedy = ", or set read.only to true where the database supports it"
	}
	switch {
	case c.config[propertyTable] == "":
		return &Problem{"The connector has no signal table", fmt.Sprintf(
			why+"The connector has no %s and would ignore the signal. Set it%s, or take a blocking snapshot.", propertyTable, remedy)}
	case !c.hears(channelSource):
		return &Problem{"The connector doesn't read its signal table", fmt.Sprintf(
			why+"The connector's %s is %q, without source, so the snapshot would never end. Add source to it%s, or take a blocking snapshot.",
			propertyChannels, c.config[propertyChannels], remedy)}
	}
	return nil
}
