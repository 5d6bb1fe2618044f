package acctest

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Plan validates a configuration, without and with a configured provider,
// refreshes the state and plans; nil means destroy. The plan is nil if there is
// an error.
func (w *Walk) Plan(ctx context.Context, r *Resource, configuration Block) (*Plan, Diagnostics) {
	w.t.Helper()
	config := tftypes.NewValue(r.schema.ValueType(), nil)
	var diags Diagnostics
	if configuration != nil {
		config = valueOf(r.schema.ValueType(), configuration)
		if diags = w.validate(ctx, w.unconfigured, r, config); diags.HasError() {
			return nil, diags
		}
	}
	if diags = append(diags, w.Refresh(ctx, r)...); diags.HasError() {
		return nil, diags
	}
	if configuration != nil {
		if diags = append(diags, w.validate(ctx, w.server, r, config)...); diags.HasError() {
			return nil, diags
		}
	}
	p, planned := w.plan(ctx, r, config)
	return p, append(diags, planned...)
}

// PlanNew plans a resource that isn't stored.
func (w *Walk) PlanNew(ctx context.Context, typeName string, configuration Block) Diagnostics {
	w.t.Helper()
	_, diags := w.Plan(ctx, w.Resource(typeName), configuration)
	return diags
}

// ReadDataSource validates a data source, without and with a configured
// provider, and reads it. Its attributes are as in JSON; there are none if it
// can't be read.
func (w *Walk) ReadDataSource(ctx context.Context, typeName string, configuration Block) (map[string]any, Diagnostics) {
	w.t.Helper()
	schema := schemas(w.t).DataSourceSchemas[typeName]
	if schema == nil {
		w.t.Fatalf("the provider has no data source %q", typeName)
	}
	config := dynamic(w.t, valueOf(schema.ValueType(), configuration))
	var diags Diagnostics
	for _, server := range []tfprotov6.ProviderServer{w.unconfigured, w.server} {
		v, err := server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config})
		if err != nil {
			return nil, diagnosticsOf(nil, err)
		}
		if diags = append(diags, w.report(nil, diagnosticsOf(v.Diagnostics, nil))...); diags.HasError() {
			return nil, diags
		}
	}
	answer, err := w.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
	if err != nil {
		return nil, diagnosticsOf(nil, err)
	}
	if diags = append(diags, w.report(nil, diagnosticsOf(answer.Diagnostics, nil))...); diags.HasError() {
		return nil, diags
	}
	state := decode(w.t, schema, answer.State)
	if state.IsNull() || !state.IsFullyKnown() {
		return nil, append(diags, violation("Provider produced invalid object", "null, or unknown values in "+state.String())...)
	}
	return plain(state).(map[string]any), diags //nolint:forcetypeassert // a data source is an object
}

func (w *Walk) validate(ctx context.Context, server tfprotov6.ProviderServer, r *Resource, config tftypes.Value) Diagnostics {
	w.t.Helper()
	answer, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: r.Type, Config: dynamic(w.t, config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: !w.Before111},
	})
	if err != nil {
		return diagnosticsOf(nil, err)
	}
	return w.report(r, diagnosticsOf(answer.Diagnostics, nil))
}

// Refresh reads the resource, if there is one.
func (w *Walk) Refresh(ctx context.Context, r *Resource) Diagnostics {
	w.t.Helper()
	if r.State.IsNull() {
		return nil
	}
	answer, err := w.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: r.Type, CurrentState: dynamic(w.t, r.State), Private: r.Private, CurrentIdentity: r.identity,
	})
	if err != nil {
		return diagnosticsOf(nil, err)
	}
	diags := w.report(r, diagnosticsOf(answer.Diagnostics, nil))
	if diags.HasError() {
		return diags
	}
	r.store(answer.NewState, answer.Private)
	r.identify(answer.NewIdentity)
	if r.State.IsNull() {
		r.Forget()
	}
	return diags
}

// Import reads an existing object into the state.
func (w *Walk) Import(ctx context.Context, r *Resource, id string) Diagnostics {
	w.t.Helper()
	return w.importResource(ctx, r, &tfprotov6.ImportResourceStateRequest{TypeName: r.Type, ID: id})
}

func (w *Walk) importResource(ctx context.Context, r *Resource, request *tfprotov6.ImportResourceStateRequest) Diagnostics {
	w.t.Helper()
	answer, err := w.server.ImportResourceState(ctx, request)
	if err != nil {
		return diagnosticsOf(nil, err)
	}
	diags := w.report(r, diagnosticsOf(answer.Diagnostics, nil))
	if diags.HasError() {
		return diags
	}
	if len(answer.ImportedResources) != 1 {
		return append(diags, violation("Invalid import", fmt.Sprintf("it gave %d resources", len(answer.ImportedResources)))...)
	}
	r.store(answer.ImportedResources[0].State, answer.ImportedResources[0].Private)
	r.identify(answer.ImportedResources[0].Identity)
	if diags = append(diags, w.Refresh(ctx, r)...); diags.HasError() {
		r.Forget()
		return diags
	}
	if r.State.IsNull() {
		return append(diags, violation("Cannot import non-existent remote object", request.ID)...)
	}
	return diags
}

