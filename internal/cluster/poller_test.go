package cluster

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// gate is a lister whose listings end when the test says so.
type gate struct {
	began chan int // the number of each listing that begins
	end   chan struct{}

	mu sync.Mutex
	n  int
}

func (g *gate) Connectors(context.Context) (map[string]kafkaconnect.Connector, error) {
	g.mu.Lock()
	g.n++
	n := g.n
	g.mu.Unlock()
	g.began <- n
	<-g.end
	return map[string]kafkaconnect.Connector{}, nil
}

// TestPollerSharesListings: whoever asks before a listing begins shares it;
// whoever asks while one is on the way waits for the next, which began after.
func TestPollerSharesListings(t *testing.T) {
	const many = 20
	g := &gate{began: make(chan int), end: make(chan struct{})}
	p := newPoller(g, time.Millisecond)
	ask := func(group *sync.WaitGroup) {
		for range many {
			group.Go(func() {
				if _, err := p.Next(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
	}
	// One caller begins the first listing; all others come while it is under way.
	var first, others sync.WaitGroup
	first.Go(func() { _, _ = p.Next(t.Context()) })
	if n := <-g.began; n != 1 {
		t.Fatalf("listing %d began", n)
	}
	ask(&others)
	g.end <- struct{}{}
	first.Wait()
	done := make(chan struct{})
	go func() {
		others.Wait()
		close(done)
	}()
	for listings := 0; ; listings++ {
		select {
		case <-g.began:
			g.end <- struct{}{}
		case <-done:
			// Those that were slow to ask may have needed a second one.
			if listings == 0 || listings > many/2 {
				t.Errorf("%d callers took %d listings", many, listings)
			}
			return
		}
	}
}

func TestPollerLetsOneCallerGo(t *testing.T) {
	g := &gate{began: make(chan int), end: make(chan struct{})}
	p := newPoller(g, time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	var stays sync.WaitGroup
	stays.Go(func() {
		if _, err := p.Next(t.Context()); err != nil {
			t.Error(err)
		}
	})
	<-g.began
	cancel()
	if _, err := p.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller whose context ended got %v", err)
	}
	g.end <- struct{}{}
	// The listing that the canceled caller asked for still comes.
	go func() {
		<-g.began
		g.end <- struct{}{}
	}()
	stays.Wait()
}
