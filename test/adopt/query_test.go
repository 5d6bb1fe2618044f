package adopt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestTerraformQuery goes from "terraform query" to an empty plan, where the
// binary has that command: what it generates imports by identity.
func TestTerraformQuery(t *testing.T) {
	acctest.NeedsTerraform(t, "1.14.0", "the command query")
	w := acctest.NewWorkspace(t, t.TempDir(), acctest.ProviderBinary(t))
	worker := connecttest.New(t)
	var queries strings.Builder
	for i, kind := range catalog.Kinds() {
		for j := range 3 {
			worker.AddConnector(fmt.Sprintf("%s %d", kind.Name, j), byHand(kind, i+j), states[j])
		}
		fmt.Fprintf(&queries, "list %q \"of_%s\" {\n  provider = debezium\n  config {\n    name_regex = \"[01]$\"\n  }\n}\n", acctest.ResourceOf(kind), kind.Name)
	}
	worker.ResetRequests()
	configure(t, w, worker.URL)
	write(t, w, "all.tfquery.hcl", queries.String())
	run(t, w, "init")
	run(t, w, "query", "-generate-config-out=generated.tf")
	output := run(t, w, "plan")
	if want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", 2*len(catalog.Kinds())); !strings.Contains(output, want) {
		generated, _ := os.ReadFile(filepath.Join(w.Dir, "generated.tf"))
		t.Errorf("want %q:\n%s\n%s", want, output, generated)
	}
	run(t, w, "apply", "-auto-approve")
	if output := run(t, w, "plan"); !strings.Contains(output, "No changes.") {
		t.Error(output)
	}
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("written: %v", writes)
	}
	wantNoSecret(t, w.Dir, secret)
}
