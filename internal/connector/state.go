package connector

import (
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
		return statePaused
	case kafkaconnect.StateStopped:
		return stateStopped
	case kafkaconnect.StateRunning, kafkaconnect.StateFailed:
		return stateRunning
	default:
		return ""
	}
}

// observedState gives state and status from what the server says. While a
// connector is between workers, the desired state stays what it was.
func observedState(prior object, s *kafkaconnect.Status) object {
	state := desiredOf(s)
	if state == "" {
		state = prior.text(attrState)
	}
	if state == "" {
		state = stateRunning
	}
	return object{attrState: stringValue(state), attrStatus: stringValue(string(s.Summary()))}
}

// targetOf is Kafka Connect's word for a desired state.
func targetOf(state string) kafkaconnect.State {
	switch state {
	case statePaused:
		return kafkaconnect.StatePaused
	case stateStopped:
		return kafkaconnect.StateStopped
	default:
		return kafkaconnect.StateRunning
	}
}
