package connector

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Shortcuts answer for one kind's resource without the framework, with the same
// results, for unchanged connectors and for the plan of a new one. The
// framework takes ten times as long over values it leaves alone. Where the
// framework would change something, they return nothing and have no effect.
type Shortcuts struct {
	// Type is the type of the resource's state, and Version that of its schema.
	Type    tftypes.Type
	Version int64

	r          connectorResource
	attributes []string // all, sorted
	writeOnly  []string // subset of attributes
	shapes     shapes
}

// NewShortcuts returns the shortcuts for a kind (nil: a connector of any class)
// on the cluster of a configured provider.
func NewShortcuts(kind *catalog.Kind, c *cluster.Cluster) *Shortcuts {
	ctx := context.Background() // building schemas and types takes a context but doesn't use it
	schema := connectorSchema(ctx, kind)
	u := &Shortcuts{Type: schema.Type().TerraformType(ctx), Version: schema.Version, r: connectorResource{kind: kind, cluster: c}}
	u.attributes = slices.Sorted(maps.Keys(schema.Attributes))
	for _, name := range u.attributes {
		if schema.Attributes[name].IsWriteOnly() {
			u.writeOnly = append(u.writeOnly, name)
		}
	}
	return u
}

// Reads reports whether a read returns the state and private state unchanged,
// without a diagnostic.
func (u *Shortcuts) Reads(ctx context.Context, state tftypes.Value, private []byte) bool {
	prior, err := translate.Open(state)
	if err != nil || prior == nil || !u.r.cluster.Connected() {
		return false
	}
	before, err := translate.ParsePrivateState(private)
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, u.r.cluster.Timing.Rebalance)
	defer cancel()
	name := prior.Text(translate.AttrName)
	found, _, err := u.r.cluster.Cache.Connector(ctx, name)
	if err != nil || found.Info == nil || found.Status.Summary() == kafkaconnect.StateFailed ||
		u.r.kind != nil && catalog.KindOfClass(found.Info.Config[catalog.KeyClass]) != u.r.kind {
		return false
	}
	now, after := u.r.flatten(prior, found.Info, found.Status, before)
	after.Conflict = false
	if !same(prior, now) || !bytes.Equal(after.Bytes(), private) {
		return false
	}
	u.r.cluster.Plan.MarkRefreshed(name)
	return true
}

// Plans reports whether the plan is the prior state, with its diagnostics.
func (u *Shortcuts) Plans(ctx context.Context, state, proposed, configuration tftypes.Value, private []byte) (diag.Diagnostics, bool) {
	prior, err1 := translate.Open(state)
	proposal, err2 := translate.Open(proposed)
	config, err3 := translate.Open(configuration)
	remembered, err4 := translate.ParsePrivateState(private)
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || prior == nil || proposal == nil || config == nil {
		return nil, false
	}
	for _, name := range u.writeOnly {
		delete(proposal, name) // Terraform proposes it, and the framework plans null
	}
	if !same(proposal, prior) {
		return nil, false
	}
	if !validOffsets(prior) || config[translate.AttrState].IsNull() && prior.Text(translate.AttrState) != translate.DesiredRunning {
		return nil, false // invalid; or the default is planned
	}
	plan := maps.Clone(prior)
	complete(u.r.kind, plan, config, prior, remembered)
	if !same(prior, plan) {
		return nil, false
	}
	var diags diag.Diagnostics
	u.r.checkPlan(ctx, preflight.Planned{Kind: u.r.kind, Plan: plan, Config: config, Prior: prior, Private: remembered}, &diags)
	return diags, true
}

// PlansNew returns the plan of a new connector, with its diagnostics.
func (u *Shortcuts) PlansNew(ctx context.Context, proposed, configuration tftypes.Value) (tftypes.Value, diag.Diagnostics, bool) {
	proposal, err1 := translate.Open(proposed)
	config, err2 := translate.Open(configuration)
	// The framework checks numbers and JSON here too.
	_, whole := u.Shape(configuration, true)
	if err1 != nil || err2 != nil || proposal == nil || config == nil || !whole || !validOffsets(config) {
		return tftypes.Value{}, nil, false
	}
	plan := maps.Clone(proposal)
	for _, name := range u.writeOnly {
		delete(plan, name) // null
	}
	if config[translate.AttrState].IsNull() {
		plan[translate.AttrState] = translate.StringValue(translate.DesiredRunning)
	}
	complete(u.r.kind, plan, config, nil, translate.PrivateState{})
	var diags diag.Diagnostics
	u.r.checkPlan(ctx, preflight.Planned{Kind: u.r.kind, Plan: plan, Config: config, Touches: true}, &diags)
	return plan.Value(u.Type), diags, true
}

func validOffsets(o translate.Object) bool {
	offsets := o.Text(translate.AttrOffsets)
	return offsets == "" && o[translate.AttrOffsets].IsNull() || json.Valid([]byte(offsets))
}

// same reports whether two objects of the same type are equal.
func same(a, b translate.Object) bool {
	for name, v := range a {
		if w := b[name]; v.IsNull() != w.IsNull() || !v.IsNull() && !v.Equal(w) {
			return false
		}
	}
	return true
}
