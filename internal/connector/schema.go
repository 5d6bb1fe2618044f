package connector

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-jsontypes/jsontypes"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// connectorSchema builds a kind's schema from the catalog; a nil kind means a
// connector of any class.
func connectorSchema(ctx context.Context, kind *catalog.Kind) schema.Schema {
	attributes := commonAttributes(ctx)
	if kind == nil {
		attributes[translate.AttrClass] = schema.StringAttribute{
			MarkdownDescription: "The connector's Java class, `connector.class`. Another class is another connector: changing it replaces this one.",
			Required:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		}
		return schema.Schema{MarkdownDescription: anyClassDescription, Attributes: attributes}
	}
	for _, a := range kind.Attributes() {
		attributes[a.Name] = propertyAttribute(a)
		if a.Secret {
			attributes[translate.WriteOnlyName(a)], attributes[translate.VersionName(a)] = writeOnlyAttributes(a)
		}
	}
	return schema.Schema{MarkdownDescription: kindDescription(kind), Attributes: attributes}
}

const anyClassDescription = "A connector of any class on Kafka Connect, Debezium or not, with its whole configuration in `config`. " +
	"For Debezium's connectors the resources of their own check more: use this one for classes that have none."

func kindDescription(kind *catalog.Kind) string {
	direction := "captures changes from " + kind.Title
	switch {
	case kind.Name == "jdbc_sink":
		direction = "writes events to a relational database through JDBC"
	case kind.Sink:
		direction = "writes events to " + strings.TrimSuffix(kind.Title, " sink")
	}
	return fmt.Sprintf("A Debezium connector that %s (`%s`).\n\n"+
		"A property's attribute is its Debezium name with `.` and `-` written as `_`. Properties that have no attribute go in `config` by their Debezium names.",
		direction, kind.Class)
}

func commonAttributes(ctx context.Context) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		translate.AttrName: schema.StringAttribute{
			MarkdownDescription: "The connector's name on the cluster. Another name is another connector with offsets of its own: changing it replaces this one, and the new one starts anew: a source with a snapshot, a sink at the start of its topics.",
			Required:            true,
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			Validators:          []validator.String{connectorName{}},
		},
		translate.AttrConfig: schema.MapAttribute{
			MarkdownDescription: "Further properties of the connector, by their Debezium or Kafka Connect names. " +
				"A property that has an attribute belongs there; only where the attribute can't hold the value (a reference `$${provider:path:key}` in place of a number, bool or list) it goes here. " +
				"A value that is sensitive in Terraform stays hidden, key by key. A null value removes the property.",
			ElementType: types.StringType,
			Optional:    true,
		},
		translate.AttrConfigWO: schema.MapAttribute{
			MarkdownDescription: "Like `config`, but never stored in plan or state. It is sent when `config_wo_version` changes; what a new version no longer has is removed. Needs Terraform 1.11 or later.",
			ElementType:         types.StringType,
			Optional:            true,
			WriteOnly:           true,
			Validators: []validator.Map{
				mapvalidator.AlsoRequires(path.MatchRoot(translate.AttrConfigWOVersion)),
			},
		},
		translate.AttrConfigWOVersion: schema.Int64Attribute{
			MarkdownDescription: "The version of `config_wo`: change it to send `config_wo` again. While it stays the same, `config_wo` has no effect and may be null.",
			Optional:            true,
		},
		translate.AttrState: schema.StringAttribute{
			MarkdownDescription: "The desired state: `running` (default), `paused` or `stopped`. The connector is created in it and kept in it. A stopped connector has no tasks and its offsets can be changed.",
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString(translate.DesiredRunning),
			Validators:          []validator.String{stringvalidator.OneOf(translate.DesiredRunning, translate.DesiredPaused, translate.DesiredStopped)},
		},
		translate.AttrStatus: schema.StringAttribute{
			MarkdownDescription: "The observed state: `RUNNING`, `PAUSED`, `STOPPED`, `FAILED` (the connector or any of its tasks), `UNASSIGNED` or `RESTARTING`.",
			Computed:            true,
		},
		translate.AttrVersion: schema.StringAttribute{
			MarkdownDescription: "The version of the plugin that the connector runs with. Null before Kafka Connect 4.1, which doesn't report it.",
			Computed:            true,
		},
		translate.AttrWait: schema.BoolAttribute{
			MarkdownDescription: "Whether create and update end only when the desired state is reached by all tasks, and fail with the task's error when a task fails. Default: true.",
			Optional:            true,
		},
		translate.AttrRestartFailed: schema.BoolAttribute{
			MarkdownDescription: "Whether a refresh that finds the connector or a task `FAILED` plans a restart of the failed parts, in place. Default: true.",
			Optional:            true,
		},
		translate.AttrTriggers: schema.MapAttribute{
			MarkdownDescription: "Any values: a change of them restarts the connector and all its tasks, for instance to have a rotated secret read again. The apply that imports a connector only stores them.",
			ElementType:         types.StringType,
			Optional:            true,
		},
		translate.AttrOffsets: schema.StringAttribute{
			MarkdownDescription: "The offsets to start from, as JSON in the form that `debezium_connector_offsets` and Kafka Connect's `GET /connectors/NAME/offsets` give them. " +
				"Used at creation only: the connector is created stopped, gets its offsets, and then starts. A later change has no effect. " +
				"An empty list, `jsonencode({offsets = []})`, is a fresh start: what an earlier connector of the name left is deleted. Needs Kafka Connect 3.7 or later.",
			CustomType: jsontypes.NormalizedType{},
			Optional:   true,
		},
		translate.AttrReset: schema.BoolAttribute{
			MarkdownDescription: "Whether destroying the connector deletes its offsets too, so that a later connector of the same name starts afresh. " +
				"A destroy sees only what was applied before: apply this setting first. Needs Kafka Connect 3.6 or later. Default: false.",
			Optional: true,
		},
		translate.AttrTimeouts: timeoutsAttribute(ctx),
	}
}

