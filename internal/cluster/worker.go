package cluster

import (
	"context"
	"strings"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// worker is the version of the workers, asked for once.
type worker struct {
	mu      sync.Mutex
	version catalog.Version
}

// Feature is what newer releases of Kafka Connect can do and older ones can't.
type Feature struct{ Since catalog.Version }

// The features that the provider asks for.
var (
	FeatureRestartFlags = Feature{catalog.Version{Major: 3, Minor: 0}} // KIP-745
	FeatureStop         = Feature{catalog.Version{Major: 3, Minor: 5}} // KIP-875
	FeatureAlterOffsets = Feature{catalog.Version{Major: 3, Minor: 6}} // KIP-875
	FeatureInitialState = Feature{catalog.Version{Major: 3, Minor: 7}} // KIP-980
)

// confluent is by how much the major version of Confluent's distribution,
// which its workers answer, exceeds that of the Kafka in it: 7.9 is 3.9.
const confluent = 4

// KafkaVersion is the version of Kafka Connect that the workers run; the zero
// value when they don't tell one that can be read.
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

// Supports reports whether the workers have a feature. Where they don't tell
// their version, they are taken for new ones, and their own answer decides.
func (c *Cluster) Supports(ctx context.Context, f Feature) (bool, error) {
	v, err := c.KafkaVersion(ctx)
	return v.IsZero() || !v.Less(f.Since), err
}
