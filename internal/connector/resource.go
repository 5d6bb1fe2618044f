// Package connector is the life cycle of the connector resource: one
// implementation for all kinds, with schemas from the catalog. Package
// translate decides what would be sent, and preflight what a plan checks; this
// package handles what happens to a connector on the cluster and to its state.
package connector

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
)

var (
	_ resource.Resource                   = (*connectorResource)(nil)
	_ resource.ResourceWithConfigure      = (*connectorResource)(nil)
	_ resource.ResourceWithIdentity       = (*connectorResource)(nil)
	_ resource.ResourceWithImportState    = (*connectorResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*connectorResource)(nil)
	_ resource.ResourceWithValidateConfig = (*connectorResource)(nil)
)

// defaultTimeout applies to create, update and delete. It is longer than the
// 90 s after which Kafka Connect gives up on a request, and leaves room for a
// snapshot's locks.
const defaultTimeout = 5 * time.Minute

type connectorResource struct {
	kind    *catalog.Kind // nil: a connector of any class
	cluster *cluster.Cluster
}

// New makes the resource of a kind; nil means a connector of any class.
func New(kind *catalog.Kind) func() resource.Resource {
	return func() resource.Resource { return &connectorResource{kind: kind, cluster: cluster.Unconfigured()} }
}

func (r *connectorResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = translate.TypeName(r.kind)
}

func (r *connectorResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = connectorSchema(ctx, r.kind)
}

func (r *connectorResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if c := diagnostics.Cluster(req.ProviderData, &resp.Diagnostics); c != nil {
		r.cluster = c
	}
}

// decodeRequest opens the plan and configuration of an apply, and registers
// their secrets before anything can be logged.
func (r *connectorResource) decodeRequest(planRaw, configRaw tftypes.Value, diags *diag.Diagnostics) (plan, config translate.Object) {
	if !r.cluster.Connected() {
		diags.AddError("The provider's url isn't known", "The url of Kafka Connect must be known during apply. Set url in the provider block, or DEBEZIUM_CONNECT_URL.")
		return nil, nil
	}
	plan = open(planRaw, "plan", diags)
	config = open(configRaw, "configuration", diags)
	translate.RegisterSecrets(r.cluster.Secrets, r.kind, config)
	return plan, config
}

// open reads a raw value; what is its name in an error.
func open(raw tftypes.Value, what string, diags *diag.Diagnostics) translate.Object {
	o, err := translate.Open(raw)
	if err != nil {
		diags.AddError("Unreadable "+what, fmt.Sprintf("%s. This is a bug in the provider; please report it.", err))
	}
	return o
}

// limit returns the context of one operation, bounded by its timeout.
func limit(ctx context.Context, source interface {
	GetAttribute(ctx context.Context, p path.Path, target any) diag.Diagnostics
}, pick func(timeouts.Value) (time.Duration, diag.Diagnostics), diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	var t timeouts.Value
	diags.Append(source.GetAttribute(ctx, path.Root(translate.AttrTimeouts), &t)...)
	d, more := pick(t)
	diags.Append(more...)
	return context.WithTimeout(ctx, d)
}

func quoted(name string) string { return fmt.Sprintf("connector %q", name) }
