package terraform_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// terraformRun is a directory in which Terraform runs with the provider as a
// process of its own, against the worker of an environment.
type terraformRun struct {
	*acctest.Env
	t     *testing.T
	space *workspace.Workspace
}

func newTerraformRun(t *testing.T) *terraformRun {
	t.Helper()
	if _, err := os.Stat("/proc/self/cwd"); err != nil {
		t.Skip("finds processes by /proc")
	}
	env := acctest.NewEnv(t)
	r := &terraformRun{env, t, acctest.NewWorkspace(t, t.TempDir(), acctest.ProviderBinary(t))}
	orders := acctest.Orders.Without("database_password_wo", "database_password_wo_version")
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

// processes are those that run in the workspace, Terraform and its provider,
// by the base name of their programs.
func (r *terraformRun) processes() map[string]int {
	r.t.Helper()
	found := map[string]int{}
	links, err := filepath.Glob("/proc/[0-9]*/cwd")
	r.Must(err)
	dir, err := filepath.EvalSymlinks(r.space.Dir)
	r.Must(err)
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != dir {
			continue
		}
		program, _ := os.Readlink(filepath.Join(filepath.Dir(link), "exe"))
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		found[filepath.Base(program)] = pid
	}
	return found
}

// signal sends a signal to a program of the workspace, from within a request:
// the provider is in the middle of it.
func (r *terraformRun) signal(program string, signal syscall.Signal) {
	pid := r.processes()[program]
	if pid == 0 {
		r.t.Errorf("no %s runs in %s: %v", program, r.space.Dir, r.processes())
		return
	}
	if err := syscall.Kill(pid, signal); err != nil {
		r.t.Error(err)
	}
}

// TestCtrlC: Terraform is interrupted while the worker hangs on the creation.
func TestCtrlC(t *testing.T) {
	t.Parallel()
	r := newTerraformRun(t)
	interrupt := func() { r.signal("terraform", syscall.SIGINT) }

	r.Fault(connecttest.Fault{Kind: connecttest.Hang, Method: http.MethodPost, Path: "/connectors", Times: 1})
	r.BeforeRequest(http.MethodPost, "/connectors", interrupt)
	if code, out := r.terraform("apply", "-auto-approve"); code == 0 || !strings.Contains(out, "It was interrupted") && !strings.Contains(out, "may have carried out") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	if _, there := r.Config("orders"); there {
		t.Error("the worker that hung has created it")
	}

	r.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: http.MethodPost, Path: "/connectors", Times: 1})
	r.AfterRequest(http.MethodPost, "/connectors", interrupt)
	_, out := r.terraform("apply", "-auto-approve")
	if code, plan := r.terraform("plan", "-detailed-exitcode"); code != 0 {
		t.Errorf("the plan after the interruption isn't empty:\n%s\nafter:\n%s", plan, out)
	}
	r.WantWrites("POST /connectors", "POST /connectors")
	if r.TaskStarts() != 1 {
		t.Errorf("its tasks were started %d times", r.TaskStarts())
	}
}

// importBlock is what the error for an existing connector shows.
var importBlock = regexp.MustCompile(`import \{\s+to = (\S+)\.NAME\s+id = "([^"]+)"\s+\}`)

// TestKilledProvider: the provider is killed after the worker has acted. The
// next apply says how to import what is there, in a block that can be pasted,
// and nothing of the connector changes by it.
func TestKilledProvider(t *testing.T) {
	t.Parallel()
	r := newTerraformRun(t)
	r.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: http.MethodPost, Path: "/connectors", Times: 1})
	r.AfterRequest(http.MethodPost, "/connectors", func() { r.signal("terraform-provider-debezium", syscall.SIGKILL) })
	if code, out := r.terraform("apply", "-auto-approve"); code == 0 {
		t.Errorf("the apply saw nothing of it:\n%s", out)
	}
	if r.State("orders") != kafkaconnect.StateRunning {
		t.Fatalf("the connector is %q", r.State("orders"))
	}
	r.ResetCounts()
	code, out := r.terraform("apply", "-auto-approve")
	block := importBlock.FindString(out)
	if code == 0 || block == "" {
		t.Fatalf("exit code %d, no import block in:\n%s", code, out)
	}
	r.write("import.tf", strings.Replace(block, "NAME", "orders", 1))
	code, out = r.terraform("apply", "-auto-approve")
	if code != 0 || !strings.Contains(out, "1 imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	if code, out := r.terraform("plan", "-detailed-exitcode"); code != 0 {
		t.Errorf("the plan after the import isn't empty:\n%s", out)
	}
	r.WantWrites()
	if r.TaskStarts() != 0 {
		t.Errorf("its tasks were started %d times", r.TaskStarts())
	}
}
