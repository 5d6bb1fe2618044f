// Package datasource implements the data sources, one per file.
package datasource

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// base holds what all data sources share: the configured cluster.
type base struct{ cluster *cluster.Cluster }

func (b *base) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if c := diagnostics.Cluster(req.ProviderData, &resp.Diagnostics); c != nil {
		b.cluster = c
	}
}

// ready reports whether the cluster can be queried.
func (b *base) ready(diags *diag.Diagnostics) bool {
	if b.cluster != nil && b.cluster.Connected() {
		return true
	}
	diags.AddError("The provider's url isn't known yet",
		"Data sources can't be read before the URL of Kafka Connect is known. Apply what the url depends on first (terraform apply -target=…).")
	return false
}

// connectors returns all connectors. Until this process has written something,
// the listing that it already has is as good as a new one.
func (b *base) connectors(ctx context.Context) (map[string]kafkaconnect.Connector, error) {
	ctx, cancel := context.WithTimeout(ctx, b.cluster.Timing.Rebalance)
	defer cancel()
	if b.cluster.Cache.Written() {
		return b.cluster.Client.Connectors(ctx)
	}
	return b.cluster.Cache.Connectors(ctx)
}

// connector returns one connector, or ErrNotFound. Until this process has
// written something, it comes from the listing, so that reading a thousand
// takes one request; after that from the worker, since a new listing for each
// would be a thousand times a thousand connectors. A connector without a status
// isn't listed yet, so it is requested by name before it counts as missing.
func (b *base) connector(ctx context.Context, name string) (kafkaconnect.Connector, error) {
	if !b.cluster.Cache.Written() {
		all, err := b.connectors(ctx)
		if err != nil || all[name].Info != nil {
			return all[name], err
		}
	}
	info, err := b.cluster.Client.Connector(ctx, name)
	return kafkaconnect.Connector{Info: info}, err
}

// nameAttribute returns the attribute for the data source's connector name.
func nameAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The connector's name.",
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
}

// allowMissing and exists let a check block refer to a connector that doesn't
// exist yet, as in the first plan.
func allowMissing() schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional:            true,
		MarkdownDescription: "Whether it is no error when there is no such connector, as in the first plan: `exists` is false then, and what can't be known is null. Default: false.",
	}
}

func exists() schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether there is such a connector; without `allow_missing` always true."}
}

func quoted(name string) string { return fmt.Sprintf("connector %q", name) }

func addNoSuchConnector(diags *diag.Diagnostics, name string) {
	diags.AddAttributeError(path.Root("name"), "Connector not found", fmt.Sprintf("The cluster has no connector %q.", name))
}
