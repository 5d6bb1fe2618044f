// Package provider configures the provider and registers what it offers.
package provider

import (
	"context"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	clusteraction "github.com/cdc/terraform-provider-debezium/internal/action"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector"
	clusterdata "github.com/cdc/terraform-provider-debezium/internal/datasource"
	offline "github.com/cdc/terraform-provider-debezium/internal/function"
	listing "github.com/cdc/terraform-provider-debezium/internal/list"
)

var (
	_ provider.ProviderWithActions       = (*debeziumProvider)(nil)
	_ provider.ProviderWithFunctions     = (*debeziumProvider)(nil)
	_ provider.ProviderWithListResources = (*debeziumProvider)(nil)
)

type debeziumProvider struct {
	version string
	timing  cluster.Timing
	cluster atomic.Pointer[cluster.Cluster] // nil until configured
}

// Option overrides a default for tests.
type Option func(*debeziumProvider)

// WithTiming sets the intervals and limits for waiting.
func WithTiming(t cluster.Timing) Option { return func(p *debeziumProvider) { p.timing = t } }

// New returns a factory for the given version of the provider.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider { return newProvider(version, options) }
}

func newProvider(version string, options []Option) *debeziumProvider {
	p := &debeziumProvider{version: version, timing: cluster.DefaultTiming()}
	for _, o := range options {
		o(p)
	}
	return p
}

func (p *debeziumProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "debezium"
	resp.Version = p.version
}

func (p *debeziumProvider) Resources(context.Context) []func() resource.Resource {
	resources := []func() resource.Resource{connector.New(nil)}
	for _, kind := range catalog.Kinds() {
		resources = append(resources, connector.New(kind))
	}
	return resources
}

func (p *debeziumProvider) ListResources(context.Context) []func() list.ListResource {
	lists := []func() list.ListResource{listing.New(nil)}
	for _, kind := range catalog.Kinds() {
		lists = append(lists, listing.New(kind))
	}
	return lists
}

func (p *debeziumProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		clusterdata.NewCluster,
		clusterdata.NewConfigValidation,
		clusterdata.NewConnectorOffsets,
		clusterdata.NewConnectorPlugins,
		clusterdata.NewConnectorStatus,
		clusterdata.NewConnectorTopics,
		clusterdata.NewConnectors,
		clusterdata.NewDatabaseChecks,
	}
}

func (p *debeziumProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		offline.NewConfigErrors,
		offline.NewConfigFindings,
		offline.NewConnectorName,
		offline.NewTopicPrefix,
		offline.NewServerID,
		offline.NewSnapshotModes,
	}
}

func (p *debeziumProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		clusteraction.NewExecuteSnapshot,
		clusteraction.NewResetOffsets,
		clusteraction.NewRestartConnector,
	}
}
