package translate

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// A property of type LIST is a list to Terraform, though the order of its
// entries means nothing: Terraform and the framework compare each element of a
// set with every other, several times in a plan and once more in an apply,
// which takes minutes for ten thousand tables. So a list that differs only in
// order is kept as it was, here and in flattenAttribute.

// KeepListOrder plans the prior value of each list that has the same entries.
func KeepListOrder(kind *catalog.Kind, plan, prior Object) {
	if prior == nil {
		return
	}
	for _, a := range kind.Attributes() {
		now, was := plan[a.Name], prior[a.Name]
		if a.Type == catalog.List && isKnown(now) && isKnown(was) && sameEntries(now, was) {
			plan[a.Name] = was
		}
	}
}

func sameEntries(a, b tftypes.Value) bool {
	x, err1 := encode(catalog.List, a)
	y, err2 := encode(catalog.List, b)
	return err1 == nil && err2 == nil && catalog.SameMeaning(x, y, catalog.List)
}

// inOrderOf arranges entries by their previous order: first those still there,
// in that order, then new ones, each entry once.
func inOrderOf(before, now []string) []string {
	left := make(map[string]bool, len(now))
	for _, text := range now {
		left[text] = true
	}
	arranged := make([]string, 0, len(now))
	for _, texts := range [][]string{before, now} {
		for _, text := range texts {
			if left[text] {
				arranged = append(arranged, text)
				delete(left, text)
			}
		}
	}
	return arranged
}

// elementsOf returns a list's strings, "" for a null.
func elementsOf(v tftypes.Value) ([]string, error) {
	var elements []tftypes.Value
	if err := v.As(&elements); err != nil {
		return nil, err
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		if err := e.As(&texts[i]); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func listValue(texts []string) tftypes.Value {
	elements := make([]tftypes.Value, len(texts))
	for i, text := range texts {
		elements[i] = StringValue(text)
	}
	return tftypes.NewValue(listType, elements)
}
