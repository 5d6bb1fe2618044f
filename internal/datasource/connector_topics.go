package datasource

import (
	"context"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type connectorTopics struct{ base }

// NewConnectorTopics returns the debezium_connector_topics data source.
func NewConnectorTopics() datasource.DataSource { return &connectorTopics{} }

type connectorTopicsModel struct {
	Name         types.String `tfsdk:"name"`
	AllowMissing types.Bool   `tfsdk:"allow_missing"`
	Exists       types.Bool   `tfsdk:"exists"`
	Topics       []string     `tfsdk:"topics"`
}

func (d *connectorTopics) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_connector_topics"
}

func (d *connectorTopics) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The topics that a connector has used: that a source has written to, or a sink has read from. It is an error when there is no such connector, unless `allow_missing` is true.",
		Attributes: map[string]schema.Attribute{
			"name":          nameAttribute(),
			"allow_missing": allowMissing(),
			"exists":        exists(),
			"topics": schema.ListAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "The topics' names, sorted. Kafka Connect counts from the connector's creation, or from the last reset of this list; a topic that no record has gone through is not among them.",
			},
		},
	}
}

func (d *connectorTopics) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectorTopicsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.ready(&resp.Diagnostics) {
		return
	}
	name := m.Name.ValueString()
	topics, err := d.topics(ctx, name)
	switch {
	case errors.Is(err, kafkaconnect.ErrNotFound) && m.AllowMissing.ValueBool():
		m.Exists = types.BoolValue(false)
		resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
		return
	case errors.Is(err, kafkaconnect.ErrNotFound):
		addNoSuchConnector(&resp.Diagnostics, name)
		return
	case errors.Is(err, kafkaconnect.ErrUnsupported):
		resp.Diagnostics.AddError("The worker doesn't report topics",
			"The topics of a connector can be read with Kafka Connect 2.5 or later, unless the workers are configured with topic.tracking.enable=false. The worker answered: "+err.Error())
		return
	case err != nil:
		diagnostics.AddRequestError(&resp.Diagnostics, "read the topics of", quoted(name), err)
		return
	}
	m.Exists = types.BoolValue(true)
	m.Topics = append([]string{}, topics...)
	slices.Sort(m.Topics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// topics also checks that the connector exists: for one that doesn't, Kafka
// Connect responds as if it had used no topics.
func (d *connectorTopics) topics(ctx context.Context, name string) ([]string, error) {
	if _, err := d.connector(ctx, name); err != nil {
		return nil, err
	}
	return d.cluster.Client.Topics(ctx, name)
}
