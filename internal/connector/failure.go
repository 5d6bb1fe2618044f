package connector

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// causes tells what of a connector has failed: the last causes of each trace,
// each once, and what to do. disputed says that another client of the same
// slot or server id is to blame.
//
// A cause is cut to length, and half a secret can't be found again: so traces
// are redacted first. The remedy is that of the whole trace, since a secret may
// be a word that failures are known by.
func (r *connectorResource) causes(status *kafkaconnect.Status) (text string, disputed bool) {
	var b strings.Builder
	var seen []string
	say := func(what, worker, trace string) {
		d := diagnosis.Explain(trace)
		d.Cause = diagnosis.Explain(r.redact(trace)).Cause
		disputed = disputed || d.SameSlotOrServerID
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
	return b.String(), disputed
}

// failedText is the error of an apply whose connector doesn't run.
func (r *connectorResource) failedText(s settling, status *kafkaconnect.Status) string {
	text, _ := r.causes(status)
	after := "It stays on the cluster with the new configuration. Remove the cause and apply again."
	if s.fresh {
		after = "It stays on the cluster and in the state as it is. Terraform marks it tainted and would replace it next time; " +
			"to repair it in place instead, run terraform untaint on this resource, remove the cause, and apply again."
	}
	return fmt.Sprintf("The connector was %sd, but it doesn't run.\n\n%s\n%s", s.verb, text, after)
}

// warnFailed says that a refresh found a failed connector, why, and what the
// plan makes of it. It reports whether a restart would only take turns with
// another client.
func (r *connectorResource) warnFailed(ctx context.Context, diags *diag.Diagnostics, o object, status *kafkaconnect.Status) bool {
	if status.Summary() != kafkaconnect.StateFailed {
		return false
	}
	text, disputed := r.causes(status)
	rival := ""
	if disputed {
		rival = r.cluster.Rival(ctx, o.text(attrName))
	}
	then := "The plan restarts what has failed, in place. Remove the cause first."
	switch {
	case rival != "":
		then = fmt.Sprintf("It isn't restarted, since connector %q uses the same slot or server id, and the two would only take turns. "+
			"Give each one of its own.", rival)
	case !o.flag(attrRestartFailed, true):
		then = "It isn't restarted, since restart_failed is false."
	case o.text(attrState) != stateRunning:
		then = "It isn't restarted, since it isn't to run."
	}
	diags.AddWarning(fmt.Sprintf("Connector %q has failed", o.text(attrName)), text+"\n"+then)
	return rival != ""
}
