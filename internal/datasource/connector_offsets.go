package datasource

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type connectorOffsets struct{ base }

// NewConnectorOffsets returns the debezium_connector_offsets data source.
func NewConnectorOffsets() datasource.DataSource { return &connectorOffsets{} }

type connectorOffsetsModel struct {
	Name         types.String `tfsdk:"name"`
	AllowMissing types.Bool   `tfsdk:"allow_missing"`
	Exists       types.Bool   `tfsdk:"exists"`
	Offsets      types.String `tfsdk:"offsets"`
}

func (d *connectorOffsets) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_connector_offsets"
}

func (d *connectorOffsets) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How far a connector has come. Needs Kafka Connect 3.5. It is an error when there is no such connector, unless `allow_missing` is true.",
		Attributes: map[string]schema.Attribute{
			"name":          nameAttribute(),
			"allow_missing": allowMissing(),
			"exists":        exists(),
			"offsets": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "The offsets as JSON, for `jsondecode` or for the `initial_offsets` of another connector: " +
					"`{\"offsets\": [{\"partition\": {…}, \"offset\": {…}}]}`, sorted by partition. The list is empty until the connector has committed something.",
			},
		},
	}
}

func (d *connectorOffsets) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectorOffsetsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.ready(&resp.Diagnostics) {
		return
	}
	name := m.Name.ValueString()
	offsets, err := d.cluster.Client.Offsets(ctx, name)
	switch {
	case errors.Is(err, kafkaconnect.ErrNotFound) && m.AllowMissing.ValueBool():
		m.Exists = types.BoolValue(false)
		resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
		return
	case errors.Is(err, kafkaconnect.ErrNotFound):
		addNoSuchConnector(&resp.Diagnostics, name)
		return
	case errors.Is(err, kafkaconnect.ErrUnsupported):
		resp.Diagnostics.AddError("Reading offsets requires a newer Kafka Connect",
			"The offsets of a connector can be read with Kafka Connect 3.5 or later. The worker answered: "+err.Error())
		return
	case err != nil:
		diagnostics.AddRequestError(&resp.Diagnostics, "read the offsets of", quoted(name), err)
		return
	}
	text, err := canonical(offsets)
	if err != nil {
		resp.Diagnostics.AddError("Could not read the offsets of "+quoted(name), "The worker's answer is not JSON: "+err.Error())
		return
	}
	m.Exists, m.Offsets = types.BoolValue(true), types.StringValue(text)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// canonical encodes the same offsets always in the same way, since the order in
// which a worker lists partitions is arbitrary. Numbers are kept as written,
// with all their digits.
func canonical(offsets *kafkaconnect.Offsets) (string, error) {
	sorted := kafkaconnect.Offsets{Offsets: []kafkaconnect.Offset{}}
	for _, o := range offsets.Offsets {
		partition, err := sortKeys(o.Partition)
		if err != nil {
			return "", err
		}
		offset, err := sortKeys(o.Offset)
		if err != nil {
			return "", err
		}
		sorted.Offsets = append(sorted.Offsets, kafkaconnect.Offset{Partition: partition, Offset: offset})
	}
	slices.SortFunc(sorted.Offsets, func(a, b kafkaconnect.Offset) int { return bytes.Compare(a.Partition, b.Partition) })
	text, err := encode(sorted)
	return string(text), err
}

func sortKeys(text json.RawMessage) (json.RawMessage, error) {
	if text == nil {
		return json.RawMessage("null"), nil
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return encode(value)
}

// encode is json.Marshal without HTML escaping.
func encode(value any) (json.RawMessage, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(b.Bytes()), err
}
