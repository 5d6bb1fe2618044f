package translate

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

const tables, schemas = "table_include_list", "schema_include_list"

func TestKeepListOrder(t *testing.T) {
	unknown := tftypes.NewValue(listType, []tftypes.Value{StringValue("a"), tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
	cases := []struct {
		name              string
		plan, prior, want tftypes.Value
	}{
		{"another order", listValue([]string{"b", "a"}), listValue([]string{"a", "b"}), listValue([]string{"a", "b"})},
		{"a repetition", listValue([]string{"b", "a", "b"}), listValue([]string{"a", "b"}), listValue([]string{"a", "b"})},
		{"one more", listValue([]string{"b", "a", "c"}), listValue([]string{"a", "b"}), listValue([]string{"b", "a", "c"})},
		{"one less", listValue([]string{"b"}), listValue([]string{"a", "b"}), listValue([]string{"b"})},
		{"not known yet", unknown, listValue([]string{"a", "b"}), unknown},
		{"new", listValue([]string{"b", "a"}), tftypes.NewValue(listType, nil), listValue([]string{"b", "a"})},
		{"gone", tftypes.NewValue(listType, nil), listValue([]string{"b", "a"}), tftypes.NewValue(listType, nil)},
		{"emptied", listValue(nil), tftypes.NewValue(listType, nil), listValue(nil)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			plan := Object{tables: c.plan}
			KeepListOrder(catalog.KindByName("postgres"), plan, Object{tables: c.prior})
			if !plan[tables].Equal(c.want) {
				t.Errorf("planned %s, want %s", plan[tables], c.want)
			}
		})
	}
}

// TestDriftKeepsOrder: what was added or removed on the server shows as that
// alone, in a list that otherwise is as it was.
func TestDriftKeepsOrder(t *testing.T) {
	kind := catalog.KindByName("postgres")
	prior := Object{tables: listValue([]string{"s.c", "s.a", "s.b"}), schemas: listValue([]string{"s"})}
	flat, spellings := Flatten(kind, prior, "", map[string]string{"table.include.list": "s.d, s.a,s.c", "schema.include.list": "s"}, PrivateState{})
	if got, _ := elementsOf(flat[tables]); !slices.Equal(got, []string{"s.c", "s.a", "s.d"}) {
		t.Errorf("the state has %v", got)
	}
	if again := Expand(kind, flat, spellings).Values["table.include.list"]; again != "s.d, s.a,s.c" {
		t.Errorf("it would be sent as %q", again)
	}
}
