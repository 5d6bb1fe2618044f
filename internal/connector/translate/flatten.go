package translate

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// Flatten returns the object that the state should hold for a connector, given
// what it held and what the server has. name is "" if the server gives none. It
// also returns the spellings to remember.
func Flatten(kind *catalog.Kind, prior Object, name string, server map[string]string, p PrivateState) (Object, map[string]string) {
	before := Expand(kind, prior, p.ServerSpellings)
	divided := divide(kind, before, visible(kind, before, server, p))
	changes := Object{AttrConfig: flattenConfig(prior, divided.config)}
	if kind == nil {
		changes[AttrClass] = StringValue(server[catalog.KeyClass])
	}
	for _, a := range kind.Attributes() {
		changes[a.Name] = flattenAttribute(a, prior, before, divided)
	}
	if name != "" {
		changes[AttrName] = StringValue(name)
	}
	return prior.With(changes), divided.spellings
}

// visible is the part of the server's configuration that the state may show:
// without the connector's own keys, what the server added, what was sent
// write-only, and secrets that the resource doesn't mention. In place of a mask
// it has the value in the state. Passwords that somebody else has put into a
// URL are masked: neither the state nor the plan may show them.
func visible(kind *catalog.Kind, before Expanded, server map[string]string, p PrivateState) map[string]string {
	shown := make(map[string]string, len(server))
	for property, text := range server {
		if property == catalog.KeyName || property == catalog.KeyClass {
			continue
		}
		ours, mentioned := before.Values[property]
		if !mentioned && (slices.Contains(p.ServerKeys, property) || slices.Contains(p.WriteOnly, property) ||
			KeptOnServer(kind, property, text) || catalog.IsMask(text)) {
			continue
		}
		switch {
		case !mentioned, text == ours:
		case catalog.IsMask(text):
			text = ours
		case !kind.IsSecret(property):
			text = redact.MaskPasswords(text)
		}
		shown[property] = text
	}
	return shown
}

// divided is what a resource's attributes and config hold of a connector's
// configuration, with the server's spellings of the same values.
type divided struct {
	attributes map[string]tftypes.Value // by attribute name, known and not null
	config     map[string]string
	spellings  map[string]string // by property: the server's own string where it isn't ours
}

// divide divides a configuration between attributes and config. Expand of the
// result is the same configuration, whatever it holds. What was in an attribute
// stays there; anything else goes where Terraform, which may generate a
// configuration from it, writes it unchanged.
func divide(kind *catalog.Kind, before Expanded, server map[string]string) divided {
	d := divided{attributes: map[string]tftypes.Value{}, config: map[string]string{}, spellings: map[string]string{}}
	for property, text := range server {
		a := kind.AttributeOf(property)
		if a == nil {
			d.config[property] = text
			continue
		}
		_, mentioned := before.Values[property]
		v, ok := decode(a.Type, text)
		if !ok || !isGenerated(a.Type, text) && (!mentioned || before.InConfigMap[property]) {
			d.config[property] = text
			continue
		}
		d.attributes[a.Name] = v
		if ours, _ := encode(a.Type, v); ours != text {
			d.spellings[property] = text
		}
	}
	return d
}

// flattenAttribute keeps the prior value if the server's string means the same,
// since decoding picks one of several spellings.
func flattenAttribute(a *catalog.Attribute, prior Object, before Expanded, d divided) tftypes.Value {
	v, ok := d.attributes[a.Name]
	if !ok {
		return tftypes.NewValue(attributeType(a.Type), nil)
	}
	now, _ := encode(a.Type, v)
	if ours, ok := before.Values[a.Property]; ok && !before.InConfigMap[a.Property] && catalog.SameMeaning(ours, now, a.Type) {
		return prior[a.Name]
	}
	if a.Type == catalog.List {
		was, _ := elementsOf(prior[a.Name])
		texts, _ := elementsOf(v)
		return listValue(inOrderOf(was, texts))
	}
	return v
}

// flattenConfig keeps null elements for keys that the server doesn't have: they
// are what the configuration asks for, not drift.
func flattenConfig(prior Object, config map[string]string) tftypes.Value {
	elements := map[string]tftypes.Value{}
	for property, v := range prior.Entries(AttrConfig) {
		if _, ok := config[property]; v.IsNull() && !ok {
			elements[property] = v
		}
	}
	for property, text := range config {
		elements[property] = StringValue(text)
	}
	if len(elements) == 0 {
		if was := prior[AttrConfig]; was.IsKnown() && !was.IsNull() && len(prior.Entries(AttrConfig)) == 0 {
			return was // an empty map, which modules pass by default
		}
		return tftypes.NewValue(configType, nil)
	}
	return tftypes.NewValue(configType, elements)
}
