//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// commandFailed is the exit code of a command started by run. It needs no
// message: the command has reported what went wrong.
type commandFailed int

func (c commandFailed) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// runCommand starts what isn't running, runs a command with the stack's
// variables in its environment, and stops the stack if no part of it was
// running before and no other run uses it. The error is a commandFailed if the
// command itself failed.
func runCommand(ctx context.Context, l layout, e extent, args []string) (err error) {
	if len(args) == 0 {
		return errors.New("run needs a command: stack run -- COMMAND ARGUMENT…")
	}
	// From here on, a signal ends first the command, and then this program.
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	users, err := use(l.dir)
	if err != nil {
		return err
	}
	defer users.Close()
	recorded, err := loadOrNew(l)
	if err != nil {
		return err
	}
	if !running(l, recorded) {
		defer func() {
			if failed := stopUnlessUsed(l, users); failed != nil {
				err = fmt.Errorf("stopping the stack: %w", failed)
			}
		}()
	}
	if err := up(ctx, l, e); err != nil {
		return err
	}
	s, err := stackfile.Load(l.dir)
	if err != nil {
		return err
	}
	return execute(variables(s), args, signals)
}

// use marks the stack as in use until the file is closed or this process ends.
func use(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "users"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_SH); err != nil {
		f.Close()
		return nil, fmt.Errorf("locking %s: %w", f.Name(), err)
	}
	return f, nil
}

// onlyUser reports whether no other run uses the stack. If so, none can start
// using it until the file is closed.
func onlyUser(users *os.File) (bool, error) {
	err := syscall.Flock(int(users.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

func stopUnlessUsed(l layout, users *os.File) error {
	alone, err := onlyUser(users)
	if err != nil {
		return err
	}
	if !alone {
		fmt.Fprintln(os.Stderr, "the stack is left running for another run that uses it")
		return nil
	}
	// The command's output stays last.
	return stop(l, func(string) {})
}

// execute runs the command in its own process group, which gets each signal
// once, wherever it comes from: a terminal would send it to all processes. Such
// a group may not read from the terminal, so the command's input is empty.
func execute(variables []variable, args []string, signals <-chan os.Signal) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = os.Environ()
	for _, v := range variables {
		cmd.Env = append(cmd.Env, v.name+"="+v.value)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			// The group may already be gone; its end is reported below.
			_ = syscall.Kill(-cmd.Process.Pid, s.(syscall.Signal))
		case err := <-ended:
			return exitOf(err)
		}
	}
}

// exitOf follows the shells' convention for commands ended by a signal.
func exitOf(err error) error {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return err
	}
	if status := exit.Sys().(syscall.WaitStatus); status.Signaled() {
		return commandFailed(128 + int(status.Signal()))
	}
	return commandFailed(exit.ExitCode())
}
