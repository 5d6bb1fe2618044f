package connector

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Delete returns once the connector is gone. One already gone is a success.
func (r *connectorResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	diags := &resp.Diagnostics
	state, _ := r.decodeRequest(req.State.Raw, req.State.Raw, diags)
	if diags.HasError() {
		return
	}
	ctx, cancel := limit(ctx, req.State, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Delete(ctx, defaultTimeout)
	}, diags)
	defer cancel()

	name := state.Text(translate.AttrName)
	r.learnSecrets(ctx, name)
	if state.Flag(translate.AttrReset, false) && hasPrivateState(ctx, req.Private) && !r.resetOffsets(ctx, name, diags) {
		return
	}
	if err := r.deleteUntilGone(ctx, name); err != nil {
		diagnostics.AddRequestError(diags, "delete", quoted(name), err)
		return
	}
	tflog.Info(ctx, "Deleted the connector", map[string]any{"connector": name})
	r.cluster.Cache.Deleted(name)
	r.cluster.Plan.MarkDeleted(translate.Expand(r.kind, state, nil).Values)
}

// learnSecrets reads a connector so that its secrets can be redacted from a
// refusal that quotes them: on destroy, neither the state nor the configuration
// has the write-only ones. It costs one listing for all resources.
func (r *connectorResource) learnSecrets(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(ctx, r.cluster.Timing.Rebalance)
	defer cancel()
	_, _, _ = r.cluster.Cache.Connector(ctx, name)
}

// deleteUntilGone deletes a connector until it can no longer be read.
func (r *connectorResource) deleteUntilGone(ctx context.Context, name string) error {
	for tries := 1; ; tries++ {
		err := r.cluster.Client.Delete(ctx, name)
		if err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) && !kafkaconnect.OutcomeUnknown(err) {
			return err
		}
		_, readErr := r.readBack(ctx, name, func(_ *kafkaconnect.Info, err error) bool { return err != nil })
		switch {
		case errors.Is(readErr, kafkaconnect.ErrNotFound):
			return nil
		case ctx.Err() != nil && err == nil && readErr == nil:
			return ctx.Err()
		case ctx.Err() != nil || readErr != nil || err != nil && tries >= r.cluster.Timing.WriteTries:
			if err == nil {
				err = readErr
			}
			return err
		}
	}
}

// resetOffsets stops a connector and deletes its offsets, so that a later one
// of the same name starts fresh. One already gone has no offsets to reset.
func (r *connectorResource) resetOffsets(ctx context.Context, name string, diags *diag.Diagnostics) bool {
	err := r.cluster.RetryWrite(ctx, func() error { return r.cluster.Client.Stop(ctx, name) })
	if err == nil || kafkaconnect.OutcomeUnknown(err) {
		_, err = r.cluster.ChangeOffsets(ctx, name, kafkaconnect.Offsets{})
	}
	if err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) {
		diagnostics.AddRequestError(diags, "delete the offsets of", quoted(name), err)
		return false
	}
	return true
}
