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
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Update sends the configuration only where it differs from the server's, and
// changes the state of the connector only where it isn't the desired one.
func (r *connectorResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, config := r.planned(req.Plan.Raw, req.Config.Raw, &resp.Diagnostics)
	prior, err := objectOf(req.State.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable state", err.Error())
	}
	m, diags := recall(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := limit(ctx, req.Plan, func(t timeouts.Value) (time.Duration, diag.Diagnostics) {
		return t.Update(ctx, defaultTimeout)
	}, &resp.Diagnostics)
	defer cancel()

	u := &updating{
		r: r, ctx: ctx, diags: &resp.Diagnostics, name: plan.text(attrName),
		plan: plan, config: config, prior: prior, memory: &m,
	}
	u.run()
	if resp.Diagnostics.HasError() && !u.wrote {
		return // state stays what it was
	}
	if v := plan[attrStatus]; !v.IsKnown() {
		plan[attrStatus] = stringValue(string(u.status.Summary()))
	}
	resp.State.Raw = plan.value(resp.State.Schema.Type().TerraformType(ctx))
	resp.Diagnostics.Append(m.store(ctx, resp.Private)...)
}

// updating is one update under way.
type updating struct {
	r      *connectorResource
	ctx    context.Context
	diags  *diag.Diagnostics
	name   string
	plan   object
	config object
	prior  object
	memory *memory

	info   *kafkaconnect.Info
	status *kafkaconnect.Status // the last one seen
	wrote  bool                 // the configuration on the server is the planned one
	moved  bool                 // the connector was paused, stopped or resumed
}

func (u *updating) run() {
	var err error
	if u.info, err = u.r.cluster.Client.Connector(u.ctx, u.name); err != nil {
		cluster.AddRequestError(u.diags, "update", quoted(u.name), err)
		return
	}
	if u.status, err = u.r.cluster.Client.Status(u.ctx, u.name); err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) {
		cluster.AddRequestError(u.diags, "update", quoted(u.name), err)
		return
	}
	p := u.planned()
	c := p.change()
	if c.needed && len(c.masked) > 0 {
		u.diags.AddError("A secret's value is needed", maskedError(u.name, c.masked))
		return
	}
	if c.needed && u.r.cluster.Validation.Mode == cluster.ModeOnline {
		u.r.validate(u.ctx, c.config, p.wo, u.diags)
		if u.diags.HasError() {
			return
		}
	}
	target := targetOf(u.plan.text(attrState))
	if !u.moveBefore(target, c.needed) || c.needed && !u.put(p, c) || !u.moveAfter(target) {
		return
	}
	u.wrote = true
	u.memory.WriteOnly, u.memory.State = u.writeOnlyAfter(p), u.plan.text(attrState)
	s := settling{name: u.name, target: target, wait: u.plan.flag(attrWait, true), verb: "update"}
	switch {
	case c.needed:
		s.changed = changedValues(p.server, c.config)
		s.stale = !u.moved && u.status.Summary() == kafkaconnect.StateFailed
	case u.moved:
	case u.plan[attrStatus].IsKnown():
		return // only what the provider does has changed
	default:
		if s.stale = u.restart(target); !s.stale && (u.diags.HasError() || u.status.Summary() == target) {
			return
		}
	}
	u.status = u.r.settle(u.ctx, s, u.diags)
	u.r.cluster.View.Wrote(u.name, kafkaconnect.Connector{Info: u.info, Status: u.status})
}

func (u *updating) planned() plannedChange {
	wo := settingsOf(u.r.kind, u.config, u.memory.Texts)
	return plannedChange{
		kind: u.r.kind, name: u.name, class: u.r.class(u.plan, u.info.Config),
		plan:   settingsOf(u.r.kind, u.plan, u.memory.Texts),
		wo:     wo,
		prior:  settingsOf(u.r.kind, u.prior, u.memory.Texts),
		server: u.info.Config, memory: *u.memory,
		renewed: func(property string) bool { return u.renewed(wo, property) },
	}
}

// renewed: a write-only property is sent when its version changes.
func (u *updating) renewed(wo settings, property string) bool {
	version := attrConfigWOVersion
	if a := attributeOf(u.r.kind, property); a != nil && a.Secret && !wo.mapped[property] {
		version = a.Name + suffixWOVersion
	}
	return !u.plan[version].Equal(u.prior[version])
}

func (u *updating) writeOnlyAfter(p plannedChange) []string {
	if u.plan[attrConfigWOVersion].Equal(u.prior[attrConfigWOVersion]) {
		return u.memory.WriteOnly
	}
	return writeOnlyKeys(p.wo)
}

// restart restarts what the plan says, where the PUT or a resume hasn't done
// so already: everything when the triggers changed, what has failed in order to
// heal it. What runs by now is left alone. It reports whether it restarted
// anything.
func (u *updating) restart(target kafkaconnect.State) bool {
	if target != kafkaconnect.StateRunning || u.status == nil {
		return false
	}
	triggered := !u.plan[attrTriggers].Equal(u.prior[attrTriggers])
	failed := u.status.Summary() == kafkaconnect.StateFailed
	if !triggered && !(failed && heals(u.plan, u.prior, *u.memory)) {
		return false
	}
	options := kafkaconnect.RestartOptions{IncludeTasks: true, OnlyFailed: !triggered}
	if err := u.r.repeat(u.ctx, func() error { return u.restartParts(options) }); err != nil && !kafkaconnect.OutcomeUnknown(err) {
		cluster.AddRequestError(u.diags, "restart", quoted(u.name), err)
		u.wrote = false // so that the next plan restarts it
		return false
	}
	tflog.Info(u.ctx, "Restarted the connector", map[string]any{"connector": u.name, "only_failed": options.OnlyFailed})
	return true
}

