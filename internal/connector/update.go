package connector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Update sends the configuration only if it differs from the server's, and
// changes the connector's state only if it isn't the desired one.
func (r *connectorResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	diags := &resp.Diagnostics
	plan, config := r.decodeRequest(req.Plan.Raw, req.Config.Raw, diags)
	prior := open(req.State.Raw, "state", diags)
	private := loadPrivateState(ctx, req.Private, diags)
	if diags.HasError() {
		return
	}
	identify(resp.Identity, plan.Text(translate.AttrName))
	ctx, cancel := limit(ctx, req.Plan, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Update(ctx, defaultTimeout)
	}, diags)
	defer cancel()

	u := &update{
		r: r, diags: diags, name: plan.Text(translate.AttrName),
		inputs: translate.Inputs{Kind: r.kind, Plan: plan, Config: config, Prior: prior, Private: private},
	}
	u.run(ctx)
	if diags.HasError() && !u.applied {
		return // state stays what it was
	}
	if v := plan[translate.AttrStatus]; !v.IsKnown() {
		setObserved(plan, u.status)
	}
	resp.State.Raw = plan.Value(resp.State.Schema.Type().TerraformType(ctx))
	diags.Append(storePrivateState(ctx, resp.Private, u.private())...)
}

// update is one update in progress.
type update struct {
	r         *connectorResource
	diags     *diag.Diagnostics
	name      string
	inputs    translate.Inputs
	effective translate.Effective

	info       *kafkaconnect.Info
	status     *kafkaconnect.Status // the last one seen
	serverKeys []string             // after a PUT: keys on the server that weren't sent
	applied    bool                 // the configuration on the server is the planned one
	moved      bool                 // the connector was paused, stopped or resumed
}

// private is the private state to store once the update is applied.
func (u *update) private() translate.PrivateState {
	private := u.inputs.Private
	if u.serverKeys != nil {
		private.ServerKeys = u.serverKeys
	}
	if u.applied {
		private.WriteOnly, private.DesiredState = translate.WriteOnlyKeys(u.inputs), u.inputs.Plan.Text(translate.AttrState)
		private.FirstStartFailed = private.FirstStartFailed && u.status.Summary() != kafkaconnect.StateRunning
	}
	return private
}

func (u *update) run(ctx context.Context) {
	if !u.read(ctx) {
		return
	}
	u.inputs.Server = u.info.Config
	u.effective = translate.Merge(u.inputs)
	changed := u.effective.Changed
	if changed && !u.mayPut(ctx) {
		return
	}
	target := targetOf(u.inputs.Plan.Text(translate.AttrState))
	wasFailed := u.status.Summary() == kafkaconnect.StateFailed
	before := u.info.Config
	if !u.moveBefore(ctx, target, changed) || changed && !u.put(ctx) || !u.moveAfter(ctx, target) {
		return
	}
	u.applied = true
	s := waitSpec{Wait: cluster.Wait{Name: u.name, Target: target}, wait: u.inputs.Plan.Flag(translate.AttrWait, true)}
	switch {
	case changed:
		s.did = didUpdate
		s.Changed = changedValues(before, u.effective.Config)
		s.OldFailure = !u.moved && wasFailed
	case u.moved:
		s.did = didResume // a pause or a stop can't fail
	case u.inputs.Plan[translate.AttrStatus].IsKnown():
		return // only what the provider does has changed
	default:
		s.OldFailure = u.restart(ctx, target)
		switch {
		case s.OldFailure:
			s.did = didRestart
		case u.diags.HasError() || u.status.Summary() == target:
			return
		}
	}
	u.status = u.r.waitForState(ctx, s, u.diags)
	u.r.cluster.Cache.Wrote(u.name, kafkaconnect.Connector{Info: u.info, Status: u.status})
}

// read reads the connector's current configuration and status.
func (u *update) read(ctx context.Context) bool {
	var err error
	if u.info, err = u.r.cluster.Client.Connector(ctx, u.name); err == nil {
		u.status, err = u.r.cluster.Client.Status(ctx, u.name)
		if errors.Is(err, kafkaconnect.ErrNotFound) {
			err = nil // right after a create there may be none yet
		}
	}
	if err != nil {
		diagnostics.AddRequestError(u.diags, "update", quoted(u.name), err)
	}
	return err == nil
}

// mayPut checks the configuration before it is sent.
func (u *update) mayPut(ctx context.Context) bool {
	if len(u.effective.Masked) > 0 {
		preflight.NewReport(u.r.cluster, u.r.kind, u.name, u.effective.Written, u.diags).MaskedSecret(u.effective.Masked)
		return false
	}
	if u.r.cluster.Validation.Mode == cluster.ModeOnline {
		preflight.ValidateOnWorker(ctx, u.r.cluster, u.r.kind, u.effective, u.diags)
	}
	return !u.diags.HasError()
}

// put sends the configuration and reads it back: the response may be lost, and
// some servers accept an update but drop parts of it.
func (u *update) put(ctx context.Context) bool {
	sent := u.effective.Config
	_, err := u.r.cluster.Client.PutConfig(ctx, u.name, sent)
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		u.r.addWriteError(ctx, "update", u.effective, u.diags, err)
		return false
	}
	before := u.info.Config
	got, readErr := u.r.readBack(ctx, u.name, func(info *kafkaconnect.Info, err error) bool {
		return err == nil && translate.SameAsSent(sent, info.Config) && !u.hasRemoved(before, info.Config)
	})
	if got == nil {
		if err == nil {
			err = readErr
		}
		diagnostics.AddRequestError(u.diags, "update", quoted(u.name), err)
		return false
	}
	u.info = got
	u.r.cluster.Cache.Wrote(u.name, kafkaconnect.Connector{Info: got})
	dropped, kept := translate.CompareSent(sent, got.Config)
	if len(dropped) > 0 {
		if err != nil {
			diagnostics.AddRequestError(u.diags, "update", quoted(u.name), err)
			return false
		}
		u.diags.AddError("The worker didn't apply the update", fmt.Sprintf(
			"Connector %q: The worker accepted the configuration, but reports other values for %s. Something between Terraform and the connector "+
				"(a proxy, another tool, a policy of the worker) changes it.", u.name, strings.Join(dropped, ", ")))
		return false
	}
	u.keepServerKeys(kept)
	return true
}

// hasRemoved reports whether a property that the update removes is still there:
// a worker that lags behind may show the configuration from before.
func (u *update) hasRemoved(before, got map[string]string) bool {
	_, kept := translate.CompareSent(u.effective.Config, got)
	return slices.ContainsFunc(kept, func(property string) bool {
		_, was := before[property]
		return was && !slices.Contains(u.inputs.Private.ServerKeys, property)
	})
}

// keepServerKeys treats keys still there as the server's own from now on.
func (u *update) keepServerKeys(kept []string) {
	var added []string
	for _, property := range kept {
		if !slices.Contains(u.inputs.Private.ServerKeys, property) {
			added = append(added, property)
		}
	}
	if len(added) > 0 {
		u.diags.AddWarning("The worker kept properties that the update removed", fmt.Sprintf(
			"Connector %q: The worker still reports %s. "+
				"From now on this counts as set by the server and isn't reported as drift.", u.name, strings.Join(added, ", ")))
	}
	u.serverKeys = append([]string{}, kept...)
}

// changedValues are the properties that a PUT changed, with their new values.
func changedValues(before, after map[string]string) map[string]string {
	changed := map[string]string{}
	for property, text := range after {
		if theirs, ok := before[property]; !ok || theirs != text {
			changed[property] = text
		}
	}
	return changed
}
