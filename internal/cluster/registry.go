package cluster

import (
	"context"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// PlanRegistry holds the connectors that a planned one may conflict with: those
// on the cluster, as this plan leaves them, and those that it makes.
//
// Terraform plans resources in parallel and in any order, and a plan hook
// isn't told which resource it is for. So of two connectors that collide, the
// one that is planned later learns of it; and a connector that was read in
// this run, which therefore has a hook of its own to come, isn't held against
// anyone before that hook: it may be about to be destroyed.
type PlanRegistry struct {
	cache *kafkaconnect.ConnectorCache // nil: the cluster isn't known yet

	mu        sync.Mutex
	index     *rules.Index
	loaded    bool
	refreshed map[string]bool              // read in this run
	removed   map[string]bool              // to be destroyed, or to become another name
	planned   map[string]bool              // planned in this run: whether anything changes
	created   map[string]int               // how many hooks planned a new connector of the name
	before    map[string]map[string]string // by the name of a successor: the configuration of what it replaces
}

func newPlanRegistry(cache *kafkaconnect.ConnectorCache) *PlanRegistry {
	return &PlanRegistry{
		cache: cache, index: rules.NewIndex(), refreshed: map[string]bool{}, removed: map[string]bool{},
		planned: map[string]bool{}, created: map[string]int{}, before: map[string]map[string]string{},
	}
}

// MarkRefreshed says that a managed connector was read, so that its plan follows.
func (p *PlanRegistry) MarkRefreshed(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refreshed[name] = true
}

// MarkRemoved says that this plan ends a connector, or gives it another name.
func (p *PlanRegistry) MarkRemoved(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, planned := p.planned[name]; !planned {
		p.removed[name] = true
		p.index.Remove(name)
	}
}

// MarkSuccessor says that the connector of a name takes the place of one of the
// given configuration: its hook, which follows, isn't told.
func (p *PlanRegistry) MarkSuccessor(name string, before map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before[name] = before
}

// Predecessor is the configuration of the connector whose place one takes; nil
// where it takes none.
func (p *PlanRegistry) Predecessor(name string) map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.before[name]
}

// DuplicateName reports whether a new connector's name has been planned for
// another new one in this run.
func (p *PlanRegistry) DuplicateName(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.created[name]++
	return p.created[name] > 1
}

// Unmanaged finds a connector of the cluster that this run neither read nor
// removes: one that Terraform doesn't manage here. It is nil if there is none.
func (p *PlanRegistry) Unmanaged(ctx context.Context, name string) (*kafkaconnect.Info, error) {
	found, there, err := p.cache.Connector(ctx, name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil || !there || p.refreshed[name] || p.removed[name] {
		return nil, err
	}
	return found.Info, nil
}

// Collisions adds a planned connector to the registry and returns what it must
// not share with others but does. Of two that collide, one at least must change
// in this plan: what is so already isn't reported again in every plan.
func (p *PlanRegistry) Collisions(ctx context.Context, self rules.Peer, changed, online bool) ([]rules.Finding, error) {
	var err error
	if online {
		err = p.load(ctx)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.planned[self.Name] = p.planned[self.Name] || changed
	delete(p.removed, self.Name)
	p.index.Put(self)
	var found []rules.Finding
	for _, f := range p.index.Collisions(self) {
		otherChanges, planned := p.planned[f.Other]
		if !planned && p.refreshed[f.Other] || !changed && !otherChanges {
			continue
		}
		found = append(found, f)
	}
	return found, err
}

// load puts the connectors of the cluster into the index, once.
func (p *PlanRegistry) load(ctx context.Context) error {
	p.mu.Lock()
	loaded := p.loaded
	p.mu.Unlock()
	if loaded {
		return nil
	}
	all, err := p.cache.Connectors(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loaded {
		return nil
	}
	p.loaded = true
	for name, there := range all {
		if _, planned := p.planned[name]; !planned && !p.removed[name] && there.Info != nil {
			p.index.Put(peer(name, there))
		}
	}
	return nil
}

// peer is a connector on the cluster as the rules see it.
func peer(name string, c kafkaconnect.Connector) rules.Peer {
	return rules.Peer{
		Name: name, Kind: catalog.KindOfClass(c.Info.Config[catalog.KeyClass]), Config: c.Info.Config,
		Stopped: c.Status != nil && c.Status.Connector.State == kafkaconnect.StateStopped,
	}
}

// ConflictingConnector finds the running connector that holds what a failed one
// needs: the same slot, or the same server id, on the same server. It returns ""
// when there is none on this cluster.
func (c *Cluster) ConflictingConnector(ctx context.Context, name string) string {
	all, err := c.Cache.Connectors(ctx)
	if err != nil || all[name].Info == nil {
		return ""
	}
	var others []rules.Peer
	for other, there := range all {
		if other != name && there.Info != nil && there.Status.Summary() == kafkaconnect.StateRunning {
			others = append(others, peer(other, there))
		}
	}
	for _, f := range rules.Collisions(peer(name, all[name]), others) {
		if f.Severity == rules.Error && (f.Property == "slot.name" || f.Property == "database.server.id") {
			return f.Other
		}
	}
	return ""
}
