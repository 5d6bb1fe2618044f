//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestRunPassesTheExitCodeOn(t *testing.T) {
	for script, want := range map[string]error{
		"exit 0":                        nil,
		"exit 7":                        commandFailed(7),
		"kill -KILL $$":                 commandFailed(137),
		`test "$DEBEZIUM_STACK" = /s`:   nil,
		`test "$TF_VAR_mysql_port" = 1`: commandFailed(1),
	} {
		err := execute(variables(newStack(layout{dir: "/s"}, false)), []string{"sh", "-c", script}, nil)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", script, err, want)
		}
	}
	if err := execute(variables(newStack(layout{}, false)), []string{"/no/such/program"}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a program that does not exist: %v", err)
	}
}

func TestRunPassesASignalOnToTheWholeGroup(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready")
	// A shell in a shell: both have to end by the signal.
	script := `sh -c 'trap "exit 3" TERM; touch "$0"; while :; do sleep 0.02; done' "$0" & trap "wait $!; exit \$?" TERM; wait $!`
	signals := make(chan os.Signal)
	ended := make(chan error, 1)
	go func() {
		ended <- execute(variables(newStack(layout{}, false)), []string{"sh", "-c", script, ready}, signals)
	}()
	for {
		if _, err := os.Stat(ready); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	signals <- syscall.SIGTERM
	if err := <-ended; !errors.Is(err, commandFailed(3)) {
		t.Errorf("%v, want exit code 3", err)
	}
}

func TestOneOfTwoUsersDoesNotStopTheStack(t *testing.T) {
	l := layout{dir: t.TempDir()}
	first, err := use(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := use(l.dir)
	if err != nil {
		t.Fatal(err)
	}
	if alone, err := onlyUser(first); alone || err != nil {
		t.Errorf("alone: %v (%v) beside a second user", alone, err)
	}
	second.Close()
	if alone, err := onlyUser(first); !alone || err != nil {
		t.Errorf("alone: %v (%v) after the second has left", alone, err)
	}
}
