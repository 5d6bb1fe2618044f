package cluster

import (
	"context"
	"strings"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// worker is the workers' version, requested once.
type worker struct {
	mu      sync.Mutex
	version catalog.Version
}

// Feature is something that only newer releases of Kafka Connect can do.
type Feature struct{ Since catalog.Version }

// The features that the provider asks about.
var (
	FeatureRestartFlags = Feature{catalog.Version{Major: 3, Minor: 0}} // KIP-745
	FeatureStop         = Feature{catalog.Version{Major: 3, Minor: 5}} // KIP-875
	FeatureAlterOffsets = Feature{catalog.Version{Major: 3, Minor: 6}} // KIP-875
	FeatureInitialState = Feature{catalog.Version{Major: 3, Minor: 7}} // KIP-980
)

// confluent is the offset between the major version of Confluent's distribution,
// which its workers report, and that of the Kafka in it: 7.9 is 3.9.
const confluent = 4

// KafkaVersion returns the workers' Kafka Connect version; the zero value if
// they don't report one that can be parsed.
func (c *Cluster) KafkaVersion(ctx context.Context) (catalog.Version, error) {
	c.worker.mu.Lock()
	defer c.worker.mu.Unlock()
	if !c.worker.version.IsZero() {
		return c.worker.version, nil
	}
	info, err := c.Client.ServerInfo(ctx)
	if err != nil {
		return catalog.Version{}, err
	}
	v, err := catalog.ParseVersion(info.Version)
	if err != nil {
		return catalog.Version{}, nil //nolint:nilerr // a build of one's own may call itself anything
	}
	if strings.Contains(info.Version, "-ccs") || strings.Contains(info.Version, "-ce") {
		v.Major -= confluent
	}
	c.worker.version = v
	return v, nil
}

// Supports reports whether the workers have a feature. If they don't report a
// version, they are assumed to be new, and their own answer decides.
func (c *Cluster) Supports(ctx context.Context, f Feature) (bool, error) {
	v, err := c.KafkaVersion(ctx)
	return v.IsZero() || !v.Less(f.Since), err
}
