package stack_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// TestRealWorkerDies: one of two workers is killed in the middle of an apply
// of 20 connectors. In the end 20 run, each once, and the next plan is empty. It has a stack of its own, since others use the shared one.
func TestRealWorkerDies(t *testing.T) {
	shared := acctest.Stack(t)
	t.Parallel()
	stack := ownStack(t, filepath.Join(shared.Dir, "second"))
	db := acctest.Postgres(t, stack)
	db.Exec(realDatabases["postgres"].create("twenty", "a")...)
	config := fmt.Sprintf(`
provider "debezium" {
  url           = %q
  failover_urls = [%q]
}
resource "debezium_postgres_connector" "c" {
  count              = 20
  name               = "c${count.index}"
  database_hostname  = %q
  database_port      = %d
  database_user      = %q
  database_password  = %q
  database_dbname    = %q
  topic_prefix       = "twenty${count.index}"
  table_include_list = ["twenty.a"]
  publication_autocreate_mode = "disabled"
  publication_name            = "twenty"
}`, stack.Connect[0].URL(), stack.Connect[1].URL(), stack.Postgres.Host, stack.Postgres.Port, stack.Postgres.User,
		stack.Postgres.Password, stack.Postgres.Name)
	db.Exec("CREATE PUBLICATION twenty FOR TABLE twenty.a")
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[1].URL()})
	if err != nil {
		t.Fatal(err)
	}
	go killWhenSome(t.Context(), client, stack.Connect[0].PID)
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Real(),
		Steps: []resource.TestStep{
			// The client goes over to the other worker, so that the apply that
			// loses one may end well itself.
			{Config: config, Check: func(state *terraform.State) error {
				if stack.Connect[0].Running() {
					return errors.New("the worker wasn't killed: the test proved nothing")
				}
				return allRun(t, client)(state)
			}},
			{Config: config, ConfigPlanChecks: acctest.NoChanges(), Check: allRun(t, client)},
		},
	})
}

// killWhenSome kills a worker once a few of the connectors are there.
func killWhenSome(ctx context.Context, client *kafkaconnect.Client, pid int) {
	for ctx.Err() == nil {
		if there, err := client.Connectors(ctx); err == nil && len(there) >= 5 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			return
		}
	}
}

func allRun(t *testing.T, client *kafkaconnect.Client) resource.TestCheckFunc {
	return func(*terraform.State) error {
		there, err := client.Connectors(t.Context())
		if err != nil || len(there) != 20 {
			return fmt.Errorf("%d connectors (%w)", len(there), err)
		}
		for name, c := range there {
			if c.Status.Summary() != kafkaconnect.StateRunning {
				return fmt.Errorf("%s is %s", name, c.Status.Summary())
			}
		}
		return nil
	}
}

// ownStack starts another stack and stops it when the test ends.
func ownStack(t *testing.T, dir string) *stackfile.Stack {
	t.Helper()
	run := func(command string) {
		c := exec.Command(acctest.StackProgram(t), command, "-dir", dir) //nolint:gosec // our own tool
		var out strings.Builder
		c.Stdout, c.Stderr = &out, &out
		if err := c.Run(); err != nil {
			t.Errorf("stack %s: %s\n%s", command, err, out.String())
		}
	}
	t.Cleanup(func() {
		run("down")
		_ = os.RemoveAll(dir)
	})
	run("up")
	stack, err := stackfile.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return stack
}
