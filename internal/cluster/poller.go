package cluster

import (
	"context"
	"sync"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// lister calls GET /connectors?expand=info&expand=status.
type lister interface {
	Connectors(ctx context.Context) (map[string]kafkaconnect.Connector, error)
}

// Poller lets any number of waiting resources share one listing per interval.
type Poller struct {
	lister   lister
	interval time.Duration

	mu      sync.Mutex
	pending *round    // not started yet: callers may join
	begun   time.Time // when the last one started
	failure error     // of the last attempt to list, nil after a success
}

type round struct {
	done       chan struct{}
	connectors map[string]kafkaconnect.Connector
	err        error
}

// newPoller returns a poller that starts at most one listing per interval.
func newPoller(lister lister, interval time.Duration) *Poller {
	return &Poller{lister: lister, interval: interval}
}

// Next returns a listing that started after the call, so it can't be older than
// what the caller did before. The map is shared; callers must only read it. If
// the context ends first, the error is that of the last attempt, if it failed.
func (p *Poller) Next(ctx context.Context) (map[string]kafkaconnect.Connector, error) {
	p.mu.Lock()
	r := p.pending
	if r == nil {
		r = &round{done: make(chan struct{})}
		p.pending = r
		// One caller giving up must not take the listing from the others.
		go p.list(context.WithoutCancel(ctx), r, time.Until(p.begun.Add(p.interval)))
	}
	p.mu.Unlock()
	select {
	case <-r.done:
		return r.connectors, r.err
	case <-ctx.Done():
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.failure != nil {
			return nil, p.failure
		}
		return nil, ctx.Err()
	}
}

func (p *Poller) list(ctx context.Context, r *round, delay time.Duration) {
	if delay > 0 {
		time.Sleep(delay)
	}
	p.mu.Lock()
	p.pending, p.begun = nil, time.Now()
	p.mu.Unlock()
	r.connectors, r.err = p.lister.Connectors(kafkaconnect.WithObserver(ctx, p.note))
	close(r.done)
}

// note remembers how an attempt to list ended.
func (p *Poller) note(failure error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failure = failure
}
