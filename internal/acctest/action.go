package acctest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invoke plans and invokes an action, as "terraform apply" does, in two
// provider processes. It returns the progress that the action reported; the
// error is of type Diagnostics.
func (tf *Terraform) Invoke(ctx context.Context, typeName string, configuration Block) (progress []string, err error) {
	tf.t.Helper()
	schema := schemas(tf.t).ActionSchemas[typeName]
	if schema == nil {
		tf.t.Fatalf("the provider has no action %q", typeName)
	}
	config := dynamic(tf.t, valueOf(schema.Schema.ValueType(), configuration))
	if _, diags := tf.planAction(ctx, typeName, config); diags.HasError() {
		return nil, diags.Err()
	}
	w, diags := tf.planAction(ctx, typeName, config)
	if diags.HasError() {
		return nil, diags.Err()
	}
	stream, err := w.server.(tfprotov6.ActionServer).InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: config}) //nolint:forcetypeassert // every server of the framework's is one
	if err != nil {
		return nil, diagnosticsOf(nil, err)
	}
	completed := false
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed = true
			diags = append(diags, w.report(nil, diagnosticsOf(e.Diagnostics, nil))...)
		}
	}
	if !completed {
		tf.t.Error("the action didn't complete")
	}
	return progress, diags.Err()
}

// planAction validates without and with a configured provider, and plans.
func (tf *Terraform) planAction(ctx context.Context, typeName string, config *tfprotov6.DynamicValue) (*Walk, Diagnostics) {
	tf.t.Helper()
	w, all := tf.Walk(ctx)
	for _, server := range []tfprotov6.ProviderServer{w.unconfigured, w.server} {
		if all.HasError() {
			return w, all
		}
		v, err := server.(tfprotov6.ActionServer).ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: config}) //nolint:forcetypeassert // every server of the framework's is one
		if err != nil {
			return w, diagnosticsOf(nil, err)
		}
		all = append(all, diagnosticsOf(v.Diagnostics, nil)...)
	}
	if all.HasError() {
		return w, all
	}
	p, err := w.server.(tfprotov6.ActionServer).PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: typeName, Config: config}) //nolint:forcetypeassert // every server of the framework's is one
	if err != nil {
		return w, diagnosticsOf(nil, err)
	}
	return w, append(all, diagnosticsOf(p.Diagnostics, nil)...)
}
