package connector

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// retry calls try until it says that it is done, at most tries times with a
// pause in between. It is the only place where something is tried again: what
// the client itself repeats is a refused request that nothing came of.
func retry(ctx context.Context, tries int, pause time.Duration, try func() (done bool)) {
	for n := 1; !try() && n < tries; n++ {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// retryWrite carries out a write that can be done twice (a pause, a restart, a
// change of offsets) until its answer arrives: whether one was done whose
// answer was lost, nothing on the cluster tells for certain. passing are
// refusals that end by themselves.
func (r *connectorResource) retryWrite(ctx context.Context, write func() error, passing ...error) (err error) {
	retry(ctx, r.cluster.Timing.WriteTries, r.cluster.Timing.Pause, func() bool {
		err = write()
		return !kafkaconnect.OutcomeUnknown(err) && !slices.ContainsFunc(passing, func(p error) bool { return errors.Is(err, p) })
	})
	return err
}

// readBack reads a connector until it is as wanted, since a follower may lag
// behind the leader that took a write. It returns what it read last; a missing
// connector is ErrNotFound.
func (r *connectorResource) readBack(ctx context.Context, name string, wanted func(*kafkaconnect.Info, error) bool) (info *kafkaconnect.Info, err error) {
	retry(ctx, r.cluster.Timing.ReadTries, r.cluster.Timing.Pause, func() bool {
		info, err = r.cluster.Client.Connector(ctx, name)
		return wanted(info, err)
	})
	return info, err
}
