package action

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/signal"
)

const (
	attrType         = "type"
	attrTables       = "tables"
	attrConditions   = "additional_conditions"
	attrSurrogateKey = "surrogate_key"
)

type executeSnapshot struct{ base }

// NewExecuteSnapshot returns the debezium_execute_snapshot action.
func NewExecuteSnapshot() action.Action { return &executeSnapshot{} }

type executeSnapshotModel struct {
	target
	Type         types.String `tfsdk:"type"`
	Tables       types.List   `tfsdk:"tables"`
	Conditions   types.List   `tfsdk:"additional_conditions"`
	SurrogateKey types.String `tfsdk:"surrogate_key"`
	Brokers      types.List   `tfsdk:"bootstrap_servers"`
	TLS          types.Object `tfsdk:"tls"`
	SASL         types.Object `tfsdk:"sasl"`
}

type conditionModel struct {
	Table  types.String `tfsdk:"table"`
	Filter types.String `tfsdk:"filter"`
}

func (a *executeSnapshot) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "debezium_execute_snapshot"
}

func (a *executeSnapshot) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Asks a running connector for a snapshot of tables, by a signal through Kafka. " +
			"The connector must listen: with `signal_enabled_channels = [\"source\", \"kafka\"]` and `signal.kafka.bootstrap.servers` (Debezium 2.3 or later), " +
			"and, for an incremental snapshot, with a signal table (`signal_data_collection`), unless it has `read.only` set to `true`. " +
			"The action ends when the signal is in Kafka; the connector takes the snapshot after that.",
		Attributes: map[string]schema.Attribute{
			"name": nameAttribute(),
			attrType: schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "`incremental` reads the tables in chunks while streaming goes on; `blocking` pauses streaming meanwhile, and needs no signal table. " +
					"Default: `incremental`.",
				Validators: []validator.String{stringvalidator.OneOf(signal.Incremental, signal.Blocking)},
			},
			attrTables: schema.ListAttribute{
				Required:    true,
				ElementType: types.StringType,
				MarkdownDescription: "The tables: their names in full, as in the connector's `table_include_list`, or regular expressions of these. " +
					"Debezium leaves out tables that the connector doesn't capture.",
				Validators: []validator.List{listvalidator.SizeAtLeast(1), listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			attrConditions: schema.ListNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Bounds the rows of tables; without an entry a table is read as a whole.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"table": schema.StringAttribute{Required: true, MarkdownDescription: "A table of `tables`, or a regular expression of some."},
					"filter": schema.StringAttribute{Required: true, MarkdownDescription: "For an incremental snapshot a condition, as after `WHERE`, such as `id > 1000`; " +
						"for a blocking one a whole `SELECT`."},
				}},
			},
			attrSurrogateKey: schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The column along which an incremental snapshot makes its chunks, instead of the primary key.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			attrBrokers: schema.ListAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Kafka brokers as this machine reaches them, as `HOST:PORT`. Default: the `signal.kafka.bootstrap.servers` of the connector. " +
					"They must belong to the same Kafka cluster.",
				Validators: []validator.List{listvalidator.SizeAtLeast(1), listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			attrTLS:    tlsAttribute(),
			attrSASL:   saslAttribute(),
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

// ValidateConfig reports settings that Debezium would ignore.
func (a *executeSnapshot) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var m executeSnapshotModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	validateAccess(ctx, m.TLS, m.SASL, &resp.Diagnostics)
	if m.Type.ValueString() == signal.Blocking && !m.SurrogateKey.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root(attrSurrogateKey), "surrogate_key has no effect",
			"A blocking snapshot reads each table in one go, without chunks. Remove surrogate_key, or set type to incremental.")
	}
	if m.Tables.IsUnknown() || m.Conditions.IsUnknown() {
		return
	}
	var tables []types.String
	var conditions []conditionModel
	resp.Diagnostics.Append(m.Tables.ElementsAs(ctx, &tables, false)...)
	resp.Diagnostics.Append(m.Conditions.ElementsAs(ctx, &conditions, false)...)
	for n, c := range conditions {
		if !meets(c.Table, tables) {
			resp.Diagnostics.AddAttributeError(path.Root(attrConditions).AtListIndex(n).AtName("table"), "The condition matches none of the tables",
				fmt.Sprintf("%q isn't in tables, so Debezium would read those tables in full. Use the same name in both.", c.Table.ValueString()))
		}
	}
}

