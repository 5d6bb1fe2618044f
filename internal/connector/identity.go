package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// IdentitySchema identifies a connector by its name, which is unique in its
// cluster.
func (r *connectorResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		translate.AttrName: identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "The connector's name on the cluster.",
		},
	}}
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{translate.AttrName: tftypes.String}}

// identify sets the identity of a connector. Create, read and update must all
// call it: Terraform before 1.12 passes in none that could be kept.
func identify(identity *tfsdk.ResourceIdentity, name string) {
	identity.Raw = IdentityValue(name)
}

// IdentityValue is the identity of the connector with the given name.
func IdentityValue(name string) tftypes.Value {
	return tftypes.NewValue(identityType, map[string]tftypes.Value{translate.AttrName: translate.StringValue(name)})
}
