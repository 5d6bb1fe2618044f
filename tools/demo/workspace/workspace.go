// Package workspace runs Terraform or OpenTofu in a separate directory, where
// the provider is a binary of this repository. Nothing that the user has
// installed or configured is used.
package workspace

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// interrupted is how long Terraform has to write its state after a signal.
const interrupted = time.Minute

// hosts are the registries for "cdc/debezium": Terraform's and OpenTofu's.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// version is the binary's version for init.
const version = "0.0.1"

// Workspace is a directory with a configuration. Write it to Dir, then Run
// "init".
type Workspace struct {
	Dir       string
	terraform string
	cliConfig string
}

// New sets up an existing directory as a workspace for a terraform or tofu and
// a provider binary. Anything besides the configuration goes into .cli.
func New(dir, terraform, provider string) (*Workspace, error) {
	terraform, err := exec.LookPath(terraform)
	if err != nil {
		return nil, err
	}
	if terraform, err = filepath.Abs(terraform); err != nil {
		return nil, err
	}
	if provider, err = filepath.Abs(provider); err != nil {
		return nil, err
	}
	mirror := filepath.Join(dir, ".cli", "providers")
	for _, host := range hosts {
		platform := filepath.Join(mirror, host, "cdc", "debezium", version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(platform, 0o755); err != nil {
			return nil, err
		}
		if err := os.Symlink(provider, filepath.Join(platform, "terraform-provider-debezium_v"+version)); err != nil {
			return nil, err
		}
	}
	w := &Workspace{Dir: dir, terraform: terraform, cliConfig: filepath.Join(dir, ".cli", "config")}
	text := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	return w, os.WriteFile(w.cliConfig, []byte(text), 0o644)
}

// Run runs a Terraform command and sends its output to output. The error is an
// *exec.ExitError if the command itself failed.
func (w *Workspace) Run(ctx context.Context, output io.Writer, args ...string) error {
	cmd := w.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = output, output
	return cmd.Run()
}

// Output returns what a Terraform command prints to standard output, even if it
// fails.
func (w *Workspace) Output(ctx context.Context, args ...string) ([]byte, error) {
	return w.command(ctx, args...).Output()
}

func (w *Workspace) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.terraform, args...)
	cmd.Dir = w.Dir
	cmd.Env = append(w.environment(), "TF_CLI_CONFIG_FILE="+w.cliConfig,
		"TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1")
	// Terraform, in the same process group, has also received the signal that
	// ends ctx, and a second one would keep it from writing its state.
	cmd.Cancel = func() error { return nil }
	cmd.WaitDelay = interrupted
	return cmd
}

// environment returns the user's environment without their Terraform settings,
// except for variables and logging.
func (w *Workspace) environment() []string {
	var kept []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "TF_") || strings.HasPrefix(v, "TF_VAR_") || strings.HasPrefix(v, "TF_LOG") {
			kept = append(kept, v)
		}
	}
	return kept
}
