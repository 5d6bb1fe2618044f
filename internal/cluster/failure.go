package cluster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Causes tells what of a connector has failed: the last causes of each trace,
// each once, and what to do. conflict says that another client of the same
// slot or server id is the cause.
//
// A cause is cut to length, and half a secret can't be found again: so traces
// are redacted first. The remedy is that of the whole trace, since a secret may
// be a word that failures are known by.
func (c *Cluster) Causes(status *kafkaconnect.Status) (text string, conflict bool) {
	var b strings.Builder
	var seen []string
	say := func(what, worker, trace string) {
		d := diagnosis.Explain(trace)
		d.Cause = diagnosis.Explain(c.Secrets.Redact(trace)).Cause
		conflict = conflict || d.SameSlotOrServerID
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
	return b.String(), conflict
}
