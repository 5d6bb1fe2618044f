package action

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type restartConnector struct{ base }

// NewRestartConnector returns the debezium_restart_connector action.
func NewRestartConnector() action.Action { return &restartConnector{} }

type restartConnectorModel struct {
	target
	OnlyFailed types.Bool `tfsdk:"only_failed"`
}

func (a *restartConnector) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "debezium_restart_connector"
}

func (a *restartConnector) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Restarts a connector with its tasks, and waits until they run. It goes on from its offsets. " +
			"A task that fails again is an error, with the cause. A paused or stopped connector isn't restarted.",
		Attributes: map[string]schema.Attribute{
			"name": nameAttribute(),
			"only_failed": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Restart only what has failed, the connector or tasks of it. Where nothing has failed, nothing is done. Default: `false`.",
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

func (a *restartConnector) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m restartConnectorModel
	a.invoke(ctx, req, resp, &m, func(ctx context.Context, i *invocation) {
		i.restart(ctx, m.OnlyFailed.ValueBool())
	})
}

func (i *invocation) restart(ctx context.Context, onlyFailed bool) {
	failed := i.status.Summary() == kafkaconnect.StateFailed
	state := i.state()
	switch {
	case state == kafkaconnect.StatePaused || state == kafkaconnect.StateStopped:
		i.diags.AddError("The connector is "+string(state), fmt.Sprintf(
			"Connector %q is %s, and a restart doesn't resume it. Set its state to running instead.", i.name, state))
		return
	case i.status == nil:
		i.diags.AddError("The connector has no status yet", fmt.Sprintf(
			"The cluster reports no status for connector %q, as right after its creation. There is nothing to restart yet.", i.name))
		return
	case onlyFailed && !failed:
		i.say("Connector %q and its tasks haven't failed; nothing is restarted (%s)", i.name, describe(i.status))
		return
	}
	i.say("Restarting %s", i.parts(onlyFailed))
	options := kafkaconnect.RestartOptions{IncludeTasks: true, OnlyFailed: onlyFailed}
	err := i.RestartConnector(ctx, i.name, i.status, options)
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(i.diags, "restart", i.quoted(), err)
		return
	}
	// If the outcome is unknown, waiting reveals it.
	if i.await(ctx, "restarted", cluster.Wait{Target: kafkaconnect.StateRunning, OldFailure: failed}) {
		i.say("Connector %q runs", i.name)
	}
}

// parts describes what is restarted.
func (i *invocation) parts(onlyFailed bool) string {
	if !onlyFailed {
		return fmt.Sprintf("connector %q and its tasks (%s)", i.name, describe(i.status))
	}
	var parts []string
	if i.status.Connector.State == kafkaconnect.StateFailed {
		parts = append(parts, "the connector itself")
	}
	for _, id := range i.status.FailedTasks() {
		parts = append(parts, fmt.Sprintf("task %d", id))
	}
	return fmt.Sprintf("the failed parts of connector %q: %s", i.name, strings.Join(parts, ", "))
}
