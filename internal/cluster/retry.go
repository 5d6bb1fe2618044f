package cluster

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Retry calls try until it says that it is done, at most tries times with a
// pause in between. It is the only place where something is tried again: what
// the client itself repeats is a refused request that nothing came of.
func Retry(ctx context.Context, tries int, pause time.Duration, try func() (done bool)) {
	for n := 1; !try() && n < tries; n++ {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// RetryWrite carries out a write that can be done twice (a pause, a restart, a
// change of offsets) until its answer arrives: whether one was done whose
// answer was lost, nothing on the cluster tells for certain. passing are
// refusals that end by themselves.
func (c *Cluster) RetryWrite(ctx context.Context, write func() error, passing ...error) (err error) {
	Retry(ctx, c.Timing.WriteTries, c.Timing.Pause, func() bool {
		err = write()
		return !kafkaconnect.OutcomeUnknown(err) && !slices.ContainsFunc(passing, func(p error) bool { return errors.Is(err, p) })
	})
	return err
}

// RestartConnector restarts a connector whose last status is given: connector
// and tasks in one request, or, before Kafka Connect 3.0, whose restart knows no
// tasks, one by one.
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
