package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// moveBefore does what must come before a PUT. A pause or stop comes first, so
// that the new configuration never runs. A failed connector is stopped, so that
// an old failure can't be mistaken for a new one; if the worker is too old for
// that, the wait tells them apart.
func (u *update) moveBefore(ctx context.Context, target kafkaconnect.State, put bool) bool {
	client := u.r.cluster.Client
	state := kafkaconnect.State("")
	if u.status != nil {
		state = u.status.Connector.State
	}
	switch {
	case target == kafkaconnect.StatePaused && state != target:
		return u.move(ctx, "pause", client.Pause)
	case target == kafkaconnect.StateStopped && state != target:
		return u.move(ctx, "stop", client.Stop)
	case target == kafkaconnect.StateRunning && put && u.status.Summary() == kafkaconnect.StateFailed:
		supported, err := u.r.cluster.Supports(ctx, cluster.FeatureStop)
		return !supported && err == nil || u.move(ctx, "stop", client.Stop)
	}
	return true
}

// moveAfter starts a paused or stopped connector once it has its configuration.
// A failed one needs a restart: resuming it does nothing.
func (u *update) moveAfter(ctx context.Context, target kafkaconnect.State) bool {
	if target != kafkaconnect.StateRunning || desiredOf(u.status) == translate.DesiredRunning {
		return true
	}
	return u.move(ctx, "resume", u.r.cluster.Client.Resume)
}

func (u *update) move(ctx context.Context, verb string, do func(context.Context, string) error) bool {
	// If the outcome is unknown, the wait that follows shows it.
	if err := u.r.cluster.RetryWrite(ctx, func() error { return do(ctx, u.name) }); err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(u.diags, verb, quoted(u.name), err)
		return false
	}
	u.moved = true
	if verb == "stop" && u.status != nil {
		u.status = &kafkaconnect.Status{Connector: kafkaconnect.ConnectorStatus{State: kafkaconnect.StateStopped}}
	}
	return true
}

// restart restarts what the plan calls for, unless the PUT or a resume already
// has: everything if the triggers changed, otherwise only what has failed. It
// leaves alone what is running again. It reports whether it restarted anything.
func (u *update) restart(ctx context.Context, target kafkaconnect.State) bool {
	// A connector is taken over as it is: its triggers are new to Terraform alone.
	if target != kafkaconnect.StateRunning || u.status == nil || u.inputs.Private.Adopted != "" {
		return false
	}
	plan, prior := u.inputs.Plan, u.inputs.Prior
	triggered := !plan[translate.AttrTriggers].Equal(prior[translate.AttrTriggers])
	failed := u.status.Summary() == kafkaconnect.StateFailed
	if !triggered && !(failed && needsRestart(plan, prior, u.inputs.Private)) {
		return false
	}
	options := kafkaconnect.RestartOptions{IncludeTasks: true, OnlyFailed: !triggered}
	if err := u.r.cluster.RestartConnector(ctx, u.name, u.status, options); err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(u.diags, "restart", quoted(u.name), err)
		u.applied = false // so that the next plan restarts it
		return false
	}
	tflog.Info(ctx, "Restarted the connector", map[string]any{"connector": u.name, "only_failed": options.OnlyFailed})
	return true
}
