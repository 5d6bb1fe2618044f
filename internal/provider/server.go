package provider

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// EnvShortcuts is the environment variable that, if set to "off", leaves
// everything to the framework.
const EnvShortcuts = "DEBEZIUM_SHORTCUTS"

// NewServer returns a factory for servers, each with its own provider.
func NewServer(version string, options ...Option) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		p := newProvider(version, options)
		framework := &writeOnlyActions{providerserver.NewProtocol6(p)().(frameworkServer)} //nolint:forcetypeassert // it is all of it
		if os.Getenv(EnvShortcuts) == "off" {
			return framework
		}
		return &server{frameworkServer: framework, provider: p}
	}
}

// frameworkServer is what the framework's server implements.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// server handles connectors that don't change, and plans new ones, with the
// same results as the framework, and leaves the rest to it. Nearly all
// connectors in nearly all plans don't change, and the framework's work per
// resource grows with the square of its number of attributes.
type server struct {
	frameworkServer
	provider  *debeziumProvider
	shortcuts atomic.Pointer[map[string]func() *connector.Shortcuts] // by resource type
}

func (s *server) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	resp, err := s.frameworkServer.ConfigureProvider(ctx, req)
	if c := s.provider.cluster.Load(); c != nil {
		s.shortcuts.Store(new(shortcutsOf(c)))
	}
	return resp, err
}

func shortcutsOf(c *cluster.Cluster) map[string]func() *connector.Shortcuts {
	all := map[string]func() *connector.Shortcuts{}
	for _, kind := range append([]*catalog.Kind{nil}, catalog.Kinds()...) {
		all[translate.TypeName(kind)] = sync.OnceValue(func() *connector.Shortcuts { return connector.NewShortcuts(kind, c) })
	}
	return all
}

// of returns nil if the framework should respond: for other resource types, and
// until the provider is configured.
func (s *server) of(typeName string) *connector.Shortcuts {
	if all := s.shortcuts.Load(); all != nil && (*all)[typeName] != nil {
		return (*all)[typeName]()
	}
	return nil
}

func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	u := s.of(req.TypeName)
	if u == nil || req.Config == nil {
		return s.frameworkServer.ValidateResourceConfig(ctx, req)
	}
	config, err := req.Config.Unmarshal(u.Type)
	if err != nil {
		return s.frameworkServer.ValidateResourceConfig(ctx, req)
	}
	shape, ok := u.Shape(config, req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed)
	if ok && u.Valid(config, shape) {
		return &tfprotov6.ValidateResourceConfigResponse{}, nil
	}
	resp, err := s.frameworkServer.ValidateResourceConfig(ctx, req)
	if ok && err == nil && len(resp.Diagnostics) == 0 {
		u.Learn(shape)
	}
	return resp, err
}

// UpgradeResourceState handles states of the current version, which the
// framework would only re-encode.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if u := s.of(req.TypeName); u != nil && req.Version == u.Version && req.RawState != nil {
		raw, err := req.RawState.UnmarshalWithOpts(u.Type, tfprotov6.UnmarshalOpts{
			ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
		})
		if err == nil {
			if state, err := tfprotov6.NewDynamicValue(u.Type, raw); err == nil {
				return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, nil
			}
		}
	}
	return s.frameworkServer.UpgradeResourceState(ctx, req)
}

func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	private, ok := privateState(req.Private)
	if u := s.of(req.TypeName); u != nil && ok && req.CurrentState != nil {
		state, err1 := req.CurrentState.Unmarshal(u.Type)
		identity, err2 := identityOf(state)
		if err1 == nil && err2 == nil && keeps(req.CurrentIdentity, identity) && u.Reads(ctx, state, private) {
			tflog.Trace(ctx, "Read without the framework")
			return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, NewIdentity: identity, Private: req.Private}, nil
		}
	}
	return s.frameworkServer.ReadResource(ctx, req)
}

func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if u := s.of(req.TypeName); u != nil && req.PriorState != nil && req.ProposedNewState != nil && req.Config != nil {
		state, err1 := req.PriorState.Unmarshal(u.Type)
		proposed, err2 := req.ProposedNewState.Unmarshal(u.Type)
		config, err3 := req.Config.Unmarshal(u.Type)
		if err1 == nil && err2 == nil && err3 == nil {
			if resp := s.plan(ctx, u, req, state, proposed, config); resp != nil {
				tflog.Trace(ctx, "Planned without the framework")
				return resp, nil
			}
		}
	}
	return s.frameworkServer.PlanResourceChange(ctx, req)
}

func (s *server) plan(ctx context.Context, u *connector.Shortcuts, req *tfprotov6.PlanResourceChangeRequest, state, proposed, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	if state.IsNull() && len(req.PriorPrivate) == 0 {
		plan, diags, ok := u.PlansNew(ctx, proposed, config)
		if !ok {
			return nil
		}
		planned, err := tfprotov6.NewDynamicValue(u.Type, plan)
		if err != nil {
			diags.AddError("Unable to encode the plan", err.Error()+". This is a bug in the provider; please report it.")
		}
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: &planned, PlannedIdentity: noIdentity(), Diagnostics: diagnosticsOf(diags)}
	}
	private, ok := privateState(req.PriorPrivate)
	if !ok {
		return nil
	}
	diags, ok := u.Plans(ctx, state, proposed, config, private)
	if !ok {
		return nil
	}
	return &tfprotov6.PlanResourceChangeResponse{
		PlannedState: req.PriorState, PlannedIdentity: cmp.Or(req.PriorIdentity, noIdentity()),
		PlannedPrivate: req.PriorPrivate, Diagnostics: diagnosticsOf(diags),
	}
}

// identityOf returns the identity of the connector in a state.
func identityOf(state tftypes.Value) (*tfprotov6.ResourceIdentityData, error) {
	o, err := translate.Open(state)
	if err != nil {
		return nil, err
	}
	return encoded(connector.IdentityValue(o.Text(translate.AttrName)))
}

// noIdentity is the framework's encoding of no planned identity.
var noIdentity = sync.OnceValue(func() *tfprotov6.ResourceIdentityData {
	none, err := encoded(tftypes.NewValue(connector.IdentityValue("").Type(), nil))
	if err != nil {
		panic(err) // a null can be encoded
	}
	return none
})

func encoded(identity tftypes.Value) (*tfprotov6.ResourceIdentityData, error) {
	data, err := tfprotov6.NewDynamicValue(identity.Type(), identity)
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err
}

// keeps reports whether a read leaves the identity unchanged, or adds one where
// there was none. The framework reports any other change as an error.
func keeps(was, is *tfprotov6.ResourceIdentityData) bool {
	return was == nil || was.IdentityData == nil || bytes.Equal(was.IdentityData.MsgPack, is.IdentityData.MsgPack)
}

// privateState returns the connector's own part of the private state; false
// unless it is the only part, in the framework's encoding.
func privateState(all []byte) ([]byte, bool) {
	var parts map[string][]byte
	if err := json.Unmarshal(all, &parts); err != nil || len(parts) != 1 || len(parts[connector.PrivateStateKey]) == 0 {
		return nil, false
	}
	again, err := json.Marshal(parts)
	return parts[connector.PrivateStateKey], err == nil && bytes.Equal(again, all)
}
