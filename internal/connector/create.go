package connector

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Create validates, posts and waits. It never updates an existing connector.
func (r *connectorResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	diags := &resp.Diagnostics
	plan, config := r.decodeRequest(req.Plan.Raw, req.Config.Raw, diags)
	if diags.HasError() {
		return
	}
	ctx, cancel := limit(ctx, req.Plan, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Create(ctx, defaultTimeout)
	}, diags)
	defer cancel()

	name := plan.Text(translate.AttrName)
	identify(resp.Identity, name)
	inputs := translate.Inputs{Kind: r.kind, Plan: plan, Config: config}
	effective := translate.Merge(inputs)
	report := preflight.NewReport(r.cluster, r.kind, name, effective.Written, diags)
	report.Address(ctx, name)
	if r.cluster.Validation.Mode == cluster.ModeOnline {
		preflight.ValidateOnWorker(ctx, r.cluster, r.kind, effective, diags)
	}
	if diags.HasError() {
		return
	}
	target := targetOf(plan.Text(translate.AttrState))
	request := kafkaconnect.CreateRequest{Name: name, Config: effective.Config}
	if target != kafkaconnect.StateRunning {
		request.InitialState = target
	}
	if plan.Text(translate.AttrOffsets) != "" {
		request.InitialState = kafkaconnect.StateStopped
	}
	info, err := r.post(ctx, request)
	if err != nil {
		r.addCreateError(ctx, report, effective, diags, err)
		return
	}
	tflog.Info(ctx, "Created the connector", map[string]any{"connector": name})
	r.cluster.Cache.Wrote(name, kafkaconnect.Connector{Info: info})

	private := translate.PrivateState{
		CreationDefaults: translate.DerivedDefaults(r.kind, plan, config),
		WriteOnly:        translate.WriteOnlyKeys(inputs),
		DesiredState:     plan.Text(translate.AttrState),
	}
	_, private.ServerKeys = translate.CompareSent(effective.Config, info.Config)
	if plan.Text(translate.AttrOffsets) != "" {
		r.setOffsets(ctx, plan, target, diags)
	}
	var status *kafkaconnect.Status
	if !diags.HasError() {
		status = r.waitForState(ctx, waitSpec{
			Wait:      cluster.Wait{Name: name, Target: target, Fresh: true},
			wait:      plan.Flag(translate.AttrWait, true),
			did:       didCreate,
			leftovers: plan[translate.AttrOffsets].IsNull(),
		}, diags)
	}
	private.FirstStartFailed = diags.HasError()
	setObserved(plan, status)
	r.cluster.Cache.Wrote(name, kafkaconnect.Connector{Info: info, Status: status})
	resp.State.Raw = plan.Value(resp.State.Schema.Type().TerraformType(ctx))
	diags.Append(storePrivateState(ctx, resp.Private, private)...)
}

// setOffsets sets the initial offsets of a connector that was created stopped,
// and starts it. On failure the connector stays stopped and the error taints
// it: started without its offsets, it would take a snapshot.
func (r *connectorResource) setOffsets(ctx context.Context, plan translate.Object, target kafkaconnect.State, diags *diag.Diagnostics) {
	name, client := plan.Text(translate.AttrName), r.cluster.Client
	var offsets kafkaconnect.Offsets // none means a fresh start
	err := json.Unmarshal([]byte(plan.Text(translate.AttrOffsets)), &offsets)
	// A worker other than the one that created the connector may not know it for
	// a moment, and answers 404.
	notKnownYet := kafkaconnect.ErrNotFound
	if err == nil {
		_, err = r.cluster.ChangeOffsets(ctx, name, offsets, notKnownYet)
	}
	if err != nil {
		diagnostics.AddRequestError(diags, "set the initial offsets of", quoted(name), err)
		return
	}
	switch target {
	case kafkaconnect.StateRunning:
		err = r.cluster.RetryWrite(ctx, func() error { return client.Resume(ctx, name) }, notKnownYet)
	case kafkaconnect.StatePaused:
		err = r.cluster.RetryWrite(ctx, func() error { return client.Pause(ctx, name) }, notKnownYet)
	}
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		diagnostics.AddRequestError(diags, "start", quoted(name), err)
	}
}

