package terraform_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// newKillableRun is one whose processes can be found, to send them signals.
func newKillableRun(t *testing.T) *terraformRun {
	t.Helper()
	if _, err := os.Stat("/proc/self/cwd"); err != nil {
		t.Skip("finds processes by /proc")
	}
	return newTerraformRun(t, acctest.Orders.Without("database_password_wo", "database_password_wo_version"))
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
	r := newKillableRun(t)
	program, err := filepath.EvalSymlinks(acctest.TerraformPath(t))
	if err != nil {
		t.Fatal(err)
	}
	interrupt := func() { r.signal(filepath.Base(program), syscall.SIGINT) }

	r.Fault(connecttest.Fault{Kind: connecttest.Hang, Method: http.MethodPost, Path: "/connectors", Times: 1})
	r.BeforeRequest(http.MethodPost, "/connectors", interrupt)
	if code, out := r.terraform("apply", "-auto-approve"); code == 0 || !strings.Contains(out, "The run was interrupted") && !strings.Contains(out, "may have carried out") {
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
	r := newKillableRun(t)
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
