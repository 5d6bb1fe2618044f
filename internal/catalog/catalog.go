// Package catalog describes Debezium's properties: their names, types,
// defaults, allowed values and lifetimes, by connector kind and version.
//
// It has two sources. The data files under data/ are captured from running
// Kafka Connect workers by tools/catalog and contain only facts. The overlay
// (overlay*.go) is written by hand: which properties are attributes, what we
// say about them, what the workers' ConfigDef leaves out, and what replaced the
// old names. The package does no I/O and knows nothing about Terraform or Kafka
// Connect's REST API.
package catalog

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

// Type is the type of a property as named in Kafka Connect's ConfigDef.
type Type string

// The types of org.apache.kafka.common.config.ConfigDef.Type.
const (
	Boolean  Type = "BOOLEAN"
	String   Type = "STRING"
	Int      Type = "INT"
	Short    Type = "SHORT"
	Long     Type = "LONG"
	Double   Type = "DOUBLE"
	List     Type = "LIST"
	Class    Type = "CLASS"
	Password Type = "PASSWORD"
)

// Kind is a connector kind: one connector class and all that is known about it.
type Kind struct {
	*Traits
	properties
	attributes  []*Attribute // sorted by name
	byAttribute map[string]*Attribute
	byProperty  map[string]*Attribute
	secrets     map[string]bool // for every known property, whether it is one
	replaced    replacedNamesOf
}

// Captured is the structure of a data file. Versions are sorted, one per minor
// release; properties are sorted by name, then by version. From and Until name
// the minor releases of captured versions, as resolveLifetimes reads them.
type Captured struct {
	Class      string        `json:"class"`
	Versions   []Version     `json:"versions"`
	Properties []*Definition `json:"properties"`
}

// loaders read one kind each, on first use.
var loaders = func() map[string]func() *Kind {
	byName := make(map[string]func() *Kind, len(traits))
	for _, t := range traits {
		byName[t.Name] = sync.OnceValue(func() *Kind { return newKind(t) })
	}
	return byName
}()

// load reads all kinds.
var load = sync.OnceValue(func() map[string]*Kind {
	kinds := make(map[string]*Kind, len(traits))
	for name, loader := range loaders {
		kinds[name] = loader()
	}
	return kinds
})

// newKind reads a kind's data file. The files are embedded in the program, so a
// broken one is a bug, and panics in the first test.
func newKind(t *Traits) *Kind {
	var c Captured
	read("data/"+t.Name+".json", &c)
	c.Properties = resolveLifetimes(c.Versions, c.Properties, changesOf(t))
	complete(t, c.Properties)
	k := &Kind{
		Traits:      t,
		properties:  newProperties(c.Versions, slices.Concat(hidden.of(t), c.Properties, corrections.of(t))),
		byAttribute: map[string]*Attribute{},
		byProperty:  map[string]*Attribute{},
		replaced:    namesReplacedIn(t),
	}
	k.secrets = make(map[string]bool, len(k.names))
	for _, name := range k.names {
		k.secrets[name] = IsSecret(name, k.newest(name).Type)
	}
	for _, a := range overlayAttributes(t) {
		k.addAttribute(a)
	}
	slices.SortFunc(k.attributes, func(a, b *Attribute) int { return strings.Compare(a.Name, b.Name) })
	return k
}

// read decodes a data file.
func read(path string, into any) {
	text, err := data.ReadFile(path)
	if err != nil {
		panic(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		panic(fmt.Sprintf("%s: %s", path, err))
	}
}

func (k *Kind) addAttribute(o OverlayAttribute) {
	d := k.newest(o.Property)
	if d == nil {
		panic(fmt.Sprintf("%s: the overlay makes %s an attribute, but no version has such a property", k.Name, o.Property))
	}
	if k.byProperty[o.Property] != nil {
		panic(fmt.Sprintf("%s: the overlay makes %s an attribute twice", k.Name, o.Property))
	}
	a := &Attribute{
		Name:             AttributeName(o.Property),
		Property:         o.Property,
		Type:             d.Type,
		Secret:           IsSecret(o.Property, d.Type),
		OverlayAttribute: o,
	}
	k.attributes = append(k.attributes, a)
	k.byAttribute[a.Name] = a
	k.byProperty[a.Property] = a
}

// Kinds returns all kinds, sorted by name.
func Kinds() []*Kind {
	kinds := make([]*Kind, 0, len(traits))
	for _, k := range load() {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b *Kind) int { return strings.Compare(a.Name, b.Name) })
	return kinds
}

// KindNames returns the names of all kinds, sorted.
func KindNames() []string { return slices.Sorted(maps.Keys(loaders)) }

// KindByName finds "mysql", "postgres", "jdbc_sink", …; nil if there is none.
func KindByName(name string) *Kind {
	if loader := loaders[name]; loader != nil {
		return loader()
	}
	return nil
}

// KindOfClass finds the kind of a connector.class. Kafka Connect also accepts
// the simple class name, and that without the suffix "Connector" (Plugins'
// aliases), so it finds these too. It returns nil for any other class.
func KindOfClass(class string) *Kind {
	for _, t := range traits {
		simple := t.Class[strings.LastIndexByte(t.Class, '.')+1:]
		if class == t.Class || class == simple || class == strings.TrimSuffix(simple, "Connector") {
			return KindByName(t.Name)
		}
	}
	return nil
}

// Attributes returns the properties that have an attribute, sorted by name. A
// nil kind means a class that the catalog doesn't know, and has none.
func (k *Kind) Attributes() []*Attribute {
	if k == nil {
		return nil
	}
	return k.attributes
}

// Attribute finds an attribute by its own name ("table_include_list"), or nil.
func (k *Kind) Attribute(name string) *Attribute { return k.byAttribute[name] }

// AttributeOf finds the attribute of a property ("table.include.list"), or nil,
// which it always returns for a nil k.
func (k *Kind) AttributeOf(property string) *Attribute {
	if k == nil {
		return nil
	}
	return k.byProperty[property]
}

// Attribute is a property that users set as its own attribute. Type is that of
// the newest version.
type Attribute struct {
	Name     string // "table_include_list"
	Property string // "table.include.list"
	Type     Type
	Secret   bool
	OverlayAttribute
}

// IsSecret reports whether a property of the kind must not be shown, and stays
// on the server if the configuration doesn't mention it. A nil kind means a
// class that the catalog doesn't know: then only the name decides.
func (k *Kind) IsSecret(property string) bool {
	if k != nil {
		if secret, known := k.secrets[property]; known {
			return secret
		}
	}
	return IsSecret(property, "")
}

// HidesSecret reports whether a property's value is a secret. A reference
// isn't: it only names one.
func (k *Kind) HidesSecret(property, value string) bool {
	return k.IsSecret(property) && !IsReference(value)
}

// DefaultOrder returns the properties with a creation default, dependencies
// first.
func (k *Kind) DefaultOrder() []string {
	var order []string
	var add func(property string)
	add = func(property string) {
		a := k.AttributeOf(property)
		if a == nil || a.Default == nil || slices.Contains(order, property) {
			return
		}
		for _, need := range a.Default.Needs {
			add(need)
		}
		order = append(order, property)
	}
	for _, a := range k.attributes {
		add(a.Property)
	}
	return order
}

// AttributeName is the only naming rule: a property's attribute is its Debezium
// name with '.' and '-' replaced by '_'.
func AttributeName(property string) string { return underscores.Replace(property) }

var underscores = strings.NewReplacer(".", "_", "-", "_")
