package datasource

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type clusterInfo struct{ base }

// NewCluster returns the debezium_cluster data source.
func NewCluster() datasource.DataSource { return &clusterInfo{} }

type clusterModel struct {
	Version        string `tfsdk:"version"`
	Commit         string `tfsdk:"commit"`
	KafkaClusterID string `tfsdk:"kafka_cluster_id"`
	Healthy        bool   `tfsdk:"healthy"`
	Message        string `tfsdk:"message"`
}

func (d *clusterInfo) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_cluster"
}

func (d *clusterInfo) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The Kafka Connect cluster, by the worker that answers. It is an error when none does.",
		Attributes: map[string]schema.Attribute{
			"version":          schema.StringAttribute{Computed: true, MarkdownDescription: "The version of Kafka Connect."},
			"commit":           schema.StringAttribute{Computed: true, MarkdownDescription: "The commit of Kafka's source that it was built from."},
			"kafka_cluster_id": schema.StringAttribute{Computed: true, MarkdownDescription: "The id of the Kafka cluster that the workers belong to."},
			"healthy":          schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the worker has started and works. Before Kafka Connect 3.9, which can't tell, `true` says only that it answers."},
			"message":          schema.StringAttribute{Computed: true, MarkdownDescription: "The worker's words on its health."},
		},
	}
}

func (d *clusterInfo) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !d.ready(&resp.Diagnostics) {
		return
	}
	info, err := d.cluster.Client.ServerInfo(ctx)
	if err != nil {
		diagnostics.AddRequestError(&resp.Diagnostics, "read", "the cluster's version", err)
		return
	}
	m := clusterModel{Version: info.Version, Commit: info.Commit, KafkaClusterID: info.KafkaClusterID}
	health, err := d.cluster.Client.Health(ctx)
	switch {
	case errors.Is(err, kafkaconnect.ErrUnsupported):
		m.Healthy = true
		m.Message = fmt.Sprintf("The worker answers. More about its health is reported by Kafka Connect 3.9 or later; the worker runs %s.", info.Version)
	case err != nil:
		diagnostics.AddRequestError(&resp.Diagnostics, "read", "the worker's health", err)
		return
	default:
		m.Healthy, m.Message = health.Status == "healthy", health.Message
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
