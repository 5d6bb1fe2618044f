package translate

import (
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Object is a resource's configuration, plan or state by attribute name. The
// resource walks raw values instead of filling a struct: the attributes differ
// by kind, and unknown and null stay what they are.
type Object map[string]tftypes.Value

// Open reads a raw value; nil if it is null (no prior state, a destroy).
func Open(raw tftypes.Value) (Object, error) {
	if raw.IsNull() {
		return nil, nil
	}
	var values map[string]tftypes.Value
	err := raw.As(&values)
	return values, err
}

// With returns a copy of o with the given values replacing its own.
func (o Object) With(changes Object) Object {
	copied := make(Object, len(o))
	maps.Copy(copied, o)
	maps.Copy(copied, changes)
	return copied
}

// Value turns o back into a raw value of the schema's type; attributes missing
// from o are null.
func (o Object) Value(t tftypes.Type) tftypes.Value {
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

// Text is a string attribute's value, "" when null or unknown.
func (o Object) Text(name string) string {
	var s string
	if v := o[name]; isKnown(v) && v.Type().Is(tftypes.String) {
		_ = v.As(&s)
	}
	return s
}

// Flag is a bool attribute's value, or otherwise if null or unknown.
func (o Object) Flag(name string, otherwise bool) bool {
	b := otherwise
	if v := o[name]; isKnown(v) {
		_ = v.As(&b)
	}
	return b
}

// Entries are the elements of a map attribute; nil when it is null or unknown.
func (o Object) Entries(name string) map[string]tftypes.Value {
	var m map[string]tftypes.Value
	if v := o[name]; v.IsKnown() && !v.IsNull() {
		_ = v.As(&m)
	}
	return m
}

func isKnown(v tftypes.Value) bool { return v.IsFullyKnown() && !v.IsNull() }

var (
	configType = tftypes.Map{ElementType: tftypes.String}
	listType   = tftypes.List{ElementType: tftypes.String}
)

// StringValue is a string as a Terraform value.
func StringValue(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

func intValue(n int64) tftypes.Value {
	return tftypes.NewValue(tftypes.Number, new(big.Float).SetInt64(n))
}
