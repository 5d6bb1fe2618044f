package connector

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestShapesHoldAllThatIsJudged: a validator that reads a value, and isn't that
// of an attribute in judgedByValue, would be left out once a shape is known.
func TestShapesHoldAllThatIsJudged(t *testing.T) {
	onlyPresence := []string{"schemavalidator.AlsoRequiresValidator", "schemavalidator.ConflictsWithValidator"}
	basic := []string{
		"basetypes.StringType", "basetypes.BoolType", "basetypes.Int64Type", "basetypes.Float64Type", "basetypes.ListType", "basetypes.MapType",
	}
	for _, kind := range append([]*catalog.Kind{nil}, catalog.Kinds()...) {
		schema := connectorSchema(t.Context(), kind)
		for name, a := range schema.Attributes {
			if slices.Contains(judgedByValue, name) {
				continue
			}
			if typ := fmt.Sprintf("%T", a.GetType()); !slices.Contains(basic, typ) {
				t.Errorf("%s has the type %s, which may judge its value", name, typ)
			}
			validators := reflect.ValueOf(a).FieldByName("Validators")
			for i := range validators.Len() {
				if v := fmt.Sprintf("%T", validators.Index(i).Interface()); !slices.Contains(onlyPresence, v) {
					t.Errorf("%s has the validator %s, which may judge its value", name, v)
				}
			}
		}
	}
}
