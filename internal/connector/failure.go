package connector

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// failedText is the error for an apply whose connector doesn't run.
func (r *connectorResource) failedText(s waitSpec, status *kafkaconnect.Status) string {
	failure := r.cluster.Failure(status)
	text := failure.Text
	if s.leftovers && failure.PositionLost {
		text += "\n" + leftoversText
	}
	if s.did == "" {
		return fmt.Sprintf("Connector %q doesn't run.\n\n%s\nRemove the cause and apply again.", s.Name, text)
	}
	after := "Remove the cause and apply again."
	switch s.did {
	case didUpdate:
		after = "It stays on the cluster with the new configuration. " + after
	case didCreate:
		after = "It stays on the cluster and in the state as it is. Terraform marks it tainted and would replace it next time; " +
			"to repair it in place instead, run terraform untaint on this resource, remove the cause, and apply again."
	}
	return fmt.Sprintf("Connector %q was %s, but it doesn't run.\n\n%s\n%s", s.Name, s.did, text, after)
}

// warnFailed warns that a refresh found a failed connector, why, and what an
// apply would do about it; one being imported or moved is taken as it is. It
// reports whether the connector and another client would keep disconnecting
// each other after a restart.
//
// A refresh doesn't know what the plan is for (-refresh-only, -destroy).
func (r *connectorResource) warnFailed(ctx context.Context, diags *diag.Diagnostics, o translate.Object, status *kafkaconnect.Status, p translate.PrivateState) bool {
	if status.Summary() != kafkaconnect.StateFailed {
		return false
	}
	name := o.Text(translate.AttrName)
	failure := r.cluster.Failure(status)
	other := ""
	if failure.SameSlotOrServerID {
		other = r.cluster.ConflictingConnector(ctx, name)
	}
	then := "remove the cause, and apply: that restarts what has failed, in place."
	switch {
	case other != "":
		then = fmt.Sprintf("it isn't restarted, because connector %q uses the same slot or server ID, and the two would keep disconnecting each other. "+
			"Give each of them its own.", other)
	case !o.Flag(translate.AttrRestartFailed, true):
		then = "it isn't restarted, because restart_failed is false."
	case o.Text(translate.AttrState) != translate.DesiredRunning:
		then = fmt.Sprintf("it isn't restarted, because its desired state is %s.", o.Text(translate.AttrState))
	case p.Adopted != "":
		then = "it is imported as it is. The next plan restarts what has failed, in place; to prevent that, set restart_failed to false."
	}
	if p.FirstStartFailed {
		// The provider can't see whether it has been untainted since.
		then = "Its creation failed, and Terraform marked it as tainted: as long as it is, an apply replaces it. " +
			"To repair it in place instead, run terraform untaint on this resource. After that, " + then
	} else {
		then = strings.ToUpper(then[:1]) + then[1:]
	}
	diags.AddWarning("The connector has failed", fmt.Sprintf("Connector %q: %s\n%s", name, failure.Text, then))
	return other != ""
}

// leftoversText is added when a new connector fails on its first start over a
// position that can't be its own.
const leftoversText = "The connector is new, so this position was left by an earlier connector of the same name: Kafka Connect keeps offsets when a connector is deleted. " +
	"To start fresh, set initial_offsets = jsonencode({offsets = []}) and let Terraform replace the connector: that deletes the old offsets.\n"
