// Package list implements the list resources: what "terraform query" finds of
// each kind of connector.
package list

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

var (
	_ list.ListResourceWithConfigure = (*connectors)(nil)
	_ list.ListResource              = (*connectors)(nil)
)

// connectors lists connectors of a kind; nil is debezium_connector.
type connectors struct {
	kind    *catalog.Kind
	cluster *cluster.Cluster
}

// New returns the list resource of a kind; nil means connectors of any class.
func New(kind *catalog.Kind) func() list.ListResource {
	return func() list.ListResource { return &connectors{kind: kind, cluster: cluster.Unconfigured()} }
}

// filters is the block's config. Only debezium_connector has the last two.
type filters struct {
	NameRegex    types.String
	Status       types.String
	Class        types.String
	IncludeTyped types.Bool
}

func (l *connectors) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = translate.TypeName(l.kind)
}

// The names of the filters.
const (
	attrNameRegex    = "name_regex"
	attrStatus       = "status"
	attrIncludeTyped = "include_typed"
)

func (l *connectors) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	statuses := []string{"RUNNING", "PAUSED", "STOPPED", "FAILED", "UNASSIGNED", "RESTARTING"}
	attributes := map[string]schema.Attribute{
		attrNameRegex: schema.StringAttribute{Optional: true, MarkdownDescription: "Only connectors whose name matches this regular expression (Go's syntax, anywhere in the name)."},
		attrStatus: schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Only connectors of this status: `RUNNING`, `PAUSED`, `STOPPED`, `FAILED`, `UNASSIGNED` or `RESTARTING`.",
			Validators:          []validator.String{stringvalidator.OneOf(statuses...)},
		},
	}
	resp.Schema = schema.Schema{Attributes: attributes}
	if l.kind != nil {
		resp.Schema.MarkdownDescription = fmt.Sprintf("The connectors of the cluster that `%s` manages (`%s`).", translate.TypeName(l.kind), l.kind.Class)
		return
	}
	resp.Schema.MarkdownDescription = "The connectors of the cluster that have no resource of their own. A connector of a kind that has one is found by that kind's list."
	attributes[translate.AttrClass] = schema.StringAttribute{Optional: true, MarkdownDescription: "Only connectors of this class, also where it has a resource of its own."}
	attributes[attrIncludeTyped] = schema.BoolAttribute{Optional: true, MarkdownDescription: "Whether connectors that have a resource of their own are listed too. Default: false."}
}

func (l *connectors) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if c := diagnostics.Cluster(req.ProviderData, &resp.Diagnostics); c != nil {
		l.cluster = c
	}
}

// List streams the connectors sorted by name. Errors are results, too: they are
// lost unless the iterator yields them.
func (l *connectors) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	names, all, diags := l.find(ctx, req)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	if req.Limit > 0 && int64(len(names)) > req.Limit {
		names = names[:req.Limit]
	}
	stream.Results = func(push func(list.ListResult) bool) {
		for _, name := range names {
			if !push(l.result(ctx, req, name, all[name])) {
				return
			}
		}
	}
}

func (l *connectors) result(ctx context.Context, req list.ListRequest, name string, c kafkaconnect.Connector) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = name
	result.Identity.Raw = connector.IdentityValue(name)
	if req.IncludeResource {
		result.Resource.Raw = connector.Imported(l.kind, c.Info, c.Status).Value(req.ResourceSchema.Type().TerraformType(ctx))
	}
	return result
}

// find returns the names that match the filters, sorted, and all connectors.
func (l *connectors) find(ctx context.Context, req list.ListRequest) (names []string, all map[string]kafkaconnect.Connector, diags diag.Diagnostics) {
	if !l.cluster.Connected() {
		diags.AddError("The provider's url isn't known", "To list connectors, the URL of Kafka Connect must be known. Set url in the provider block, or DEBEZIUM_CONNECT_URL.")
		return nil, nil, diags
	}
	f := l.filters(ctx, req, &diags)
	pattern, err := regexp.Compile(f.NameRegex.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root(attrNameRegex), "Invalid regular expression", err.Error())
	}
	if diags.HasError() {
		return nil, nil, diags
	}
	ctx, cancel := context.WithTimeout(ctx, l.cluster.Timing.Rebalance)
	defer cancel()
	all, err = l.cluster.Cache.Connectors(ctx)
	if err != nil {
		diagnostics.AddRequestError(&diags, "list", "the connectors", err)
		return nil, nil, diags
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := all[name]
		if c.Info != nil && pattern.MatchString(name) && (f.Status.IsNull() || f.Status.ValueString() == string(c.Status.Summary())) &&
			l.manages(c.Info.Config[catalog.KeyClass], f) {
			names = append(names, name)
		}
	}
	return names, all, diags
}

func (l *connectors) filters(ctx context.Context, req list.ListRequest, diags *diag.Diagnostics) (f filters) {
	diags.Append(req.Config.GetAttribute(ctx, path.Root(attrNameRegex), &f.NameRegex)...)
	diags.Append(req.Config.GetAttribute(ctx, path.Root(attrStatus), &f.Status)...)
	if l.kind == nil {
		diags.Append(req.Config.GetAttribute(ctx, path.Root(translate.AttrClass), &f.Class)...)
		diags.Append(req.Config.GetAttribute(ctx, path.Root(attrIncludeTyped), &f.IncludeTyped)...)
	}
	return f
}

// manages reports whether this list includes a connector class. A kind also
// matches its simple class name.
func (l *connectors) manages(class string, f filters) bool {
	kind := catalog.KindOfClass(class)
	switch {
	case l.kind != nil:
		return kind == l.kind
	case !f.Class.IsNull():
		return class == f.Class.ValueString() || kind != nil && kind == catalog.KindOfClass(f.Class.ValueString())
	default:
		return kind == nil || f.IncludeTyped.ValueBool()
	}
}
