package examples_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestReadmeExampleWorksAsPasted applies the example of the README to the real
// stack, as those do who paste it, but for the connector's name: theirs may be
// there at the same time.
func TestReadmeExampleWorksAsPasted(t *testing.T) {
	stack := acctest.Stack(t)
	name := fmt.Sprintf("readme_%08x", rand.Uint32())
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.tf"), strings.ReplaceAll(readmeExample(t), `"customers"`, `"`+name+`"`))
	w := acctest.NewWorkspace(t, dir, acctest.ProviderBinary(t))
	run := func(args ...string) {
		t.Helper()
		if err := w.Run(t.Context(), t.Output(), append(args, "-no-color")...); err != nil {
			t.Errorf("terraform %s: %s", args[0], err)
		}
	}
	run("init")
	run("apply", "-auto-approve")
	if status, err := w.Output(t.Context(), "output", "-raw", "status"); err != nil || string(status) != "RUNNING" {
		t.Errorf("status %q (%v), want RUNNING", status, err)
	}
	run("plan", "-detailed-exitcode")
	run("destroy", "-auto-approve")
	postgres := acctest.Postgres(t, stack)
	postgres.DropSlot(name)
	postgres.Exec("DROP PUBLICATION IF EXISTS " + name)
}

// TestComposeHasTheTables that the README's example and others capture: its
// PostgreSQL is for those who have no stack.
func TestComposeHasTheTables(t *testing.T) {
	tables := readFile(t, "compose/postgres.sql")
	for name, text := range map[string]string{"README.md": readmeExample(t), "demo": readFile(t, "demo/main.tf"), "tenants": readFile(t, "tenants/main.tf")} {
		captured := regexp.MustCompile(`"(public\.\w+)"`).FindAllStringSubmatch(text, -1)
		if len(captured) == 0 {
			t.Errorf("%s captures no table of PostgreSQL", name)
		}
		for _, table := range captured {
			if !strings.Contains(tables, "CREATE TABLE "+table[1]+" (") {
				t.Errorf("compose/postgres.sql has no table %s, which %s captures", table[1], name)
			}
		}
	}
}

var hclBlock = regexp.MustCompile("(?s)```terraform\n(.*?)```")

// readmeExample is the one block of HCL in the README.
func readmeExample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := hclBlock.FindAllSubmatch(text, -1)
	if len(blocks) != 1 {
		t.Fatalf("the README has %d blocks of HCL, want 1", len(blocks))
	}
	return string(blocks[0][1])
}

// TestReadmeNamesTheTestedVersions: those of the table that a test writes.
func TestReadmeNamesTheTestedVersions(t *testing.T) {
	tested := regexp.MustCompile(`(\d+\.\d+\.\d+)<br>(\d+\.\d+\.\d+)`)
	found := tested.FindAllStringSubmatch(readFile(t, "../docs/guides/versions.md"), -1)
	if len(found) == 0 {
		t.Fatal("the guide on versions names none")
	}
	readme := readFile(t, "../README.md")
	for _, m := range found {
		if pair := m[1] + " with " + m[2]; !strings.Contains(readme, pair) {
			t.Errorf("the README doesn't name Kafka Connect %s, which is tested", pair)
		}
	}
}
