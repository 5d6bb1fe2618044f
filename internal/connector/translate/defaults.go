package translate

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// FillDefaults plans the attributes with a creation default that the
// configuration doesn't set: derived for a new connector, remembered for one
// that the provider created, otherwise unchanged. A connector imported without
// them never gets them. One that replaces another, under a new name, is new.
func FillDefaults(kind *catalog.Kind, plan, config, prior Object, p PrivateState) {
	if kind == nil {
		return
	}
	if !plan[AttrName].Equal(prior[AttrName]) {
		prior = nil
	}
	var derived map[string]tftypes.Value
	if prior == nil {
		derived = deriveDefaults(kind, config)
	}
	for _, a := range kind.Attributes() {
		if a.Default == nil || !config[a.Name].IsNull() {
			continue
		}
		switch text, remembered := p.CreationDefaults[a.Property]; {
		case prior == nil:
			plan[a.Name] = derived[a.Name]
		case remembered && !setInMaps(config, a.Property):
			plan[a.Name], _ = decode(a.Type, text)
		default:
			plan[a.Name] = prior[a.Name]
		}
	}
}

// setInMaps reports whether config or config_wo sets a property that has an
// attribute, as they may if the attribute can't hold the value.
func setInMaps(config Object, property string) bool {
	for _, name := range []string{AttrConfig, AttrConfigWO} {
		if _, ok := config.Entries(name)[property]; ok {
			return true
		}
	}
	return false
}

// deriveDefaults derives the defaults of a new connector, by attribute name.
// Defaults that depend on an unknown value are unknown.
func deriveDefaults(kind *catalog.Kind, config Object) map[string]tftypes.Value {
	e := Expand(kind, config, nil)
	values := maps.Clone(e.Values)
	version, err := catalog.ParseVersion(values[catalog.KeyPluginVersion])
	derived := map[string]tftypes.Value{}
	for _, property := range kind.DefaultOrder() {
		a := kind.AttributeOf(property)
		derived[a.Name] = tftypes.NewValue(attributeType(a.Type), nil)
		if e.Mentions(property) || err == nil && kind.Definition(property, version) == nil {
			continue // already set, or not a property of the requested version
		}
		needsUnknown := slices.ContainsFunc(a.Default.Needs, func(need string) bool { return e.Unknown[need] })
		if e.ConfigUnknown || e.Unknown[catalog.KeyPluginVersion] || !config[AttrName].IsKnown() || needsUnknown {
			derived[a.Name] = unknownOf(a.Type)
			e.Unknown[property] = true
			continue
		}
		if text, ok := a.Default.Derive(config.Text(AttrName), values); ok {
			derived[a.Name], _ = decode(a.Type, text)
			values[property] = text
		}
	}
	return derived
}

// DerivedDefaults are the planned creation defaults, by property: those that
// the configuration doesn't set itself.
func DerivedDefaults(kind *catalog.Kind, plan, config Object) map[string]string {
	derived := map[string]string{}
	for _, a := range kind.Attributes() {
		if v := plan[a.Name]; a.Default != nil && config[a.Name].IsNull() && isKnown(v) {
			derived[a.Property], _ = encode(a.Type, v)
		}
	}
	return derived
}
