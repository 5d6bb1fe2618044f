//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sync/errgroup"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// down stops what up has started. If it never ran, there is nothing to do.
func down(l layout) error {
	if _, err := os.Stat(l.dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return stop(l, func(name string) { fmt.Printf("%-13s stopped\n", name) })
}

// stop stops what is running, and reports each process that it has stopped.
func stop(l layout, report func(name string)) error {
	unlock, err := lock(l.dir)
	if err != nil {
		return err
	}
	defer unlock()
	s, err := loadOrNew(l)
	if err != nil {
		return err
	}
	all := groups(l, installation{}, s)
	for i := len(all) - 1; i >= 0; i-- {
		var stopping errgroup.Group
		for _, c := range all[i] {
			stopping.Go(func() error {
				if !c.record.Running() {
					return nil
				}
				if err := c.end(); err != nil {
					return err
				}
				report(c.name)
				return nil
			})
		}
		if err := stopping.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// status prints a line for each component; it is an error if some don't run.
func status(l layout) error {
	s, err := stackfile.Load(l.dir)
	if err != nil {
		return err
	}
	stopped := 0
	for _, g := range groups(l, installation{}, s) {
		for _, c := range g {
			if c.record.Running() {
				fmt.Printf("%-13s running  port %-5d  PID %d\n", c.name, *c.ports[0], c.record.PID)
			} else {
				fmt.Printf("%-13s stopped\n", c.name)
				stopped++
			}
		}
	}
	if stopped > 0 {
		return fmt.Errorf("%d of the stack's processes do not run", stopped)
	}
	return nil
}
