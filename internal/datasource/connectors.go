package datasource

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

type connectors struct{ base }

// NewConnectors returns the debezium_connectors data source.
func NewConnectors() datasource.DataSource { return &connectors{} }

type connectorsModel struct {
	NameRegex    types.String     `tfsdk:"name_regex"`
	Kind         types.String     `tfsdk:"kind"`
	Status       types.String     `tfsdk:"status"`
	Names        []string         `tfsdk:"names"`
	Connectors   []connectorModel `tfsdk:"connectors"`
	ImportBlocks types.String     `tfsdk:"import_blocks"`
}

type connectorModel struct {
	Name           string            `tfsdk:"name"`
	ConnectorClass string            `tfsdk:"connector_class"`
	Kind           types.String      `tfsdk:"kind"`
	ResourceType   string            `tfsdk:"resource_type"`
	Type           string            `tfsdk:"type"`
	ConnectorState string            `tfsdk:"connector_state"`
	Status         string            `tfsdk:"status"`
	TasksTotal     int64             `tfsdk:"tasks_total"`
	TasksFailed    int64             `tfsdk:"tasks_failed"`
	TopicPrefix    types.String      `tfsdk:"topic_prefix"`
	Config         map[string]string `tfsdk:"config"`
}

func (d *connectors) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_connectors"
}

func (d *connectors) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The connectors of the cluster, Debezium's and others, with what they do at this moment. The filters can be combined.",
		Attributes: map[string]schema.Attribute{
			"name_regex": schema.StringAttribute{Optional: true, MarkdownDescription: "Only connectors whose name matches this regular expression (Go's syntax, anywhere in the name)."},
			"kind": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only connectors of this Debezium kind: `" + strings.Join(catalog.KindNames(), "`, `") + "`.",
				Validators:          []validator.String{stringvalidator.OneOf(catalog.KindNames()...)},
			},
			"status": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only connectors of this status: `RUNNING`, `PAUSED`, `STOPPED`, `FAILED`, `UNASSIGNED` or `RESTARTING`.",
				Validators:          []validator.String{stringvalidator.OneOf("RUNNING", "PAUSED", "STOPPED", "FAILED", "UNASSIGNED", "RESTARTING")},
			},
			"names":         schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The names, sorted."},
			"import_blocks": schema.StringAttribute{Computed: true, MarkdownDescription: "An import block for each of them as HCL text, with the resource that fits and a label of its own: write it to a file with `terraform output -raw`."},
			"connectors": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The connectors, sorted by name.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":            schema.StringAttribute{Computed: true, MarkdownDescription: "The connector's name."},
					"connector_class": schema.StringAttribute{Computed: true, MarkdownDescription: "The Java class."},
					"kind":            schema.StringAttribute{Computed: true, MarkdownDescription: "The Debezium kind, such as `mysql`; null for other classes."},
					"resource_type":   schema.StringAttribute{Computed: true, MarkdownDescription: "The type of the resource for it, such as `debezium_mysql_connector`; `debezium_connector` for other classes."},
					"type":            schema.StringAttribute{Computed: true, MarkdownDescription: "`source` or `sink`."},
					"connector_state": schema.StringAttribute{Computed: true, MarkdownDescription: "The state of the connector alone."},
					"status":          schema.StringAttribute{Computed: true, MarkdownDescription: "Connector and tasks in one word, as in `debezium_connector_status`."},
					"tasks_total":     schema.Int64Attribute{Computed: true, MarkdownDescription: "How many tasks there are."},
					"tasks_failed":    schema.Int64Attribute{Computed: true, MarkdownDescription: "How many of them have failed."},
					"topic_prefix":    schema.StringAttribute{Computed: true, MarkdownDescription: "`topic.prefix`, or `database.server.name` of Debezium 1.9; null where there is none."},
					"config": schema.MapAttribute{
						Computed: true, ElementType: types.StringType,
						MarkdownDescription: "The configuration without secrets: a property that is one is left out, a password within another value (a URL, a JAAS line) reads `" + redact.Mask + "`, a reference to a secret is shown.",
					},
				}},
			},
		},
	}
}

func (d *connectors) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectorsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.ready(&resp.Diagnostics) {
		return
	}
	pattern, err := regexp.Compile(m.NameRegex.ValueString())
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("name_regex"), "Invalid regular expression", err.Error())
		return
	}
	all, err := d.connectors(ctx)
	if err != nil {
		diagnostics.AddRequestError(&resp.Diagnostics, "list", "the connectors", err)
		return
	}
	m.Names, m.Connectors = []string{}, []connectorModel{}
	for name, c := range all {
		if entry := describe(name, c); c.Info != nil && pattern.MatchString(name) && m.selects(entry) {
			m.Connectors = append(m.Connectors, entry)
		}
	}
	slices.SortFunc(m.Connectors, func(a, b connectorModel) int { return strings.Compare(a.Name, b.Name) })
	for _, c := range m.Connectors {
		m.Names = append(m.Names, c.Name)
	}
	m.ImportBlocks = types.StringValue(importBlocks(m.Connectors))
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (m *connectorsModel) selects(c connectorModel) bool {
	return (m.Kind.IsNull() || m.Kind.Equal(c.Kind)) && (m.Status.IsNull() || m.Status.ValueString() == c.Status)
}

func describe(name string, c kafkaconnect.Connector) connectorModel {
	m := connectorModel{Name: name, Status: string(c.Status.Summary()), Config: map[string]string{}}
	if c.Status != nil {
		m.Type, m.ConnectorState = c.Status.Type, string(c.Status.Connector.State)
		m.TasksTotal, m.TasksFailed = int64(len(c.Status.Tasks)), int64(len(c.Status.FailedTasks()))
	}
	if c.Info == nil {
		return m
	}
	m.ConnectorClass = c.Info.Config[catalog.KeyClass]
	kind := catalog.KindOfClass(m.ConnectorClass)
	m.ResourceType = translate.TypeName(kind)
	if kind != nil {
		m.Kind = types.StringValue(kind.Name)
	}
	for _, property := range []string{"database.server.name", "topic.prefix"} {
		if prefix, ok := c.Info.Config[property]; ok {
			m.TopicPrefix = types.StringValue(prefix)
		}
	}
	for property, value := range c.Info.Config {
		if !kind.HidesSecret(property, value) && !catalog.IsMask(value) {
			m.Config[property] = withoutPasswords(value)
		}
	}
	return m
}

// withoutPasswords masks the passwords inside a value that isn't a secret as a
// whole. It only looks for this value's own: a password that is also the name
// of a user or a table must not mask that name.
func withoutPasswords(value string) string {
	var passwords redact.Set
	passwords.AddEmbedded(value)
	return passwords.Redact(value)
}
