package action

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

const attrOffsets = "offsets"

type resetOffsets struct{ base }

// NewResetOffsets returns the debezium_reset_offsets action.
func NewResetOffsets() action.Action { return &resetOffsets{} }

type resetOffsetsModel struct {
	target
	Offsets types.String `tfsdk:"offsets"`
}

func (a *resetOffsets) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "debezium_reset_offsets"
}

func (a *resetOffsets) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Stops a connector, deletes or changes its offsets, and starts it again if it was running. Needs Kafka Connect 3.6. " +
			"Without offsets a connector starts as a new one, and takes the snapshot that its `snapshot_mode` asks for; consumers get rows again. " +
			"What the connector keeps elsewhere stays: its replication slot, and its schema history topic. " +
			"The offsets that were there are reported, so that they can be set again.",
		Attributes: map[string]schema.Attribute{
			"name": nameAttribute(),
			attrOffsets: schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The offsets to set, as JSON: `{\"offsets\": [{\"partition\": {…}, \"offset\": {…}}]}`, as the data source `debezium_connector_offsets` gives them. " +
					"A null `offset` deletes that of its partition; partitions that aren't named keep theirs. Without this, all are deleted.",
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
}

// ValidateConfig checks what can be checked without the connector.
func (a *resetOffsets) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var m resetOffsetsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() || m.Offsets.IsNull() || m.Offsets.IsUnknown() {
		return
	}
	addOffsetFindings(&resp.Diagnostics, rules.AlteredOffsets(rules.Input{}, m.Offsets.ValueString()))
}

// ModifyPlan rejects workers that are too old. A worker that doesn't respond is
// reported when the action is invoked.
func (a *resetOffsets) ModifyPlan(ctx context.Context, _ action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if a.cluster != nil && a.cluster.Online() {
		_ = a.supported(ctx, &resp.Diagnostics)
	}
}

func (a *resetOffsets) supported(ctx context.Context, diags *diag.Diagnostics) error {
	supported, err := a.cluster.Supports(ctx, cluster.FeatureAlterOffsets)
	if err == nil && !supported {
		diags.AddError("Changing offsets requires a newer Kafka Connect",
			"Offsets can be deleted and changed with Kafka Connect 3.6 or later, and these workers are older. "+
				"Instead, give the connector another name: offsets are stored by name, so it starts without any.")
	}
	return err
}

func (a *resetOffsets) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m resetOffsetsModel
	a.invoke(ctx, req, resp, &m, func(ctx context.Context, i *invocation) {
		if err := a.supported(ctx, i.diags); err != nil {
			diagnostics.AddRequestError(i.diags, "read the version of", "the worker", err)
		}
		r := &reset{invocation: i, before: i.state()}
		if !m.Offsets.IsNull() {
			r.check(m.Offsets.ValueString())
		}
		if !i.diags.HasError() {
			r.run(ctx)
		}
	})
}

// reset is a change of a connector's offsets in progress. A connector that it
// stopped is always started again, unless it is unknown whether the offsets
// were changed.
type reset struct {
	*invocation
	offsets kafkaconnect.Offsets // to set; none means delete all
	before  kafkaconnect.State
}

// check reads the offsets to set, and validates them against their connector.
func (r *reset) check(text string) {
	if err := json.Unmarshal([]byte(text), &r.offsets); err != nil {
		r.diags.AddAttributeError(path.Root(attrOffsets), "The offsets can't be read", "They don't have Kafka Connect's format: "+err.Error())
		return
	}
	in := rules.Input{Kind: catalog.KindOfClass(r.info.Config[catalog.KeyClass]), Config: map[string]string{}, Unknown: map[string]bool{}}
	for property, value := range r.info.Config {
		if catalog.IsReference(value) {
			in.Unknown[property] = true
		} else {
			in.Config[property] = value
		}
	}
	addOffsetFindings(r.diags, rules.AlteredOffsets(in, text))
}

func addOffsetFindings(diags *diag.Diagnostics, findings []rules.Finding) {
	for _, f := range findings {
		diags.AddAttributeError(path.Root(attrOffsets), f.Summary, f.Detail)
	}
}

func (r *reset) run(ctx context.Context) {
	if r.before != kafkaconnect.StateStopped && !r.stop(ctx) {
		return
	}
	if !r.change(ctx) || r.before == kafkaconnect.StateStopped {
		return
	}
	b := r.back()
	if err := r.RetryWrite(ctx, func() error { return b.start(ctx, r.name) }); err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(r.diags, b.verb, r.quoted()+", whose offsets have been changed", err)
		return
	}
	if r.await(ctx, "restarted with changed offsets", cluster.Wait{Target: b.target, Fresh: true}) {
		r.say("Connector %q is %s again", r.name, b.target)
	}
}

// wayBack is how to return a stopped connector to its previous state.
type wayBack struct {
	verb   string
	start  func(context.Context, string) error
	target kafkaconnect.State
}

func (r *reset) back() wayBack {
	if r.before == kafkaconnect.StatePaused {
		return wayBack{"pause", r.Client.Pause, kafkaconnect.StatePaused}
	}
	return wayBack{"resume", r.Client.Resume, kafkaconnect.StateRunning}
}

// stop stops the connector and waits for its tasks to end.
func (r *reset) stop(ctx context.Context) bool {
	r.say("Stopping connector %q (%s)", r.name, r.before)
	err := r.RetryWrite(ctx, func() error { return r.Client.Stop(ctx, r.name) })
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(r.diags, "stop", r.quoted(), err)
		return false
	}
	if r.await(ctx, "told to stop so that its offsets can be changed", cluster.Wait{Target: kafkaconnect.StateStopped}) {
		return true
	}
	r.putBack(ctx)
	return false
}

func (r *reset) change(ctx context.Context) bool {
	r.sayOffsets(ctx)
	verb, done := "delete the offsets of", "Deleted the offsets of"
	if len(r.offsets.Offsets) > 0 {
		verb, done = "change the offsets of", "Changed the offsets of"
	}
	written, err := r.ChangeOffsets(ctx, r.name, r.offsets)
	switch {
	case err == nil:
		r.say("%s connector %q", done, r.name)
		return true
	case written || kafkaconnect.OutcomeUnknown(err):
		diagnostics.AddRequestError(r.diags, verb, r.quoted(), fmt.Errorf(
			"%w\n\nThe connector stays stopped, because it isn't known whether its offsets were changed. "+
				"Run the action again; repeating it is safe", err))
	default:
		diagnostics.AddRequestError(r.diags, verb, r.quoted(), err)
		if r.before != kafkaconnect.StateStopped {
			r.putBack(ctx)
		}
	}
	return false
}

// sayOffsets reports the current offsets, in case they are needed again.
func (r *reset) sayOffsets(ctx context.Context) {
	offsets, err := r.Client.Offsets(ctx, r.name)
	if err != nil {
		return // the change that follows is refused for the same reason
	}
	text, err := json.Marshal(offsets)
	if err == nil {
		r.say("The offsets of connector %q were: %s", r.name, text)
	}
}

// putBack returns a connector whose offsets haven't been changed to its
// previous state. The action may have been interrupted or timed out.
func (r *reset) putBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Timing.ReadBack)
	defer cancel()
	b := r.back()
	err := r.RetryWrite(ctx, func() error { return b.start(ctx, r.name) })
	switch {
	case err == nil:
		r.say("Connector %q was told to be %s again; its offsets haven't been changed", r.name, b.target)
	case errors.Is(err, kafkaconnect.ErrNotFound):
	default:
		diagnostics.AddRequestError(r.diags, b.verb, r.quoted()+", which was stopped to change its offsets", err)
	}
}
