package connector

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// inert attributes change how the provider works, not the connector: a change
// of these alone leaves its status as it was.
var inert = map[string]bool{
	attrStatus: true, attrWait: true, attrTimeouts: true,
	attrRestartFailed: true, attrOffsets: true, attrReset: true,
}

// ModifyPlan fills what Terraform can't know: creation defaults and the status
// to come. The values depend on configuration, prior state and private state
// alone, since Terraform plans again during apply and must get the same.
func (r *connectorResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	plan, err := objectOf(req.Plan.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable plan", err.Error())
		return
	}
	prior, err := objectOf(req.State.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable state", err.Error())
		return
	}
	var m memory
	if prior != nil {
		var diags diag.Diagnostics
		m, diags = recall(ctx, req.Private)
		resp.Diagnostics.Append(diags...)
	}
	if r.cluster != nil && prior != nil && prior.text(attrName) != plan.text(attrName) {
		r.cluster.Leaves(prior.text(attrName))
	}
	if plan == nil {
		if c := r.checking(ctx, prior, prior, prior, m, &resp.Diagnostics); !c.off() {
			c.checkDestroy(prior)
		}
		return
	}
	config, err := objectOf(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable configuration", err.Error())
		return
	}
	r.checkPlaces(config, &resp.Diagnostics)
	if prior == nil {
		r.checkAddress(ctx, plan.text(attrName), &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	r.fillDefaults(plan, config, prior, m)
	plan[attrStatus] = plannedStatus(plan, prior, m)
	resp.Plan.Raw = plan.value(resp.Plan.Schema.Type().TerraformType(ctx))
	r.registerSecrets(config)
	c := r.checking(ctx, plan, config, prior, m, &resp.Diagnostics)
	if c.off() {
		return
	}
	c.check()
	c.checkWorker(plan, prior)
	c.checkOffsets(plan, prior)
	c.checkNeighbours(plan)
	c.checkChange(plan, prior, m)
	c.checkSecrets(prior)
}

func (r *connectorResource) checking(ctx context.Context, plan, config, prior object, m memory, diags *diag.Diagnostics) *checking {
	return &checking{
		r: r, ctx: ctx, diags: diags, name: plan.text(attrName), class: classOf(r.kind, plan), kind: kindOf(r.kind, plan),
		said: r.plannedSettings(plan, config, m), before: settingsOf(r.kind, prior, m.Texts),
		derived: r.derivedDefaults(plan, config), isNew: prior == nil, changed: !plan[attrStatus].IsKnown(),
	}
}

// plannedSettings are what is planned, with the write-only values, which the
// configuration alone shows.
func (r *connectorResource) plannedSettings(plan, config object, m memory) settings {
	s, written := settingsOf(r.kind, plan, m.Texts), settingsOf(r.kind, config, m.Texts)
	for property := range written.secret {
		if text, ok := written.values[property]; ok && written.secret[property] {
			s.values[property] = text
		}
		if written.unknown[property] {
			s.unknown[property] = true
		}
		s.mapped[property] = written.mapped[property]
	}
	s.secret, s.partial = written.secret, s.partial || written.partial
	return s
}

// fillDefaults plans the attributes with a creation default that the
// configuration doesn't set: derived for a new connector, remembered for one
// that the provider created, and otherwise as they are. A connector that was
// imported without them never gets them.
func (r *connectorResource) fillDefaults(plan, config, prior object, m memory) {
	if r.kind == nil {
		return
	}
	derived := r.creationDefaults(config, prior == nil)
	for _, a := range r.kind.Attributes() {
		if a.Default == nil || !config[a.Name].IsNull() {
			continue
		}
		switch text, remembered := m.Defaults[a.Property]; {
		case prior == nil:
			plan[a.Name] = derived[a.Name]
		case remembered && !r.setElsewhere(config, a.Property):
			plan[a.Name], _ = decode(a.Type, text)
		default:
			plan[a.Name] = prior[a.Name]
		}
	}
}

// setElsewhere reports whether config or config_wo sets a property that has an
// attribute, as it may where the attribute can't hold the value.
func (r *connectorResource) setElsewhere(config object, property string) bool {
	s := settingsOf(nil, config, nil)
	return s.mentions(property)
}

// creationDefaults derives the defaults of a new connector, by attribute name.
// What depends on an unknown value is unknown.
func (r *connectorResource) creationDefaults(config object, wanted bool) map[string]tftypes.Value {
	if !wanted {
		return nil
	}
	s := settingsOf(r.kind, config, nil)
	values := maps.Clone(map[string]string(s.values))
	version, err := catalog.ParseVersion(values[keyVersion])
	derived := map[string]tftypes.Value{}
	for _, property := range r.kind.DefaultOrder() {
		a := r.kind.AttributeOf(property)
		none := tftypes.NewValue(attributeType(a.Type), nil)
		unknown := tftypes.NewValue(attributeType(a.Type), tftypes.UnknownValue)
		derived[a.Name] = none
		if s.mentions(property) || err == nil && r.kind.Definition(property, version) == nil {
			continue // set already, or not a property of the version that is asked for
		}
		if s.partial || s.unknown[keyVersion] || !config[attrName].IsKnown() || anyOf(a.Default.Needs, s.unknown) {
			derived[a.Name] = unknown
			s.unknown[property] = true
			continue
		}
		if text, ok := a.Default.Derive(config.text(attrName), values); ok {
			derived[a.Name], _ = decode(a.Type, text)
			values[property] = text
		}
	}
	return derived
}

func anyOf(names []string, in map[string]bool) bool {
	for _, n := range names {
		if in[n] {
			return true
		}
	}
	return false
}

// plannedStatus is unknown where the apply will touch the connector, and the
// prior one otherwise.
func plannedStatus(plan, prior object, m memory) tftypes.Value {
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	if prior == nil {
		return unknown
	}
	for name, v := range plan {
		if !inert[name] && !v.Equal(prior[name]) {
			return unknown
		}
	}
	if heals(plan, prior, m) {
		return unknown
	}
	return prior[attrStatus]
}

// heals reports whether an apply restarts what has failed: by the stored
// status, since Terraform plans again in apply and must plan the same.
func heals(plan, prior object, m memory) bool {
	return prior.text(attrStatus) == string(kafkaconnect.StateFailed) && !m.Disputed &&
		plan.text(attrState) == stateRunning && plan.flag(attrRestartFailed, true)
}

// derivedDefaults are the creation defaults among what a new connector is
// created with, for the memory.
func (r *connectorResource) derivedDefaults(plan, config object) map[string]string {
	if r.kind == nil {
		return nil
	}
	derived := map[string]string{}
	for _, a := range r.kind.Attributes() {
		if v := plan[a.Name]; a.Default != nil && config[a.Name].IsNull() && known(v) {
			derived[a.Property], _ = encode(a.Type, v)
		}
	}
	return derived
}

// kindOf is the kind of a connector, by its class where the resource takes any.
func kindOf(kind *catalog.Kind, o object) *catalog.Kind {
	if kind != nil {
		return kind
	}
	return catalog.KindOfClass(classOf(nil, o))
}

// classOf is the planned class, for messages.
func classOf(kind *catalog.Kind, o object) string {
	if kind != nil {
		return kind.Class
	}
	return strings.TrimSpace(o.text(attrClass))
}
