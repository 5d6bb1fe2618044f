package datasource

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

const (
	// nameless is a placeholder for the name, which Kafka Connect requires but
	// nothing else depends on.
	nameless = "debezium-config-validation"
)

type configValidation struct{ base }

// NewConfigValidation returns the debezium_config_validation data source.
func NewConfigValidation() datasource.DataSource { return &configValidation{} }

type configValidationModel struct {
	Kind           types.String         `tfsdk:"kind"`
	ConnectorClass types.String         `tfsdk:"connector_class"`
	Config         types.Map            `tfsdk:"config"`
	Valid          types.Bool           `tfsdk:"valid"`
	Errors         []propertyErrorModel `tfsdk:"errors"`
}

type propertyErrorModel struct {
	Property string   `tfsdk:"property"`
	Messages []string `tfsdk:"messages"`
}

func (d *configValidation) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "debezium_config_validation"
}

func (d *configValidation) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What a worker says about a configuration, without creating anything. Debezium also connects to the database, from the worker, " +
			"once the properties by themselves are right; that may take as long as `connection.validation.timeout.ms` says (60 seconds by default). " +
			"What Debezium's validation leaves out, the function `config_errors` and the plan of a connector look at.",
		Attributes: map[string]schema.Attribute{
			"kind": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The Debezium kind: `" + strings.Join(catalog.KindNames(), "`, `") + "`. Either this or `connector_class`.",
				Validators: []validator.String{
					stringvalidator.OneOf(catalog.KindNames()...),
					stringvalidator.ExactlyOneOf(path.MatchRoot("kind"), path.MatchRoot("connector_class")),
				},
			},
			"connector_class": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The Java class of any connector that is installed. Either this or `kind`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"config": schema.MapAttribute{
				Required: true, Sensitive: true, ElementType: types.StringType,
				MarkdownDescription: "The configuration, by Debezium's names. It is kept in the state: write secrets as references to a config provider (`$${file:…}`) where you can. `name` may be left out.",
			},
			"valid": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the worker found nothing wrong."},
			"errors": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "What is wrong, sorted by property. That the database can't be reached is an error of `database.hostname`, for MongoDB of `mongodb.connection.string`.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"property": schema.StringAttribute{Computed: true, MarkdownDescription: "The property, by Debezium's name."},
					"messages": schema.ListAttribute{
						Computed: true, ElementType: types.StringType,
						MarkdownDescription: "The worker's messages, sorted and without secrets. Where the value is a reference, the message is replaced, since it could quote what the reference stands for.",
					},
				}},
			},
		},
	}
}

func (d *configValidation) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m configValidationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || !d.ready(&resp.Diagnostics) {
		return
	}
	config := m.configuration(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	refusals, err := d.refusals(ctx, config)
	if err != nil {
		class := config[catalog.KeyClass]
		diagnostics.AddValidationError(ctx, d.cluster, &resp.Diagnostics, class, "this configuration of "+class, err)
		return
	}
	m.fill(refusals)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// refusals asks the worker. If a version of the plugin isn't installed, the
// message is the provider's own: a worker reports that only the first time, and
// answers the same request with a NullPointerException later.
func (d *configValidation) refusals(ctx context.Context, config kafkaconnect.Config) ([]cluster.Refusal, error) {
	class := config[catalog.KeyClass]
	verdict, err := d.cluster.Validate(ctx, class, config)
	var refusals []cluster.Refusal
	if err == nil {
		refusals = d.cluster.Refusals(verdict, config)
	}
	if !lacksVersion(refusals, err) {
		return refusals, err
	}
	installed, err := d.cluster.Installed(ctx, class)
	if err != nil {
		return nil, err
	}
	return []cluster.Refusal{{Property: catalog.KeyPluginVersion, Message: fmt.Sprintf("Version %s of the connector plugin is not installed. The cluster has these versions of %s: %s.",
		config[catalog.KeyPluginVersion], class, strings.Join(installed, ", "))}}, nil
}

func lacksVersion(refusals []cluster.Refusal, err error) bool {
	return err != nil && strings.Contains(err.Error(), "VersionedPluginLoadingException") ||
		slices.ContainsFunc(refusals, func(r cluster.Refusal) bool {
			return r.Property == catalog.KeyPluginVersion && strings.Contains(r.Message, "not found that matches the version range")
		})
}

// configuration returns the configuration to validate.
func (m *configValidationModel) configuration(ctx context.Context, diags *diag.Diagnostics) kafkaconnect.Config {
	var given map[string]types.String
	diags.Append(m.Config.ElementsAs(ctx, &given, false)...)
	class := m.ConnectorClass.ValueString()
	if kind := catalog.KindByName(m.Kind.ValueString()); kind != nil {
		class = kind.Class
	}
	config := kafkaconnect.Config{catalog.KeyName: nameless, catalog.KeyClass: class}
	for property, value := range given {
		// A null leaves a property out of a configuration.
		if !value.IsNull() {
			config[property] = value.ValueString()
		}
	}
	if config[catalog.KeyClass] != class {
		diags.AddAttributeError(path.Root("config").AtMapKey(catalog.KeyClass), "Two connector classes", fmt.Sprintf(
			"The configuration has the class %s, but is to be validated for the class %s. Remove one of them.", config[catalog.KeyClass], class))
	}
	return config
}

func (m *configValidationModel) fill(refusals []cluster.Refusal) {
	m.Valid = types.BoolValue(len(refusals) == 0)
	m.Errors = []propertyErrorModel{}
	for _, r := range refusals {
		if last := len(m.Errors) - 1; last >= 0 && m.Errors[last].Property == r.Property {
			m.Errors[last].Messages = append(m.Errors[last].Messages, r.Message)
			continue
		}
		m.Errors = append(m.Errors, propertyErrorModel{Property: r.Property, Messages: []string{r.Message}})
	}
}
