//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// serve runs an additional database server with its own settings, for tests of
// different server configurations. Its directory can be reused. The last line
// it prints says where the server is; it runs until the input ends.
func serve(ctx context.Context, l layout, args []string) error {
	if len(args) == 0 {
		return errors.New("serve what: postgres, mysql or mariadb?")
	}
	kind, settings := args[0], args[1:]
	db := newDatabase(0, "admin")
	c, err := served(ctx, l, kind, &db, settings)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(l.logDir(), 0o755); err != nil {
		return err
	}
	if err := startAnywhere(ctx, l, c, &db); err != nil {
		return err
	}
	text, err := json.Marshal(db)
	if err != nil {
		return err
	}
	fmt.Println(string(text))
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
	return endIfRunning(c)
}

// startAnywhere tries several ports: a slow server binds its port so late that
// another program may have taken it.
func startAnywhere(ctx context.Context, l layout, c component, db *stackfile.Database) error {
	var failed error
	for range 3 {
		db.Port = 0
		if err := choosePorts(c.ports); err != nil {
			return err
		}
		err := c.start(ctx, l, func(p stackfile.Process) error { db.Process = p; return nil })
		if err == nil {
			return nil
		}
		failed = errors.Join(failed, err, endIfRunning(c))
	}
	return failed
}

func endIfRunning(c component) error {
	if !c.record.Running() {
		return nil
	}
	return c.end()
}

// served returns the component of an additional server.
func served(ctx context.Context, l layout, kind string, db *stackfile.Database, settings []string) (component, error) {
	download, ok := map[string]download{"postgres": postgresBinaries(), "mysql": mysqlBinaries(), "mariadb": mariadbBinaries()}[kind]
	if !ok {
		return component{}, fmt.Errorf("there is no server %q: postgres, mysql or mariadb", kind)
	}
	unlock, err := lock(l.cache)
	if err != nil {
		return component{}, err
	}
	defer unlock()
	binaries, err := download.fetch(ctx, l.cache)
	if err != nil {
		return component{}, err
	}
	var c component
	switch kind {
	case "postgres":
		c = servedPostgres(l, binaries, db, settings)
	case "mysql":
		c = withOptions(mysqlComponent(l, binaries, db), settings)
	case "mariadb":
		c = withOptions(mariadbComponent(l, binaries, db), settings)
	}
	c.filled = nil
	return c, nil
}

// servedPostgres puts its settings in postgresql.conf, not on the command line,
// so that ALTER SYSTEM can change them. The setting "binaries=DIRECTORY"
// selects a PostgreSQL installed on the machine.
func servedPostgres(l layout, binaries string, db *stackfile.Database, settings []string) component {
	db.AdminUser = "postgres"
	lines := []string{"listen_addresses = '" + host + "'", "unix_socket_directories = ''", "fsync = off"}
	for _, s := range settings {
		name, value, _ := strings.Cut(s, "=")
		if name == "binaries" {
			binaries = value
			continue
		}
		lines = append(lines, fmt.Sprintf("%s = '%s'", name, value))
	}
	c := postgresComponent(l, binaries, db)
	c.command = func(ctx context.Context) (*exec.Cmd, error) {
		data, err := l.initialized("postgres", func(dir string) error {
			if err := initdb(ctx, l, binaries, dir, db); err != nil {
				return err
			}
			return appendLines(filepath.Join(dir, "postgresql.conf"), lines)
		})
		if err != nil {
			return nil, err
		}
		return l.asOwner(context.Background(), data, filepath.Join(binaries, "lib"), filepath.Join(binaries, "bin", "postgres"),
			"-D", data, "-p", strconv.Itoa(db.Port)), nil
	}
	return c
}

func appendLines(path string, lines []string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString("\n" + strings.Join(lines, "\n") + "\n")
	return errors.Join(err, file.Close())
}

// withOptions appends to a server's command line: the last occurrence wins.
func withOptions(c component, options []string) component {
	command := c.command
	c.command = func(ctx context.Context) (*exec.Cmd, error) {
		cmd, err := command(ctx)
		if err != nil {
			return nil, err
		}
		for _, o := range options {
			cmd.Args = append(cmd.Args, "--"+o)
		}
		return cmd, nil
	}
	return c
}
