package stackfile

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

func TestParseStat(t *testing.T) {
	for _, test := range []struct {
		name, stat, state string
		started           uint64
		fails             bool
	}{
		{
			name:  "plain command",
			stat:  "123 (java) S 1 123 123 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 40 0 189160 99 1",
			state: "S", started: 189160,
		},
		{
			name:  "command that looks like fields",
			stat:  "123 (a) Z 9 (b) R 1 123 123 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 40 0 77 99 1",
			state: "R", started: 77,
		},
		{name: "cut off", stat: "123 (java) S 1 123", fails: true},
		{name: "no command", stat: "", fails: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			state, started, err := parseStat([]byte(test.stat))
			if (err != nil) != test.fails || state != test.state || started != test.started {
				t.Errorf("parseStat = %q, %d, %v; want %q, %d, failure %t", state, started, err, test.state, test.started, test.fails)
			}
		})
	}
}

func TestRunning(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are identified through Linux's /proc")
	}
	self, err := Identify(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if !self.Running() {
		t.Error("this process does not run")
	}
	other := self
	other.StartTime++
	if other.Running() {
		t.Error("another process with the same PID counts as this one")
	}
	before := self
	before.BootID = "another boot"
	if before.Running() {
		t.Error("a process from before the machine's restart counts as running")
	}
	if (Process{}).Running() {
		t.Error("a process that was never started runs")
	}
}

func TestEndedProcessDoesNotRun(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are identified through Linux's /proc")
	}
	cmd := exec.Command("cat")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p, err := Identify(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Running() {
		t.Error("a process that waits for input does not run")
	}
	stdin.Close()
	// Until it is reaped it is a zombie, which must not count either; the end
	// of its output comes a moment before.
	if _, err := stdout.Read(make([]byte, 1)); err == nil {
		t.Error("cat wrote something")
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if p.Running() {
		t.Error("a process that has ended runs")
	}
}
