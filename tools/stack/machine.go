//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
)

// oldestJava is the minimum for Kafka 4's broker and Connect.
const oldestJava = 17

// requiredPrograms are the programs needed, and how to get each.
var requiredPrograms = []struct{ name, remedy string }{
	{"java", "install Java 17 or later (Debian and Ubuntu: apt-get install openjdk-17-jre-headless)"},
	{"mvn", "install Maven, which downloads everything (Debian and Ubuntu: apt-get install maven)"},
	{"tar", "install tar"},
	{"xz", "install xz (Debian and Ubuntu: apt-get install xz-utils)"},
}

// checkMachine lists everything that the machine lacks, one per line.
func checkMachine(ctx context.Context) error {
	var missing []error
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		missing = append(missing, fmt.Errorf("this machine is %s/%s, and the database servers exist for linux/amd64 only: use Docker with examples/compose/compose.yaml instead",
			runtime.GOOS, runtime.GOARCH))
	}
	for _, p := range requiredPrograms {
		if _, err := exec.LookPath(p.name); err != nil {
			missing = append(missing, fmt.Errorf("%s is missing: %s", p.name, p.remedy))
		}
	}
	if _, err := exec.LookPath("java"); err == nil {
		missing = append(missing, checkJava(ctx))
	}
	return errors.Join(missing...)
}

func checkJava(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "java", "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("java -version: %w", err)
	}
	if version := javaVersion(string(out)); version < oldestJava {
		return fmt.Errorf("java is of version %d: %s", version, requiredPrograms[0].remedy)
	}
	return nil
}

var javaVersionPattern = regexp.MustCompile(`version "(\d+)`)

// javaVersion parses the feature release from the output of java -version. It
// is 1 up to Java 8, and 0 if there is none.
func javaVersion(out string) int {
	match := javaVersionPattern.FindStringSubmatch(out)
	if match == nil {
		return 0
	}
	version, err := strconv.Atoi(match[1])
	if err != nil {
		return 0
	}
	return version
}
