//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// group is components that don't wait for each other; groups are started in
// order and stopped in reverse.
type group []component

func groups(l layout, in installation, s *stackfile.Stack) []group {
	servers := group{
		kafkaComponent(l, in.kafka, &s.Kafka),
		postgresComponent(l, in.postgres, &s.Postgres),
		mysqlComponent(l, in.mysql, &s.MySQL),
	}
	if !s.Small {
		servers = append(servers, mariadbComponent(l, in.mariadb, &s.MariaDB), registryComponent(in.registry, &s.Registry))
	}
	workers := group{}
	for i := range s.Connect {
		workers = append(workers, workerComponent(l, in.kafka, in.pluginPath(s.Small), s, i))
	}
	return []group{servers, append(workers, oldWorkers(l, s)...)}
}

// extent is how much of a stack is wanted.
type extent struct {
	small bool // only what the demo shows
	old   bool // workers of older releases, too
}

// up starts what isn't running.
func up(ctx context.Context, l layout, e extent) error {
	in, err := fetch(ctx, l, e)
	if err != nil {
		return err
	}
	unlock, err := lock(l.dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := os.MkdirAll(l.logDir(), 0o755); err != nil {
		return err
	}
	s, err := loadOrNew(l)
	if err != nil {
		return err
	}
	if s, err = sized(l, s, e.small); err != nil {
		return err
	}
	if err := certificatesIn(l.dir).create(ctx); err != nil {
		return err
	}
	s.Old = oldOf(s.Old, e.old)
	all := groups(l, in, s)
	if err := choosePortsOfStopped(s, all); err != nil {
		return err
	}
	// Readers of the stack's file run concurrently.
	var mu sync.Mutex
	save := func(record *stackfile.Process, p stackfile.Process) error {
		mu.Lock()
		defer mu.Unlock()
		*record = p
		return errors.Join(s.Save(), writeEnv(s))
	}
	for _, g := range all {
		starting, ctx := errgroup.WithContext(ctx)
		for _, c := range g {
			starting.Go(func() error {
				return c.start(ctx, l, func(p stackfile.Process) error { return save(c.record, p) })
			})
		}
		if err := starting.Wait(); err != nil {
			return err
		}
	}
	var urls []string
	for _, w := range s.Connect {
		urls = append(urls, w.URL())
	}
	fmt.Printf("\nKafka Connect: %s\nPorts and logins: %s\n", strings.Join(urls, ", "), envPath(l.dir))
	return nil
}

// choosePortsOfStopped assigns ports to all components about to start. The
// broker can't move while workers that know its previous address are running.
func choosePortsOfStopped(s *stackfile.Stack, all []group) error {
	former := s.Kafka.Port
	var ports []*int
	for _, g := range all {
		for _, c := range g {
			if !c.record.Running() {
				ports = append(ports, c.ports...)
			}
		}
	}
	if err := choosePorts(ports); err != nil {
		return err
	}
	if s.Kafka.Port == former {
		return nil
	}
	workers := slices.Clone(s.Connect)
	for _, w := range s.Old {
		workers = append(workers, w.Worker)
	}
	for _, w := range workers {
		if w.Running() {
			return fmt.Errorf("the broker is to be started, but another program has taken its port %d, which the running workers know: run down, then up", former)
		}
	}
	return nil
}
