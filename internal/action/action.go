// Package action implements the actions, one per file: one-time operations on a
// connector that leave nothing in the state. An action contacts the cluster
// when it is invoked, not during planning: the same apply may create or
// configure its connector.
package action

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// defaultTimeout matches the connector resource's.
const defaultTimeout = 5 * time.Minute

// base holds what all actions share: the configured cluster.
type base struct{ cluster *cluster.Cluster }

func (b *base) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	if c := diagnostics.Cluster(req.ProviderData, &resp.Diagnostics); c != nil {
		b.cluster = c
	}
}

// nameAttribute returns the attribute for the name of the action's connector.
func nameAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The connector's name.",
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
}

// timeoutsAttribute returns the attribute for an invocation's timeout.
func timeoutsAttribute(ctx context.Context) schema.Attribute {
	return timeouts.AttributesWithOpts(ctx, timeouts.Opts{
		InvokeDescription: "How long the action may take, as a duration such as `10m`. Default: `5m`.",
	})
}

// target is the part of the configuration that all actions share.
type target struct {
	Name     types.String   `tfsdk:"name"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (t *target) connector() *target { return t }

// invoke reads the configuration and the connector that it names, and runs an
// action within its timeout.
func (b *base) invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse,
	config interface{ connector() *target }, run func(context.Context, *invocation)) {
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	limit, diags := config.connector().Timeouts.Invoke(ctx, defaultTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if i := b.begin(ctx, config.connector().Name.ValueString(), resp); i != nil {
		run(ctx, i)
	}
}

// invocation is one run of an action.
type invocation struct {
	*cluster.Cluster
	name   string
	diags  *diag.Diagnostics
	report func(action.InvokeProgressEvent)

	info   *kafkaconnect.Info
	status *kafkaconnect.Status // nil if there is none yet
}

// begin reads the connector. It returns nil if that fails.
func (b *base) begin(ctx context.Context, name string, resp *action.InvokeResponse) *invocation {
	if b.cluster == nil || !b.cluster.Connected() {
		resp.Diagnostics.AddError("The provider's url isn't known",
			"An action needs the URL of Kafka Connect. Set url in the provider block, or DEBEZIUM_CONNECT_URL.")
		return nil
	}
	i := &invocation{Cluster: b.cluster, name: name, diags: &resp.Diagnostics, report: resp.SendProgress}
	var err error
	if i.info, err = i.Client.Connector(ctx, name); errors.Is(err, kafkaconnect.ErrNotFound) {
		i.diags.AddAttributeError(path.Root("name"), "Connector not found", fmt.Sprintf("The cluster has no connector %q.", name))
		return nil
	}
	if err == nil {
		if i.status, err = i.Client.Status(ctx, name); errors.Is(err, kafkaconnect.ErrNotFound) {
			err = nil // right after a creation there may be none yet
		}
	}
	if err != nil {
		diagnostics.AddRequestError(i.diags, "read", i.quoted(), err)
		return nil
	}
	return i
}

func (i *invocation) quoted() string { return fmt.Sprintf("connector %q", i.name) }

// say reports progress.
func (i *invocation) say(format string, args ...any) {
	i.report(action.InvokeProgressEvent{Message: i.Secrets.Redact(fmt.Sprintf(format, args...))})
}

// state returns the state of the connector itself, not of its tasks.
func (i *invocation) state() kafkaconnect.State {
	if i.status == nil {
		return kafkaconnect.StateUnassigned
	}
	return i.status.Connector.State
}

// await waits until the connector reaches the desired state, and reports
// progress. Any other outcome is an error; done is what has been done so far.
func (i *invocation) await(ctx context.Context, done string, wait cluster.Wait) bool {
	last := ""
	wait.Name = i.name
	wait.Seen = func(s *kafkaconnect.Status) {
		if text := describe(s); text != last {
			last = text
			i.say("Connector %q: %s", i.name, text)
		}
	}
	waited := i.WaitFor(ctx, wait)
	switch waited.Outcome {
	case cluster.Reached:
		return true
	case cluster.Failed:
		i.diags.AddError("The connector failed", fmt.Sprintf("Connector %q was %s, but it doesn't run.\n\n%s", i.name, done, i.Failure(waited.Status).Text))
	default:
		i.diags.AddError(fmt.Sprintf("The connector is not %s yet", wait.Target), i.Secrets.Redact(i.timedOutText(ctx, done, waited)))
	}
	return false
}

func (i *invocation) timedOutText(ctx context.Context, done string, waited cluster.Waited) string {
	text := fmt.Sprintf("Connector %q was %s, but the wait was interrupted. ", i.name, done)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		text = fmt.Sprintf("Connector %q was %s, but the timeout ended first. To wait longer, set a longer timeout in timeouts. ", i.name, done)
	}
	switch {
	case waited.Status != nil:
		return text + "Its last known status: " + describe(waited.Status)
	case waited.Err != nil:
		return text + "Its status could not be read: " + waited.Err.Error()
	}
	return text + "The worker reported no status for it."
}

// describe formats a status as a line: "RUNNING; tasks: 1 RUNNING, 1 FAILED".
func describe(s *kafkaconnect.Status) string {
	counts := map[kafkaconnect.State]int{}
	for _, t := range s.Tasks {
		counts[t.State]++
	}
	var tasks []string
	for _, state := range []kafkaconnect.State{
		kafkaconnect.StateRunning, kafkaconnect.StatePaused, kafkaconnect.StateRestarting, kafkaconnect.StateUnassigned, kafkaconnect.StateFailed,
	} {
		if counts[state] > 0 {
			tasks = append(tasks, fmt.Sprintf("%d %s", counts[state], state))
		}
	}
	if len(tasks) == 0 {
		tasks = []string{"none"}
	}
	return fmt.Sprintf("%s; tasks: %s", s.Connector.State, strings.Join(tasks, ", "))
}
