package connector_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// planner is one plan of Terraform's over any number of new connectors, through
// the provider's protocol: a provider that is configured once, and each
// diagnostic with its place, which the terraform binary shows as a line of a
// file only.
type planner struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// values are attributes as Go has them: string, bool, int64, float64,
// []string, map[string]string, values for nested ones, a tftypes.Value for
// anything else (unknown ones), and nil for null.
type values map[string]any

// said is a diagnostic.
type said struct {
	error           bool
	at              string // "slot_name", `config["slot.name"]`, or empty
	summary, detail string
}

func (s said) String() string {
	severity := "warning"
	if s.error {
		severity = "error"
	}
	return fmt.Sprintf("%s at %q: %s: %s", severity, s.at, s.summary, s.detail)
}

// newPlanner configures a provider. What the configuration itself makes it say
// is a failure of the test.
func newPlanner(t testing.TB, factories acctest.Factories, provider values) *planner {
	t.Helper()
	server, err := factories["debezium"]()
	if err != nil {
		t.Fatal(err)
	}
	p := &planner{t: t, server: server}
	if p.schema, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	r, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: p.encode(typedValue(p.schema.Provider.ValueType(), provider)), TerraformVersion: "1.11.4",
	})
	if err != nil {
		t.Fatal(err)
	}
	if all := heard(r.Diagnostics); len(all) > 0 {
		t.Fatalf("configuring the provider: %v", all)
	}
	return p
}

// plan validates and plans a new connector, and returns what both say. Where
// the validation finds an error there is no plan, as in Terraform.
func (p *planner) plan(resource string, config values) []said {
	p.t.Helper()
	all := p.validate(resource, config)
	if hasError(all) {
		return all
	}
	schema := p.schema.ResourceSchemas[resource]
	typ := schema.ValueType()
	whole, proposed := typedValue(typ, config), map[string]tftypes.Value{}
	if err := whole.As(&proposed); err != nil {
		p.t.Fatal(err)
	}
	proposed = maps.Clone(proposed)
	for _, a := range schema.Block.Attributes {
		if a.WriteOnly {
			proposed[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		}
	}
	r, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.encode(tftypes.NewValue(typ, nil)),
		ProposedNewState: p.encode(tftypes.NewValue(typ, proposed)), Config: p.encode(whole),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return append(all, heard(r.Diagnostics)...)
}

// validate is the validation alone, which the provider answers without a worker.
func (p *planner) validate(resource string, config values) []said {
	p.t.Helper()
	schema := p.schema.ResourceSchemas[resource]
	if schema == nil {
		p.t.Fatalf("there is no resource %s", resource)
	}
	r, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: resource, Config: p.encode(typedValue(schema.ValueType(), config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return heard(r.Diagnostics)
}

func (p *planner) encode(v tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		p.t.Fatal(err)
	}
	return &encoded
}

// typedValue makes a value of a schema's type.
func typedValue(typ tftypes.Type, v any) tftypes.Value {
	switch content := v.(type) {
	case tftypes.Value:
		return content
	case values:
		elements := map[string]tftypes.Value{}
		object := typ.(tftypes.Object) //nolint:forcetypeassert // nested values are objects
		for name, t := range object.AttributeTypes {
			elements[name] = typedValue(t, content[name])
		}
		for name := range content {
			if object.AttributeTypes[name] == nil {
				panic("there is no attribute " + name)
			}
		}
		return tftypes.NewValue(typ, elements)
	case map[string]string:
		elements := map[string]tftypes.Value{}
		for key, text := range content {
			elements[key] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(typ, elements)
	case []string:
		elements := []tftypes.Value{}
		for _, text := range content {
			elements = append(elements, tftypes.NewValue(tftypes.String, text))
		}
		return tftypes.NewValue(typ, elements)
	}
	return tftypes.NewValue(typ, v)
}

func heard(diagnostics []*tfprotov6.Diagnostic) []said {
	var all []said
	for _, d := range diagnostics {
		all = append(all, said{
			error: d.Severity == tfprotov6.DiagnosticSeverityError, at: place(d.Attribute), summary: d.Summary, detail: d.Detail,
		})
	}
	return all
}

func place(at *tftypes.AttributePath) string {
	if at == nil {
		return ""
	}
	var text strings.Builder
	for _, step := range at.Steps() {
		switch s := step.(type) {
		case tftypes.AttributeName:
			text.WriteString(string(s))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&text, "[%q]", string(s))
		}
	}
	return text.String()
}

func hasError(all []said) bool {
	for _, s := range all {
		if s.error {
			return true
		}
	}
	return false
}

// written puts a configuration by Debezium's names where users write it: into
// attributes, and into config what has none or doesn't fit its type.
func written(kind *catalog.Kind, name string, properties map[string]string) values {
	v, config := values{"name": name}, map[string]string{}
	for property, text := range properties {
		a := kind.AttributeOf(property)
		fits := a != nil
		if fits {
			v[a.Name], fits = native(a.Type, text)
		}
		if !fits {
			config[property] = text
			if a != nil {
				delete(v, a.Name)
			}
		}
	}
	if len(config) > 0 {
		v["config"] = config
	}
	return v
}

// placeOf is where written puts a property.
func placeOf(kind *catalog.Kind, property string, properties map[string]string) string {
	if a := kind.AttributeOf(property); a != nil {
		if _, fits := native(a.Type, properties[property]); fits || properties[property] == "" {
			return a.Name
		}
	}
	return fmt.Sprintf("config[%q]", property)
}

func native(t catalog.Type, text string) (any, bool) {
	switch t {
	case catalog.Boolean:
		return second(catalog.ParseBool(text))
	case catalog.Int, catalog.Short, catalog.Long:
		return second(catalog.ParseInt(text, t))
	case catalog.Double:
		return second(catalog.ParseDouble(text))
	case catalog.List:
		return catalog.SplitList(text), true
	}
	return text, true
}

func second[T any](v T, ok bool) (any, bool) { return v, ok }
