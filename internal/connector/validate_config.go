package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// ValidateConfig finds what is wrong with any version of the worker.
func (r *connectorResource) ValidateConfig(_ context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := open(req.Config.Raw, "configuration", &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		r.checkConfiguration(config, &resp.Diagnostics)
	}
}

func (r *connectorResource) checkConfiguration(config translate.Object, diags *diag.Diagnostics) {
	translate.RegisterSecrets(r.cluster.Secrets, r.kind, config)
	preflight.CheckConfiguration(r.cluster, r.kind, config, diags)
}

// connectorName checks a name against Kafka Connect's requirements.
type connectorName struct{}

func (connectorName) Description(context.Context) string {
	return "a name that is not empty, without control characters or spaces at its ends"
}

func (v connectorName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (connectorName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := preflight.NameProblem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid connector name", problem)
	}
}
