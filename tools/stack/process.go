//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

const (
	pollInterval = 200 * time.Millisecond
	// On a slow machine, a worker reads some 1,500 jars before it responds.
	startTimeout = 3 * time.Minute
	stopTimeout  = 30 * time.Second
	// Sessions end at once, or not at all.
	hangUpTimeout = 2 * time.Second
)

// component is one process of the stack.
type component struct {
	name   string
	record *stackfile.Process
	// ports are chosen when the component is about to start; each keeps its
	// previous value if that is free.
	ports []*int
	// command prepares what the process needs, such as its configuration, and
	// returns it ready to start.
	command func(context.Context) (*exec.Cmd, error)
	// ready returns nil once the process is operational.
	ready func(context.Context) error
	// filled, if not nil, runs once ready: it creates a database's contents.
	filled func(context.Context) error
	// hangUp, if not nil, runs before the shutdown, which it makes faster.
	hangUp func(context.Context) error
	// stop is the signal for an orderly shutdown.
	stop syscall.Signal
}

// start starts the component unless it is running, and waits until it is ready.
// save is called as soon as the process exists, so that none ever runs
// unrecorded.
func (c component) start(ctx context.Context, l layout, save func(stackfile.Process) error) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	ended := make(chan error, 1)
	began, done := time.Now(), "already running"
	if !c.record.Running() {
		process, err := c.launch(ctx, l, ended)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if err := save(process); err != nil {
			return err
		}
		done = "started"
	}
	err := c.awaitReady(ctx, ended)
	if errors.Is(err, context.Canceled) {
		// An interrupt, or another component's failure: that one gets reported.
		return fmt.Errorf("%s: interrupted while waiting for it; it goes on until \"stack down\"", c.name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w; the end of %s:\n%s", c.name, err, l.log(c.name), logTail(l.log(c.name)))
	}
	if c.filled != nil {
		if err := c.filled(ctx); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	fmt.Printf("%-13s %s, ready after %.1f s\n", c.name, done, time.Since(began).Seconds())
	return nil
}

// launch starts the process in its own session: it outlives this program, and
// doesn't get interrupts from the terminal.
func (c component) launch(ctx context.Context, l layout, ended chan<- error) (stackfile.Process, error) {
	cmd, err := c.command(ctx)
	if err != nil {
		return stackfile.Process{}, err
	}
	log, err := os.OpenFile(l.log(c.name), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return stackfile.Process{}, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setsid = true
	if err := cmd.Start(); err != nil {
		return stackfile.Process{}, err
	}
	process, err := stackfile.Identify(cmd.Process.Pid)
	go func() { ended <- cmd.Wait() }()
	return process, err
}

func (c component) awaitReady(ctx context.Context, ended <-chan error) error {
	for {
		err := c.ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case exit := <-ended:
			if exit == nil {
				exit = errors.New("exit status 0")
			}
			return fmt.Errorf("ended while starting: %w", exit)
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w (%w)", ctx.Err(), err)
		case <-time.After(pollInterval):
		}
	}
}

// end stops the component's process and waits until it is gone. It never
// affects another process that has since been given the same PID.
func (c component) end() error {
	p := *c.record
	if c.hangUp != nil {
		ctx, cancel := context.WithTimeout(context.Background(), hangUpTimeout)
		_ = c.hangUp(ctx) // the shutdown goes without
		cancel()
	}
	// The JVMs and databases may take long to shut down cleanly; the data of a
	// test stack isn't worth waiting for indefinitely.
	for _, signal := range []syscall.Signal{c.stop, syscall.SIGKILL} {
		if err := syscall.Kill(p.PID, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stopping %s (PID %d): %w", c.name, p.PID, err)
		}
		for deadline := time.Now().Add(stopTimeout); time.Now().Before(deadline); time.Sleep(pollInterval / 4) {
			if !p.Running() {
				return nil
			}
		}
	}
	return fmt.Errorf("%s (PID %d) did not end", c.name, p.PID)
}

func logTail(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		return []byte(err.Error())
	}
	return lastLines(data, 15)
}

// lastLines returns the last n lines, each truncated to a readable length: a
// worker logs its entire class path in one.
func lastLines(text []byte, n int) []byte {
	const width = 300
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	lines = lines[max(0, len(lines)-n):]
	for i, line := range lines {
		lines[i] = line[:min(len(line), width)]
	}
	return bytes.Join(lines, []byte("\n"))
}
