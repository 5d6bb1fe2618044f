package examples_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// applied is an example that is applied to the real stack, with a PostgreSQL
// schema of its own. The variables that all have come from the environment.
type applied struct {
	t        *testing.T
	stack    *stackfile.Stack
	postgres *acctest.Database
	w        *workspace.Workspace
	name     string // of the schema, and what the variable name or client is
}

func newApplied(t *testing.T, dir, nameVariable string, variables map[string]string) *applied {
	t.Helper()
	a := &applied{t: t, stack: acctest.Stack(t), name: fmt.Sprintf("example_%08x", rand.Uint32())}
	t.Parallel()
	a.postgres = acctest.Postgres(t, a.stack)
	a.postgres.Exec("CREATE SCHEMA " + a.name + " AUTHORIZATION debezium")
	t.Cleanup(func() { a.postgres.Exec("DROP SCHEMA " + a.name + " CASCADE") })
	if _, err := os.Stat(filepath.Join(dir, "database.sql")); err == nil {
		a.run(readFile(t, filepath.Join(dir, "database.sql")))
	}
	work := copyOf(t, dir)
	var values strings.Builder
	fmt.Fprintf(&values, "%s = %q\n", nameVariable, a.name)
	for variable, value := range variables {
		fmt.Fprintf(&values, "%s = %q\n", variable, strings.ReplaceAll(value, "NAME", a.name))
	}
	write(t, filepath.Join(work, "test.auto.tfvars"), values.String())
	a.w = acctest.NewWorkspace(t, work, acctest.ProviderBinary(t))
	a.must("init")
	return a
}

// run runs SQL as the connector's user in the example's schema.
func (a *applied) run(sql string) {
	a.t.Helper()
	a.postgres.Exec("SET ROLE debezium; SET search_path TO " + a.name + ";" + sql + "; RESET ROLE; RESET search_path")
}

func (a *applied) customers() {
	a.t.Helper()
	a.run("CREATE TABLE customers (id INT PRIMARY KEY, note TEXT)")
}

func (a *applied) must(args ...string) {
	a.t.Helper()
	var out bytes.Buffer
	if err := a.w.Run(a.t.Context(), &out, append(args, "-no-color")...); err != nil {
		a.t.Fatalf("terraform %s: %s\n%s", strings.Join(args, " "), err, &out)
	}
}

// apply applies the example. The plan before says nothing but what it does, and
// the one after has nothing to do.
func (a *applied) apply(args ...string) {
	a.t.Helper()
	if messages, err := a.plan(args...); len(messages) > 0 || err != nil {
		a.t.Fatalf("terraform plan: %v\n%s", err, strings.Join(messages, "\n"))
	}
	a.must(append([]string{"apply", "-auto-approve"}, args...)...)
	messages, err := a.plan(append(args, "-detailed-exitcode")...)
	if len(messages) > 0 || err != nil {
		a.t.Fatalf("terraform plan after the apply: %v\n%s", err, strings.Join(messages, "\n"))
	}
}

// destroys removes all when the test ends, and what connectors leave behind.
func (a *applied) destroys(slots ...string) {
	a.t.Cleanup(func() {
		var out bytes.Buffer
		// The test's own context has ended.
		if err := a.w.Run(context.Background(), &out, "destroy", "-auto-approve", "-no-color"); err != nil {
			a.t.Errorf("terraform destroy: %s\n%s", err, &out)
		}
		for _, slot := range slots {
			a.postgres.DropSlot(slot)
			a.postgres.Exec("DROP PUBLICATION IF EXISTS " + slot)
		}
	})
}

// plan gives the diagnostics of a plan.
func (a *applied) plan(args ...string) (messages []string, err error) {
	a.t.Helper()
	out, err := a.w.Output(a.t.Context(), append([]string{"plan", "-json"}, args...)...)
	for line := range bytes.Lines(out) {
		var message struct {
			Diagnostic *struct{ Severity, Summary, Detail string }
		}
		if json.Unmarshal(line, &message) == nil && message.Diagnostic != nil {
			d := message.Diagnostic
			messages = append(messages, fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail))
		}
	}
	return messages, err
}

func (a *applied) output(name string) string {
	a.t.Helper()
	out, err := a.w.Output(a.t.Context(), "output", "-json", name)
	if err != nil {
		a.t.Errorf("terraform output %s: %s", name, err)
	}
	return string(bytes.TrimSpace(out))
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
