package connector

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Read refreshes the state from the listing that all resources share.
func (r *connectorResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	diags := &resp.Diagnostics
	prior := open(req.State.Raw, "state", diags)
	if diags.HasError() {
		return
	}
	name := prior.Text(translate.AttrName)
	identify(resp.Identity, name)
	if !r.cluster.Connected() {
		if r.cluster.FirstReport("read without a URL") {
			diags.AddError("The provider's url isn't known yet", unknownURLText)
		}
		return
	}
	private := loadPrivateState(ctx, req.Private, diags)
	if diags.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, r.cluster.Timing.Rebalance)
	defer cancel()
	info, status, err := r.find(ctx, name)
	if err != nil {
		r.addReadError(diags, name, err)
		return
	}
	if info == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	if class := info.Config[catalog.KeyClass]; r.kind != nil && catalog.KindOfClass(class) != r.kind {
		right := translate.TypeName(catalog.KindOfClass(class))
		diags.AddError("The connector has another class", r.cluster.Secrets.Redact(fmt.Sprintf(
			"Connector %q has the class %s, but %s manages only %s. Use %s instead.",
			name, class, translate.TypeName(r.kind), r.kind.Class, right)))
		return
	}
	if private.Adopted == translate.JustAdopted {
		status = r.assigned(ctx, name, status)
	}
	o, private := r.flatten(prior, info, status, private)
	private.FirstStartFailed = private.FirstStartFailed && status.Summary() != kafkaconnect.StateRunning
	private.Conflict = r.warnFailed(ctx, diags, o, status, private)
	r.cluster.Plan.MarkRefreshed(name)
	resp.State.Raw = o.Value(resp.State.Schema.Type().TerraformType(ctx))
	diags.Append(storePrivateState(ctx, resp.Private, private)...)
}

// assigned waits until a connector is no longer between two workers: when one
// is imported or moved, nothing else shows whether it is meant to run.
func (r *connectorResource) assigned(ctx context.Context, name string, status *kafkaconnect.Status) *kafkaconnect.Status {
	cluster.Retry(ctx, math.MaxInt, r.cluster.Timing.Poll, func() bool {
		if desiredOf(status) == "" {
			if now, err := r.cluster.Client.Status(ctx, name); err == nil {
				status = now
			}
		}
		return desiredOf(status) != ""
	})
	return status
}

// flatten returns what the state should hold for a connector, and the private
// state to go with it, except for a conflict.
func (r *connectorResource) flatten(prior translate.Object, info *kafkaconnect.Info, status *kafkaconnect.Status, private translate.PrivateState) (translate.Object, translate.PrivateState) {
	o, spellings := translate.Flatten(r.kind, prior, info.Name, info.Config, private)
	maps.Copy(o, flattenStatus(prior, status))
	private.ServerSpellings, private.Adopted = spellings, private.Adopted.Next()
	return o, private
}

// find looks up a connector in the listing that all resources share; a nil Info
// means it is gone. A connector missing from the listing is requested by name
// before it counts as gone: the listing leaves out those whose status hasn't
// arrived yet (seen on Kafka Connect 4.3.1).
func (r *connectorResource) find(ctx context.Context, name string) (*kafkaconnect.Info, *kafkaconnect.Status, error) {
	found, ok, err := r.cluster.Cache.Connector(ctx, name)
	if err != nil || ok && found.Info != nil {
		return found.Info, found.Status, err
	}
	info, err := r.cluster.Client.Connector(ctx, name)
	if errors.Is(err, kafkaconnect.ErrNotFound) {
		return nil, nil, nil
	}
	return info, found.Status, err
}

const unknownURLText = "Existing connectors can't be read before the URL of Kafka Connect is known. " +
	"Apply what the url depends on first (terraform apply -target=…), or set DEBEZIUM_CONNECT_URL."

// addReadError reports a failed listing. All resources read the same one, so a
// cluster failure is one error, not one per connector.
func (r *connectorResource) addReadError(diags *diag.Diagnostics, name string, err error) {
	for _, kind := range []error{kafkaconnect.ErrUnreachable, kafkaconnect.ErrUnauthorized, kafkaconnect.ErrTimedOut, kafkaconnect.ErrRebalancing, context.DeadlineExceeded} {
		if !errors.Is(err, kind) {
			continue
		}
		if r.cluster.FirstReport("read: " + kind.Error()) {
			diagnostics.AddRequestError(diags, "read", "the connectors", err)
		}
		return
	}
	diagnostics.AddRequestError(diags, "read", quoted(name), err)
}
