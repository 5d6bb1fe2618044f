package cluster

import (
	"crypto/sha256"
	"maps"
	"slices"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// approvals are the configurations that a worker has accepted, including the
// connection to their database, in this run of the provider: create and update
// don't ask again about what the plan within the apply has asked. A verdict
// with any problem isn't kept, since the problem may be gone by then. They are
// kept as hashes, so that they keep no secret in memory.
type approvals struct {
	mu     sync.Mutex
	hashes map[[sha256.Size]byte]bool
}

// Approve remembers that a worker found nothing wrong with a configuration.
func (c *Cluster) Approve(config kafkaconnect.Config) {
	c.approvals.mu.Lock()
	defer c.approvals.mu.Unlock()
	if c.approvals.hashes == nil {
		c.approvals.hashes = map[[sha256.Size]byte]bool{}
	}
	c.approvals.hashes[hash(config)] = true
}

// Approved reports whether a worker has found nothing wrong with config.
func (c *Cluster) Approved(config kafkaconnect.Config) bool {
	c.approvals.mu.Lock()
	defer c.approvals.mu.Unlock()
	return c.approvals.hashes[hash(config)]
}

func hash(config kafkaconnect.Config) [sha256.Size]byte {
	var text []byte
	for _, property := range slices.Sorted(maps.Keys(config)) {
		text = append(text, property...)
		text = append(text, 0)
		text = append(text, config[property]...)
		text = append(text, 0)
	}
	return sha256.Sum256(text)
}
