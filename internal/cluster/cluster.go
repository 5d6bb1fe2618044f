// Package cluster is what a configured provider hands to its resources and
// data sources: access to one Kafka Connect cluster, and the settings that
// hold for all of them.
package cluster

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// Cluster belongs to one configured provider. Client is nil while the
// cluster's URL is not yet known; plans then go on with what can be checked
// without it.
type Cluster struct {
	Client     *kafkaconnect.Client
	View       *kafkaconnect.ConnectorCache
	Poller     *Poller
	Secrets    *redact.Set
	Timing     Timing
	Validation Validation

	said        sync.Map
	plugins     plugins
	worker      worker
	neighbours  *neighbours
	validations *semaphore.Weighted
}

// validationsAtOnce bounds the validations that plans ask for: each may make a
// worker connect to a database.
const validationsAtOnce = 8

// New makes the cluster of a configured provider, with the default validation;
// client may be nil.
func New(client *kafkaconnect.Client, secrets *redact.Set, timing Timing) *Cluster {
	c := &Cluster{Client: client, Secrets: secrets, Timing: timing, Validation: DefaultValidation(), validations: semaphore.NewWeighted(validationsAtOnce), neighbours: newNeighbours()}
	if client != nil {
		c.View = kafkaconnect.NewConnectorCache(client)
		c.Poller = NewPoller(client, timing.Poll)
	}
	return c
}

// Validate asks a worker for its verdict, a few at a time.
func (c *Cluster) Validate(ctx context.Context, class string, config kafkaconnect.Config) (*kafkaconnect.ConfigInfos, error) {
	if err := c.validations.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer c.validations.Release(1)
	return c.Client.Validate(ctx, class, config)
}

// First reports whether it is asked about this matter for the first time. A
// fault of the whole cluster is said once, not once for every resource.
func (c *Cluster) First(matter string) bool {
	_, said := c.said.LoadOrStore(matter, true)
	return !said
}

// Timing are the paces of waiting. They aren't options: users set time-outs,
// tests shorten these.
type Timing struct {
	// Poll is the least time between two listings for waiting resources.
	Poll time.Duration
	// Settle is how long RUNNING must last once a transition was seen. Start
	// failures show within 1.6 s (measured on Kafka Connect 4.3.1).
	Settle time.Duration
	// SettleBlind is the same where no transition was seen: the status of
	// the previous generation is answered for up to 11 s after an update.
	SettleBlind time.Duration
	// Rebalance bounds how long a read waits for a rebalance to end.
	Rebalance time.Duration
	// Look bounds how long a connector is looked for after a lost answer,
	// and Pause is the time between two looks.
	Look, Pause time.Duration
}

// SettleFor is how long a state must last to count.
func (t Timing) SettleFor(moved bool) time.Duration {
	if moved {
		return t.Settle
	}
	return t.SettleBlind
}

// DefaultTiming holds what was measured on real workers.
func DefaultTiming() Timing {
	return Timing{
		Poll: time.Second, Settle: 3 * time.Second, SettleBlind: 10 * time.Second,
		Rebalance: 5 * time.Minute, Look: 30 * time.Second, Pause: 500 * time.Millisecond,
	}
}
