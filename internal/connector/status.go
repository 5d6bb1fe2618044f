package connector

import (
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// desiredOf is the desired state that an observed one amounts to, "" where it
// doesn't tell (a connector on its way from one worker to another).
func desiredOf(s *kafkaconnect.Status) string {
	if s == nil {
		return ""
	}
	switch s.Connector.State {
	case kafkaconnect.StatePaused:
		return translate.DesiredPaused
	case kafkaconnect.StateStopped:
		return translate.DesiredStopped
	case kafkaconnect.StateRunning, kafkaconnect.StateFailed:
		return translate.DesiredRunning
	default:
		return ""
	}
}

// flattenStatus gives state and status from what the server says. While a
// connector is between workers, the desired state stays what it was.
func flattenStatus(prior translate.Object, s *kafkaconnect.Status) translate.Object {
	state := desiredOf(s)
	if state == "" {
		state = prior.Text(translate.AttrState)
	}
	if state == "" {
		state = translate.DesiredRunning
	}
	return translate.Object{
		translate.AttrState:  translate.StringValue(state),
		translate.AttrStatus: translate.StringValue(string(s.Summary())),
	}
}

// targetOf is Kafka Connect's word for a desired state.
func targetOf(state string) kafkaconnect.State {
	switch state {
	case translate.DesiredPaused:
		return kafkaconnect.StatePaused
	case translate.DesiredStopped:
		return kafkaconnect.StateStopped
	default:
		return kafkaconnect.StateRunning
	}
}
