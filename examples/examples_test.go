package examples_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// TestEverythingHasAnExample keeps the folders, from which the documentation
// is made, in step with what the provider offers.
func TestEverythingHasAnExample(t *testing.T) {
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	offered, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for folder, names := range map[string][]string{
		"resources":           keys(offered.ResourceSchemas),
		"data-sources":        keys(offered.DataSourceSchemas),
		"functions":           keys(offered.Functions),
		"ephemeral-resources": keys(offered.EphemeralResourceSchemas),
		"list-resources":      keys(offered.ListResourceSchemas),
		"actions":             keys(offered.ActionSchemas),
	} {
		if got := subdirectories(t, folder); !slices.Equal(got, names) {
			t.Errorf("folders in examples/%s:\n%v\nthe provider has:\n%v", folder, got, names)
		}
	}
}

func keys[T any](items map[string]T) []string {
	names := []string{}
	for name := range items {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// subdirectories are the names of a folder's entries, none if it is missing.
func subdirectories(t *testing.T, folder string) []string {
	t.Helper()
	names := []string{}
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// requirement is what the examples of the documentation leave out, since the
// provider's own page shows it.
const requirement = `terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}
`

// TestExamplesArePlanned plans each example on a cluster that has what the
// examples speak of, and expects neither an error nor a warning.
func TestExamplesArePlanned(t *testing.T) {
	acctest.TerraformPath(t)
	provider := acctest.ProviderBinary(t)
	sink := &connecttest.Plugin{Class: "io.confluent.connect.s3.S3SinkConnector", Type: "sink", Version: "11.0.0"}
	for _, dir := range slices.Concat(
		[]string{"provider", "provider/access", "demo", "tenants", "source-to-sink", "outbox", "heartbeat", "paused", "health"},
		glob(t, "resources/*"), glob(t, "data-sources/*"), glob(t, "functions/*"), glob(t, "ephemeral-resources/*"),
	) {
		t.Run(dir, func(t *testing.T) {
			server := connecttest.New(t, connecttest.Plugins(append(connecttest.DefaultPlugins(), sink)...))
			if strings.HasPrefix(dir, "data-sources") {
				server.AddConnector("orders", postgresConnector, kafkaconnect.StateRunning)
			}
			t.Setenv("DEBEZIUM_CONNECT_URL", server.URL)
			work := copyOf(t, dir)
			text := read(t, work)
			if !strings.Contains(text, "required_providers") {
				write(t, filepath.Join(work, "requirement.tf"), requirement)
			}
			for _, variable := range required(text) {
				// A text, and a number where one is asked for.
				t.Setenv("TF_VAR_"+variable, "1")
			}
			t.Setenv("TF_VAR_connect_url", server.URL)
			t.Setenv("TF_VAR_mongodb_connection_string", "mongodb://writer:s3cret@mongo.internal/?replicaSet=rs0")
			plan(t, work, provider)
		})
	}
}

// TestActionExamplesArePlanned plans the examples of actions, which need no
// connector before they are invoked.
func TestActionExamplesArePlanned(t *testing.T) {
	acctest.NeedsTerraform(t, "1.14.0", "actions")
	provider := acctest.ProviderBinary(t)
	for _, dir := range glob(t, "actions/*") {
		t.Run(dir, func(t *testing.T) {
			t.Setenv("DEBEZIUM_CONNECT_URL", connecttest.New(t).URL)
			work := copyOf(t, dir)
			for _, variable := range required(read(t, work)) {
				t.Setenv("TF_VAR_"+variable, "1")
			}
			write(t, filepath.Join(work, "requirement.tf"), requirement)
			plan(t, work, provider)
		})
	}
}

var (
	variableBlock = regexp.MustCompile(`(?ms)^variable "(\w+)" \{(.*?)\}$`)

	postgresConnector = kafkaconnect.Config{
		"connector.class":   "io.debezium.connector.postgresql.PostgresConnector",
		"database.hostname": "postgres.internal",
		"database.user":     "debezium",
		"database.password": "s3cret",
		"database.dbname":   "shop",
		"topic.prefix":      "shop",
	}
)

// required are the variables without a default.
func required(text string) (names []string) {
	for _, variable := range variableBlock.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(variable[2], "default") {
			names = append(names, variable[1])
		}
	}
	return names
}

func plan(t *testing.T, dir, provider string) {
	t.Helper()
	w := acctest.NewWorkspace(t, dir, provider)
	if err := w.Run(t.Context(), t.Output(), "init", "-no-color"); err != nil {
		t.Fatal(err)
	}
	out, err := w.Output(t.Context(), "plan", "-json")
	for line := range bytes.Lines(out) {
		var message struct {
			Diagnostic *struct{ Severity, Summary, Detail string }
		}
		if json.Unmarshal(line, &message) == nil && message.Diagnostic != nil {
			d := message.Diagnostic
			// A database that an example asks is nowhere; within a check, that is a warning.
			if d.Severity == "warning" && d.Summary == "The database can't be checked" {
				continue
			}
			t.Errorf("%s: %s\n%s", d.Severity, d.Summary, d.Detail)
		}
	}
	if err != nil {
		t.Errorf("terraform plan: %s", err)
	}
}

// TestExamplesAreFormatted: as terraform fmt writes them.
func TestExamplesAreFormatted(t *testing.T) {
	out, err := exec.Command(acctest.TerraformPath(t), "fmt", "-check", "-recursive", "-diff", ".").CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if err != nil {
		t.Errorf("make fmt formats:\n%s", out)
	}
}

// TestImportCommandsNameTheirExample holds each import command to the resource
// and the name in the configuration beside it.
func TestImportCommandsNameTheirExample(t *testing.T) {
	for _, dir := range glob(t, "resources/*") {
		command, err := os.ReadFile(filepath.Join(dir, "import.sh"))
		if err != nil {
			t.Error(err)
			continue
		}
		line := strings.Fields(string(command[strings.Index(string(command), "\nterraform import ")+1:]))
		if len(line) != 4 {
			t.Errorf("%s: no line \"terraform import ADDRESS NAME\" in import.sh", dir)
			continue
		}
		typeName, label, _ := strings.Cut(line[2], ".")
		configuration := strings.Join(strings.Fields(read(t, dir)), " ")
		for _, part := range []string{`resource "` + typeName + `" "` + label + `" {`, `name = "` + line[3] + `"`} {
			if typeName != filepath.Base(dir) || !strings.Contains(configuration, part) {
				t.Errorf("%s: import.sh imports %s as %q, but the example has no %s", dir, line[2], line[3], part)
			}
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	work := t.TempDir()
	if err := os.CopyFS(work, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return work
}

// read is all HCL of a folder.
func read(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	for _, path := range glob(t, filepath.Join(dir, "*.tf")) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
