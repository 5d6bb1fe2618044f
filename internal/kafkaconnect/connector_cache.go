package kafkaconnect

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// ConnectorCache is one listing of the cluster, shared by all readers, so that
// a thousand unchanged connectors cost one request. It lives as long as one
// configured provider: it doesn't see changes that others make in the meantime,
// and learns of this process's writes through Wrote and Deleted. It is safe for
// concurrent use.
type ConnectorCache struct {
	client *Client

	mu      sync.Mutex
	listing *listing // in flight or arrived; nil before and after a failure
	// writes are this process's own, nil for a deletion. They win over any
	// listing, no matter when it started: one in flight may have looked too
	// early, and a later one may come from a worker that hasn't read the config
	// topic up to the write.
	writes map[string]*Connector
}

// listing is one request. Its fields may be read once done is closed.
type listing struct {
	done       chan struct{}
	connectors map[string]Connector
	err        error
}

// NewConnectorCache returns a cache that calls client on the first read.
func NewConnectorCache(client *Client) *ConnectorCache {
	return &ConnectorCache{client: client, writes: map[string]*Connector{}}
}

// Connectors returns the cluster's connectors by name. The map is the caller's;
// what its entries point to is shared and must not be modified.
func (c *ConnectorCache) Connectors(ctx context.Context) (map[string]Connector, error) {
	listed, err := c.listed(ctx)
	if err != nil {
		return nil, err
	}
	connectors := maps.Clone(listed)
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, written := range c.writes {
		if written == nil {
			delete(connectors, name)
		} else {
			connectors[name] = *written
		}
	}
	return connectors, nil
}

// Connector returns a copy of one connector, and whether it exists.
func (c *ConnectorCache) Connector(ctx context.Context, name string) (Connector, bool, error) {
	listed, err := c.listed(ctx)
	if err != nil {
		return Connector{}, false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if written, ok := c.writes[name]; ok {
		if written == nil {
			return Connector{}, false, nil
		}
		return written.clone(), true, nil
	}
	connector, ok := listed[name]
	return connector.clone(), ok, nil
}

// Wrote records what a write by this process left on the cluster.
func (c *ConnectorCache) Wrote(name string, written Connector) {
	written = written.clone()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes[name] = &written
}

// Deleted records that this process deleted a connector.
func (c *ConnectorCache) Deleted(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes[name] = nil
}

// Written reports whether this process has written anything. That may have
// changed what other connectors are doing, so a caller that needs their current
// state asks the worker instead.
func (c *ConnectorCache) Written() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.writes) > 0
}

// listed waits for the listing, starting it if there is none.
func (c *ConnectorCache) listed(ctx context.Context) (map[string]Connector, error) {
	c.mu.Lock()
	l := c.listing
	if l == nil {
		l = &listing{done: make(chan struct{})}
		c.listing = l
		// The first caller may give up while others wait for the same result.
		go c.fetch(context.WithoutCancel(ctx), l)
	}
	c.mu.Unlock()

	select {
	case <-l.done:
		return l.connectors, l.err
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the list of connectors: %w", ctx.Err())
	}
}

func (c *ConnectorCache) fetch(ctx context.Context, l *listing) {
	l.connectors, l.err = c.client.Connectors(ctx)
	if l.err != nil {
		c.mu.Lock()
		c.listing = nil
		c.mu.Unlock()
	}
	close(l.done)
}

func (c Connector) clone() Connector {
	if c.Info != nil {
		info := *c.Info
		info.Config = maps.Clone(info.Config)
		info.Tasks = slices.Clone(info.Tasks)
		c.Info = &info
	}
	if c.Status != nil {
		status := *c.Status
		status.Tasks = slices.Clone(status.Tasks)
		c.Status = &status
	}
	return c
}
