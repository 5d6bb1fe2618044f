package connector

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Delete ends when the connector is gone. One that is gone already is success.
func (r *connectorResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, _ := r.planned(req.State.Raw, req.State.Raw, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limit(ctx, req.State, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Delete(ctx, defaultTimeout)
	}, &resp.Diagnostics)
	defer cancel()

	name := state.text(attrName)
	if state.flag(attrReset, false) && remembered(ctx, req.Private) && !r.resetOffsets(ctx, name, &resp.Diagnostics) {
		return
	}
	for {
		err := r.cluster.Client.Delete(ctx, name)
		if err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) && !kafkaconnect.OutcomeUnknown(err) {
			cluster.AddRequestError(&resp.Diagnostics, "delete", quoted(name), err)
			return
		}
		gone, lookErr := r.gone(ctx, name)
		if gone {
			break
		}
		if ctx.Err() != nil || lookErr != nil {
			if err == nil {
				err = lookErr
			}
			cluster.AddRequestError(&resp.Diagnostics, "delete", quoted(name), err)
			return
		}
	}
	tflog.Info(ctx, "Deleted the connector", map[string]any{"connector": name})
	r.cluster.View.Deleted(name)
}

// remembered reports whether there is private state. The delete of a tainted
// replacement gets none, and then it isn't this object's last word: the offsets
// stay.
func remembered(ctx context.Context, p private) bool {
	text, _ := p.GetKey(ctx, memoryKey)
	return len(text) > 0
}

// resetOffsets stops a connector and deletes its offsets, so that a later one
// of the same name starts afresh. One that is gone has nothing to be reset by.
func (r *connectorResource) resetOffsets(ctx context.Context, name string, diags *diag.Diagnostics) bool {
	client := r.cluster.Client
	err := r.repeat(ctx, func() error { return client.Stop(ctx, name) })
	if err == nil || kafkaconnect.OutcomeUnknown(err) {
		// Until its tasks have ended, the worker refuses.
		err = r.repeat(ctx, func() error { return client.ResetOffsets(ctx, name) }, kafkaconnect.ErrInvalidConfig)
	}
	if err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) {
		cluster.AddRequestError(diags, "delete the offsets of", quoted(name), err)
		return false
	}
	return true
}

// gone waits until a deleted connector can no longer be read; false when it
// stays, so that the deletion must be sent again.
func (r *connectorResource) gone(ctx context.Context, name string) (bool, error) {
	for range lookTries {
		_, err := r.cluster.Client.Connector(ctx, name)
		if errors.Is(err, kafkaconnect.ErrNotFound) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		select {
		case <-time.After(r.cluster.Timing.Pause):
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return false, nil
}
