package catalog

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Types of components, as Kafka Connect names them.
const (
	Transformation  = "transformation"
	Predicate       = "predicate"
	Converter       = "converter"
	HeaderConverter = "header_converter"
)

// Component is a class that a connector's configuration names besides its own:
// a transformation, predicate, converter or header converter of Kafka or
// Debezium. Its properties are its options, by their names after
// "transforms.NAME." and the like.
type Component struct {
	Type     string
	Class    string   // without a variant
	Variants []string // "Key" and "Value" for classes that exist only as CLASS$Key and CLASS$Value
	properties
	open bool // takes options that aren't listed
}

// CapturedComponent is the structure of a component in its data file.
type CapturedComponent struct {
	Type     string   `json:"type"`
	Variants []string `json:"variants,omitempty"`
	Captured
}

// components returns all of them, by class.
var components = sync.OnceValue(func() map[string][]*Component {
	var captured []CapturedComponent
	read("data/components.json", &captured)
	byClass := make(map[string][]*Component, len(captured))
	for _, c := range captured {
		rows := resolveLifetimes(c.Versions, c.Properties, nil)
		for _, d := range rows {
			d.Required = (d.Required || slices.Contains(requiredOptions[c.Class], d.Name)) && d.Name != setByConnect
		}
		byClass[c.Class] = append(byClass[c.Class], &Component{
			Type:       c.Type,
			Class:      c.Class,
			Variants:   c.Variants,
			properties: newProperties(c.Versions, slices.Concat(rows, optionsOf(c.Class))),
			open:       slices.Contains(openComponents, c.Class) || !c.defines(),
		})
	}
	addManual(byClass)
	return byClass
})

// defines reports whether a component lists its options at all. Some of
// Debezium's list nothing; Kafka's list everything.
func (c *CapturedComponent) defines() bool {
	return len(c.Properties) > 0 || strings.HasPrefix(c.Class, "org.apache.kafka.")
}

// ComponentOfClass finds a component by its type and the class that a
// configuration names: with its package or, as Kafka Connect also accepts,
// without. A variant after "$" is left to the caller. It returns nil for a
// class that isn't Kafka's or Debezium's, whose options aren't known here.
func ComponentOfClass(componentType, class string) *Component {
	class, _, _ = strings.Cut(class, "$")
	for _, c := range components()[class] {
		if c.Type == componentType {
			return c
		}
	}
	if strings.Contains(class, ".") {
		return nil
	}
	return onlyOne(Components(componentType), func(c *Component) bool { return c.simpleName() == class })
}

// onlyOne returns the only component for which f holds: Kafka Connect doesn't
// accept a simple name that two classes share.
func onlyOne(among []*Component, f func(*Component) bool) *Component {
	i := slices.IndexFunc(among, f)
	if i < 0 || slices.ContainsFunc(among[i+1:], f) {
		return nil
	}
	return among[i]
}

// Components returns all components of a type, sorted by class.
func Components(componentType string) []*Component {
	var all []*Component
	for _, of := range components() {
		for _, c := range of {
			if c.Type == componentType {
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b *Component) int { return cmp.Compare(a.Class, b.Class) })
	return all
}

// Classes returns the names that a configuration may use: the class, or its
// variants.
func (c *Component) Classes() []string {
	if len(c.Variants) == 0 {
		return []string{c.Class}
	}
	var classes []string
	for _, v := range c.Variants {
		classes = append(classes, c.Class+"$"+v)
	}
	return classes
}

func (c *Component) simpleName() string { return c.Class[strings.LastIndexByte(c.Class, '.')+1:] }

// OfDebezium reports whether a component is Debezium's, so that its version is
// the connector's. Kafka's have the worker's, which isn't known here: they are
// checked against the newest.
func (c *Component) OfDebezium() bool { return strings.HasPrefix(c.Class, "io.debezium.") }

// At is the component's version alongside a connector of a Debezium version.
func (c *Component) At(debezium Version) Version {
	if c.OfDebezium() {
		return debezium
	}
	return c.Newest()
}

// Open reports whether a component takes options that the catalog doesn't list,
// so that an unknown one may be right.
func (c *Component) Open() bool { return c.open }

// Allows reports whether an option allows a value in a version: one of its
// fixed values, if it has any.
func (c *Component) Allows(option, value string, v Version) bool {
	d := c.Definition(option, v)
	if d == nil || len(d.Values) == 0 {
		return true
	}
	if c.OfDebezium() || slices.Contains(anyCase, option) {
		return slices.ContainsFunc(d.Values, func(allowed string) bool { return strings.EqualFold(allowed, value) })
	}
	return slices.Contains(d.Values, value)
}

// SuggestComponent returns the class that an unknown one most likely means, or
// "".
func SuggestComponent(componentType, class string) string {
	name, variant, _ := strings.Cut(class, "$")
	best, limit := "", 3
	for _, c := range Components(componentType) {
		d := distance(strings.ToLower(name), strings.ToLower(c.Class), limit)
		if d > limit || d == limit && best != "" {
			continue
		}
		best, limit = c.Class, d
		if slices.Contains(c.Variants, variant) {
			best += "$" + variant
		} else if len(c.Variants) > 0 {
			best = c.Classes()[len(c.Variants)-1] // the value's
		}
	}
	return best
}

// SuggestOption returns the option of a version that an unknown name most
// likely means, or "".
func (c *Component) SuggestOption(option string, v Version) string {
	candidates := slices.DeleteFunc(slices.Clone(c.names), func(name string) bool { return c.Definition(name, v) == nil })
	return Nearest(option, candidates)
}
