package connector

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// causes tells what of a connector has failed: the last causes of each trace,
// each once, and what to do. conflict says that another client of the same
// slot or server id is the cause.
//
// A cause is cut to length, and half a secret can't be found again: so traces
// are redacted first. The remedy is that of the whole trace, since a secret may
// be a word that failures are known by.
func (r *connectorResource) causes(status *kafkaconnect.Status) (text string, conflict bool) {
	var b strings.Builder
	var seen []string
	say := func(what, worker, trace string) {
		d := diagnosis.Explain(trace)
		d.Cause = diagnosis.Explain(r.cluster.Secrets.Redact(trace)).Cause
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

// failedText is the error of an apply whose connector doesn't run.
func (r *connectorResource) failedText(s waitSpec, status *kafkaconnect.Status) string {
	text, _ := r.causes(status)
	done, after := "updated", "It stays on the cluster with the new configuration. Remove the cause and apply again."
	if s.created {
		done = "created"
		after = "It stays on the cluster and in the state as it is. Terraform marks it tainted and would replace it next time; " +
			"to repair it in place instead, run terraform untaint on this resource, remove the cause, and apply again."
	}
	return fmt.Sprintf("Connector %q was %s, but it doesn't run.\n\n%s\n%s", s.name, done, text, after)
}

// warnFailed says that a refresh found a failed connector, why, and what the
// plan makes of it. It reports whether the connector and another client would
// keep disconnecting each other after a restart.
func (r *connectorResource) warnFailed(ctx context.Context, diags *diag.Diagnostics, o translate.Object, status *kafkaconnect.Status, firstStart bool) bool {
	if status.Summary() != kafkaconnect.StateFailed {
		return false
	}
	name := o.Text(translate.AttrName)
	text, conflict := r.causes(status)
	other := ""
	if conflict {
		other = r.cluster.ConflictingConnector(ctx, name)
	}
	then := "the plan restarts what has failed, in place. Remove the cause first."
	switch {
	case other != "":
		then = fmt.Sprintf("it isn't restarted, because connector %q uses the same slot or server id, and they would keep disconnecting each other. "+
			"Give each of them its own.", other)
	case !o.Flag(translate.AttrRestartFailed, true):
		then = "it isn't restarted, because restart_failed is false."
	case o.Text(translate.AttrState) != translate.DesiredRunning:
		then = fmt.Sprintf("it isn't restarted, because its desired state is %s.", o.Text(translate.AttrState))
	}
	if firstStart {
		// The provider isn't told whether it has been untainted since.
		then = "Its creation failed, so Terraform marked it as tainted, and the plan replaces it. " +
			"To repair it in place instead, run terraform untaint on this resource. After that, " + then
	} else {
		then = strings.ToUpper(then[:1]) + then[1:]
	}
	diags.AddWarning("The connector has failed", fmt.Sprintf("Connector %q: %s\n%s", name, text, then))
	return other != ""
}
