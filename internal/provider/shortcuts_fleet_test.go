package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/connector"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// managed is one resource: what is stored of it, and its configuration.
type managed struct {
	name, typeName string
	kind           *catalog.Kind // of its class
	schema         *tfprotov6.Schema
	state, config  tftypes.Value
	private        []byte
	identity       *tfprotov6.ResourceIdentityData
}

// rarely is true about once in n times: rapid prefers the ends of a range.
func rarely(t *rapid.T, n int, label string) bool {
	return rapid.IntRange(0, n).Draw(t, label) == n/2+1
}

// drawn draws one by its name, which is what a failure shows.
func drawn[T any](t *rapid.T, all []T, name func(T) string, label string) string {
	var names []string
	for _, one := range all {
		names = append(names, name(one))
	}
	return rapid.SampledFrom(names).Draw(t, label)
}

// properties are those that have attributes.
func properties(k *catalog.Kind) []string {
	var all []string
	for _, a := range k.Attributes() {
		all = append(all, a.Property)
	}
	return all
}

const mostConnectors = 3

func connectorName(i int) string { return fmt.Sprintf("c%d", i) }

// newFleet are a few connectors that both workers have. Each was
// imported; then now and then something changed in what is stored, in the
// configuration, or on the workers.
func (c *comparison) newFleet(t *rapid.T) []*managed {
	var fleet []*managed
	for i := range rapid.IntRange(1, mostConnectors).Draw(t, "connectors") {
		r := &managed{name: connectorName(i), kind: catalog.KindByName(drawn(t, catalog.Kinds(), func(k *catalog.Kind) string { return k.Name }, "kind"))}
		r.typeName = translate.TypeName(r.kind)
		if rarely(t, 6, "any class") {
			r.typeName = translate.TypeName(nil)
		}
		r.schema = c.schemas.ResourceSchemas[r.typeName]
		server := r.randomServer(t)
		for _, w := range c.workers {
			w.AddConnector(r.name, server, kafkaconnect.StateRunning)
		}
		c.configure(t, "online") // so that the cluster is listed anew
		if r.imported(t, c.servers[0]) {
			r.store(t)
			r.configure(t)
			c.drift(t, r, server)
			fleet = append(fleet, r)
		}
	}
	return fleet
}

// randomServer is a configuration that a worker has: the least one, and some
// properties more, right or wrong.
func (r *managed) randomServer(t *rapid.T) kafkaconnect.Config {
	config := kafkaconnect.Config{}
	maps.Copy(config, catalogtest.Minimal(r.kind.Name))
	key := rapid.OneOf(
		rapid.SampledFrom(properties(r.kind)),
		rapid.SampledFrom(r.kind.Properties()),
		rapid.SampledFrom([]string{"my.own.setting", "transforms", "transforms.unwrap.type", "table.inclde.list"}),
	)
	maps.Copy(config, rapid.MapOfN(key, randomText(), 0, 8).Draw(t, "properties"))
	delete(config, catalog.KeyPluginVersion) // the plugin that runs
	config[catalog.KeyClass] = r.kind.Class
	return config
}

func randomText() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"", "true", "True", "false", "0", "1", " 42 ", "-7", "1e3", "0.5", "9223372036854775808", "a,b", "b, a", "s.a,s.b",
		"${file:/secrets/db.properties:port}", "initial", "always", "running", "••••••••", "unwrap", "io.debezium.transforms.ExtractNewRecordState",
		"jdbc:postgresql://u:p4ssw0rd@127.0.0.1/x", "x\ny", "ü",
	})
}

// imported takes the connector under Terraform, as it is.
func (r *managed) imported(t *rapid.T, server tfprotov6.ProviderServer) bool {
	ctx := context.Background()
	resp, err := server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: r.typeName, ID: r.name})
	if err != nil || len(resp.Diagnostics) > 0 {
		t.Fatalf("importing: %v %v", err, resp)
	}
	read, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: r.typeName, CurrentState: resp.ImportedResources[0].State, Private: resp.ImportedResources[0].Private,
	})
	if err != nil || len(read.Diagnostics) > 0 {
		t.Fatalf("reading: %v %v", err, read)
	}
	r.state, r.private = decode(t, r.schema, read.NewState), read.Private
	return !r.state.IsNull()
}

