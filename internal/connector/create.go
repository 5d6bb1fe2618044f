package connector

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Create validates, posts and waits. It never updates a connector that is
// already there.
func (r *connectorResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := r.planned(req.Plan.Raw, req.Config.Raw, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limit(ctx, req.Plan, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Create(ctx, defaultTimeout)
	}, &resp.Diagnostics)
	defer cancel()

	name := plan.text(attrName)
	said := settingsOf(r.kind, config, nil)
	body := kafkaconnect.Config{keyName: name, keyClass: r.class(plan, nil)}
	maps.Copy(body, settingsOf(r.kind, plan, nil).values)
	maps.Copy(body, said.values) // write-only values are in the configuration alone

	r.checkAddress(ctx, name, &resp.Diagnostics)
	if r.cluster.Validation.Mode == cluster.ModeOnline {
		r.validate(ctx, body, said, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	target := targetOf(plan.text(attrState))
	initial := target
	if plan.text(attrOffsets) != "" {
		initial = kafkaconnect.StateStopped
	}
	info, err := r.post(ctx, name, body, initial)
	if err != nil {
		r.createFailed(ctx, &resp.Diagnostics, name, body, said, err)
		return
	}
	tflog.Info(ctx, "Created the connector", map[string]any{"connector": name})
	r.cluster.View.Wrote(name, kafkaconnect.Connector{Info: info})

	m := memory{Defaults: r.derivedDefaults(plan, config), WriteOnly: writeOnlyKeys(said), State: plan.text(attrState)}
	_, m.ServerKeys = compareSent(body, info.Config)
	if plan.text(attrOffsets) != "" {
		r.setOffsets(ctx, plan, target, &resp.Diagnostics)
	}
	var status *kafkaconnect.Status
	if !resp.Diagnostics.HasError() {
		status = r.settle(ctx, settling{name: name, target: target, wait: plan.flag(attrWait, true), fresh: true, verb: "create"}, &resp.Diagnostics)
	}
	plan[attrStatus] = stringValue(string(status.Summary()))
	r.cluster.View.Wrote(name, kafkaconnect.Connector{Info: info, Status: status})
	resp.State.Raw = plan.value(resp.State.Schema.Type().TerraformType(ctx))
	resp.Diagnostics.Append(m.store(ctx, resp.Private)...)
}

// setOffsets gives a connector that was created stopped the offsets that it is
// to start from, and starts it. When that fails it stays stopped, and the error
// taints it: started without its offsets, it would take a snapshot.
func (r *connectorResource) setOffsets(ctx context.Context, plan object, target kafkaconnect.State, diags *diag.Diagnostics) {
	name := plan.text(attrName)
	offsets, err := parseOffsets(plan.text(attrOffsets))
	if err == nil {
		// Until its tasks have ended, the worker refuses.
		err = r.repeat(ctx, func() error { return r.cluster.Client.AlterOffsets(ctx, name, offsets) }, kafkaconnect.ErrInvalidConfig)
	}
	if err != nil {
		cluster.AddRequestError(diags, "set the initial offsets of", quoted(name), err)
		return
	}
	switch target {
	case kafkaconnect.StateRunning:
		err = r.repeat(ctx, func() error { return r.cluster.Client.Resume(ctx, name) })
	case kafkaconnect.StatePaused:
		err = r.repeat(ctx, func() error { return r.cluster.Client.Pause(ctx, name) })
	}
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		cluster.AddRequestError(diags, "start", quoted(name), err)
	}
}

// planned opens plan and configuration, and registers their secrets before
// anything can be logged.
func (r *connectorResource) planned(planRaw, configRaw rawValue, diags *diag.Diagnostics) (plan, config object) {
	if r.cluster == nil || r.cluster.Client == nil {
		diags.AddError("The provider's url isn't known", "The url of Kafka Connect must be known during apply. Set url in the provider block, or DEBEZIUM_CONNECT_URL.")
		return nil, nil
	}
	plan, err := objectOf(planRaw)
	if err == nil {
		config, err = objectOf(configRaw)
	}
	if err != nil {
		diags.AddError("Unreadable plan", err.Error())
		return nil, nil
	}
	r.registerSecrets(config)
	return plan, config
}

// writeOnlyKeys are the properties that config_wo sends.
func writeOnlyKeys(s settings) []string {
	var keys []string
	for property := range s.values {
		if s.secret[property] && s.mapped[property] {
			keys = append(keys, property)
		}
	}
	slices.Sort(keys)
	return keys
}

// lookTries is how often it is looked for before the POST is sent again: a
// follower may not have read the new configuration yet.
const lookTries = 6

// post creates the connector, and settles a lost answer: what is there with
// the same configuration is ours, anything else is somebody else's.
func (r *connectorResource) post(ctx context.Context, name string, body kafkaconnect.Config, target kafkaconnect.State) (*kafkaconnect.Info, error) {
	request := kafkaconnect.CreateRequest{Name: name, Config: body}
	if target != kafkaconnect.StateRunning {
		request.InitialState = target
	}
	lost := false
	for {
		info, err := r.cluster.Client.Create(ctx, request)
		switch {
		case err == nil:
			return info, nil
		case errors.Is(err, kafkaconnect.ErrAlreadyExists) && !lost:
			return nil, err
		case !errors.Is(err, kafkaconnect.ErrAlreadyExists) && !kafkaconnect.OutcomeUnknown(err):
			return nil, err
		}
		tflog.Warn(ctx, "The answer to the creation was lost; looking whether it was done", map[string]any{"connector": name})
		lost = true
		there, lookErr := r.look(ctx, name)
		switch {
		case there != nil && sameConfig(body, there.Config):
			return there, nil
		case there != nil:
			return nil, &takenError{class: there.Config[keyClass]}
		case lookErr != nil || ctx.Err() != nil:
			return nil, err
		}
	}
}

// takenError: the name belongs to a connector that this apply didn't create.
type takenError struct{ class string }

func (*takenError) Error() string { return "the name is taken" }

// look reads a connector back; nil when it stays missing. The context may have
// ended with the lost request, and the truth matters more than the time-out.
func (r *connectorResource) look(ctx context.Context, name string) (*kafkaconnect.Info, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.cluster.Timing.Look)
	defer cancel()
	for try := range lookTries {
		if try > 0 {
			select {
			case <-time.After(r.cluster.Timing.Pause):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		info, err := r.cluster.Client.Connector(ctx, name)
		if err == nil || !errors.Is(err, kafkaconnect.ErrNotFound) {
			return info, err
		}
	}
	return nil, nil
}

// createFailed explains why nothing was created.
func (r *connectorResource) createFailed(ctx context.Context, diags *diag.Diagnostics, name string, body kafkaconnect.Config, said settings, err error) {
	var taken *takenError
	switch {
	case errors.As(err, &taken):
		diags.AddError("The connector already exists", r.existsText(name, taken.class))
	case errors.Is(err, kafkaconnect.ErrAlreadyExists):
		class := ""
		if info, _ := r.look(ctx, name); info != nil {
			class = info.Config[keyClass]
		}
		diags.AddError("The connector already exists", r.existsText(name, class))
	default:
		r.writeFailed(ctx, diags, "create", name, body, said, err)
	}
}

// writeFailed explains a refused configuration by the worker's own validation,
// since Debezium's newer versions make Kafka Connect answer a write of an
// invalid configuration with a NullPointerException (Debezium 3.5 and 3.6).
func (r *connectorResource) writeFailed(ctx context.Context, diags *diag.Diagnostics, verb, name string, body kafkaconnect.Config, said settings, err error) {
	if errors.Is(err, kafkaconnect.ErrInvalidConfig) {
		before := len(diags.Errors())
		r.validate(ctx, body, said, diags)
		if len(diags.Errors()) > before {
			return
		}
	}
	cluster.AddRequestError(diags, verb, quoted(name), err)
}
