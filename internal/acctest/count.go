package acctest

import (
	"fmt"
	"os"
	"testing"
)

// CountEnv names a file to which each test adds a line with what it ran
// against, which `make test` counts.
const CountEnv = "DEBEZIUM_TEST_COUNT"

// What a test runs against. If there are several, including those of its parent
// tests, the greatest counts.
const (
	inProcess     = "1 in process"
	withTerraform = "2 with Terraform"
	onStack       = "3 on the real stack"
)

func ran(t testing.TB, against string) {
	t.Helper()
	path := os.Getenv(CountEnv)
	if path == "" {
		return
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s\t%s\t%s\n", dir, t.Name(), against); err != nil {
		t.Fatal(err)
	}
}