// store changes what is stored as an apply may have left it.
func (r *managed) store(t *rapid.T) {
	state := open(t, r.state)
	settings := map[string]tftypes.Value{
		translate.AttrWait: boolean(false), translate.AttrRestartFailed: boolean(false), translate.AttrReset: boolean(true),
		translate.AttrTriggers: tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"a": text("b")}),
		translate.AttrOffsets:  text(`{"offsets": []}`), translate.AttrConfigWOVersion: number(1),
		translate.AttrStatus: text("FAILED"), translate.AttrState: text("paused"),
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if rarely(t, 20, "stored "+name) {
			state[name] = settings[name]
		}
	}
	for _, a := range r.schema.Block.Attributes {
		if a.Name == "database_password_wo_version" && rarely(t, 4, "stored version") {
			state[a.Name] = number(1)
		}
	}
	r.state = tftypes.NewValue(r.schema.ValueType(), map[string]tftypes.Value(state))
	private := translate.PrivateState{DesiredState: rapid.SampledFrom([]string{"", "running", "paused"}).Draw(t, "desired")}
	switch rapid.IntRange(0, 9).Draw(t, "private") {
	case 0:
		r.private = nil
		return
	case 1:
		private.CreationDefaults = map[string]string{"slot.name": "c", "plugin.name": "pgoutput", "database.server.id": "5"}
	case 2:
		private.ServerKeys, private.WriteOnly = []string{"my.own.setting"}, []string{"transforms"}
	case 3:
		private.Conflict = true
	default:
		return // as the import left it
	}
	stored, err := json.Marshal(map[string][]byte{connector.PrivateStateKey: private.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	r.private = stored
}

// configure makes the configuration that the state came of, or one that
// differs in an attribute.
func (r *managed) configure(t *rapid.T) {
	config := open(t, r.state)
	for _, a := range r.schema.Block.Attributes {
		switch {
		case a.Computed && !a.Optional, a.Computed && rapid.Bool().Draw(t, "derived "+a.Name):
			config[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case a.WriteOnly && a.ValueType().Is(tftypes.String) && !config[a.Name+"_version"].IsNull():
			config[a.Name] = text("s3cret-value")
		}
	}
	if rarely(t, 3, "changes") {
		name := drawn(t, r.schema.Block.Attributes, func(a *tfprotov6.SchemaAttribute) string { return a.Name }, "changed")
		for _, a := range r.schema.Block.Attributes {
			if a.Name == name && (a.Optional || a.Required) {
				config[name] = randomValue(t, a)
			}
		}
	}
	r.config = tftypes.NewValue(r.schema.ValueType(), map[string]tftypes.Value(config))
}

// another is a new resource of the same configuration, with a name of its own
// or the same, which then is taken.
func (r *managed) another(t *rapid.T) *managed {
	config := open(t, r.config)
	if rapid.Bool().Draw(t, "another name") {
		config[translate.AttrName] = text("new-" + r.name)
	}
	return &managed{
		name: r.name, typeName: r.typeName, kind: r.kind, schema: r.schema,
		config: tftypes.NewValue(r.schema.ValueType(), map[string]tftypes.Value(config)),
	}
}

func randomValue(t *rapid.T, a *tfprotov6.SchemaAttribute) tftypes.Value {
	typ := a.ValueType()
	kind := rapid.SampledFrom([]string{"null", "unknown", "value", "value"}).Draw(t, "value")
	switch {
	case kind == "null" && !a.Required:
		return tftypes.NewValue(typ, nil)
	case kind == "unknown":
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	case typ.Is(tftypes.Bool):
		return boolean(rapid.Bool().Draw(t, "bool"))
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, new(big.Float).SetFloat64(rapid.SampledFrom([]float64{0, 1, -1, 1.5, 1e30, 3306}).Draw(t, "number")))
	case typ.Is(tftypes.List{}):
		return tftypes.NewValue(typ, []tftypes.Value{text("s.b"), text("s.a"), text(randomText().Draw(t, "element"))})
	case typ.Is(tftypes.Map{}):
		return tftypes.NewValue(typ, map[string]tftypes.Value{
			rapid.SampledFrom([]string{"name", "slot.name", "my.own.setting", "table.include.list"}).Draw(t, "key"): text(randomText().Draw(t, "entry")),
			"x": tftypes.NewValue(tftypes.String, rapid.SampledFrom([]any{nil, tftypes.UnknownValue, "y"}).Draw(t, "x")),
		})
	case typ.Is(tftypes.Object{}):
		return objectOf(typ, map[string]any{"create": rapid.SampledFrom([]string{"5m", "soon"}).Draw(t, "timeout")})
	}
	return text(randomText().Draw(t, "text"))
}

// drift changes a connector on both workers.
func (c *comparison) drift(t *rapid.T, r *managed, server kafkaconnect.Config) {
	what := rapid.IntRange(0, 9).Draw(t, "drift")
	changed := kafkaconnect.Config{}
	maps.Copy(changed, server)
	if what == 1 {
		changed[rapid.SampledFrom(properties(r.kind)).Draw(t, "drifted")] = randomText().Draw(t, "drifted to")
		delete(changed, catalog.KeyPluginVersion)
	}
	for _, w := range c.workers {
		switch what {
		case 1:
			w.SetConfig(r.name, changed)
		case 2:
			w.SetState(r.name, kafkaconnect.StatePaused)
		case 3:
			w.FailConnector(r.name, "org.apache.kafka.connect.errors.ConnectException: it broke")
		case 4:
			w.Remove(r.name)
		}
	}
}

func text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

func boolean(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

func number(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// objectOf is an object of a type, with null for what content lacks.
func objectOf(typ tftypes.Type, content map[string]any) tftypes.Value {
	attributes := map[string]tftypes.Value{}
	for name, at := range typ.(tftypes.Object).AttributeTypes {
		if nested, ok := content[name].(map[string]any); ok {
			attributes[name] = objectOf(at, nested)
		} else {
			attributes[name] = tftypes.NewValue(at, content[name])
		}
	}
	return tftypes.NewValue(typ, attributes)
}

// toJSON is a value as Terraform stores it.
func toJSON(t *rapid.T, v tftypes.Value) []byte {
	text, err := json.Marshal(plain(t, v))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func plain(t *rapid.T, v tftypes.Value) any {
	if v.IsNull() {
		return nil
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	switch typ := v.Type(); {
	case typ.Is(tftypes.String):
		var s string
		must(v.As(&s))
		return s
	case typ.Is(tftypes.Bool):
		var b bool
		must(v.As(&b))
		return b
	case typ.Is(tftypes.Number):
		var n big.Float
		must(v.As(&n))
		return json.Number(n.Text('f', -1))
	case typ.Is(tftypes.List{}):
		var elements []tftypes.Value
		must(v.As(&elements))
		all := []any{}
		for _, e := range elements {
			all = append(all, plain(t, e))
		}
		return all
	}
	var entries map[string]tftypes.Value
	must(v.As(&entries))
	all := map[string]any{}
	for name, e := range entries {
		all[name] = plain(t, e)
	}
	return all
}
