// Command demo shows the provider's main job on a running stack: it creates a
// MySQL and a PostgreSQL connector with Terraform, writes a row to each
// database, reads it from Kafka, and removes everything again. "make demo"
// starts the stack and runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// cleanUpLimit limits the cleanup after a failure or an interrupt.
const cleanUpLimit = 3 * time.Minute

func main() {
	terraform := flag.String("terraform", "terraform", "the terraform or tofu to run")
	provider := flag.String("provider", "bin/terraform-provider-debezium", "the provider's binary")
	configuration := flag.String("configuration", "examples/demo", "the configuration to apply")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *terraform, *provider, *configuration); err != nil {
		fmt.Printf("\nThe demo failed: %s\n", err)
		os.Exit(1)
	}
	fmt.Println("\nThe demo succeeded.")
}

// demo is one run.
type demo struct {
	*workspace.Workspace
	stack   *stackfile.Stack
	name    string // a prefix, unique to this run, for the names of all that it creates
	changes []change
	steps   int
}

func run(ctx context.Context, terraform, provider, configuration string) (err error) {
	stack, err := stackfile.Load(os.Getenv("DEBEZIUM_STACK"))
	if err != nil {
		return fmt.Errorf("the demo needs a running stack, so start it by \"make demo\": %w", err)
	}
	dir, err := os.MkdirTemp("", "debezium-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d := &demo{stack: stack, name: fmt.Sprintf("demo_%08x", rand.Uint32())}
	d.changes = d.newChanges()
	if err := os.Setenv("TF_VAR_run", d.name); err != nil {
		return err
	}
	d.step("Install the provider for this run alone, in %s", dir)
	if d.Workspace, err = workspace.New(dir, terraform, provider); err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS(configuration)); err != nil {
		return err
	}
	if err := d.terraform(ctx, "init"); err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUpLimit)
		defer cancel()
		err = errors.Join(err, d.cleanUp(ctx))
	}()
	return d.show(ctx)
}

// show is the demo itself.
func (d *demo) show(ctx context.Context) error {
	d.step("Plan two connectors")
	if err := d.terraform(ctx, "plan", "-out=plan"); err != nil {
		return err
	}
	d.step("Apply: it ends when their tasks run")
	if err := d.terraform(ctx, "apply", "plan"); err != nil {
		return err
	}
	d.step("Ask for the connectors' status")
	if err := d.terraform(ctx, "output"); err != nil {
		return err
	}
	d.step("Write a row into each database, and read it from Kafka")
	for _, c := range d.changes {
		if err := d.capture(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", c.database, err)
		}
	}
	d.step("Plan again: there must be nothing to do")
	err := d.terraform(ctx, "plan", "-detailed-exitcode")
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 2 {
		return errors.New("the second plan wants to change something")
	}
	return err
}

// cleanUp leaves nothing behind but topics. If connectors remain, so does what
// they need.
func (d *demo) cleanUp(ctx context.Context) error {
	d.step("Destroy the connectors")
	if err := d.terraform(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	d.step("Remove what connectors leave behind: replication slot, publication and rows")
	return errors.Join(d.removeSlot(ctx), d.removeRows(ctx))
}

func (d *demo) step(format string, args ...any) {
	d.steps++
	fmt.Printf("\n=== %d. %s\n", d.steps, fmt.Sprintf(format, args...))
}

func (d *demo) terraform(ctx context.Context, args ...string) error {
	if err := d.Run(ctx, os.Stdout, append(args, "-no-color")...); err != nil {
		return fmt.Errorf("terraform %s: %w", args[0], err)
	}
	return nil
}
