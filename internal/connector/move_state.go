package connector

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

var _ resource.ResourceWithMoveState = (*connectorResource)(nil)

// untypedType is the resource type of the untyped Kafka Connect provider and
// its forks.
const untypedType = "kafka-connect_connector"

// movedConnector is a connector as the state of another resource type has it.
type movedConnector struct {
	name, class string
	config      map[string]string // without the other provider's secrets
	private     translate.PrivateState
	common      translate.Object // attributes that all our resources have
}

// MoveState takes over the state of the untyped provider's connectors and of
// this provider's other resources. Nothing is written to the cluster, and no
// secret is carried over: a secret in the old state stays on the server.
func (r *connectorResource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: r.moveState}}
}

func (r *connectorResource) moveState(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	var moved movedConnector
	var err error
	sourceKind, ours := kindOfType(req.SourceTypeName)
	switch {
	case req.SourceTypeName == untypedType:
		moved, err = fromUntyped(req.SourceRawState)
	case ours && strings.HasSuffix(req.SourceProviderAddress, "/debezium"):
		private := loadPrivateState(ctx, req.SourcePrivate, &resp.Diagnostics)
		moved, err = fromOwn(ctx, sourceKind, req.SourceRawState, private)
	default:
		return // not ours to move
	}
	if err != nil {
		resp.Diagnostics.AddError("The state can't be moved", fmt.Sprintf("The state of the %s can't be read: %s.", req.SourceTypeName, err))
		return
	}
	if kind := catalog.KindOfClass(moved.class); r.kind != nil && kind != r.kind {
		resp.Diagnostics.AddError("The connector has another class", fmt.Sprintf(
			"Connector %q has the class %s, which %s doesn't manage. Move it to %s instead.", moved.name, moved.class, translate.TypeName(r.kind), translate.TypeName(kind)))
		return
	}
	prior := moved.common.With(translate.Object{translate.AttrName: translate.StringValue(moved.name)})
	typ := resp.TargetState.Schema.Type().TerraformType(ctx)
	empty, _ := translate.Open(translate.Object{}.Value(typ))
	moved.config[catalog.KeyClass] = moved.class
	o, spellings := translate.Flatten(r.kind, empty.With(prior), moved.name, moved.config, moved.private)
	moved.private.ServerSpellings, moved.private.Adopted = spellings, translate.JustAdopted
	identify(resp.TargetIdentity, moved.name)
	resp.TargetState.Raw = o.Value(typ)
	resp.Diagnostics.Append(storePrivateState(ctx, resp.TargetPrivate, moved.private)...)
}

// kindOfType returns the kind of one of our resource types; nil for any class.
func kindOfType(typeName string) (kind *catalog.Kind, ours bool) {
	for _, kind := range append(catalog.Kinds(), nil) {
		if translate.TypeName(kind) == typeName {
			return kind, true
		}
	}
	return nil, false
}

// fromUntyped reads the untyped provider's state: name, config and
// config_sensitive. Of the latter it keeps only the names, so that what was
// sensitive there isn't shown here but stays on the server.
func fromUntyped(raw *tfprotov6.RawState) (movedConnector, error) {
	var state struct {
		Name      string             `json:"name"`
		Config    map[string]*string `json:"config"`
		Sensitive map[string]*string `json:"config_sensitive"`
	}
	m := movedConnector{config: map[string]string{}}
	if err := json.Unmarshal(raw.JSON, &state); err != nil {
		return m, err
	}
	for property, text := range state.Config {
		if text != nil && property != catalog.KeyName {
			m.config[property] = *text
		}
	}
	m.name, m.class = state.Name, m.config[catalog.KeyClass]
	m.private.WriteOnly = slices.Sorted(maps.Keys(state.Sensitive))
	m.common = translate.Object{translate.AttrState: translate.StringValue(translate.DesiredRunning)}
	return m, nil
}

// fromOwn reads the state of another resource of this provider.
func fromOwn(ctx context.Context, kind *catalog.Kind, raw *tfprotov6.RawState, private translate.PrivateState) (movedConnector, error) {
	m := movedConnector{private: private, common: translate.Object{}}
	typ := connectorSchema(ctx, kind).Type().TerraformType(ctx)
	value, err := raw.UnmarshalWithOpts(typ, tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		return m, err
	}
	o, err := translate.Open(value)
	if err != nil {
		return m, err
	}
	m.name, m.class = o.Text(translate.AttrName), translate.Class(kind, o, nil)
	m.config = translate.Expand(kind, o, private.ServerSpellings).Values
	for name := range commonAttributes(ctx) {
		if name != translate.AttrConfig && name != translate.AttrConfigWO {
			m.common[name] = o[name]
		}
	}
	return m, nil
}
