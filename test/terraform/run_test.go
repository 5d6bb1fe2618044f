package terraform_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// terraformRun is a directory in which Terraform runs with the provider as a
// process of its own, against the worker of an environment.
type terraformRun struct {
	*acctest.Env
	t     *testing.T
	space *workspace.Workspace
}

// newTerraformRun writes a debezium_postgres_connector "orders" and initializes.
func newTerraformRun(t *testing.T, orders acctest.Block) *terraformRun {
	t.Helper()
	env := acctest.NewEnv(t)
	r := &terraformRun{env, t, acctest.NewWorkspace(t, t.TempDir(), acctest.ProviderBinary(t))}
	r.write("main.tf", requirement+acctest.Block{"url": env.Hooks.URL}.ProviderHCL()+orders.HCL("debezium_postgres_connector", "orders"))
	if code, out := r.terraform("init"); code != 0 {
		t.Fatal(out)
	}
	return r
}

const requirement = `terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}

`

func (r *terraformRun) write(name, text string) {
	r.t.Helper()
	r.Must(os.WriteFile(filepath.Join(r.space.Dir, name), []byte(text), 0o600))
}

// terraform runs a command of Terraform's and returns its exit code, and what
// it printed without the lines that frame it.
func (r *terraformRun) terraform(args ...string) (int, string) {
	r.t.Helper()
	var output bytes.Buffer
	err := r.space.Run(r.Ctx, &output, append(args, "-no-color")...)
	text := strings.ReplaceAll(output.String(), "│ ", "")
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, text
	case errors.As(err, &exit):
		return exit.ExitCode(), text
	}
	r.t.Fatal(err)
	return 0, ""
}
