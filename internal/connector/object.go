package connector

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object is a resource's configuration, plan or state by attribute name. The
// resource walks raw values instead of filling a struct: the attributes differ
// by kind, and unknown and null stay what they are.
type object map[string]tftypes.Value

// objectOf opens a raw value; nil for a null one (no prior state, a destroy).
func objectOf(raw tftypes.Value) (object, error) {
	if raw.IsNull() {
		return nil, nil
	}
	var values map[string]tftypes.Value
	err := raw.As(&values)
	return values, err
}

// with returns a copy of o that has the given values in place of its own.
func (o object) with(changes object) object {
	copied := make(object, len(o))
	for name, v := range o {
		copied[name] = v
	}
	for name, v := range changes {
		copied[name] = v
	}
	return copied
}

// value turns o back into a raw value of the schema's type; attributes that o
// lacks are null.
func (o object) value(t tftypes.Type) tftypes.Value {
	typed := t.(tftypes.Object) //nolint:forcetypeassert // a resource's type is an object
	values := make(map[string]tftypes.Value, len(typed.AttributeTypes))
	for name, at := range typed.AttributeTypes {
		if v, ok := o[name]; ok {
			values[name] = v
		} else {
			values[name] = tftypes.NewValue(at, nil)
		}
	}
	return tftypes.NewValue(t, values)
}

func known(v tftypes.Value) bool { return v.IsFullyKnown() && !v.IsNull() }

// text is a string attribute's value, "" when null or unknown.
func (o object) text(name string) string {
	var s string
	if v := o[name]; known(v) && v.Type().Is(tftypes.String) {
		_ = v.As(&s)
	}
	return s
}

// flag is a bool attribute's value, or otherwise when null or unknown.
func (o object) flag(name string, otherwise bool) bool {
	b := otherwise
	if v := o[name]; known(v) {
		_ = v.As(&b)
	}
	return b
}

// entries are the elements of a map attribute; nil when it is null or unknown.
func (o object) entries(name string) map[string]tftypes.Value {
	var m map[string]tftypes.Value
	if v := o[name]; v.IsKnown() && !v.IsNull() {
		_ = v.As(&m)
	}
	return m
}

var (
	configType = tftypes.Map{ElementType: tftypes.String}
	setType    = tftypes.Set{ElementType: tftypes.String}
)

func stringValue(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

func intValue(n int64) tftypes.Value {
	return tftypes.NewValue(tftypes.Number, new(big.Float).SetInt64(n))
}
