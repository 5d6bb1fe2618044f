package cluster

import (
	"context"
	"slices"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// PlanRegistry holds the connectors that a planned one may conflict with: those
// on the cluster, as this plan leaves them, and those it creates.
//
// Terraform plans resources in parallel and in any order, and a plan hook isn't
// told which resource it is for. So of two connectors that collide, the one
// planned later finds out. A connector read in this run will have its own hook,
// so it isn't counted as a conflict before that: it may be about to be
// destroyed.
type PlanRegistry struct {
	cache *kafkaconnect.ConnectorCache // nil: the cluster isn't known yet

	mu        sync.Mutex
	index     *rules.Index
	loaded    bool
	refreshed map[string]bool              // read in this run
	removed   map[string]bool              // to be destroyed or renamed
	planned   map[string]bool              // planned in this run: whether anything changes
	created   map[string]int               // how many hooks planned a new connector with this name
	before    map[string]map[string]string // by successor name: the configuration of what it replaces
	deleted   []map[string]string          // the configurations of connectors that this run has deleted
}

func newPlanRegistry(cache *kafkaconnect.ConnectorCache) *PlanRegistry {
	return &PlanRegistry{
		cache: cache, index: rules.NewIndex(), refreshed: map[string]bool{}, removed: map[string]bool{},
		planned: map[string]bool{}, created: map[string]int{}, before: map[string]map[string]string{},
	}
}

// MarkRefreshed records that a managed connector was read, so its plan follows.
func (p *PlanRegistry) MarkRefreshed(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refreshed[name] = true
}

// MarkRemoved records that this plan destroys or renames a connector.
func (p *PlanRegistry) MarkRemoved(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, planned := p.planned[name]; !planned {
		p.removed[name] = true
		p.index.Remove(name)
	}
}

// MarkSuccessor records that the named connector replaces one with the given
// configuration: its hook, which follows, isn't told.
func (p *PlanRegistry) MarkSuccessor(name string, before map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before[name] = before
}

// MarkDeleted records that this run deleted a connector with the given
// configuration. An apply plans the other half of a replacement after that, in
// a process that the plan's MarkSuccessor hasn't reached.
func (p *PlanRegistry) MarkDeleted(config map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deleted = append(p.deleted, config)
}

// Predecessors are the configurations of the connectors that a new one with
// this name replaces, or may replace.
func (p *PlanRegistry) Predecessors(name string) []map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	predecessors := slices.Clone(p.deleted)
	if before, ok := p.before[name]; ok {
		predecessors = append(predecessors, before)
	}
	return predecessors
}

// DuplicateName reports whether this run already planned another new connector
// with the same name.
func (p *PlanRegistry) DuplicateName(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.created[name]++
	return p.created[name] > 1
}

// Unmanaged returns a connector on the cluster that this run neither read nor
// removes: one that Terraform doesn't manage here. It may be nil.
func (p *PlanRegistry) Unmanaged(ctx context.Context, name string) (*kafkaconnect.Info, error) {
	found, there, err := p.cache.Connector(ctx, name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil || !there || p.refreshed[name] || p.removed[name] {
		return nil, err
	}
	return found.Info, nil
}

// Collisions adds a planned connector to the registry and returns what it
// shares with others but must not. At least one of two that collide must change
// in this plan: an existing collision isn't reported again in every plan.
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

// load puts the cluster's connectors into the index, once.
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

// ConflictingConnector returns the running connector that holds what a failed
// one needs: the same slot, or the same server ID, on the same server. It
// returns "" if this cluster has none.
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
