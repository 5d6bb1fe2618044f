package acctest

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Block is a configuration as HCL has it: attributes with strings, bools,
// ints, []string, map[string]string, or a Block for a nested one. What it
// doesn't name is null.
type Block map[string]any

// With returns a copy that has the given attributes in place of its own.
func (b Block) With(changes Block) Block {
	changed := maps.Clone(b)
	maps.Copy(changed, changes)
	return changed
}

func valueOf(typ tftypes.Type, v any) tftypes.Value {
	switch content := v.(type) {
	case Block:
		elements := map[string]tftypes.Value{}
		for name, t := range typ.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // a block is an object
			elements[name] = valueOf(t, content[name])
		}
		return tftypes.NewValue(typ, elements)
	case map[string]string:
		elements := map[string]tftypes.Value{}
		for key, text := range content {
			elements[key] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(typ, elements)
	case map[string]*string: // a nil is a null element
		elements := map[string]tftypes.Value{}
		for key, text := range content {
			elements[key] = tftypes.NewValue(tftypes.String, text)
		}
		return tftypes.NewValue(typ, elements)
	case []string:
		var elements []tftypes.Value
		for _, text := range content {
			elements = append(elements, tftypes.NewValue(tftypes.String, text))
		}
		return tftypes.NewValue(typ, elements)
	}
	return tftypes.NewValue(typ, v)
}

func dynamic(typ tftypes.Type, v tftypes.Value) (*tfprotov6.DynamicValue, error) {
	encoded, err := tfprotov6.NewDynamicValue(typ, v)
	return &encoded, err
}

func attributesOf(v tftypes.Value) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	if !v.IsNull() {
		_ = v.As(&values) // objects alone come here
	}
	return maps.Clone(values) // As gives out the value's own map
}

// proposed is what Terraform proposes before it asks the provider: the
// configuration, with the prior values of computed attributes that it doesn't
// set, and without write-only values (objchange.ProposedNew).
func proposed(schema *tfprotov6.Schema, prior, configuration tftypes.Value) tftypes.Value {
	if configuration.IsNull() {
		return configuration
	}
	before, values := attributesOf(prior), attributesOf(configuration)
	for _, a := range schema.Block.Attributes {
		was, existed := before[a.Name]
		switch {
		case a.WriteOnly:
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case a.Computed && values[a.Name].IsNull() && existed:
			values[a.Name] = was
		}
	}
	return tftypes.NewValue(schema.ValueType(), values)
}

// checkPlanned holds a plan to Terraform's rules (objchange.AssertPlanValid):
// what is configured is planned, or kept as it was where that means the same;
// only a computed attribute may be planned otherwise.
func checkPlanned(schema *tfprotov6.Schema, configuration, prior, planned tftypes.Value) error {
	if configuration.IsNull() != planned.IsNull() {
		return fmt.Errorf("planned is null: %t, configured is null: %t", planned.IsNull(), configuration.IsNull())
	}
	if planned.IsNull() {
		return nil
	}
	config, before, plan := attributesOf(configuration), attributesOf(prior), attributesOf(planned)
	for _, a := range schema.Block.Attributes {
		got, want, was := plan[a.Name], config[a.Name], before[a.Name]
		switch {
		case a.WriteOnly && got.IsNull():
		case a.Computed && want.IsNull():
		case !a.WriteOnly && (got.Equal(want) || got.Equal(was) && !was.IsNull()):
		default:
			return fmt.Errorf("the provider produced an invalid plan: %s is planned as %s, configured as %s", a.Name, got, want)
		}
	}
	return nil
}

// agrees reports where a value isn't what was planned; what was planned as
// unknown may be anything (objchange.AssertObjectCompatible).
func agrees(planned, got tftypes.Value) error {
	if planned.IsNull() != got.IsNull() {
		return fmt.Errorf("planned is null: %t, got null: %t", planned.IsNull(), got.IsNull())
	}
	want, have := attributesOf(planned), attributesOf(got)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if want[name].IsFullyKnown() && !want[name].Equal(have[name]) {
			return fmt.Errorf("%s was planned as %s, and is %s", name, want[name], have[name])
		}
	}
	return nil
}
