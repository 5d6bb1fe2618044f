//go:build unix

package database_test

import (
	"os"
	"syscall"
	"testing"
)

// giveAsDirectory makes the owner of a directory that of a file in it.
func giveAsDirectory(t *testing.T, dir, file string) {
	t.Helper()
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		if err := os.Chown(file, int(owner.Uid), int(owner.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}
