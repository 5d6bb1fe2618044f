package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// providerOnly attributes change how the provider works, not the connector: a
// change to only these leaves its status as it was.
var providerOnly = map[string]bool{
	translate.AttrStatus: true, translate.AttrVersion: true, translate.AttrWait: true, translate.AttrTimeouts: true,
	translate.AttrRestartFailed: true, translate.AttrOffsets: true, translate.AttrReset: true,
}

// ModifyPlan fills in what Terraform can't know: creation defaults and the
// resulting status. The values depend only on configuration, prior state and
// private state, since Terraform plans again during apply and must get the same
// result. Then it checks the plan.
func (r *connectorResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	diags := &resp.Diagnostics
	plan := open(req.Plan.Raw, "plan", diags)
	prior := open(req.State.Raw, "state", diags)
	config := open(req.Config.Raw, "configuration", diags)
	var private translate.PrivateState
	if prior != nil {
		private = loadPrivateState(ctx, req.Private, diags)
	}
	if diags.HasError() {
		return
	}
	if prior != nil && prior.Text(translate.AttrName) != plan.Text(translate.AttrName) {
		r.cluster.Plan.MarkRemoved(prior.Text(translate.AttrName))
	}
	if plan == nil {
		if r.cluster.Validation.Mode != cluster.ModeOff {
			preflight.CheckDestroy(ctx, r.cluster, r.kind, prior, private, diags)
		}
		return
	}
	complete(r.kind, plan, config, prior, private)
	resp.Plan.Raw = plan.Value(resp.Plan.Schema.Type().TerraformType(ctx))
	r.checkPlan(ctx, preflight.Planned{
		Kind: r.kind, Plan: plan, Config: config, Prior: prior, Private: private,
		Touches: !plan[translate.AttrStatus].IsKnown(),
	}, diags)
}

// complete fills in what Terraform can't know in a plan. It depends only on its
// arguments.
func complete(kind *catalog.Kind, plan, config, prior translate.Object, private translate.PrivateState) {
	translate.KeepListOrder(kind, plan, prior)
	translate.FillDefaults(kind, plan, config, prior, private)
	status := plannedStatus(plan, prior, private)
	plan[translate.AttrStatus], plan[translate.AttrVersion] = status, prior[translate.AttrVersion]
	if !status.IsKnown() {
		plan[translate.AttrVersion] = status
	}
}

// checkPlan checks the plan as far as the provider's settings ask.
func (r *connectorResource) checkPlan(ctx context.Context, planned preflight.Planned, diags *diag.Diagnostics) {
	translate.RegisterSecrets(r.cluster.Secrets, r.kind, planned.Config)
	if r.cluster.Validation.Mode != cluster.ModeOff {
		preflight.Check(ctx, r.cluster, planned, diags)
	} else {
		preflight.CheckPlacement(ctx, r.cluster, planned, diags)
	}
}

// plannedStatus is unknown if the apply will touch the connector, and otherwise
// the prior one.
func plannedStatus(plan, prior translate.Object, private translate.PrivateState) tftypes.Value {
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	if prior == nil {
		return unknown
	}
	for name, v := range plan {
		if !providerOnly[name] && !v.Equal(prior[name]) {
			return unknown
		}
	}
	if needsRestart(plan, prior, private) {
		return unknown
	}
	return prior[translate.AttrStatus]
}

// needsRestart reports whether an apply restarts what has failed, by the stored
// status: Terraform plans again in apply and must get the same plan.
func needsRestart(plan, prior translate.Object, private translate.PrivateState) bool {
	return prior.Text(translate.AttrStatus) == string(kafkaconnect.StateFailed) && !private.Conflict && private.Adopted == "" &&
		plan.Text(translate.AttrState) == translate.DesiredRunning && plan.Flag(translate.AttrRestartFailed, true)
}
