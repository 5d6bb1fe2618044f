// Package cluster is what a configured provider hands to its resources and
// data sources: access to one Kafka Connect cluster, and the settings that
// hold for all of them.
package cluster

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// Cluster belongs to one configured provider.
type Cluster struct {
	// Client, Cache and Poller are nil while the cluster's URL isn't known
	// yet: see Connected.
	Client *kafkaconnect.Client
	// Cache is one listing shared by the reads and plans of all managed resources.
	Cache *kafkaconnect.ConnectorCache
	// Poller makes one listing at a time for all waiting resources.
	Poller *Poller
	// Plan is what the resources in one plan must know about each other.
	Plan *PlanRegistry

	// Databases queries the connectors' databases directly.
	Databases *database.Reader

	Secrets    *redact.Set
	Timing     Timing
	Validation Validation

	reported    sync.Map
	plugins     plugins
	worker      worker
	approvals   approvals
	validations *semaphore.Weighted
}

// Options are the settings of a provider.
type Options struct {
	Secrets    *redact.Set
	Timing     Timing
	Validation Validation
}

// validationsAtOnce limits the concurrent validations for plans: each may make
// a worker connect to a database.
const validationsAtOnce = 8

// New returns the cluster of a configured provider. client is nil while its URL
// isn't known yet.
func New(client *kafkaconnect.Client, o Options) *Cluster {
	if o.Secrets == nil {
		o.Secrets = &redact.Set{}
	}
	c := &Cluster{
		Client: client, Secrets: o.Secrets, Timing: o.Timing, Validation: o.Validation,
		Databases:   database.NewReader(database.DefaultOptions),
		validations: semaphore.NewWeighted(validationsAtOnce),
	}
	if client != nil {
		c.Cache = kafkaconnect.NewConnectorCache(client)
		c.Poller = newPoller(client, o.Timing.Poll)
	}
	c.Plan = newPlanRegistry(c.Cache)
	return c
}

// Unconfigured is for a provider that isn't configured, as in "terraform
// validate", which knows only the environment.
func Unconfigured() *Cluster {
	return New(nil, Options{Timing: DefaultTiming(), Validation: fromEnvironment()})
}

// Connected reports whether the cluster can be asked. Until it can, plans do
// only the checks that work without it.
func (c *Cluster) Connected() bool { return c.Client != nil }

// Online reports whether plans ask a worker.
func (c *Cluster) Online() bool { return c.Connected() && c.Validation.Mode == ModeOnline }

// FirstReport reports whether this is the first call for the topic. What
// concerns many resources is reported once, not once per resource.
func (c *Cluster) FirstReport(topic string) bool {
	_, reported := c.reported.LoadOrStore(topic, true)
	return !reported
}

// Validate asks a worker for its verdict, a few at a time.
func (c *Cluster) Validate(ctx context.Context, class string, config kafkaconnect.Config) (*kafkaconnect.ConfigInfos, error) {
	if err := c.validations.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer c.validations.Release(1)
	return c.Client.Validate(ctx, class, config)
}
