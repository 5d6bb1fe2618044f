//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// The logins are the same everywhere and in every stack: the servers listen
// only on the loopback address.
const (
	adminPassword    = "admin-Secret-1"
	databasePassword = "debezium-Secret-1"
	databaseUser     = "debezium"
	databaseName     = "inventory"
)

func newDatabase(port int, admin string) stackfile.Database {
	return stackfile.Database{
		Host:          host,
		Port:          port,
		Name:          databaseName,
		AdminUser:     admin,
		AdminPassword: adminPassword,
		User:          databaseUser,
		Password:      databasePassword,
	}
}

// initialized creates a database's data directory on first start and returns
// it. initialize writes to a temporary directory, which becomes the data
// directory only when complete.
func (l layout) initialized(name string, initialize func(dir string) error) (string, error) {
	home, err := l.databaseDir(name)
	if err != nil {
		return "", err
	}
	data := filepath.Join(home, "data")
	if _, err := os.Stat(data); !errors.Is(err, fs.ErrNotExist) {
		return data, err
	}
	part := data + ".part"
	if err := os.RemoveAll(part); err != nil {
		return "", err
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return "", err
	}
	if err := l.give(part); err != nil {
		return "", err
	}
	if err := initialize(part); err != nil {
		return "", fmt.Errorf("creating the data directory: %w", err)
	}
	return data, os.Rename(part, data)
}

// filledOnce runs fill unless it has already succeeded for this database. An
// interrupted fill is repeated from the beginning.
func (l layout) filledOnce(name string, fill func() error) error {
	home, err := l.databaseDir(name)
	if err != nil {
		return err
	}
	marker := filepath.Join(home, "filled")
	if _, err := os.Stat(marker); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := fill(); err != nil {
		return fmt.Errorf("creating database %s: %w", databaseName, err)
	}
	return os.WriteFile(marker, nil, 0o644)
}

// asOwner returns a command that runs as the databases' user, in a directory
// accessible to that user, searching libDir for libraries first.
func (l layout) asOwner(ctx context.Context, dir, libDir, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C", "LD_LIBRARY_PATH="+libDir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: l.owner}
	return cmd
}