// plan requests the plan of a change. A tainted resource is planned as new.
func (w *Walk) plan(ctx context.Context, r *Resource, config tftypes.Value) (*Plan, Diagnostics) {
	w.t.Helper()
	p := &Plan{configuration: config}
	none := tftypes.NewValue(r.schema.ValueType(), nil)
	prior, private, identity := r.State, r.Private, r.identity
	if r.Tainted && !config.IsNull() {
		prior, private, identity = none, nil, nil
	}
	replace, diags := w.requestPlan(ctx, r, p, prior, private, identity)
	diags = w.report(r, diags)
	if !diags.HasError() && replace && !prior.IsNull() {
		p.Delete = true
		prior = none
		// Warnings here have most likely been reported before: Terraform shows
		// only the errors of this second response.
		_, again := w.requestPlan(ctx, r, p, prior, nil, nil)
		diags = append(diags, w.report(r, again.Errors())...)
	}
	if diags.HasError() {
		return nil, diags
	}
	p.Delete = p.Delete || !r.State.IsNull() && (config.IsNull() || r.Tainted)
	p.Create = prior.IsNull() && !config.IsNull()
	p.Update = !p.Create && !p.Delete && !p.planned.Equal(prior)
	return p, diags
}

func (w *Walk) requestPlan(ctx context.Context, r *Resource, p *Plan, prior tftypes.Value, private []byte, identity *tfprotov6.ResourceIdentityData) (replace bool, _ Diagnostics) {
	w.t.Helper()
	answer, err := w.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: r.Type, PriorPrivate: private, PriorState: dynamic(w.t, prior), Config: dynamic(w.t, p.configuration),
		ProposedNewState: dynamic(w.t, Proposed(r.schema, prior, p.configuration)), PriorIdentity: identity,
	})
	if err != nil {
		return false, diagnosticsOf(nil, err)
	}
	diags := diagnosticsOf(answer.Diagnostics, nil)
	if diags.HasError() {
		return false, diags
	}
	p.planned, p.private, p.identity = decode(w.t, r.schema, answer.PlannedState), answer.PlannedPrivate, answer.PlannedIdentity
	if err := checkPlanned(r.schema, p.configuration, prior, p.planned); err != nil {
		diags = append(diags, violation("Provider produced invalid plan", err.Error())...)
	}
	return len(answer.RequiresReplace) > 0, diags
}

// Apply carries out a plan. As in Terraform, the provider is asked to plan once
// more, and must give the same plan.
func (w *Walk) Apply(ctx context.Context, r *Resource, p *Plan) Diagnostics {
	w.t.Helper()
	var diags Diagnostics
	if p.Delete {
		if diags = w.delete(ctx, r); diags.HasError() || !p.Create {
			return diags
		}
	}
	again, planned := w.plan(ctx, r, p.configuration)
	if diags = append(diags, planned...); diags.HasError() {
		return diags
	}
	if err := agrees(p.planned, again.planned); err != nil {
		return append(diags, violation("Provider produced inconsistent final plan", err.Error())...)
	}
	return append(diags, w.change(ctx, r, again)...)
}

// change creates or updates. Whatever the provider returns is stored, even with
// an error; a creation with an error is tainted.
func (w *Walk) change(ctx context.Context, r *Resource, p *Plan) Diagnostics {
	w.t.Helper()
	prior := r.State
	if p.Create {
		prior = tftypes.NewValue(r.schema.ValueType(), nil)
	}
	diags := w.requestApply(ctx, r, prior, p)
	r.Tainted = p.Create && diags.HasError() && !r.State.IsNull()
	if diags.HasError() {
		return diags
	}
	if !r.State.IsFullyKnown() {
		return append(diags, violation("Provider returned invalid result object after apply", "unknown values in "+r.State.String())...)
	}
	if err := agrees(p.planned, r.State); err != nil {
		return append(diags, violation("Provider produced inconsistent result after apply", err.Error())...)
	}
	return diags
}

// delete is a deletion, or the first half of a replacement. A tainted object's
// gets no private state.
func (w *Walk) delete(ctx context.Context, r *Resource) Diagnostics {
	w.t.Helper()
	none := tftypes.NewValue(r.schema.ValueType(), nil)
	p := &Plan{configuration: none, planned: none, private: r.Private}
	if r.Tainted {
		p.private = nil
	}
	diags := w.requestApply(ctx, r, r.State, p)
	if diags.HasError() {
		return diags
	}
	if !r.State.IsNull() {
		return append(diags, violation("Provider returned invalid result object after apply", "the deleted object is still there")...)
	}
	r.Forget()
	return diags
}

func (w *Walk) requestApply(ctx context.Context, r *Resource, prior tftypes.Value, p *Plan) Diagnostics {
	w.t.Helper()
	answer, err := w.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: r.Type, PlannedPrivate: p.private, PriorState: dynamic(w.t, prior),
		PlannedState: dynamic(w.t, p.planned), Config: dynamic(w.t, p.configuration), PlannedIdentity: r.known(p.identity),
	})
	if err != nil {
		return diagnosticsOf(nil, err)
	}
	r.store(answer.NewState, answer.Private)
	r.identify(answer.NewIdentity)
	return w.report(r, diagnosticsOf(answer.Diagnostics, nil))
}
