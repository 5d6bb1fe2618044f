package datasource

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

type connectorStatus struct{ base }

// NewConnectorStatus returns the debezium_connector_status data source.
func NewConnectorStatus() datasource.DataSource { return &connectorStatus{} }

type connectorStatusModel struct {
	Name           types.String `tfsdk:"name"`
	AllowMissing   types.Bool   `tfsdk:"allow_missing"`
	Exists         types.Bool   `tfsdk:"exists"`
	Status         types.String `tfsdk:"status"`
	ConnectorState types.String `tfsdk:"connector_state"`
	WorkerID       types.String `tfsdk:"worker_id"`
	Type           types.String `tfsdk:"type"`
	Version        types.String `tfsdk:"version"`
	Running        types.Bool   `tfsdk:"running"`
	Healthy        types.Bool   `tfsdk:"healthy"`
	FailedTasks    []int64      `tfsdk:"failed_tasks"`
	Tasks          []taskModel  `tfsdk:"tasks"`
}

type taskModel struct {
	ID       types.Int64  `tfsdk:"id"`
	State    types.String `tfsdk:"state"`
	WorkerID types.String `tfsdk:"worker_id"`
	Trace    types.String `tfsdk:"trace"`
	Remedy   types.String `tfsdk:"remedy"`
}

func (d *connectorStatus) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_connector_status"
}

func (d *connectorStatus) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What a connector and its tasks are doing at this moment. It is an error when there is no such connector, unless `allow_missing` is true.",
		Attributes: map[string]schema.Attribute{
			"name":            nameAttribute(),
			"allow_missing":   allowMissing(),
			"exists":          exists(),
			"status":          schema.StringAttribute{Computed: true, MarkdownDescription: "Connector and tasks in one word: `RUNNING`, `PAUSED`, `STOPPED`, `FAILED` (the connector or any of its tasks), `UNASSIGNED` (also a running connector without tasks) or `RESTARTING`."},
			"connector_state": schema.StringAttribute{Computed: true, MarkdownDescription: "The state of the connector alone. `RUNNING` says nothing about its tasks."},
			"worker_id":       schema.StringAttribute{Computed: true, MarkdownDescription: "The worker that runs the connector, as host and port."},
			"type":            schema.StringAttribute{Computed: true, MarkdownDescription: "`source` or `sink`."},
			"version":         schema.StringAttribute{Computed: true, MarkdownDescription: "The plugin's version that the connector runs; null where the worker doesn't tell it (before Kafka Connect 4.1)."},
			"running":         schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the connector is running with at least one task, and all its tasks are running."},
			"healthy": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the connector is wholly in the state that it was put in: `running`, or paused or stopped with all its tasks. " +
				"With `errors.max.retries` = -1, the default, Debezium may retry for long while everything is `RUNNING`: only records in its topics prove that it captures."},
			"failed_tasks": schema.ListAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: "The ids of the tasks that have failed."},
			"tasks": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The connector's tasks.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":        schema.Int64Attribute{Computed: true, MarkdownDescription: "The task's number, from 0."},
					"state":     schema.StringAttribute{Computed: true, MarkdownDescription: "The task's state."},
					"worker_id": schema.StringAttribute{Computed: true, MarkdownDescription: "The worker that runs the task."},
					"trace":     schema.StringAttribute{Computed: true, MarkdownDescription: "The Java stack trace of a failed task."},
					"remedy":    schema.StringAttribute{Computed: true, MarkdownDescription: "What to do about a failure that the provider knows."},
				}},
			},
		},
	}
}

func (d *connectorStatus) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectorStatusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.ready(&resp.Diagnostics) {
		return
	}
	status, err := d.status(ctx, m.Name.ValueString())
	if err != nil {
		if errors.Is(err, kafkaconnect.ErrNotFound) && m.AllowMissing.ValueBool() {
			m.Exists, m.Running, m.Healthy = types.BoolValue(false), types.BoolValue(false), types.BoolValue(false)
			resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
			return
		}
		if errors.Is(err, kafkaconnect.ErrNotFound) {
			resp.Diagnostics.AddAttributeError(path.Root("name"), "Connector not found",
				fmt.Sprintf("The cluster has no connector %q, or has no status for it yet. If that is expected, set allow_missing = true.", m.Name.ValueString()))
			return
		}
		diagnostics.AddRequestError(&resp.Diagnostics, "read the status of", quoted(m.Name.ValueString()), err)
		return
	}
	m.fill(status, d.cluster.Secrets.Redact)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// status always reads the configuration as well: a trace may quote secrets that
// are known only from there.
func (d *connectorStatus) status(ctx context.Context, name string) (*kafkaconnect.Status, error) {
	c, err := d.connector(ctx, name)
	if err != nil || c.Status != nil {
		return c.Status, err
	}
	return d.cluster.Client.Status(ctx, name)
}

// healthy accepts a pause or stop as intended. A paused connector keeps its
// tasks, all of which must be paused.
func healthy(s *kafkaconnect.Status) bool {
	if summary := s.Summary(); summary != kafkaconnect.StatePaused {
		return summary == kafkaconnect.StateRunning || summary == kafkaconnect.StateStopped
	}
	return !slices.ContainsFunc(s.Tasks, func(t kafkaconnect.TaskStatus) bool { return t.State != kafkaconnect.StatePaused })
}

func (m *connectorStatusModel) fill(s *kafkaconnect.Status, redact func(string) string) {
	summary := s.Summary()
	m.Status = types.StringValue(string(summary))
	m.ConnectorState = types.StringValue(string(s.Connector.State))
	m.WorkerID = types.StringValue(s.Connector.WorkerID)
	m.Type = types.StringValue(s.Type)
	m.Exists, m.Version = types.BoolValue(true), types.StringNull()
	if s.Connector.Version != "" {
		m.Version = types.StringValue(s.Connector.Version)
	}
	m.Running = types.BoolValue(summary == kafkaconnect.StateRunning)
	m.Healthy = types.BoolValue(healthy(s))
	m.FailedTasks = []int64{}
	for _, id := range s.FailedTasks() {
		m.FailedTasks = append(m.FailedTasks, int64(id))
	}
	m.Tasks = []taskModel{}
	for _, t := range s.Tasks {
		task := taskModel{
			ID:       types.Int64Value(int64(t.ID)),
			State:    types.StringValue(string(t.State)),
			WorkerID: types.StringValue(t.WorkerID),
			Trace:    types.StringNull(),
			Remedy:   types.StringNull(),
		}
		if t.Trace != "" {
			task.Trace = types.StringValue(redact(t.Trace))
			if remedy := diagnosis.Explain(t.Trace).Remedy; remedy != "" {
				task.Remedy = types.StringValue(remedy)
			}
		}
		m.Tasks = append(m.Tasks, task)
	}
}
