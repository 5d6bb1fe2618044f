package datasource

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type connectorPlugins struct{ base }

// NewConnectorPlugins returns the debezium_connector_plugins data source.
func NewConnectorPlugins() datasource.DataSource { return &connectorPlugins{} }

type connectorPluginsModel struct {
	Plugins []pluginModel `tfsdk:"plugins"`
}

type pluginModel struct {
	Class   string       `tfsdk:"class"`
	Type    string       `tfsdk:"type"`
	Version types.String `tfsdk:"version"`
	Kind    types.String `tfsdk:"kind"`
}

func (d *connectorPlugins) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_connector_plugins"
}

func (d *connectorPlugins) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The connector plugins that are installed on the worker that answers. The workers of a cluster should all have the same.",
		Attributes: map[string]schema.Attribute{
			"plugins": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The plugins, sorted by class, then oldest version first. A class that is installed in several versions is there once for each.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"class":   schema.StringAttribute{Computed: true, MarkdownDescription: "The connector's Java class."},
					"type":    schema.StringAttribute{Computed: true, MarkdownDescription: "`source` or `sink`."},
					"version": schema.StringAttribute{Computed: true, MarkdownDescription: "The plugin's version, such as `3.5.0.Final`; null where it has none."},
					"kind":    schema.StringAttribute{Computed: true, MarkdownDescription: "The Debezium kind, such as `mysql`; null for other classes."},
				}},
			},
		},
	}
}

func (d *connectorPlugins) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !d.ready(&resp.Diagnostics) {
		return
	}
	shared, err := d.cluster.Plugins(ctx)
	if err != nil {
		diagnostics.AddRequestError(&resp.Diagnostics, "list", "the connector plugins", err)
		return
	}
	plugins := slices.Clone(shared)
	slices.SortFunc(plugins, byClassAndVersion)
	m := connectorPluginsModel{Plugins: []pluginModel{}}
	for _, p := range slices.Compact(plugins) {
		entry := pluginModel{Class: p.Class, Type: p.Type}
		if p.Version != "" {
			entry.Version = types.StringValue(p.Version)
		}
		if kind := catalog.KindOfClass(p.Class); kind != nil {
			entry.Kind = types.StringValue(kind.Name)
		}
		m.Plugins = append(m.Plugins, entry)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func byClassAndVersion(a, b kafkaconnect.Plugin) int {
	// An unparseable version counts as the oldest.
	older, _ := catalog.ParseVersion(a.Version)
	newer, _ := catalog.ParseVersion(b.Version)
	return cmp.Or(cmp.Compare(a.Class, b.Class), older.Compare(newer), cmp.Compare(a.Version, b.Version))
}
