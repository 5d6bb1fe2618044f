package acctest

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// PlanImport imports an object by its id, as an import block does, and plans a
// configuration for it; nil means the one that Terraform generates.
func (w *Walk) PlanImport(ctx context.Context, r *Resource, id string, configuration Block) (*Plan, Diagnostics) {
	w.t.Helper()
	diags := w.Import(ctx, r, id)
	if diags.HasError() {
		return nil, diags
	}
	p, planned := w.PlanAdopted(ctx, r, configuration)
	return p, append(diags, planned...)
}

// ImportByIdentity is like Import, but by the attributes of an identity.
func (w *Walk) ImportByIdentity(ctx context.Context, r *Resource, identity map[string]string) Diagnostics {
	w.t.Helper()
	return w.importResource(ctx, r, &tfprotov6.ImportResourceStateRequest{TypeName: r.Type, Identity: w.identityOf(identity)})
}

func (w *Walk) identityOf(attributes map[string]string) *tfprotov6.ResourceIdentityData {
	w.t.Helper()
	values, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	for name, text := range attributes {
		values[name], types[name] = tftypes.NewValue(tftypes.String, text), tftypes.String
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: dynamic(w.t, tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values))}
}

// Stored is a resource of any provider as stored in a state.
type Stored struct {
	Provider string // "registry.terraform.io/mongey/kafka-connect"
	Type     string
	JSON     []byte
	Private  []byte
}

// Stored returns this resource as stored in the state.
func (r *Resource) Stored() Stored {
	r.terraform.t.Helper()
	return Stored{
		Provider: "registry.terraform.io/cdc/debezium", Type: r.Type, JSON: jsonOf(r.terraform, r.State), Private: r.Private,
	}
}

// PlanMove moves a stored resource to this one, as a moved block does, reads it
// and plans a configuration for it; nil means the one that Terraform generates.
func (w *Walk) PlanMove(ctx context.Context, r *Resource, from Stored, configuration Block) (*Plan, Diagnostics) {
	w.t.Helper()
	answer, err := w.server.MoveResourceState(ctx, &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: from.Provider, SourceTypeName: from.Type, TargetTypeName: r.Type,
		SourceState: &tfprotov6.RawState{JSON: from.JSON}, SourcePrivate: from.Private,
	})
	if err != nil {
		return nil, diagnosticsOf(nil, err)
	}
	diags := w.report(r, diagnosticsOf(answer.Diagnostics, nil))
	if diags.HasError() {
		return nil, diags
	}
	r.store(answer.TargetState, answer.TargetPrivate)
	r.identify(answer.TargetIdentity)
	if diags = append(diags, w.Refresh(ctx, r)...); diags.HasError() {
		return nil, diags
	}
	p, planned := w.PlanAdopted(ctx, r, configuration)
	return p, append(diags, planned...)
}

// PlanAdopted plans a configuration for what has just been imported or moved,
// without reading it again; nil means the one that Terraform generates.
func (w *Walk) PlanAdopted(ctx context.Context, r *Resource, configuration Block) (*Plan, Diagnostics) {
	w.t.Helper()
	config := w.Generated(ctx, r)
	if configuration != nil {
		config = valueOf(r.schema.ValueType(), configuration)
	}
	diags := w.validate(ctx, w.unconfigured, r, config)
	if diags.HasError() {
		return nil, diags
	}
	p, planned := w.plan(ctx, r, config)
	return p, append(diags, planned...)
}

// PlanValue is like Plan, with a configuration given as a value.
func (w *Walk) PlanValue(ctx context.Context, r *Resource, config tftypes.Value) (*Plan, Diagnostics) {
	w.t.Helper()
	return w.Plan(ctx, r, Block(asBlock(config)))
}

func asBlock(v tftypes.Value) map[string]any {
	block := map[string]any{}
	for name, value := range attributesOf(v) {
		block[name] = value
	}
	return block
}

// Generated returns the configuration that Terraform generates from a state:
// without computed-only attributes, with null for empty strings, without
// anything sensitive, and with JSON as jsonencode formats it.
func (w *Walk) Generated(ctx context.Context, r *Resource) tftypes.Value {
	w.t.Helper()
	answer, err := w.server.GenerateResourceConfig(ctx, &tfprotov6.GenerateResourceConfigRequest{TypeName: r.Type, State: dynamic(w.t, r.State)})
	if err != nil {
		w.t.Fatal(err)
	}
	if diags := diagnosticsOf(answer.Diagnostics, nil); diags.HasError() {
		w.t.Fatal(diags)
	}
	values := attributesOf(decode(w.t, r.schema, answer.Config))
	for _, a := range r.schema.Block.Attributes {
		v := values[a.Name]
		switch {
		case a.Sensitive:
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case !v.IsNull() && v.Type().Is(tftypes.String):
			values[a.Name] = encodedAgain(v)
		}
	}
	return tftypes.NewValue(r.schema.ValueType(), values)
}

// encodedAgain returns text that Terraform writes as jsonencode(…) if it is a
// JSON object or list.
func encodedAgain(v tftypes.Value) tftypes.Value {
	var text string
	_ = v.As(&text)
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var content any
	if !json.Valid([]byte(text)) || decoder.Decode(&content) != nil {
		return v
	}
	switch content.(type) {
	case map[string]any, []any:
		again, _ := json.Marshal(content) // it was JSON
		return tftypes.NewValue(tftypes.String, string(again))
	}
	return v
}

// jsonOf returns a state's object as in the state file.
func jsonOf(tf *Terraform, v tftypes.Value) []byte {
	text, err := json.Marshal(plain(v))
	if err != nil {
		tf.t.Fatal(err)
	}
	return text
}

func plain(v tftypes.Value) any {
	if v.IsNull() {
		return nil
	}
	switch {
	case v.Type().Is(tftypes.String):
		var text string
		_ = v.As(&text)
		return text
	case v.Type().Is(tftypes.Bool):
		var b bool
		_ = v.As(&b)
		return b
	case v.Type().Is(tftypes.Number):
		n := new(big.Float)
		_ = v.As(n)
		return json.Number(n.Text('f', -1))
	case v.Type().Is(tftypes.List{}):
		var elements []tftypes.Value
		_ = v.As(&elements)
		items := []any{}
		for _, e := range elements {
			items = append(items, plain(e))
		}
		return items
	}
	items := map[string]any{}
	for name, e := range maps.All(attributesOf(v)) {
		items[name] = plain(e)
	}
	return items
}
