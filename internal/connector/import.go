package connector

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// ImportState takes the connector's bare name or its identity, which holds the
// same name. Read does the rest.
func (r *connectorResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	diags, name := &resp.Diagnostics, req.ID
	if name == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var identity types.String
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(translate.AttrName), &identity)...)
		name = identity.ValueString()
	}
	if problem := preflight.NameProblem(name); problem != "" {
		diags.AddError("Invalid import ID", "The import ID is the connector's name on the cluster. "+problem)
		return
	}
	identify(resp.Identity, name)
	diags.Append(resp.State.SetAttribute(ctx, path.Root(translate.AttrName), name)...)
	diags.Append(storePrivateState(ctx, resp.Private, translate.PrivateState{Adopted: translate.JustAdopted})...)
}

// Imported is the object that importing a connector produces.
func Imported(kind *catalog.Kind, info *kafkaconnect.Info, status *kafkaconnect.Status) translate.Object {
	o, _ := translate.Flatten(kind, translate.Object{}, info.Name, info.Config, translate.PrivateState{})
	maps.Copy(o, flattenStatus(translate.Object{}, status))
	return o
}
