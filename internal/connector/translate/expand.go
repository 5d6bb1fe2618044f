package translate

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Expanded is what an object says about the connector's configuration, by
// Debezium's names, without name and connector.class.
type Expanded struct {
	Values        map[string]string // known values, ready to be sent
	Unknown       map[string]bool   // set, but the value isn't known yet
	Removed       map[string]bool   // null in config: not to be on the server
	InConfigMap   map[string]bool   // written in config or config_wo, not in an attribute
	WriteOnly     map[string]bool   // written in a write-only attribute or in config_wo
	ConfigUnknown bool              // config as a whole isn't known yet: there may be more keys
}

// Expand reads a configuration, plan or state. Only a configuration has
// write-only values: Terraform nulls them everywhere else. spellings are the
// server's own strings for values that mean the same, by property.
func Expand(kind *catalog.Kind, o Object, spellings map[string]string) Expanded {
	e := Expanded{
		Values:      map[string]string{},
		Unknown:     map[string]bool{},
		Removed:     map[string]bool{},
		InConfigMap: map[string]bool{},
		WriteOnly:   map[string]bool{},
	}
	if o == nil {
		return e
	}
	for _, a := range kind.Attributes() {
		e.addAttribute(a, o, spellings)
	}
	e.addMap(o, AttrConfig, false)
	e.addMap(o, AttrConfigWO, true)
	return e
}

func (e *Expanded) addAttribute(a *catalog.Attribute, o Object, spellings map[string]string) {
	v := o[a.Name]
	if a.Secret && v.IsNull() {
		if v = o[WriteOnlyName(a)]; !v.IsNull() {
			e.WriteOnly[a.Property] = true
		}
	}
	switch {
	case v.IsNull():
		return
	case !v.IsFullyKnown():
		e.Unknown[a.Property] = true
	default:
		text, err := encode(a.Type, v)
		if err != nil {
			// The schema's type is made from the same catalog type.
			panic("translate: " + a.Name + ": " + err.Error())
		}
		if theirs, ok := spellings[a.Property]; ok && catalog.SameMeaning(theirs, text, a.Type) {
			text = theirs
		}
		e.Values[a.Property] = text
	}
}

func (e *Expanded) addMap(o Object, name string, writeOnly bool) {
	if v := o[name]; !v.IsKnown() {
		e.ConfigUnknown = true
		return
	}
	for property, v := range o.Entries(name) {
		e.InConfigMap[property] = true
		if writeOnly {
			e.WriteOnly[property] = true
		}
		switch {
		case v.IsNull():
			e.Removed[property] = true
		case !v.IsKnown():
			e.Unknown[property] = true
		default:
			var text string
			_ = v.As(&text)
			e.Values[property] = text
		}
	}
}

// Mentions reports whether the object says anything about a property.
func (e *Expanded) Mentions(property string) bool {
	_, ok := e.Values[property]
	return ok || e.Unknown[property] || e.Removed[property]
}

// Path is where a property is written in HCL: its attribute, the attribute's
// write-only twin, or its key in config. For a property that isn't written, it
// is the attribute where it would be.
func (e *Expanded) Path(kind *catalog.Kind, property string) path.Path {
	switch property {
	case "":
		return path.Empty()
	case catalog.KeyName:
		return path.Root(AttrName)
	case AttrState, AttrOffsets:
		return path.Root(property)
	case catalog.KeyClass:
		if kind == nil {
			return path.Root(AttrClass)
		}
		return path.Empty()
	}
	switch a := kind.AttributeOf(property); {
	case e.InConfigMap[property] && e.WriteOnly[property]:
		// A write-only map has no paths of its own in a diagnostic's source.
		return path.Root(AttrConfigWO)
	case e.InConfigMap[property] || a == nil:
		return path.Root(AttrConfig).AtMapKey(property)
	case e.WriteOnly[property]:
		return path.Root(WriteOnlyName(a))
	default:
		return path.Root(a.Name)
	}
}
