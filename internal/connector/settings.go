package connector

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// settings is what a resource object says of the connector's configuration, by
// Debezium's names, without name and connector.class.
type settings struct {
	values  kafkaconnect.Config // known values, ready to be sent
	unknown map[string]bool     // set, but the value isn't known yet
	removed map[string]bool     // null in config: not to be on the server
	mapped  map[string]bool     // written in config or config_wo, not in an attribute
	secret  map[string]bool     // written write-only
	partial bool                // config as a whole isn't known yet: more keys may come
}

// settingsOf reads a configuration, plan or state. Write-only values are seen
// in a configuration alone: Terraform nulls them everywhere else.
func settingsOf(kind *catalog.Kind, o object, texts map[string]string) settings {
	s := settings{
		values:  kafkaconnect.Config{},
		unknown: map[string]bool{},
		removed: map[string]bool{},
		mapped:  map[string]bool{},
		secret:  map[string]bool{},
	}
	if o == nil {
		return s
	}
	if kind != nil {
		for _, a := range kind.Attributes() {
			s.addAttribute(a, o, texts)
		}
	}
	s.addMap(o, attrConfig, false)
	s.addMap(o, attrConfigWO, true)
	return s
}

func (s *settings) addAttribute(a *catalog.Attribute, o object, texts map[string]string) {
	v := o[a.Name]
	if a.Secret && v.IsNull() {
		v = o[a.Name+suffixWO]
		s.secret[a.Property] = !v.IsNull()
	}
	switch {
	case v.IsNull():
		return
	case !v.IsFullyKnown():
		s.unknown[a.Property] = true
	default:
		text, err := encode(a.Type, v)
		if err != nil {
			// The schema's type is made from the same catalog type.
			panic("connector: " + a.Name + ": " + err.Error())
		}
		if theirs, ok := texts[a.Property]; ok && catalog.SameMeaning(theirs, text, a.Type) {
			text = theirs
		}
		s.values[a.Property] = text
	}
}

func (s *settings) addMap(o object, name string, writeOnly bool) {
	if v := o[name]; !v.IsKnown() {
		s.partial = true
		return
	}
	for property, v := range o.entries(name) {
		s.mapped[property] = true
		if writeOnly {
			s.secret[property] = true
		}
		switch {
		case v.IsNull():
			s.removed[property] = true
		case !v.IsKnown():
			s.unknown[property] = true
		default:
			var text string
			_ = v.As(&text)
			s.values[property] = text
		}
	}
}

// mentions reports whether the object says anything of a property.
func (s *settings) mentions(property string) bool {
	_, ok := s.values[property]
	return ok || s.unknown[property] || s.removed[property]
}

// pathOf is where a property is written in HCL: its attribute, the write-only
// twin of that, or its key of config. A property that is written nowhere is
// told at the attribute where it would be written.
func (s *settings) pathOf(kind *catalog.Kind, property string) path.Path {
	switch property {
	case keyName:
		return path.Root(attrName)
	case attrState, attrOffsets:
		return path.Root(property)
	case keyClass:
		if kind == nil {
			return path.Root(attrClass)
		}
		return path.Empty()
	}
	switch a := attributeOf(kind, property); {
	case s.mapped[property] && s.secret[property]:
		// A write-only map has no paths of its own in a diagnostic's source.
		return path.Root(attrConfigWO)
	case s.mapped[property] || a == nil:
		return path.Root(attrConfig).AtMapKey(property)
	case s.secret[property]:
		return path.Root(a.Name + suffixWO)
	default:
		return path.Root(a.Name)
	}
}
