//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// systemCache is where root keeps downloads, and database files that have no
// other place, if the databases' user can't access root's own directories.
const systemCache = "/var/cache/terraform-provider-debezium"

// layout describes where things are and who owns them.
type layout struct {
	dir   string // this stack's state
	cache string // downloads, shared by stacks
	// owner is the user that the databases run as; nil means the current one.
	owner *syscall.Credential
}

func newLayout(dir string) (layout, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return layout{}, err
	}
	l := layout{dir: dir}
	if os.Geteuid() == 0 {
		if l.owner, err = databaseOwner(); err != nil {
			return layout{}, err
		}
	}
	l.cache, err = l.cacheDir()
	return l, err
}

// databaseOwner finds a user for the database servers, which refuse to run as
// root.
func databaseOwner() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "mysql", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("databases do not run as root, and there is no user postgres, mysql or nobody: create one, or run this as another user")
}

func (l layout) cacheDir() (string, error) {
	if dir := os.Getenv("STACK_CACHE"); dir != "" {
		dir, err := filepath.Abs(dir)
		if err == nil && !l.ownerReaches(dir) {
			err = fmt.Errorf("STACK_CACHE=%s is closed to the user that runs the databases: choose a directory that all users may enter", dir)
		}
		return dir, err
	}
	dir, err := os.UserCacheDir()
	if err != nil || !l.ownerReaches(dir) {
		if l.owner != nil {
			return systemCache, nil
		}
		return "", err
	}
	return filepath.Join(dir, "terraform-provider-debezium"), nil
}

// ownerReaches reports whether the databases' user can enter a directory: every
// existing part of the path must be open to all users. Missing parts are
// created that way.
func (l layout) ownerReaches(dir string) bool {
	if l.owner == nil {
		return true
	}
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// databaseDir returns a database's directory. It is under the state directory
// or, if its user can't get there (root's home is closed to others), a link
// there to a new directory elsewhere.
func (l layout) databaseDir(name string) (string, error) {
	path := filepath.Join(l.dir, name)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if err := l.createDatabaseDir(path); err != nil {
			return "", err
		}
	}
	return filepath.EvalSymlinks(path)
}

func (l layout) createDatabaseDir(path string) error {
	if l.ownerReaches(path) {
		if err := os.Mkdir(path, 0o755); err != nil {
			return err
		}
		return l.give(path)
	}
	if err := os.MkdirAll(systemCache, 0o755); err != nil {
		return err
	}
	target, err := os.MkdirTemp(systemCache, filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	if err := l.give(target); err != nil {
		return err
	}
	return os.Symlink(target, path)
}

// give makes the databases' user the owner of a file or directory.
func (l layout) give(path string) error {
	if l.owner == nil {
		return nil
	}
	return os.Chown(path, int(l.owner.Uid), int(l.owner.Gid))
}

func (l layout) log(name string) string { return filepath.Join(l.logDir(), name+".log") }

func (l layout) logDir() string { return filepath.Join(l.dir, "logs") }