// meets reports whether a condition's table may be among the tables; if either
// is a regular expression, it may be.
func meets(table types.String, tables []types.String) bool {
	if table.IsUnknown() || !signal.IsPlainName(table.ValueString()) {
		return true
	}
	return slices.ContainsFunc(tables, func(t types.String) bool {
		return t.IsUnknown() || !signal.IsPlainName(t.ValueString()) || strings.EqualFold(t.ValueString(), table.ValueString())
	})
}

func (a *executeSnapshot) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m executeSnapshotModel
	a.invoke(ctx, req, resp, &m, m.run)
}

func (m *executeSnapshotModel) run(ctx context.Context, i *invocation) {
	access := m.access(ctx, i.Secrets, i.diags)
	snapshot := m.snapshot(ctx, i)
	if i.diags.HasError() {
		return
	}
	channel, problem := signal.ChannelOf(i.info.Config)
	if problem == nil {
		problem = channel.Prevents(snapshot)
	}
	if problem != nil {
		i.diags.AddAttributeError(path.Root("name"), problem.Summary, i.Secrets.Redact(fmt.Sprintf("Connector %q: %s", i.name, problem.Detail)))
		return
	}
	if m.checkAccess(channel, &access, i.diags); !i.diags.HasError() && i.listens(ctx) {
		i.send(ctx, access, channel, snapshot)
	}
}

// snapshot builds the signal.
func (m *executeSnapshotModel) snapshot(ctx context.Context, i *invocation) signal.Snapshot {
	s := signal.Snapshot{Blocking: m.Type.ValueString() == signal.Blocking, SurrogateKey: m.SurrogateKey.ValueString()}
	i.diags.Append(m.Tables.ElementsAs(ctx, &s.Tables, false)...)
	var conditions []conditionModel
	i.diags.Append(m.Conditions.ElementsAs(ctx, &conditions, false)...)
	for _, c := range conditions {
		s.Conditions = append(s.Conditions, signal.Condition{Table: c.Table.ValueString(), Filter: c.Filter.ValueString()})
	}
	return s
}

// listens ensures that the connector is running, else it reads no signals.
func (i *invocation) listens(ctx context.Context) bool {
	switch state := i.state(); {
	case state == kafkaconnect.StatePaused || state == kafkaconnect.StateStopped:
		i.diags.AddError("The connector is "+string(state), fmt.Sprintf(
			"Connector %q is %s, but only a running connector takes snapshots. Set its state to running first.", i.name, state))
		return false
	case i.status.Summary() == kafkaconnect.StateRunning:
		return true
	}
	return i.await(ctx, "to be told by a signal", cluster.Wait{Target: kafkaconnect.StateRunning, Fresh: true})
}

func (i *invocation) send(ctx context.Context, access signal.Access, channel *signal.Channel, snapshot signal.Snapshot) {
	id := rand.Text()
	value, err := snapshot.Value(id)
	if err != nil {
		i.diags.AddError("The signal can't be written as JSON", err.Error())
		return
	}
	i.say("Asking connector %q for a snapshot (%s) of %s, by signal %s", i.name, snapshot.Type(), strings.Join(snapshot.Tables, ", "), id)
	offset, err := signal.Send(ctx, access, channel, value)
	if err != nil {
		i.diags.AddError("Could not send the signal", i.Secrets.Redact(fmt.Sprintf(
			"The signal for connector %q could not be written to Kafka topic %q on %s: %s.",
			i.name, channel.Topic, strings.Join(access.Brokers, ", "), err)))
		return
	}
	i.say("The signal is in topic %q at offset %d; connector %q looks for signals every %s", channel.Topic, offset, i.name, channel.Poll)
}
