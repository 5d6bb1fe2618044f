package cluster

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Retry calls try until it is done, at most tries times, pausing in between.
// Creations and deletions, which look for the connector between two tries, have
// loops of their own; the client itself repeats only refused requests that had
// no effect.
func Retry(ctx context.Context, tries int, pause time.Duration, try func() (done bool)) {
	for n := 1; !try() && n < tries; n++ {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// RetryWrite carries out a write that is safe to repeat (a pause, a restart, a
// change of offsets) until its response arrives: if a response is lost, nothing
// on the cluster shows for certain whether the write was done. passing are
// refusals that go away on their own.
func (c *Cluster) RetryWrite(ctx context.Context, write func() error, passing ...error) (err error) {
	Retry(ctx, c.Timing.WriteTries, c.Timing.Pause, func() bool {
		err = write()
		return !kafkaconnect.OutcomeUnknown(err) && !slices.ContainsFunc(passing, func(p error) bool { return errors.Is(err, p) })
	})
	return err
}

// RestartConnector restarts a connector, given its last status: connector and
// tasks in one request, or one by one before Kafka Connect 3.0, whose restart
// doesn't cover tasks.
func (c *Cluster) RestartConnector(ctx context.Context, name string, status *kafkaconnect.Status, options kafkaconnect.RestartOptions) error {
	return c.RetryWrite(ctx, func() error {
		if supported, err := c.Supports(ctx, FeatureRestartFlags); supported || err != nil {
			return c.Client.Restart(ctx, name, options)
		}
		if !options.OnlyFailed || status.Connector.State == kafkaconnect.StateFailed {
			if err := c.Client.Restart(ctx, name, kafkaconnect.RestartOptions{}); err != nil {
				return err
			}
		}
		for _, t := range status.Tasks {
			if options.OnlyFailed && t.State != kafkaconnect.StateFailed {
				continue
			}
			if err := c.Client.RestartTask(ctx, name, t.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
