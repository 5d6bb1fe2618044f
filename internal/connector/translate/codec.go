package translate

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// The codec turns attributes into Kafka Connect's strings and back. It knows
// only the catalog's types; callers decide what becomes of secrets.

// attributeType is the Terraform type of a property of type t.
func attributeType(t catalog.Type) tftypes.Type {
	switch t {
	case catalog.Boolean:
		return tftypes.Bool
	case catalog.Int, catalog.Short, catalog.Long, catalog.Double:
		return tftypes.Number
	case catalog.List:
		return listType
	default:
		return tftypes.String
	}
}

// encode writes a known value as Kafka Connect stores it. A list is sorted and
// deduplicated, so that the same entries always give the same string.
func encode(t catalog.Type, v tftypes.Value) (string, error) {
	switch t {
	case catalog.Boolean:
		var b bool
		err := v.As(&b)
		return strconv.FormatBool(b), err
	case catalog.Int, catalog.Short, catalog.Long, catalog.Double:
		return encodeNumber(v)
	case catalog.List:
		texts, err := elementsOf(v)
		slices.Sort(texts)
		return catalog.JoinList(slices.Compact(texts)), err
	default:
		var s string
		err := v.As(&s)
		return s, err
	}
}

func encodeNumber(v tftypes.Value) (string, error) {
	var n big.Float
	if err := v.As(&n); err != nil {
		return "", err
	}
	if n.IsInt() {
		return n.Text('f', 0), nil
	}
	f, _ := n.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64), nil
}

// decode parses a string into an attribute's value. It returns false if the
// attribute can't hold it: a number that isn't one, a reference in place of a
// bool, a list that wouldn't come back as the same list.
func decode(t catalog.Type, text string) (tftypes.Value, bool) {
	v, ok := parse(t, text)
	if !ok {
		return v, false
	}
	again, err := encode(t, v)
	return v, err == nil && catalog.SameMeaning(again, text, t)
}

func parse(t catalog.Type, text string) (tftypes.Value, bool) {
	switch t {
	case catalog.Boolean:
		b, ok := catalog.ParseBool(text)
		return tftypes.NewValue(tftypes.Bool, b), ok
	case catalog.Int, catalog.Short, catalog.Long:
		n, ok := catalog.ParseInt(text, t)
		return intValue(n), ok
	case catalog.Double:
		f, ok := catalog.ParseDouble(text)
		if !ok || math.IsNaN(f) || math.IsInf(f, 0) { // HCL has no such numbers
			return tftypes.Value{}, false
		}
		return tftypes.NewValue(tftypes.Number, big.NewFloat(f)), true
	case catalog.List:
		if catalog.IsReference(text) {
			return tftypes.Value{}, false
		}
		return listValue(inOrderOf(nil, catalog.SplitList(text))), true
	default:
		return StringValue(text), true
	}
}

// AttributeHolds reports whether an attribute can hold a known string from
// config, so that it belongs there: not a reference in place of a number.
func AttributeHolds(a *catalog.Attribute, v tftypes.Value) bool {
	var text string
	_ = v.As(&text)
	_, holds := decode(a.Type, text)
	return holds && isGenerated(a.Type, text)
}

// isGenerated reports whether Terraform, when it generates a configuration,
// writes a string in an attribute unchanged. It leaves out empty strings and
// reformats JSON. In config it changes nothing.
func isGenerated(t catalog.Type, text string) bool {
	if !attributeType(t).Is(tftypes.String) {
		return true
	}
	start := strings.TrimLeft(text, " \t\r\n")
	isJSON := (strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")) && json.Valid([]byte(text))
	return text != "" && !isJSON
}
