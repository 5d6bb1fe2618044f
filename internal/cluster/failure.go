package cluster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Failure is why a connector doesn't run.
type Failure struct {
	// Text says what has failed, with the last causes of each trace, each once,
	// and what to do.
	Text string
	// SameSlotOrServerID and PositionLost are those of diagnosis.Diagnosis,
	// true if any trace has them.
	SameSlotOrServerID, PositionLost bool
}

// Failure reads the traces of a connector and its tasks.
//
// A cause is truncated, and half a secret can't be found again, so traces are
// redacted first. The remedy comes from the whole trace, since a secret may be
// a word that identifies the failure.
func (c *Cluster) Failure(status *kafkaconnect.Status) (f Failure) {
	var b strings.Builder
	var seen []string
	say := func(what, worker, trace string) {
		d := diagnosis.Explain(trace)
		d.Cause = diagnosis.Explain(c.Secrets.Redact(trace)).Cause
		f.SameSlotOrServerID = f.SameSlotOrServerID || d.SameSlotOrServerID
		f.PositionLost = f.PositionLost || d.PositionLost
		if slices.Contains(seen, d.Cause) {
			return
		}
		seen = append(seen, d.Cause)
		fmt.Fprintf(&b, "%s is FAILED on worker %s:\n%s\n", what, worker, d.Cause)
		if d.Remedy != "" {
			fmt.Fprintf(&b, "\nWhat to do: %s\n", d.Remedy)
		}
	}
	if status.Connector.State == kafkaconnect.StateFailed {
		say("The connector", status.Connector.WorkerID, status.Connector.Trace)
	}
	for _, t := range status.Tasks {
		if t.State == kafkaconnect.StateFailed {
			say(fmt.Sprintf("Task %d", t.ID), t.WorkerID, t.Trace)
		}
	}
	f.Text = b.String()
	return f
}
