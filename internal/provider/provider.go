// Package provider configures the provider and registers what it offers.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector"
	clusterdata "github.com/cdc/terraform-provider-debezium/internal/datasource"
)

var _ provider.Provider = (*debeziumProvider)(nil)

type debeziumProvider struct {
	version string
	timing  cluster.Timing
}

// Option changes what a test needs otherwise.
type Option func(*debeziumProvider)

// WithTiming sets the paces of waiting.
func WithTiming(t cluster.Timing) Option { return func(p *debeziumProvider) { p.timing = t } }

// New makes the provider of a version.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &debeziumProvider{version: version, timing: cluster.DefaultTiming()}
		for _, o := range options {
			o(p)
		}
		return p
	}
}

func (p *debeziumProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "debezium"
	resp.Version = p.version
}

func (p *debeziumProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages Debezium connectors, and any other connector, on a Kafka Connect cluster by its REST API.",
		Attributes: map[string]schema.Attribute{
			attrURL: schema.StringAttribute{
				MarkdownDescription: "The REST URL of a Kafka Connect worker, such as `http://localhost:8083`. Any worker of the cluster will do. Environment: `" + envURL + "`.",
				Optional:            true,
			},
			attrFailoverURLs: schema.ListAttribute{
				MarkdownDescription: "REST URLs of further workers of the same cluster, tried in order when one can't be reached.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			attrRequestTimeout: schema.StringAttribute{
				MarkdownDescription: "How long one request may take, as a duration such as `30s`. Default: `100s`, since Kafka Connect itself gives up after 90 seconds.",
				Optional:            true,
			},
		},
	}
}

func (p *debeziumProvider) Resources(context.Context) []func() resource.Resource {
	resources := []func() resource.Resource{connector.New(nil)}
	for _, kind := range catalog.Kinds() {
		resources = append(resources, connector.New(kind))
	}
	return resources
}

func (p *debeziumProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		clusterdata.NewConnectorStatus,
		clusterdata.NewConnectors,
	}
}
