package acctest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// TerraformPath returns the terraform or tofu that tests run. Without one, it
// skips the test.
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

var terraformVersion = regexp.MustCompile(`(?m)^Terraform v(\S+)`)

// NeedsTerraform skips the test if the binary is older than a version of
// Terraform, or is OpenTofu, which has its own versions.
func NeedsTerraform(t testing.TB, oldest, feature string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), TerraformPath(t), "version").Output() //nolint:gosec // the user names the binary
	if err != nil {
		t.Fatal(err)
	}
	match := terraformVersion.FindSubmatch(out)
	if match == nil {
		t.Skipf("needs Terraform %s or later, for %s, and this is another program: %s", oldest, feature, out)
	}
	v, err := version.NewVersion(string(match[1]))
	if err != nil {
		t.Fatal(err)
	}
	if v.Core().LessThan(version.Must(version.NewVersion(oldest))) {
		t.Skipf("needs Terraform %s or later, for %s, and this is %s", oldest, feature, v)
	}
}

// ProviderBinary returns the provider as released to users. The package's
// TestMain must call Main, which removes it.
func ProviderBinary(t testing.TB) string { return program(t, "terraform-provider-debezium", "") }

// StackProgram returns tools/stack, likewise.
func StackProgram(t testing.TB) string { return program(t, "stack", "/tools/stack") }

// programs are what this process has built, by name: linking takes seconds, so
// no test does it for itself.
var programs struct {
	sync.Mutex
	dir  string
	path map[string]string
}

// program builds a program of this module, once.
func program(t testing.TB, name, dir string) string {
	t.Helper()
	programs.Lock()
	defer programs.Unlock()
	if path, built := programs.path[name]; built {
		return path
	}
	if programs.dir == "" {
		dir, err := os.MkdirTemp("", "debezium-test-") //nolint:usetesting // outlives the test
		if err != nil {
			t.Fatal(err)
		}
		programs.dir, programs.path = dir, map[string]string{}
	}
	path := filepath.Join(programs.dir, name)
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w", "-o", path, "github.com/cdc/terraform-provider-debezium"+dir) //nolint:gosec // our own program
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %s\n%s", name, err, out)
	}
	programs.path[name] = path
	return path
}

// removePrograms removes what tests have built.
func removePrograms() {
	programs.Lock()
	defer programs.Unlock()
	if programs.dir != "" {
		_ = os.RemoveAll(programs.dir)
	}
}

// NewWorkspace returns a directory where the terraform binary runs with the
// provider as a separate process.
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
