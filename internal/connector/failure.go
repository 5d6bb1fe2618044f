package connector

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// failedText is the error of an apply whose connector doesn't run.
func (r *connectorResource) failedText(s waitSpec, status *kafkaconnect.Status) string {
	text, _ := r.cluster.Causes(status)
	if s.leftovers && fromLeftovers(status) {
		text += "\n" + leftoversText
	}
	done, after := "updated", "It stays on the cluster with the new configuration. Remove the cause and apply again."
	if s.created {
		done = "created"
		after = "It stays on the cluster and in the state as it is. Terraform marks it tainted and would replace it next time; " +
			"to repair it in place instead, run terraform untaint on this resource, remove the cause, and apply again."
	}
	return fmt.Sprintf("Connector %q was %s, but it doesn't run.\n\n%s\n%s", s.Name, done, text, after)
}

// warnFailed says that a refresh found a failed connector, why, and what the
// plan makes of it; one that comes under Terraform now is taken as it is. It
// reports whether the connector and another client would keep disconnecting
// each other after a restart.
func (r *connectorResource) warnFailed(ctx context.Context, diags *diag.Diagnostics, o translate.Object, status *kafkaconnect.Status, p translate.PrivateState) bool {
	if status.Summary() != kafkaconnect.StateFailed {
		return false
	}
	name := o.Text(translate.AttrName)
	text, conflict := r.cluster.Causes(status)
	other := ""
	if conflict {
		other = r.cluster.ConflictingConnector(ctx, name)
	}
	then := "the plan restarts what has failed, in place. Remove the cause first."
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
		// The provider isn't told whether it has been untainted since.
		then = "Its creation failed, so Terraform has marked it as tainted, and the plan replaces it. " +
			"To repair it in place instead, run terraform untaint on this resource. After that, " + then
	} else {
		then = strings.ToUpper(then[:1]) + then[1:]
	}
	diags.AddWarning("The connector has failed", fmt.Sprintf("Connector %q: %s\n%s", name, text, then))
	return other != ""
}

// leftoversText is said of a connector that fails at its first start over a
// position that it can't have of its own.
const leftoversText = "The connector is new, so this position was left by an earlier connector of the same name: Kafka Connect keeps offsets when a connector is deleted. " +
	"To start fresh, set initial_offsets = jsonencode({offsets = []}) and let Terraform replace the connector: that deletes the old offsets.\n"

// lostPositions are words of failures that take a stored position.
var lostPositions = []string{
	"no longer available on the server", "but this is no longer", "the db history topic is missing", "none of the log files contain offset scn",
}

func fromLeftovers(status *kafkaconnect.Status) bool {
	return slices.ContainsFunc(status.Tasks, func(t kafkaconnect.TaskStatus) bool {
		trace := strings.ToLower(strings.Join(strings.Fields(t.Trace), " "))
		return slices.ContainsFunc(lostPositions, func(words string) bool { return strings.Contains(trace, words) })
	})
}
