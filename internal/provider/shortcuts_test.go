package provider_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// TestShortcutsAnswerAsTheFramework: for random connectors of all kinds, what
// the provider answers itself is what the framework would have answered.
func TestShortcutsAnswerAsTheFramework(t *testing.T) {
	c := newComparison(t)
	rapid.Check(t, c.compare)
	t.Logf("of %d resources the framework was called for: %v", c.resources, c.calls)
	for call, asked := range map[string]int{"validate": 2 * c.resources, "upgrade": c.resources, "read": 2 * c.resources, "plan": 2 * c.resources} {
		if c.calls[call] > asked*9/10 {
			t.Errorf("%s: %d of %d were left to the framework, so that little is proven", call, c.calls[call], asked)
		}
	}
}

func FuzzShortcuts(f *testing.F) {
	c := newComparison(f)
	f.Fuzz(rapid.MakeFuzz(c.compare))
}

// comparison is one walk of Terraform twice: over the framework alone, and with
// shortcuts, each with a worker of its own that has the same connectors.
type comparison struct {
	schemas   *tfprotov6.GetProviderSchemaResponse
	workers   [2]*connecttest.Server
	servers   [2]tfprotov6.ProviderServer // the framework's first
	calls     map[string]int              // of the framework, by the second one
	resources int
}

func newComparison(t testing.TB) *comparison {
	t.Helper()
	c := &comparison{calls: map[string]int{}}
	c.servers[0] = providerserver.NewProtocol6(provider.New("test")())()
	c.servers[1] = provider.NewCountedServer("test", c.calls)
	for i := range c.workers {
		c.workers[i] = connecttest.New(t, connecttest.Lag(0))
	}
	var err error
	if c.schemas, err = c.servers[0].GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *comparison) compare(t *rapid.T) {
	ctx := context.Background()
	defer c.clear()
	fleet := c.newFleet(t)
	c.configure(t, rapid.SampledFrom([]string{"online", "offline", "off"}).Draw(t, "mode"))
	for _, r := range fleet {
		c.resources++
		state := c.upgrade(ctx, t, r)
		c.validate(ctx, t, r)
		c.read(ctx, t, r, state)
		if !r.state.IsNull() {
			c.read(ctx, t, r, r.state) // most don't change any more
			c.plan(ctx, t, r, r.state)
		}
		c.plan(ctx, t, r.another(t), tftypes.NewValue(r.schema.ValueType(), nil))
	}
}

// clear takes all connectors from the workers.
func (c *comparison) clear() {
	for _, w := range c.workers {
		for i := range mostConnectors {
			w.Remove(connectorName(i))
		}
	}
}

func (c *comparison) configure(t *rapid.T, mode string) {
	typ := c.schemas.Provider.ValueType()
	for i, s := range c.servers {
		resp, err := s.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{
			Config: encode(t, objectOf(typ, map[string]any{"url": c.workers[i].URL, "validation": map[string]any{"mode": mode}})),
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			t.Fatalf("configuring: %v %v", err, resp)
		}
	}
}

func (c *comparison) upgrade(ctx context.Context, t *rapid.T, r *managed) tftypes.Value {
	var got [2]tftypes.Value
	for i, s := range c.servers {
		resp, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
			TypeName: r.typeName, RawState: &tfprotov6.RawState{JSON: toJSON(t, r.state)},
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			t.Fatalf("upgrading: %v %v", err, resp)
		}
		got[i] = decode(t, r.schema, resp.UpgradedState)
	}
	r.mustAgree(t, "upgraded state", got)
	return got[0]
}

func (c *comparison) validate(ctx context.Context, t *rapid.T, r *managed) {
	capabilities := &tfprotov6.ValidateResourceConfigClientCapabilities{
		WriteOnlyAttributesAllowed: !rapid.Bool().Draw(t, "before 1.11"),
	}
	for range 2 { // the shape of the first is known to the second
		var reported [2]string
		for i, s := range c.servers {
			resp, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
				TypeName: r.typeName, Config: encode(t, r.config), ClientCapabilities: capabilities,
			})
			if err != nil {
				t.Fatal(err)
			}
			reported[i] = c.texts(resp.Diagnostics)
		}
		if reported[0] != reported[1] {
			t.Fatalf("validating %s %s:\n%s\nwith shortcuts:\n%s", r.typeName, r.config, reported[0], reported[1])
		}
	}
}

