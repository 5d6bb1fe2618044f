// Package catalog says what Debezium's properties are: their names, types,
// defaults, allowed values and lifetimes, by connector kind and version.
//
// It has two sources. The data files under data/ are captured from running
// Kafka Connect workers by tools/catalog and hold facts alone. The overlay
// (overlay*.go) is written by hand: which properties are attributes, what we
// say about them, what the workers' ConfigDef leaves out, and what replaced
// the old names. The package does no I/O and knows neither Terraform nor
// Kafka Connect's REST API.
package catalog

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

// Type is the type of a property as Kafka Connect's ConfigDef names it.
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

// Definition is a property as one or several consecutive versions define it.
type Definition struct {
	Name       string   `json:"name"`
	Type       Type     `json:"type"`
	Default    *string  `json:"default,omitempty"`
	Importance string   `json:"importance,omitempty"` // "high", "medium" or "low"
	Values     []string `json:"values,omitempty"`     // the allowed values, sorted; empty means any
	From       Version  `json:"from,omitzero"`        // the first version known to have it so; zero: the oldest captured
	Until      Version  `json:"until,omitzero"`       // the first version known not to; zero: still so in the newest
	// after is set where the release that made the change isn't known: any
	// version after this one may have the property so.
	after Version
}

// In reports whether a version has the property as d defines it, or may have.
func (d *Definition) In(v Version) bool {
	started := d.From.IsZero() || !v.Less(d.From)
	if !d.after.IsZero() {
		started = d.after.Less(v)
	}
	return started && (d.Until.IsZero() || v.Less(d.Until))
}

// Kind is a connector kind: one connector class and all that is known of it.
type Kind struct {
	*Traits
	versions    []Version                // captured, oldest first
	definitions map[string][]*Definition // by property; of two that cover a version, the later holds
	history     map[string][]*Definition // the same, oldest first
	names       []string                 // of all properties in any version, sorted
	attributes  []*Attribute             // sorted by name
	byAttribute map[string]*Attribute
	byProperty  map[string]*Attribute
	secrets     map[string]bool // of every known property, whether it is one
	replaced    replacedNamesOf
}

// Captured is the shape of a data file. Versions are sorted; properties by
// name, then by version.
type Captured struct {
	Class      string        `json:"class"`
	Versions   []Version     `json:"versions"`
	Properties []*Definition `json:"properties"`
}

var load = sync.OnceValue(func() map[string]*Kind {
	kinds := make(map[string]*Kind, len(traits))
	for _, t := range traits {
		kinds[t.Name] = newKind(t)
	}
	return kinds
})

// newKind reads a kind's data file. The files are part of the program, so a
// broken one is a bug, and a panic in the first test.
func newKind(t *Traits) *Kind {
	text, err := data.ReadFile("data/" + t.Name + ".json")
	if err != nil {
		panic(err)
	}
	var c Captured
	if err := json.Unmarshal(text, &c); err != nil {
		panic(fmt.Sprintf("data/%s.json: %s", t.Name, err))
	}
	k := &Kind{
		Traits:      t,
		versions:    c.Versions,
		definitions: make(map[string][]*Definition, len(c.Properties)),
		history:     make(map[string][]*Definition, len(c.Properties)),
		byAttribute: map[string]*Attribute{},
		byProperty:  map[string]*Attribute{},
		secrets:     make(map[string]bool, len(c.Properties)),
		replaced:    namesReplacedIn(t),
	}
	settle(t, &c)
	complete(t, c.Properties)
	for _, d := range slices.Concat(hidden.of(t), c.Properties, corrections.of(t)) {
		k.definitions[d.Name] = append(k.definitions[d.Name], d)
	}
	for name, definitions := range k.definitions {
		k.names = append(k.names, name)
		k.history[name] = slices.SortedStableFunc(slices.Values(definitions), byAge)
		k.secrets[name] = IsSecret(name, k.newest(name).Type)
	}
	slices.Sort(k.names)
	for _, a := range overlayAttributes(t) {
		k.addAttribute(a)
	}
	slices.SortFunc(k.attributes, func(a, b *Attribute) int { return strings.Compare(a.Name, b.Name) })
	return k
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

// KindNames are the names of all kinds, sorted.
func KindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return names
}

