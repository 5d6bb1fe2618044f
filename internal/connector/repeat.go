package connector

import (
	"context"
	"errors"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// repeatTries is how often what can be done twice is sent.
const repeatTries = 20

// repeat carries out a write that can be done twice (a pause, a restart, a
// change of offsets) until its answer arrives: whether one was done whose
// answer was lost, nothing on the cluster tells for certain. passing are
// refusals that end by themselves.
func (r *connectorResource) repeat(ctx context.Context, do func() error, passing ...error) error {
	for try := 1; ; try++ {
		err := do()
		again := kafkaconnect.OutcomeUnknown(err)
		for _, p := range passing {
			again = again || errors.Is(err, p)
		}
		if !again || try == repeatTries {
			return err
		}
		select {
		case <-time.After(r.cluster.Timing.Pause):
		case <-ctx.Done():
			return err
		}
	}
}
