package acctest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// TerraformPath is the terraform, or tofu, that tests run. Without one the
// test is skipped.
func TerraformPath(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("needs terraform or tofu in PATH, or in TF_ACC_TERRAFORM_PATH")
	return ""
}

// NeedsActions skips the test where the binary knows no actions: they came with
// Terraform 1.14, and OpenTofu has none.
func NeedsActions(t testing.TB) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), TerraformPath(t), "version", "-json").Output() //nolint:gosec // the user names the binary
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	v, err := version.NewVersion(answer.Version)
	if err != nil {
		t.Fatal(err)
	}
	tofu := strings.Contains(filepath.Base(TerraformPath(t)), "tofu")
	if tofu || v.Core().LessThan(version.Must(version.NewVersion("1.14.0"))) {
		t.Skipf("needs a Terraform with actions, 1.14 or later, and this is %s", answer.Version)
	}
}

// ProviderBinary builds the provider as users have it.
func ProviderBinary(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "terraform-provider-debezium")
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w", "-o", path, "github.com/cdc/terraform-provider-debezium") //nolint:gosec // our own program
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the provider: %s\n%s", err, out)
	}
	return path
}

// NewWorkspace is a directory in which the terraform binary runs with the
// provider as a process of its own.
func NewWorkspace(t testing.TB, dir, provider string) *workspace.Workspace {
	t.Helper()
	terraform := TerraformPath(t)
	ran(t, withTerraform)
	w, err := workspace.New(dir, terraform, provider)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
