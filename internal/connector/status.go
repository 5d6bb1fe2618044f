package connector

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// desiredOf is the desired state that an observed one amounts to, or "" if it
// doesn't show (a connector between two workers).
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

// flattenStatus returns state and status as the server reports them. While a
// connector is between workers, the desired state stays what it was.
func flattenStatus(prior translate.Object, s *kafkaconnect.Status) translate.Object {
	state := desiredOf(s)
	if state == "" {
		state = prior.Text(translate.AttrState)
	}
	if state == "" {
		state = translate.DesiredRunning
	}
	o := translate.Object{
		translate.AttrState:   translate.StringValue(state),
		translate.AttrVersion: noVersion,
	}
	if version, ok := prior[translate.AttrVersion]; ok {
		o[translate.AttrVersion] = version
	}
	setObserved(o, s)
	return o
}

var noVersion = tftypes.NewValue(tftypes.String, nil)

// setObserved sets what is observed of a connector. The version stays what it
// was if the status has none: before Kafka Connect 4.1, and between workers.
func setObserved(o translate.Object, s *kafkaconnect.Status) {
	o[translate.AttrStatus] = translate.StringValue(string(s.Summary()))
	if s != nil && s.Connector.Version != "" {
		o[translate.AttrVersion] = translate.StringValue(s.Connector.Version)
	} else if !o[translate.AttrVersion].IsKnown() {
		o[translate.AttrVersion] = noVersion
	}
}

// targetOf is Kafka Connect's name for a desired state.
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
