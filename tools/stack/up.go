//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// newStack uses the well-known ports, which are kept if they are free.
func newStack(l layout) *stackfile.Stack {
	return &stackfile.Stack{
		Dir:      l.dir,
		LogDir:   l.logDir(),
		Kafka:    stackfile.Kafka{Host: host, Port: 9092, ControllerPort: 9093},
		Connect:  []stackfile.Worker{{Host: host, Port: 8083, SecurePort: 8443}, {Host: host, Port: 8084, SecurePort: 8444}},
		TLS:      certificatesIn(l.dir).client,
		Postgres: newDatabase(5432, "postgres"),
		MySQL:    newDatabase(3306, "admin"),
		MariaDB:  newDatabase(3307, "admin"),
		Registry: stackfile.Registry{Host: host, Port: 8085},
	}
}

// loadOrNew loads the stack's file, or describes a stack never started.
func loadOrNew(l layout) (*stackfile.Stack, error) {
	s, err := stackfile.Load(l.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return newStack(l), nil
	}
	if err != nil {
		return nil, err
	}
	// The directory may have been moved since.
	s.Dir, s.LogDir, s.TLS = l.dir, l.logDir(), certificatesIn(l.dir).client
	if s.Registry.Port == 0 { // started before stacks had one
		s.Registry = newStack(l).Registry
	}
	return s, nil
}

// installation holds the directories of the downloads.
type installation struct{ kafka, plugins, converters, postgres, mysql, mariadb, registry string }

func install(ctx context.Context, cache string) (installation, error) {
	unlock, err := lock(cache)
	if err != nil {
		return installation{}, err
	}
	defer unlock()
	var in installation
	if in.kafka, err = kafkaLibraries.fetch(ctx, cache); err != nil {
		return in, err
	}
	for _, d := range []struct {
		download download
		dir      *string
	}{
		{plugins(in.kafka), &in.plugins},
		{converterPlugins(in.kafka), &in.converters},
		{postgresBinaries(), &in.postgres},
		{mysqlBinaries(), &in.mysql},
		{mariadbBinaries(), &in.mariadb},
		{registryServer(), &in.registry},
	} {
		if *d.dir, err = d.download.fetch(ctx, cache); err != nil {
			return in, err
		}
	}
	return in, nil
}

// group is components that don't wait for each other; groups are started in
// order and stopped in reverse.
type group []component

func groups(l layout, in installation, s *stackfile.Stack) []group {
	workers := group{}
	for i := range s.Connect {
		workers = append(workers, workerComponent(l, in.kafka, in.plugins+","+in.converters, s, i))
	}
	return []group{
		{
			kafkaComponent(l, in.kafka, &s.Kafka),
			postgresComponent(l, in.postgres, &s.Postgres),
			mysqlComponent(l, in.mysql, &s.MySQL),
			mariadbComponent(l, in.mariadb, &s.MariaDB),
			registryComponent(in.registry, &s.Registry),
		},
		append(workers, oldWorkers(l, s)...),
	}
}

// up starts what isn't running; workers of older releases only if withOld.
func up(ctx context.Context, l layout, withOld bool) error {
	if err := checkMachine(ctx); err != nil {
		return err
	}
	in, err := install(ctx, l.cache)
	if err != nil {
		return err
	}
	if withOld {
		if err := installOld(ctx, l.cache); err != nil {
			return err
		}
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
	if err := certificatesIn(l.dir).create(ctx); err != nil {
		return err
	}
	s.Old = oldOf(s.Old, withOld)
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
	fmt.Printf("\nKafka Connect: %s, %s\nPorts and logins: %s\n", s.Connect[0].URL(), s.Connect[1].URL(), envPath(l.dir))
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
