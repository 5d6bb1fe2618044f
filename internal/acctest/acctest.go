// Package acctest holds what acceptance tests share: the provider in this
// process, with short waits, and the real stack if there is one.
package acctest

import (
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// StackEnv names the directory of a running stack. `make test` sets it.
const StackEnv = "DEBEZIUM_STACK"

// Factories serve the provider in this process.
type Factories = map[string]func() (tfprotov6.ProviderServer, error)

// InMemory returns factories for tests on the in-memory Kafka Connect, where no
// time passes between two states.
func InMemory() Factories { return Paced(FastPace()) }

// FastPace returns the shortest waits that make sense.
func FastPace() cluster.Timing {
	timing := cluster.DefaultTiming()
	timing.Poll = 5 * time.Millisecond
	timing.Settle, timing.SettleBlind, timing.SettleOffsets = 10*time.Millisecond, 50*time.Millisecond, 10*time.Millisecond
	timing.Pause = 5 * time.Millisecond
	return timing
}

// Real returns factories with the default timing.
func Real() Factories { return Paced(cluster.DefaultTiming()) }

// Paced returns factories with the given timing.
func Paced(timing cluster.Timing) Factories {
	serve := provider.NewServer("test", provider.WithTiming(timing))
	return Factories{"debezium": func() (tfprotov6.ProviderServer, error) { return serve(), nil }}
}

// Stack returns the running stack. Without one, it skips the test and says how
// to run it.
func Stack(t *testing.T) *stackfile.Stack {
	t.Helper()
	dir := os.Getenv(StackEnv)
	if dir == "" {
		t.Skipf("needs the real stack: run it by make test, or set %s to the directory of a stack that make stack started", StackEnv)
	}
	stack, err := stackfile.Load(dir)
	if err != nil {
		t.Fatalf("%s=%s: %s", StackEnv, dir, err)
	}
	ran(t, onStack)
	return stack
}