// read stores what was read with the resource.
func (c *comparison) read(ctx context.Context, t *rapid.T, r *managed, state tftypes.Value) {
	var got [2]tftypes.Value
	var reported, private [2]string
	var last *tfprotov6.ReadResourceResponse
	for i, s := range c.servers {
		resp, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
			TypeName: r.typeName, CurrentState: encode(t, state), Private: r.private, CurrentIdentity: r.identity,
		})
		if err != nil {
			t.Fatal(err)
		}
		got[i], reported[i], private[i] = decode(t, r.schema, resp.NewState), c.texts(resp.Diagnostics), string(resp.Private)+identity(resp.NewIdentity)
		last = resp
	}
	r.mustAgree(t, "read state", got)
	if reported[0] != reported[1] || private[0] != private[1] {
		t.Fatalf("reading %s: reported %s and stored %s, with shortcuts: %s and %s", r.typeName, reported[0], private[0], reported[1], private[1])
	}
	r.state, r.private, r.identity = got[0], last.Private, last.NewIdentity
}

func (c *comparison) plan(ctx context.Context, t *rapid.T, r *managed, state tftypes.Value) {
	proposed := acctest.Proposed(r.schema, state, r.config)
	var got [2]tftypes.Value
	var rest [2]string
	for i, s := range c.servers {
		resp, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
			TypeName: r.typeName, PriorState: encode(t, state), ProposedNewState: encode(t, proposed),
			Config: encode(t, r.config), PriorPrivate: r.private, PriorIdentity: r.identity,
		})
		if err != nil {
			t.Fatal(err)
		}
		got[i] = decode(t, r.schema, resp.PlannedState)
		rest[i] = fmt.Sprintf("%s\nprivate %s\nreplace %v, identity %s",
			c.texts(resp.Diagnostics), resp.PlannedPrivate, resp.RequiresReplace, identity(resp.PlannedIdentity))
	}
	r.mustAgree(t, "plan", got)
	if rest[0] != rest[1] {
		t.Fatalf("planning %s:\n%s\nwith shortcuts:\n%s", r.typeName, rest[0], rest[1])
	}
}

func identity(d *tfprotov6.ResourceIdentityData) string {
	if d == nil {
		return "none"
	}
	return fmt.Sprintf("%q", d.IdentityData.MsgPack)
}

func (r *managed) mustAgree(t *rapid.T, what string, got [2]tftypes.Value) {
	if got[0].IsNull() != got[1].IsNull() {
		t.Fatalf("%s of %s: null %t, with shortcuts %t", what, r.typeName, got[0].IsNull(), got[1].IsNull())
	}
	want, have := open(t, got[0]), open(t, got[1])
	for name := range maps.Keys(want) {
		if !want[name].Equal(have[name]) {
			t.Fatalf("%s of %s: %s is %s, with shortcuts %s", what, r.typeName, name, want[name], have[name])
		}
	}
}

func open(t *rapid.T, v tftypes.Value) translate.Object {
	o, err := translate.Open(v)
	if err != nil {
		t.Fatal(err)
	}
	return maps.Clone(o) // Open gives out the value's own map
}

func encode(t *rapid.T, v tftypes.Value) *tfprotov6.DynamicValue {
	d, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func decode(t *rapid.T, schema *tfprotov6.Schema, d *tfprotov6.DynamicValue) tftypes.Value {
	if d == nil {
		return tftypes.NewValue(schema.ValueType(), nil)
	}
	v, err := d.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// texts are diagnostics without the addresses of the workers. They are sorted:
// the framework, and some checks, go through maps.
func (c *comparison) texts(all []*tfprotov6.Diagnostic) string {
	var each []string
	for _, d := range all {
		each = append(each, diagnostics{d}.String())
	}
	slices.Sort(each)
	return strings.NewReplacer(c.workers[0].URL, "WORKER", c.workers[1].URL, "WORKER").Replace(strings.Join(each, ""))
}
