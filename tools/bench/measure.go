package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// result is what one step cost one subject.
type result struct {
	subject, step string
	wall          time.Duration
	core          time.Duration // CPU of Terraform
	provider      time.Duration // CPU of the provider's processes
	peak          int64         // memory of the largest of them, in KB; 0 without one
	requests      int
}

func (r result) cpu() time.Duration { return r.core + r.provider }

// machine runs Terraform in one directory and measures it.
type machine struct {
	*workspace.Workspace
	usage string // the file where the provider's processes record their usage
}

// run runs a Terraform command. The core's CPU is that of all descendants minus
// the provider's.
func (m *machine) run(ctx context.Context, args ...string) (result, error) {
	if err := os.WriteFile(m.usage, nil, 0o644); err != nil {
		return result{}, err
	}
	var out bytes.Buffer
	before, started := descendants(), time.Now()
	if err := m.Run(ctx, &out, append(args, "-no-color")...); err != nil {
		return result{}, fmt.Errorf("terraform %s: %w\n%s", args[0], err, tail(out.String()))
	}
	r := result{wall: time.Since(started)}
	if strings.Contains(out.String(), "Warning: ") {
		return r, fmt.Errorf("terraform %s warns:\n%s", args[0], tail(out.String()))
	}
	text, err := os.ReadFile(m.usage)
	if err != nil {
		return r, err
	}
	for line := range strings.Lines(string(text)) {
		var cpu time.Duration
		var peak int64
		if _, err := fmt.Sscanln(line, &cpu, &peak); err != nil {
			return r, err
		}
		r.provider += cpu
		r.peak = max(r.peak, peak)
	}
	r.core = descendants() - before - r.provider
	return r, nil
}

func tail(text string) string { return text[max(0, len(text)-2000):] }

// descendants returns the CPU time of all processes that this process or its
// children have waited for.
func descendants() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// wrapCommand makes this program stand in for a provider: it runs the provider
// and records its resource usage.
const wrapCommand = "run-provider"

func wrap(usage string, command []string) int {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	f, err := os.OpenFile(usage, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer f.Close()
	fmt.Fprintln(f, used.Utime.Nano()+used.Stime.Nano(), used.Maxrss)
	return cmd.ProcessState.ExitCode()
}

// wrapped returns a script that Terraform can run as a provider.
func wrapped(dir, provider, usage string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if provider, err = filepath.Abs(provider); err != nil {
		return "", err
	}
	script := filepath.Join(dir, "provider.sh")
	text := fmt.Sprintf("#!/bin/sh\nexec %q %s %q %q \"$@\"\n", self, wrapCommand, usage, provider)
	return script, os.WriteFile(script, []byte(text), 0o755)
}

// worker is the in-memory Kafka Connect, which is made for tests, outside one.
type worker struct {
	*connecttest.Server
	host *host
}

func startWorker(latency time.Duration) worker {
	h := &host{}
	return worker{connecttest.New(h, connecttest.Lag(0), connecttest.Latency(latency)), h}
}

func (w worker) stop() {
	for _, end := range w.host.ends {
		end()
	}
}

// host implements as much of a test as the in-memory Kafka Connect needs.
type host struct {
	testing.TB
	ends []func()
}

func (h *host) Helper()            {}
func (h *host) Cleanup(end func()) { h.ends = append(h.ends, end) }
