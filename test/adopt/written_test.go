package adopt_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// TestTerraformBringsInEveryKind goes the documented way with the terraform
// binary: import blocks from the data source, a generated configuration, the
// lines that say nothing taken out, an apply, and an empty plan. Nothing is
// written, and no file has a secret.
func TestTerraformBringsInEveryKind(t *testing.T) {
	worker := connecttest.New(t)
	const many = 100
	for i := range many {
		kind := catalog.Kinds()[i%len(catalog.Kinds())]
		worker.AddConnector(fmt.Sprintf("%s %d", kind.Name, i), byHand(kind, i), states[i%len(states)])
		if i%7 == 0 {
			worker.FailConnector(fmt.Sprintf("%s %d", kind.Name, i), "java.lang.IllegalStateException: broken")
		}
	}
	worker.ResetRequests()
	w := bringIn(t, worker.URL, ".")
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("written: %v", writes)
	}
	wantNoSecret(t, w.Dir, secret)
}

// byHand is a configuration that somebody wrote by hand, with what goes wrong
// by the way.
func byHand(kind *catalog.Kind, i int) kafkaconnect.Config {
	config := minimal(kind)
	for property := range config {
		if kind.IsSecret(property) {
			config[property] = []string{secret, "${file:/secrets/db.properties:password}"}[i%2]
		}
	}
	maps.Copy(config, map[string]string{
		"transforms": "unwrap", "transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState", "snaphot.mode": "initial",
		"owner": "two\nlines", "note": `${env:X} "quoted" %{if} é`, "heartbeat.action.query": `{ "a": 1 }`, "key.converter": "",
		"database.history.kafka.topic": "old", "table.include.list": "b.c, a.b , a.b", "tombstones.on.delete": "True", "max.batch.size": " 512",
	})
	if kind.Sink {
		delete(config, "heartbeat.action.query")
	}
	return config
}

// bringIn takes the connectors of a worker whose names match under Terraform, as
// the guide says.
func bringIn(t *testing.T, url, names string) *workspace.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, t.TempDir(), acctest.ProviderBinary(t))
	configure(t, w, url)
	write(t, w, "list.tf", "data \"debezium_connectors\" \"all\" {\n  name_regex = \""+names+"\"\n}\n\noutput \"import_blocks\" {\n  value = data.debezium_connectors.all.import_blocks\n}\n")
	run(t, w, "init")
	run(t, w, "apply", "-auto-approve")
	blocks, err := w.Output(t.Context(), "output", "-raw", "import_blocks")
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, "imports.tf", string(blocks))
	run(t, w, "plan", "-generate-config-out=generated.txt")
	// What the guide says, as it says it.
	shorten := exec.CommandContext(t.Context(), "sh", "-c", `grep -vE '= null( # sensitive)?$' generated.txt > connectors.tf && rm generated.txt list.tf`)
	shorten.Dir = w.Dir
	if out, err := shorten.CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	many := strings.Count(string(blocks), "import {")
	output := run(t, w, "plan")
	if want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", many); !strings.Contains(output, want) {
		t.Errorf("want %q:\n%s", want, output)
	}
	run(t, w, "apply", "-auto-approve")
	return w
}

func configure(t *testing.T, w *workspace.Workspace, url string) {
	t.Helper()
	write(t, w, "main.tf", `terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}
`+acctest.Block{"url": url}.ProviderHCL())
}

func run(t *testing.T, w *workspace.Workspace, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := w.Run(t.Context(), &out, append(args, "-no-color")...); err != nil {
		t.Fatalf("terraform %s: %s\n%s", strings.Join(args, " "), err, &out)
	}
	return out.String()
}

func write(t *testing.T, w *workspace.Workspace, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.Dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantNoSecret reads all files of a directory, state files included.
func wantNoSecret(t *testing.T, dir string, secrets ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets {
			if strings.Contains(string(text), s) || strings.Contains(acctest.Base64Content(string(text)), s) {
				t.Errorf("%s has a secret", entry.Name())
			}
		}
	}
}