// KindByName finds "mysql", "postgres", "jdbc_sink", …; nil when there is none.
func KindByName(name string) *Kind { return load()[name] }

// KindOfClass finds the kind of a connector.class. Kafka Connect also accepts
// the simple class name, and that without the ending "Connector" (Plugins'
// aliases), so these are found too. It returns nil for any other class.
func KindOfClass(class string) *Kind {
	for _, k := range load() {
		simple := k.Class[strings.LastIndexByte(k.Class, '.')+1:]
		if class == k.Class || class == simple || class == strings.TrimSuffix(simple, "Connector") {
			return k
		}
	}
	return nil
}

// Versions are the captured versions, oldest first.
func (k *Kind) Versions() []Version { return k.versions }

// Newest is the newest captured version: what is assumed of a worker whose
// version isn't known.
func (k *Kind) Newest() Version { return k.versions[len(k.versions)-1] }

// Properties are the names of all properties in any version, sorted.
func (k *Kind) Properties() []string { return k.names }

// Definition is a property in one version, or nil when that version has none
// of that name. Any version may be asked for. Between two captured ones, where
// the release that made a difference isn't known, what either has is there and
// what either allows is allowed; before the oldest captured one and after the
// newest, what these have.
func (k *Kind) Definition(property string, v Version) *Definition {
	for _, d := range slices.Backward(k.definitions[property]) {
		if d.In(v) {
			return d
		}
	}
	return nil
}

// Definitions are all definitions that a property has had, oldest first.
func (k *Kind) Definitions(property string) []*Definition { return k.history[property] }

// byAge orders definitions by their beginning, then by their end.
func byAge(a, b *Definition) int {
	end := func(v Version) Version {
		if v.IsZero() {
			return Version{Major: math.MaxInt}
		}
		return v
	}
	return cmp.Or(a.From.Compare(b.From), end(a.Until).Compare(end(b.Until)))
}

func (k *Kind) newest(property string) *Definition {
	if d := k.Definition(property, k.Newest()); d != nil {
		return d
	}
	if ds := k.definitions[property]; len(ds) > 0 {
		return ds[len(ds)-1]
	}
	return nil
}

// Attributes are the properties that have an attribute, sorted by name.
func (k *Kind) Attributes() []*Attribute { return k.attributes }

// Attribute finds an attribute by its own name ("table_include_list"), or nil.
func (k *Kind) Attribute(name string) *Attribute { return k.byAttribute[name] }

// AttributeOf finds the attribute of a property ("table.include.list"), or nil.
func (k *Kind) AttributeOf(property string) *Attribute { return k.byProperty[property] }

// Attribute is a property that users set as an attribute of its own. Type is
// that of the newest version.
type Attribute struct {
	Name     string // "table_include_list"
	Property string // "table.include.list"
	Type     Type
	Secret   bool
	OverlayAttribute
}

// IsSecret reports whether a property of the kind may not be shown, and stays
// on the server when the configuration doesn't mention it. A nil kind stands
// for a class that the catalog doesn't know: then the name alone decides.
func (k *Kind) IsSecret(property string) bool {
	if k != nil {
		if secret, known := k.secrets[property]; known {
			return secret
		}
	}
	return IsSecret(property, "")
}

// HidesSecret reports whether a property's value is a secret. A reference is
// none: it only names one.
func (k *Kind) HidesSecret(property, value string) bool {
	return k.IsSecret(property) && !IsReference(value)
}

// DefaultOrder are the properties with a creation default, those that others
// need first.
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

// AttributeName is the one rule for names: a property's attribute is its
// Debezium name with '.' and '-' as '_'.
func AttributeName(property string) string { return underscores.Replace(property) }

var underscores = strings.NewReplacer(".", "_", "-", "_")
