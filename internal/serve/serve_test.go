package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// asFramework in the environment makes this test's binary the provider, served
// as the framework would, by which the test knows what is logged at most.
const asFramework = "SERVE_AS_FRAMEWORK"

func TestMain(m *testing.M) {
	if os.Getenv(asFramework) == "" {
		acctest.Main(m, acctest.InMemoryAtATime)
	}
	if err := providerserver.Serve(context.Background(), provider.New("dev"), providerserver.ServeOpts{Address: address}); err != nil {
		panic(err)
	}
}

// TestLogs has Terraform plan a connector, and reads the standard error of the
// provider's processes: nothing where no logs are asked for, and otherwise all
// that a provider of this framework logs.
func TestLogs(t *testing.T) {
	for _, entry := range os.Environ() { // of whoever runs the test
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "TF_LOG") {
			t.Setenv(name, "")
		}
	}
	binary := acctest.ProviderBinary(t)
	if lines := logged(t, binary); len(lines) > 0 {
		t.Errorf("logged without being asked: %v", lines)
	}
	t.Setenv("TF_LOG", "TRACE")
	t.Setenv(provider.EnvShortcuts, "off") // what they answer, the framework doesn't log
	got := logged(t, binary)
	t.Setenv(asFramework, "1")
	want := logged(t, os.Args[0])
	if !maps.Equal(got, want) {
		t.Errorf("logged with TF_LOG=TRACE: %v\nwant as the framework's: %v", got, want)
	}
	for _, line := range []string{"plugin address", "sdk.proto: Received request", "debezium: Asked Kafka Connect"} {
		if !has(got, line) {
			t.Errorf("not logged with TF_LOG=TRACE: %s", line)
		}
	}
}

func has(lines map[string]int, text string) bool {
	for line := range lines {
		if strings.Contains(line, text) {
			return true
		}
	}
	return false
}

// logged counts the log lines of one plan's provider processes, by module and
// message.
func logged(t *testing.T, binary string) map[string]int {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "provider.log")
	server := connecttest.New(t)
	write(t, filepath.Join(dir, "provider.sh"), fmt.Sprintf("#!/bin/sh\nexec %q \"$@\" 2>>%q\n", binary, log))
	write(t, filepath.Join(dir, "main.tf"), fmt.Sprintf(configuration, server.URL))
	w := acctest.NewWorkspace(t, dir, filepath.Join(dir, "provider.sh"))
	for _, command := range []string{"init", "plan"} {
		if out, err := w.Output(t.Context(), command, "-no-color"); err != nil {
			t.Fatalf("terraform %s: %s\n%s", command, err, out)
		}
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{}
	for line := range bytes.Lines(text) {
		var entry struct {
			Module  string `json:"@module"`
			Message string `json:"@message"`
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			t.Errorf("no log line: %s", line)
		}
		lines[entry.Module+": "+entry.Message]++
	}
	return lines
}

const configuration = `
terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}

provider "debezium" {
  url = %q
}

resource "debezium_postgres_connector" "orders" {
  name               = "orders"
  database_hostname  = "db.internal"
  database_user      = "debezium"
  database_dbname    = "inventory"
  topic_prefix       = "shop"
  table_include_list = ["public.orders"]
}
`

func TestLogsWanted(t *testing.T) {
	for entry, want := range map[string]bool{
		"TF_LOG=TRACE": true, "TF_LOG=json": true, "TF_LOG_PROVIDER=DEBUG": true, "TF_LOG_SDK=WARN": true,
		"TF_LOG_SDK_PROTO=TRACE": true, "TF_LOG_PROVIDER_DEBEZIUM=INFO": true,
		"TF_LOG=": false, "TF_LOG=OFF": false, "TF_LOG=off": false, "TF_LOG_CORE=TRACE": false, "TF_LOG_PATH=x": false,
	} {
		if got := logsWanted([]string{"HOME=/", entry}); got != want {
			t.Errorf("%s: logs are wanted: %t", entry, got)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}