// post creates the connector. If the response is lost, it checks whether the
// create went through: a connector with the same configuration is ours,
// anything else is somebody else's. If there is none, it posts again.
func (r *connectorResource) post(ctx context.Context, request kafkaconnect.CreateRequest) (*kafkaconnect.Info, error) {
	lost := false
	for tries := 1; ; tries++ {
		info, err := r.cluster.Client.Create(ctx, request)
		switch {
		case err == nil:
			return info, nil
		case errors.Is(err, kafkaconnect.ErrAlreadyExists) && !lost:
			return nil, err
		case !errors.Is(err, kafkaconnect.ErrAlreadyExists) && !kafkaconnect.OutcomeUnknown(err):
			return nil, err
		}
		tflog.Warn(ctx, "The response to the creation was lost; checking whether it was done", map[string]any{"connector": request.Name})
		lost = true
		there, readErr := r.findCreated(ctx, request.Name)
		switch {
		case there != nil && translate.SameAsSent(request.Config, there.Config):
			return there, nil
		case there != nil:
			return nil, &nameTakenError{class: there.Config[catalog.KeyClass]}
		case readErr != nil || ctx.Err() != nil || tries >= r.cluster.Timing.WriteTries:
			return nil, err
		}
	}
}

// nameTakenError means the name belongs to a connector from outside this apply.
type nameTakenError struct{ class string }

func (*nameTakenError) Error() string { return "the name is taken" }

// findCreated reads a connector back; nil if it stays missing. ctx may have
// ended with the lost request, and the truth matters more than the timeout.
func (r *connectorResource) findCreated(ctx context.Context, name string) (*kafkaconnect.Info, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.cluster.Timing.ReadBack)
	defer cancel()
	info, err := r.readBack(ctx, name, func(_ *kafkaconnect.Info, err error) bool { return !errors.Is(err, kafkaconnect.ErrNotFound) })
	if errors.Is(err, kafkaconnect.ErrNotFound) {
		return nil, ctx.Err()
	}
	return info, err
}

// readBack reads a connector until wanted accepts it, since a follower may lag
// behind the leader that took a write. It returns the last read; a missing
// connector is ErrNotFound.
func (r *connectorResource) readBack(ctx context.Context, name string, wanted func(*kafkaconnect.Info, error) bool) (info *kafkaconnect.Info, err error) {
	cluster.Retry(ctx, r.cluster.Timing.ReadTries, r.cluster.Timing.Pause, func() bool {
		info, err = r.cluster.Client.Connector(ctx, name)
		return wanted(info, err)
	})
	return info, err
}

// addCreateError explains why nothing was created.
func (r *connectorResource) addCreateError(ctx context.Context, report *preflight.Report, e translate.Effective, diags *diag.Diagnostics, err error) {
	var taken *nameTakenError
	switch {
	case errors.As(err, &taken):
		report.AlreadyExists(taken.class)
	case errors.Is(err, kafkaconnect.ErrAlreadyExists):
		class := ""
		if info, _ := r.findCreated(ctx, e.Config[catalog.KeyName]); info != nil {
			class = info.Config[catalog.KeyClass]
		}
		report.AlreadyExists(class)
	default:
		r.addWriteError(ctx, "create", e, diags, err)
	}
}

// addWriteError explains a refused configuration with the worker's own
// validation, because with Debezium 3.5 and 3.6 Kafka Connect answers a write
// of an invalid configuration with a NullPointerException.
func (r *connectorResource) addWriteError(ctx context.Context, verb string, e translate.Effective, diags *diag.Diagnostics, err error) {
	if errors.Is(err, kafkaconnect.ErrInvalidConfig) {
		before := len(diags.Errors())
		preflight.ValidateOnWorker(ctx, r.cluster, r.kind, e, diags)
		if len(diags.Errors()) > before {
			return
		}
	}
	diagnostics.AddRequestError(diags, verb, quoted(e.Config[catalog.KeyName]), err)
}