const timeoutDescription = "How long the operation may take, as a duration such as `30s` or `10m`. Default: `5m`."

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Update: true, Delete: true,
		CreateDescription: timeoutDescription, UpdateDescription: timeoutDescription, DeleteDescription: timeoutDescription,
	})
	if nested, ok := attribute.(schema.SingleNestedAttribute); ok { // the library describes none
		nested.MarkdownDescription = "How long each operation may take, waits for the desired state and retries during a rebalance included. " +
			"When the time is up before all tasks run, the apply ends with a warning, not an error, unless one has failed."
		return nested
	}
	return attribute
}

func propertyAttribute(a *catalog.Attribute) schema.Attribute {
	computed := a.Default != nil
	switch a.Type {
	case catalog.Boolean:
		return schema.BoolAttribute{MarkdownDescription: a.Description, Optional: true, Computed: computed}
	case catalog.Int, catalog.Short, catalog.Long:
		return schema.Int64Attribute{MarkdownDescription: a.Description, Optional: true, Computed: computed}
	case catalog.Double:
		return schema.Float64Attribute{MarkdownDescription: a.Description, Optional: true, Computed: computed}
	case catalog.List:
		return schema.ListAttribute{
			MarkdownDescription: a.Description, Optional: true, Computed: computed, ElementType: types.StringType,
		}
	default:
		s := schema.StringAttribute{
			MarkdownDescription: a.Description, Optional: true, Computed: computed, Sensitive: a.Secret,
		}
		if a.Secret {
			s.MarkdownDescription += fmt.Sprintf(" Stored in the state; `%s` is not. When neither is set, the value on the server is left as it is.", translate.WriteOnlyName(a))
			s.Validators = []validator.String{stringvalidator.ConflictsWith(path.MatchRoot(translate.WriteOnlyName(a)))}
		}
		return s
	}
}

// writeOnlyAttributes returns a secret's never-stored twin and its version.
func writeOnlyAttributes(a *catalog.Attribute) (value, version schema.Attribute) {
	value = schema.StringAttribute{
		MarkdownDescription: fmt.Sprintf("Like `%s`, but never stored in plan or state. It is sent when `%s` changes. Needs Terraform 1.11 or later.", a.Name, translate.VersionName(a)),
		Optional:            true,
		WriteOnly:           true,
		Validators:          []validator.String{stringvalidator.AlsoRequires(path.MatchRoot(translate.VersionName(a)))},
	}
	version = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("The version of `%[1]s`: change it to send the value again. While it stays the same, `%[1]s` has no effect and may be null.", translate.WriteOnlyName(a)),
		Optional:            true,
	}
	return value, version
}
