//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// newStack uses the well-known ports, which are kept if they are free. What a
// small stack lacks stays zero.
func newStack(l layout, small bool) *stackfile.Stack {
	s := &stackfile.Stack{
		Small:    small,
		Dir:      l.dir,
		LogDir:   l.logDir(),
		Kafka:    stackfile.Kafka{Host: host, Port: 9092, ControllerPort: 9093},
		Connect:  []stackfile.Worker{{Host: host, Port: 8083, SecurePort: 8443}},
		TLS:      certificatesIn(l.dir).client,
		Postgres: newDatabase(5432, "postgres"),
		MySQL:    newDatabase(3306, "admin"),
	}
	if !small {
		s.Connect = append(s.Connect, stackfile.Worker{Host: host, Port: 8084, SecurePort: 8444})
		s.MariaDB = newDatabase(3307, "admin")
		s.Registry = stackfile.Registry{Host: host, Port: 8085}
	}
	return s
}

// loadOrNew loads the stack's file, or describes a stack never started.
func loadOrNew(l layout) (*stackfile.Stack, error) {
	s, err := stackfile.Load(l.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return newStack(l, false), nil
	}
	if err != nil {
		return nil, err
	}
	// The directory may have been moved since.
	s.Dir, s.LogDir, s.TLS = l.dir, l.logDir(), certificatesIn(l.dir).client
	if s.Registry.Port == 0 && !s.Small { // started before stacks had one
		s.Registry = newStack(l, false).Registry
	}
	return s, nil
}

// sized makes a stack that doesn't run small or full. One that runs stays what
// it is: its worker would lack plugins of the full one, or have too many.
func sized(l layout, s *stackfile.Stack, small bool) (*stackfile.Stack, error) {
	if s.Small == small {
		return s, nil
	}
	if running(l, s) {
		is := map[bool]string{true: "small", false: "full"}
		return nil, fmt.Errorf("a %s stack runs in %s, not a %s one: run down first, or choose another -dir", is[s.Small], l.dir, is[small])
	}
	return newStack(l, small), nil
}

// running reports whether any of the stack's processes runs.
func running(l layout, s *stackfile.Stack) bool {
	for _, g := range groups(l, installation{}, s) {
		for _, c := range g {
			if c.record.Running() {
				return true
			}
		}
	}
	return false
}
