package cluster

import (
	"context"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// neighbours are the connectors that a planned one may get in the way of:
// those on the cluster, as this plan leaves them, and those that it makes.
//
// Terraform plans resources in parallel and in any order, and a plan hook
// isn't told which resource it is for. So of two connectors that collide, the
// one that is planned later learns of it; and a connector that was read in
// this run, which therefore has a hook of its own to come, isn't held against
// anyone before that hook: it may be about to be destroyed.
type neighbours struct {
	mu      sync.Mutex
	index   *rules.Index
	loaded  bool
	read    map[string]bool // refreshed in this run
	left    map[string]bool // to be destroyed, or to become another name
	planned map[string]bool // planned in this run: whether anything changes
	created map[string]int  // how many hooks planned a new connector of the name
}

func newNeighbours() *neighbours {
	return &neighbours{
		index: rules.NewIndex(), read: map[string]bool{}, left: map[string]bool{},
		planned: map[string]bool{}, created: map[string]int{},
	}
}

// Refreshed says that a managed connector was read, so that its plan follows.
func (c *Cluster) Refreshed(name string) {
	c.neighbours.mu.Lock()
	defer c.neighbours.mu.Unlock()
	c.neighbours.read[name] = true
}

// Leaves says that this plan ends a connector, or gives it another name.
func (c *Cluster) Leaves(name string) {
	n := c.neighbours
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, planned := n.planned[name]; !planned {
		n.left[name] = true
		n.index.Remove(name)
	}
}

// Twice reports whether a new connector's name has been planned for another
// new one in this run.
func (c *Cluster) Twice(name string) bool {
	c.neighbours.mu.Lock()
	defer c.neighbours.mu.Unlock()
	c.neighbours.created[name]++
	return c.neighbours.created[name] > 1
}

// Stranger reports whether the cluster has a connector that this run neither
// read nor leaves: one that Terraform doesn't manage here.
func (c *Cluster) Stranger(ctx context.Context, name string) (*kafkaconnect.Info, error) {
	found, there, err := c.View.Connector(ctx, name)
	c.neighbours.mu.Lock()
	defer c.neighbours.mu.Unlock()
	if err != nil || !there || c.neighbours.read[name] || c.neighbours.left[name] {
		return nil, err
	}
	return found.Info, nil
}

// Collisions adds a planned connector to the neighbours and returns what it
// must not share with them but does. Of two that collide, one at least must
// change in this plan: what is so already isn't said again in every plan.
func (c *Cluster) Collisions(ctx context.Context, self rules.Peer, changed, online bool) ([]rules.Finding, error) {
	n := c.neighbours
	var err error
	if online {
		err = c.loadNeighbours(ctx)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.planned[self.Name] = n.planned[self.Name] || changed
	delete(n.left, self.Name)
	n.index.Put(self)
	var found []rules.Finding
	for _, f := range n.index.Collisions(self) {
		otherChanges, planned := n.planned[f.Other]
		if !planned && n.read[f.Other] || !changed && !otherChanges {
			continue
		}
		found = append(found, f)
	}
	return found, err
}

// loadNeighbours puts the connectors of the cluster into the index, once.
func (c *Cluster) loadNeighbours(ctx context.Context) error {
	n := c.neighbours
	n.mu.Lock()
	loaded := n.loaded
	n.mu.Unlock()
	if loaded {
		return nil
	}
	all, err := c.View.Connectors(ctx)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.loaded {
		return nil
	}
	n.loaded = true
	for name, there := range all {
		if _, planned := n.planned[name]; !planned && !n.left[name] && there.Info != nil {
			n.index.Put(Peer(name, there))
		}
	}
	return nil
}

// Peer is a connector on the cluster as the rules see it.
func Peer(name string, c kafkaconnect.Connector) rules.Peer {
	return rules.Peer{
		Name: name, Kind: catalog.KindOfClass(c.Info.Config["connector.class"]), Config: c.Info.Config,
		Stopped: c.Status != nil && c.Status.Connector.State == kafkaconnect.StateStopped,
	}
}

// Rival finds the running connector that holds what a failed one needs: the
// same slot, or the same server id, on the same server. It returns "" when
// there is none on this cluster.
func (c *Cluster) Rival(ctx context.Context, name string) string {
	all, err := c.View.Connectors(ctx)
	if err != nil || all[name].Info == nil {
		return ""
	}
	var others []rules.Peer
	for other, there := range all {
		if other != name && there.Info != nil && there.Status.Summary() == kafkaconnect.StateRunning {
			others = append(others, Peer(other, there))
		}
	}
	for _, f := range rules.Collisions(Peer(name, all[name]), others) {
		if f.Severity == rules.Error && (f.Property == "slot.name" || f.Property == "database.server.id") {
			return f.Other
		}
	}
	return ""
}
