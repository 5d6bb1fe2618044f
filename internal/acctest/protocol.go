package acctest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func dynamic(t testing.TB, v tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

func decode(t testing.TB, schema *tfprotov6.Schema, v *tfprotov6.DynamicValue) tftypes.Value {
	t.Helper()
	decoded, err := v.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

func attributesOf(v tftypes.Value) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	if !v.IsNull() {
		_ = v.As(&values) // only objects come here
	}
	return maps.Clone(values) // As returns the value's own map
}

// Proposed returns what Terraform proposes before it asks the provider: the
// configuration, including write-only values, with the prior values of computed
// attributes that it doesn't set (objchange.ProposedNew).
func Proposed(schema *tfprotov6.Schema, prior, configuration tftypes.Value) tftypes.Value {
	if configuration.IsNull() {
		return configuration
	}
	before, values := attributesOf(prior), attributesOf(configuration)
	for _, a := range schema.Block.Attributes {
		if was, existed := before[a.Name]; existed && a.Computed && values[a.Name].IsNull() {
			values[a.Name] = was
		}
	}
	return tftypes.NewValue(schema.ValueType(), values)
}

// checkPlanned checks a plan against Terraform's rules
// (objchange.AssertPlanValid): what is configured is planned, or kept as it was
// if equivalent; only a computed attribute may be planned otherwise.
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

// agrees returns an error if a value isn't what was planned; what was planned
// as unknown may be anything (objchange.AssertObjectCompatible).
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
