// Package connector is the connector resource: one implementation for all
// kinds, whose schema comes from the catalog. It maps HCL onto Kafka Connect's
// flat configuration and a connector's life onto the REST API.
package connector

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

var (
	_ resource.Resource                   = (*connectorResource)(nil)
	_ resource.ResourceWithConfigure      = (*connectorResource)(nil)
	_ resource.ResourceWithImportState    = (*connectorResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*connectorResource)(nil)
	_ resource.ResourceWithValidateConfig = (*connectorResource)(nil)
)

// defaultTimeout is that of create, update and delete: longer than the 90 s
// after which Kafka Connect gives up on a request, with room for a snapshot's
// locks.
const defaultTimeout = 5 * time.Minute

type connectorResource struct {
	kind    *catalog.Kind // nil: a connector of any class
	cluster *cluster.Cluster
	// ownSecrets stands in for the cluster's where no provider is configured.
	ownSecrets redact.Set
}

// New makes the resource of a kind; nil stands for a connector of any class.
func New(kind *catalog.Kind) func() resource.Resource {
	return func() resource.Resource { return &connectorResource{kind: kind} }
}

// TypeName is the resource's type in HCL.
func TypeName(kind *catalog.Kind) string {
	if kind == nil {
		return "debezium_connector"
	}
	return "debezium_" + kind.Name + "_connector"
}

func (r *connectorResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = TypeName(r.kind)
}

func (r *connectorResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = connectorSchema(ctx, r.kind)
}

func (r *connectorResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if req.ProviderData == nil {
		return
	}
	c, ok := req.ProviderData.(*cluster.Cluster)
	if !ok {
		resp.Diagnostics.AddError("Unexpected provider data", fmt.Sprintf(
			"Expected *cluster.Cluster, got %T. This is a bug in the provider; please report it.", req.ProviderData))
		return
	}
	r.cluster = c
}

// ImportState takes the connector's bare name. Read does the rest.
func (r *connectorResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if problem := nameProblem(req.ID); problem != "" {
		resp.Diagnostics.AddError("Invalid import ID", "The import ID is the connector's name as it is on the cluster. "+problem)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attrName), req.ID)...)
}

// class is the connector.class to send. Where the server has an alias of the
// same class (Kafka Connect accepts simple names), that stays.
func (r *connectorResource) class(o object, server kafkaconnect.Config) string {
	if r.kind == nil {
		return o.text(attrClass)
	}
	if theirs, ok := server[keyClass]; ok && catalog.KindOfClass(theirs) == r.kind {
		return theirs
	}
	return r.kind.Class
}

// limit is the context of one operation, bounded by its time-out.
func limit(ctx context.Context, source interface {
	GetAttribute(ctx context.Context, p path.Path, target any) diag.Diagnostics
}, pick func(timeouts.Value) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	var t timeouts.Value
	diags.Append(source.GetAttribute(ctx, path.Root(attrTimeouts), &t)...)
	d, more := pick(t)
	diags.Append(more...)
	return context.WithTimeout(ctx, d)
}