// restartParts restarts connector and tasks in one request, or, before Kafka
// Connect 3.0, whose restart knows no tasks, one by one.
func (u *updating) restartParts(options kafkaconnect.RestartOptions) error {
	client := u.r.cluster.Client
	if has, err := u.r.cluster.Has(u.ctx, cluster.RestartFlags); has || err != nil {
		return client.Restart(u.ctx, u.name, options)
	}
	if !options.OnlyFailed || u.status.Connector.State == kafkaconnect.StateFailed {
		if err := client.Restart(u.ctx, u.name, kafkaconnect.RestartOptions{}); err != nil {
			return err
		}
	}
	for _, t := range u.status.Tasks {
		if options.OnlyFailed && t.State != kafkaconnect.StateFailed {
			continue
		}
		if err := client.RestartTask(u.ctx, u.name, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// moveBefore does what must come before a PUT. A pause or stop comes first, so
// that the new configuration never runs. A failed connector is stopped, so
// that no old failure can be taken for a new one; a worker that is too old for
// that leaves it to the wait to tell them apart.
func (u *updating) moveBefore(target kafkaconnect.State, put bool) bool {
	client := u.r.cluster.Client
	state := kafkaconnect.State("")
	if u.status != nil {
		state = u.status.Connector.State
	}
	switch {
	case target == kafkaconnect.StatePaused && state != target:
		return u.move("pause", client.Pause)
	case target == kafkaconnect.StateStopped && state != target:
		return u.move("stop", client.Stop)
	case target == kafkaconnect.StateRunning && put && u.status.Summary() == kafkaconnect.StateFailed:
		has, err := u.r.cluster.Has(u.ctx, cluster.Stop)
		return !has && err == nil || u.move("stop", client.Stop)
	}
	return true
}

// moveAfter starts a connector that isn't to run, once it has its configuration.
// One that has failed needs a restart: resuming it does nothing.
func (u *updating) moveAfter(target kafkaconnect.State) bool {
	if target != kafkaconnect.StateRunning || desiredOf(u.status) == stateRunning {
		return true
	}
	return u.move("resume", u.r.cluster.Client.Resume)
}

func (u *updating) move(verb string, do func(context.Context, string) error) bool {
	// What stays in doubt shows in the wait that follows.
	if err := u.r.repeat(u.ctx, func() error { return do(u.ctx, u.name) }); err != nil && !kafkaconnect.OutcomeUnknown(err) {
		cluster.AddRequestError(u.diags, verb, quoted(u.name), err)
		return false
	}
	u.moved = true
	if verb == "stop" && u.status != nil {
		u.status = &kafkaconnect.Status{Connector: kafkaconnect.ConnectorStatus{State: kafkaconnect.StateStopped}}
	}
	return true
}

// put sends the configuration and reads it back: an answer may be lost, and
// some servers accept an update and drop parts of it.
func (u *updating) put(p plannedChange, c change) bool {
	_, err := u.r.cluster.Client.PutConfig(u.ctx, u.name, c.config)
	if err != nil && !kafkaconnect.OutcomeUnknown(err) {
		u.r.writeFailed(u.ctx, u.diags, "update", u.name, c.config, p.wo, err)
		return false
	}
	got := u.readBack(c.config)
	if got == nil {
		if err == nil {
			err = kafkaconnect.ErrNotFound
		}
		cluster.AddRequestError(u.diags, "update", quoted(u.name), err)
		return false
	}
	u.info = got
	u.r.cluster.View.Wrote(u.name, kafkaconnect.Connector{Info: got})
	dropped, kept := compareSent(c.config, got.Config)
	if len(dropped) > 0 {
		if err != nil {
			cluster.AddRequestError(u.diags, "update", quoted(u.name), err)
			return false
		}
		u.diags.AddError(fmt.Sprintf("The update of connector %q did not take", u.name), fmt.Sprintf(
			"The worker accepted the configuration, but shows other values for %s. Something between Terraform and the connector "+
				"(a proxy, another tool, a policy of the worker) changes them.", strings.Join(dropped, ", ")))
		return false
	}
	u.remember(kept)
	return true
}

// remember takes keys that are still there for the server's own from now on.
func (u *updating) remember(kept []string) {
	var news []string
	for _, property := range kept {
		if !slices.Contains(u.memory.ServerKeys, property) {
			news = append(news, property)
		}
	}
	if len(news) > 0 {
		u.diags.AddWarning(fmt.Sprintf("Connector %q keeps %s", u.name, strings.Join(news, ", ")),
			"The update left these properties out, but the server still shows them. They are taken for the server's own from now on.")
	}
	u.memory.ServerKeys = kept
}

// readBack reads the configuration until it shows what was sent; a follower
// may lag behind the leader that took the write. It returns what it saw last.
func (u *updating) readBack(sent kafkaconnect.Config) *kafkaconnect.Info {
	var got *kafkaconnect.Info
	for try := range lookTries {
		if try > 0 {
			select {
			case <-time.After(u.r.cluster.Timing.Pause):
			case <-u.ctx.Done():
				return got
			}
		}
		info, err := u.r.cluster.Client.Connector(u.ctx, u.name)
		if err != nil {
			tflog.Debug(u.ctx, "Could not read the connector back", map[string]any{"connector": u.name, "error": err.Error()})
			continue
		}
		got = info
		if sameConfig(sent, info.Config) {
			return got
		}
	}
	return got
}

// changedValues are the properties that a PUT changed, with their new values.
func changedValues(before, after kafkaconnect.Config) map[string]string {
	changed := map[string]string{}
	for property, text := range after {
		if theirs, ok := before[property]; !ok || theirs != text {
			changed[property] = text
		}
	}
	return changed
}
