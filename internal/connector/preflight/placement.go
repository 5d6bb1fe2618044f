package preflight

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// placement finds keys of config and config_wo that belong elsewhere: the
// connector's own, those that have an attribute, and those set twice.
func (r *Report) placement(config translate.Object) {
	for _, name := range []string{translate.AttrConfig, translate.AttrConfigWO} {
		for property, v := range config.Entries(name) {
			problem := r.placementProblem(config, name, property, v)
			if problem == "" {
				continue
			}
			at := path.Root(name).AtMapKey(property)
			if name == translate.AttrConfigWO {
				at = path.Root(name)
			}
			what := property
			if what == "" {
				what = "An empty key"
			}
			r.errorAt(at, fmt.Sprintf("%s doesn't belong in %s", what, name), problem)
		}
	}
}

func (r *Report) placementProblem(config translate.Object, in, property string, v tftypes.Value) string {
	a := r.kind.AttributeOf(property)
	writeOnlyMap := in == translate.AttrConfigWO
	switch {
	case property == "":
		return "A key is the name of a property and can't be empty."
	case property == catalog.KeyName:
		return "Set the connector's name in the attribute name."
	case property == catalog.KeyClass && r.kind == nil:
		return "Set the connector's class in the attribute connector_class."
	case property == catalog.KeyClass:
		return fmt.Sprintf("%s always has the class %s. For another class, use the resource for that class, or debezium_connector.", translate.TypeName(r.kind), r.kind.Class)
	case writeOnlyMap && isKey(config, translate.AttrConfig, property):
		return "The property is also in config. Keep only one of them."
	case a == nil:
		return ""
	case !config[a.Name].IsNull() || a.Secret && !config[translate.WriteOnlyName(a)].IsNull():
		return fmt.Sprintf("The attribute %s already sets this property. Remove the key.", a.Name)
	case !v.IsFullyKnown() || v.IsNull():
		return "" // this depends on the value, which the plan sees; a null removes the property
	case writeOnlyMap && !a.Secret:
		return "" // any value may be kept out of the plan and state
	case !translate.AttributeHolds(a, v):
		return ""
	case writeOnlyMap:
		return fmt.Sprintf("The property has its own attributes: set %s and %s instead.", translate.WriteOnlyName(a), translate.VersionName(a))
	}
	return fmt.Sprintf("The property has its own attribute: set %s instead.", a.Name)
}

func isKey(config translate.Object, name, property string) bool {
	_, ok := config.Entries(name)[property]
	return ok
}
