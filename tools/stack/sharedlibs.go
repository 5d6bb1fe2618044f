//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// debianPackages maps shared libraries that the database servers need from the
// machine to their packages; newer releases rename some.
var debianPackages = map[string][]string{
	"libaio.so.1":     {"libaio1", "libaio1t64"},
	"libnuma.so.1":    {"libnuma1"},
	"libtinfo.so.5":   {"libtinfo5"},
	"libncurses.so.5": {"libncurses5"},
	"libcrypt.so.1":   {"libcrypt1"},
}

// addLibraries extracts the shared libraries that a program lacks from Debian's
// packages into libDir, without installing the packages: the machine stays
// unchanged, and root isn't needed.
func addLibraries(ctx context.Context, program, libDir string) error {
	if err := os.MkdirAll(libDir, 0o755); err != nil {
		return err
	}
	missing, err := missingLibraries(ctx, program, libDir)
	if err != nil {
		return err
	}
	for _, library := range missing {
		packages := debianPackages[library]
		if len(packages) == 0 {
			return fmt.Errorf("%s needs the shared library %s: install it", program, library)
		}
		if err := extractLibrary(ctx, library, packages, libDir); err != nil {
			return fmt.Errorf("%s needs the shared library %s: install it (Debian and Ubuntu: apt-get install %s): %w",
				filepath.Base(program), library, strings.Join(packages, " or "), err)
		}
	}
	return nil
}

// missingLibraries lists what the dynamic linker can't find.
func missingLibraries(ctx context.Context, program, libDir string) ([]string, error) {
	ldd := exec.CommandContext(ctx, "ldd", program)
	ldd.Env = append(os.Environ(), "LD_LIBRARY_PATH="+libDir, "LC_ALL=C")
	out, err := ldd.Output()
	if err != nil {
		return nil, fmt.Errorf("ldd %s: %w", program, err)
	}
	return parseLdd(string(out)), nil
}

// parseLdd extracts NAME from the lines "NAME => not found".
func parseLdd(out string) []string {
	var missing []string
	for line := range strings.Lines(out) {
		if name, found := strings.CutSuffix(strings.TrimSpace(line), " => not found"); found {
			missing = append(missing, name)
		}
	}
	return missing
}

// downloadPackage downloads the first of the packages that there is.
func downloadPackage(ctx context.Context, packages []string, dir string) (err error) {
	for _, name := range packages {
		download := exec.CommandContext(ctx, "apt-get", "download", name)
		download.Dir = dir
		if err = run(download); err == nil {
			break
		}
	}
	return err
}

func extractLibrary(ctx context.Context, library string, packages []string, libDir string) error {
	work, err := os.MkdirTemp("", "stack-library-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	err = downloadPackage(ctx, packages, work)
	if err != nil && os.Geteuid() == 0 {
		// A new machine has no package lists, or old ones.
		fmt.Println("getting the lists of Debian's packages")
		if err = run(exec.CommandContext(ctx, "apt-get", "-q", "update")); err == nil {
			err = downloadPackage(ctx, packages, work)
		}
	}
	if err != nil {
		return err
	}
	archives, err := filepath.Glob(filepath.Join(work, "*.deb"))
	if err != nil {
		return err
	}
	if len(archives) != 1 {
		return fmt.Errorf("%d packages were downloaded instead of one", len(archives))
	}
	if err := run(exec.CommandContext(ctx, "dpkg-deb", "-x", archives[0], work)); err != nil {
		return err
	}
	// Some releases add a suffix to the library name: libaio.so.1t64.
	var files []string
	for _, dir := range []string{"lib/*", "usr/lib/*"} {
		found, err := filepath.Glob(filepath.Join(work, dir, library+"*"))
		if err != nil {
			return err
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return fmt.Errorf("not in the package %s", filepath.Base(archives[0]))
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(libDir, library), content, 0o755)
}
