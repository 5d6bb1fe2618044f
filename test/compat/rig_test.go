// Package compat_test takes connectors through their whole life on workers of
// several releases of Kafka Connect, each with the Debezium of its time: with
// the built provider and the real terraform or tofu. "make compat" runs it.
package compat_test

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
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// release is a worker with its versions.
type release struct {
	kafka    catalog.Version
	debezium catalog.Version
	url      string
}

func (r release) String() string { return fmt.Sprintf("%s with %s", r.kafka, r.debezium) }

// releases are those of the stack, the newest first. Without the old ones the
// test is skipped, with a word on how to have it run.
func releases(t *testing.T, stack *stackfile.Stack) []release {
	t.Helper()
	if len(stack.Old) == 0 {
		t.Skip("needs workers of older releases: run it by make compat")
	}
	url := stack.Connect[0].URL()
	client := clientOf(t, url)
	info, err := client.ServerInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := []release{{version(t, info.Version), version(t, newestDebezium), url}}
	for _, old := range stack.Old {
		all = append(all, release{version(t, old.Kafka), version(t, old.Debezium), old.URL()})
	}
	return all
}

// newestDebezium is the version that runs on the stack's own workers, which
// have several.
const newestDebezium = "3.6.1.Final"

func version(t *testing.T, text string) catalog.Version {
	t.Helper()
	v, err := catalog.ParseVersion(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func clientOf(t *testing.T, url string) *kafkaconnect.Client {
	t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// rig is one kind of connector on one worker, with a table of its own.
type rig struct {
	t       *testing.T
	stack   *stackfile.Stack
	release release
	kind    string // "postgres" or "mysql"
	client  *kafkaconnect.Client
	db      *acctest.Database
	w       *workspace.Workspace
	space   string // schema or database, and topic prefix
	name    string // of the first connector
	rows    int
}

func newRig(t *testing.T, stack *stackfile.Stack, provider string, r release, kind string) *rig {
	t.Helper()
	g := &rig{t: t, stack: stack, release: r, kind: kind, client: clientOf(t, r.url)}
	g.makeTable()
	g.forget(g.name)
	g.w = acctest.NewWorkspace(t, t.TempDir(), provider)
	g.write("")
	var out bytes.Buffer
	if err := g.w.Run(t.Context(), &out, "init", "-no-color"); err != nil {
		t.Fatalf("%s: %s", err, &out)
	}
	return g
}

// makeTable makes a table (id, note) in a schema or database of its own.
func (g *rig) makeTable() {
	g.t.Helper()
	g.space = fmt.Sprintf("compat_%08x", rand.Uint32())
	g.name = g.space
	if g.kind == "postgres" {
		g.db = acctest.Postgres(g.t, g.stack)
		g.db.Exec("CREATE SCHEMA "+g.space+" AUTHORIZATION debezium",
			"CREATE TABLE "+g.space+".a (id int PRIMARY KEY, note text)",
			"ALTER TABLE "+g.space+".a OWNER TO debezium")
		g.t.Cleanup(func() { g.db.Exec("DROP SCHEMA " + g.space + " CASCADE") })
		return
	}
	g.db = acctest.MySQL(g.t, g.stack.MySQL)
	g.db.Exec("CREATE DATABASE "+g.space, "CREATE TABLE "+g.space+".a (id int PRIMARY KEY, note text)")
	g.t.Cleanup(func() { g.db.Exec("DROP DATABASE " + g.space) })
}

// forget removes what a connector leaves in its database, as a test's cleanup.
func (g *rig) forget(name string) {
	g.t.Cleanup(func() {
		if err := g.client.Delete(context.Background(), name); err == nil {
			g.t.Errorf("connector %q was still there", name)
		}
		if g.kind == "postgres" {
			g.db.DropSlot(catalog.SlotName(name))
			g.db.Exec("DROP PUBLICATION IF EXISTS " + catalog.SlotName(name))
		}
	})
}

// write makes the configuration: requirement, provider and what is given.
func (g *rig) write(body string) {
	g.t.Helper()
	text := fmt.Sprintf(`terraform {
  required_providers { debezium = { source = "cdc/debezium" } }
}
provider "debezium" { url = %q }
variable "password" {
  default   = %q
  ephemeral = true
}
`, g.release.url, g.stack.Postgres.Password) + body
	if err := os.WriteFile(filepath.Join(g.w.Dir, "main.tf"), []byte(text), 0o644); err != nil {
		g.t.Fatal(err)
	}
}

// refusal is what terraform had against a configuration.
type refusal struct{ message string }

func (r refusal) Error() string { return r.message }

// terraform runs a command with -json and gives its errors as one.
func (g *rig) terraform(args ...string) error {
	out, err := g.w.Output(g.t.Context(), append(args, "-json")...)
	var messages []string
	for line := range bytes.Lines(out) {
		var message struct {
			Diagnostic *struct{ Severity, Summary, Detail string }
		}
		if json.Unmarshal(line, &message) != nil || message.Diagnostic == nil {
			continue
		}
		d := message.Diagnostic
		g.t.Logf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
		if d.Severity == "error" {
			messages = append(messages, d.Summary+": "+d.Detail)
		}
	}
	if len(messages) > 0 {
		return refusal{strings.Join(messages, "\n")}
	}
	return err
}

// apply applies a configuration, and wants an empty plan after it.
func (g *rig) apply(body string) error {
	g.t.Helper()
	g.write(body)
	if err := g.terraform("apply", "-auto-approve"); err != nil {
		return err
	}
	return g.unchanged()
}

func (g *rig) unchanged() error {
	if err := g.terraform("plan", "-detailed-exitcode"); err != nil {
		return fmt.Errorf("the plan after the apply: %w", err)
	}
	return nil
}

// output is the text of an output.
func (g *rig) output(name string) string {
	g.t.Helper()
	out, err := g.w.Output(g.t.Context(), "output", "-raw", name)
	if err != nil {
		g.t.Errorf("output %s: %s", name, err)
	}
	return string(out)
}

// insert writes a row whose note no other has.
func (g *rig) insert(what string) (note string) {
	g.t.Helper()
	g.rows++
	note = fmt.Sprintf("%s %d", what, g.rows)
	g.db.Exec(fmt.Sprintf("INSERT INTO %s.a VALUES (%d, '%s')", g.space, g.rows, note))
	return note
}

// arrives reads the topic of a prefix from its beginning until a note is there.
func (g *rig) arrives(prefix, note string) []string {
	g.t.Helper()
	return acctest.ReadUntil(g.t, g.stack, g.topic(prefix), note)
}

func (g *rig) topic(prefix string) string { return prefix + "." + g.space + ".a" }
