package datasource

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

type databaseChecks struct{ base }

// NewDatabaseChecks returns the debezium_database_checks data source.
func NewDatabaseChecks() datasource.DataSource { return &databaseChecks{} }

type databaseChecksModel struct {
	Kind      types.String           `tfsdk:"kind"`
	Connector types.String           `tfsdk:"connector"`
	Config    types.Map              `tfsdk:"config"`
	Ready     types.Bool             `tfsdk:"ready"`
	Findings  []databaseFindingModel `tfsdk:"findings"`
	Tables    []databaseTableModel   `tfsdk:"tables"`
	Notes     []string               `tfsdk:"notes"`
}

type databaseFindingModel struct {
	Check    string `tfsdk:"check"`
	Severity string `tfsdk:"severity"`
	Property string `tfsdk:"property"`
	Summary  string `tfsdk:"summary"`
	Detail   string `tfsdk:"detail"`
	Remedy   string `tfsdk:"remedy"`
}

type databaseTableModel struct {
	Name       string   `tfsdk:"name"`
	PrimaryKey []string `tfsdk:"primary_key"`
}

func (d *databaseChecks) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_database_checks"
}

func (d *databaseChecks) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether a database is ready for a connector: what would make it fail at its start, or capture less than its configuration says. " +
			"The database is asked from the machine that runs Terraform, with the connector's own login, in a read-only transaction; nothing is written. " +
			"Kafka Connect isn't asked. The guide [Is the database ready?](../guides/database.md) lists all checks.",
		Attributes: map[string]schema.Attribute{
			"kind": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The Debezium kind: `" + strings.Join(database.Kinds(), "`, `") + "`.",
				Validators:          []validator.String{stringvalidator.OneOf(database.Kinds()...)},
			},
			"connector": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The connector's name, where it may exist already: what it holds itself, such as its replication slot, then isn't taken for another's. " +
					"The cluster is asked for it alone.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"config": schema.MapAttribute{
				Required: true, Sensitive: true, ElementType: types.StringType,
				MarkdownDescription: "The connector's configuration by Debezium's names, `database.hostname`, `database.user` and `database.password` among them. " +
					"It is kept in the state, passwords included. A reference to a config provider (`$${file:…}`) can't be resolved here: " +
					"where the connection needs it, nothing is checked, and `notes` says so.",
			},
			"ready": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether no finding is an error. Null where nothing could be checked."},
			"findings": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "What isn't as the connector needs it.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"check":    text("The check's name in the guide."),
					"severity": text("`error`: the connector fails, or captures something else than its configuration says; `warning`: something has no effect, or is dangerous."),
					"property": text("The property that leads there, by Debezium's name."),
					"summary":  text("What is so, in one line."),
					"detail":   text("What will happen."),
					"remedy":   text("What to do. Lines that begin with four spaces are SQL, ready to be run."),
				}},
			},
			"tables": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The tables that the include and exclude lists choose, sorted by name.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":        text("The table as Debezium writes it: `SCHEMA.TABLE`, or `DATABASE.TABLE`."),
					"primary_key": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "The columns of its primary key, in order; none where it has none."},
				}},
			},
			"notes": schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "What couldn't be checked, and why."},
		},
	}
}

func (d *databaseChecks) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m databaseChecksModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	request := database.Request{Kind: m.Kind.ValueString(), Config: m.configuration(ctx, &resp.Diagnostics)}
	if m.Connector.ValueString() != "" {
		request.Current = d.running(ctx, m.Connector.ValueString(), &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	secrets := secretsIn(request)
	report, err := database.NewReader(database.DefaultOptions).Check(ctx, request)
	if err != nil {
		addDatabaseError(&resp.Diagnostics, request, secrets.Redact(err.Error()), err)
		return
	}
	m.fill(report, secrets.Redact)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (m *databaseChecksModel) configuration(ctx context.Context, diags *diag.Diagnostics) map[string]string {
	var given map[string]types.String
	diags.Append(m.Config.ElementsAs(ctx, &given, false)...)
	config := map[string]string{}
	for property, value := range given {
		if !value.IsNull() {
			config[property] = value.ValueString()
		}
	}
	return config
}

// running returns the connector's configuration on the cluster, or nil.
func (d *databaseChecks) running(ctx context.Context, name string, diags *diag.Diagnostics) map[string]string {
	if !d.ready(diags) {
		return nil
	}
	c, err := d.connector(ctx, name)
	switch {
	case errors.Is(err, kafkaconnect.ErrNotFound):
		return nil
	case err != nil:
		diagnostics.AddRequestError(diags, "look for", quoted(name), err)
		return nil
	}
	return c.Info.Config
}

// secretsIn returns the configuration's secrets, which the database may quote
// in a refusal or in its response to a statement.
func secretsIn(request database.Request) *redact.Set {
	secrets := &redact.Set{}
	kind := catalog.KindByName(request.Kind)
	for property, value := range request.Config {
		if kind.IsSecret(property) {
			secrets.Add(value)
		} else {
			secrets.AddEmbedded(value)
		}
	}
	return secrets
}

// addDatabaseError reports that the database couldn't be queried, at the
// property responsible.
func addDatabaseError(diags *diag.Diagnostics, request database.Request, text string, err error) {
	at := path.Root("config")
	if failed, ok := errors.AsType[*database.ConnectionError](err); ok {
		if _, set := request.Config[failed.Property()]; set {
			at = at.AtMapKey(failed.Property())
		}
	}
	diags.AddAttributeError(at, "The database can't be checked", text)
}

func (m *databaseChecksModel) fill(report database.Report, redact func(string) string) {
	m.Findings, m.Tables, m.Notes = []databaseFindingModel{}, []databaseTableModel{}, []string{}
	m.Ready = types.BoolValue(true)
	for _, f := range report.Findings {
		if f.Severity == database.Error {
			m.Ready = types.BoolValue(false)
		}
		m.Findings = append(m.Findings, databaseFindingModel{
			Check: f.Check, Severity: string(f.Severity), Property: f.Property,
			Summary: redact(f.Summary), Detail: redact(f.Detail), Remedy: redact(f.Remedy),
		})
	}
	for _, t := range report.Tables {
		m.Tables = append(m.Tables, databaseTableModel{Name: t.Name, PrimaryKey: append([]string{}, t.PrimaryKey...)})
	}
	notes := report.Notes
	if report.Skipped != "" {
		m.Ready = types.BoolNull()
		notes = append(notes, report.Skipped)
	}
	for _, note := range notes {
		m.Notes = append(m.Notes, redact(note))
	}
}
