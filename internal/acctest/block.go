package acctest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// Block is a configuration as in HCL: attributes with strings, bools, numbers,
// []string, maps of strings (of *string, where nil is a null element), a Block
// for a nested one, []Block for a list of these, or a tftypes.Value for
// anything else.
// Attributes that it doesn't name are null.
type Block map[string]any

// With returns a copy with the given attributes replacing its own.
func (b Block) With(changes Block) Block {
	changed := maps.Clone(b)
	maps.Copy(changed, changes)
	return changed
}

// Without returns a copy without the given attributes, which must be set.
func (b Block) Without(names ...string) Block {
	changed := maps.Clone(b)
	for _, name := range names {
		if _, set := changed[name]; !set {
			panic(fmt.Sprintf("%q isn't set", name))
		}
		delete(changed, name)
	}
	return changed
}

// Unknown is a string that isn't known yet.
var Unknown = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)

// Connector returns the block of a kind's connector: each property where users
// write it, in its attribute, or in config if it has none or doesn't fit.
func Connector(kind *catalog.Kind, name string, properties catalogtest.Config) Block {
	b, config := Block{"name": name}, map[string]string{}
	for property, text := range properties {
		if a := kind.AttributeOf(property); a != nil {
			if v, fits := native(a.Type, text); fits {
				b[a.Name] = v
				continue
			}
		}
		config[property] = text
	}
	if len(config) > 0 {
		b["config"] = config
	}
	return b
}

// AnyConnector is the same as a debezium_connector.
func AnyConnector(kind *catalog.Kind, name string, properties catalogtest.Config) Block {
	class := kind.Class
	if given := properties[catalog.KeyClass]; given != "" {
		class, properties = given, properties.With(catalogtest.Config{catalog.KeyClass: catalogtest.Unset})
	}
	return Block{"name": name, "connector_class": class, "config": map[string]string(properties)}
}

// PathOf returns where Connector puts a property.
func PathOf(kind *catalog.Kind, property string, properties catalogtest.Config) string {
	if a := kind.AttributeOf(property); a != nil {
		if _, fits := native(a.Type, properties[property]); fits || properties[property] == "" {
			return a.Name
		}
	}
	return fmt.Sprintf("config[%q]", property)
}

// ResourceOf returns the resource type of a kind; nil means any class.
func ResourceOf(kind *catalog.Kind) string {
	if kind == nil {
		return "debezium_connector"
	}
	return "debezium_" + kind.Name + "_connector"
}

// native converts text to its attribute's type, if possible.
func native(t catalog.Type, text string) (v any, fits bool) {
	switch t {
	case catalog.Boolean:
		v, fits = catalog.ParseBool(text)
	case catalog.Int, catalog.Short, catalog.Long:
		v, fits = catalog.ParseInt(text, t)
	case catalog.Double:
		v, fits = catalog.ParseDouble(text)
	case catalog.List:
		v, fits = catalog.SplitList(text), true
	default:
		v, fits = text, true
	}
	return v, fits
}

// valueOf converts to a value of a schema's type.
func valueOf(typ tftypes.Type, v any) tftypes.Value {
	elements := map[string]tftypes.Value{}
	switch content := v.(type) {
	case tftypes.Value:
		return content
	case Block:
		attributes := typ.(tftypes.Object).AttributeTypes //nolint:forcetypeassert // a block is an object
		for name, t := range attributes {
			elements[name] = valueOf(t, content[name])
		}
		for name := range content {
			if attributes[name] == nil {
				panic("there is no attribute " + name)
			}
		}
	case map[string]string:
		for key, text := range content {
			elements[key] = tftypes.NewValue(tftypes.String, text)
		}
	case map[string]*string:
		for key, text := range content {
			elements[key] = tftypes.NewValue(tftypes.String, text)
		}
	case []string:
		items := []tftypes.Value{}
		for _, text := range content {
			items = append(items, tftypes.NewValue(tftypes.String, text))
		}
		return tftypes.NewValue(typ, items)
	case []Block:
		items := []tftypes.Value{}
		for _, b := range content {
			items = append(items, valueOf(typ.(tftypes.List).ElementType, b)) //nolint:forcetypeassert // of a list
		}
		return tftypes.NewValue(typ, items)
	default:
		return tftypes.NewValue(typ, v)
	}
	return tftypes.NewValue(typ, elements)
}

// Expression is an HCL expression, as a value of a block that is written out:
// var.password, or a quoted string in which ${ keeps its meaning.
type Expression string

// HCL formats a resource with this block for the terraform binary.
func (b Block) HCL(resource, label string) string {
	return fmt.Sprintf("resource %q %q %s\n", resource, label, b.hcl("  "))
}

// ProviderHCL formats the provider's block.
func (b Block) ProviderHCL() string { return fmt.Sprintf("provider \"debezium\" %s\n", b.hcl("  ")) }

func (b Block) hcl(indent string) string {
	var text strings.Builder
	text.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(b)) {
		fmt.Fprintf(&text, "%s%s = %s\n", indent, name, hclValue(b[name], indent))
	}
	return text.String() + strings.TrimPrefix(indent, "  ") + "}"
}

func hclValue(v any, indent string) string {
	switch content := v.(type) {
	case nil:
		return "null"
	case Expression:
		return string(content)
	case string:
		return Quote(content)
	case Block:
		return content.hcl(indent + "  ")
	case []string:
		items := make([]string, len(content))
		for i, text := range content {
			items[i] = Quote(text)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case []Expression:
		items := make([]string, len(content))
		for i, text := range content {
			items[i] = string(text)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]string:
		return hclMap(content, Quote, indent)
	case map[string]Expression:
		return hclMap(content, func(e Expression) string { return string(e) }, indent)
	}
	return fmt.Sprint(v) // bools and numbers
}

func hclMap[V any](content map[string]V, value func(V) string, indent string) string {
	var text strings.Builder
	text.WriteString("{\n")
	for _, key := range slices.Sorted(maps.Keys(content)) {
		fmt.Fprintf(&text, "%s  %s = %s\n", indent, Quote(key), value(content[key]))
	}
	return text.String() + indent + "}"
}

// Quote returns text as an HCL string. HCL's escapes are JSON's, except for two
// control characters, and its template markers are doubled.
func Quote(text string) string {
	quoted, _ := json.Marshal(text) // a string can't fail
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(string(quoted))
}
