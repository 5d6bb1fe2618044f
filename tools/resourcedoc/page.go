package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// layout is a resource's template, without the attributes.
//
//go:embed page.tmpl
var layout string

// page returns a resource's template; kind is nil for the one of any class.
func page(kind *catalog.Kind, block *tfprotov6.SchemaBlock) (string, error) {
	text, err := attributes(kind, block)
	if err != nil {
		return "", err
	}
	// The text isn't part of the template: its braces are literal.
	text = strings.ReplaceAll(text, "{{", "{{ \"{{\" }}")
	return strings.Replace(layout, "<!-- attributes -->\n", text, 1), nil
}

func attributes(kind *catalog.Kind, block *tfprotov6.SchemaBlock) (string, error) {
	left := map[string]*tfprotov6.SchemaAttribute{}
	for _, a := range block.Attributes {
		left[a.Name] = a
	}
	var out strings.Builder
	out.WriteString("## Attributes\n")
	if kind != nil {
		fmt.Fprintf(&out, "\nBelow each description stands the property of Debezium or Kafka Connect, with its default and the values that it allows. "+
			"\"From\" and \"before\" name versions of Debezium; where nothing is said, it is so in all from %s to %s.\n",
			minor(kind.FirstCaptured()), minor(kind.Newest()))
	}
	for _, g := range arranged(kind) {
		var lines strings.Builder
		for _, name := range g.names {
			if a := left[name]; a != nil {
				delete(left, name)
				text := item(kind, a)
				if g.title == requiredTitle {
					text = strings.Replace(text, " "+requiredTitle+".", "", 1)
				}
				lines.WriteString(text)
			}
		}
		if lines.Len() == 0 {
			continue
		}
		fmt.Fprintf(&out, "\n### %s\n\n", g.title)
		if g.text != "" {
			out.WriteString(g.text + "\n\n")
		}
		out.WriteString(lines.String())
	}
	if len(left) > 0 {
		var names []string
		for name := range left {
			names = append(names, name)
		}
		slices.Sort(names)
		return "", fmt.Errorf("add to a group of attributes: %s", strings.Join(names, ", "))
	}
	return out.String(), nil
}

// arranged returns a kind's groups: what Debezium requires comes second.
func arranged(kind *catalog.Kind) []group {
	if kind == nil {
		return groups
	}
	first := group{title: requiredTitle, text: requiredText}
	all := []group{groups[0], first}
	required := rules.Required(kind, kind.Newest())
	for _, g := range groups[1:] {
		rest := g
		rest.names = nil
		for _, name := range g.names {
			a := kind.Attribute(name)
			switch {
			// The provider sets its own default if the attribute is left out.
			case a != nil && a.Default == nil && slices.Contains(required, a.Property):
				all[1].names = append(all[1].names, name)
			default:
				rest.names = append(rest.names, name)
			}
		}
		all = append(all, rest)
	}
	return all
}

// item formats one attribute.
func item(kind *catalog.Kind, a *tfprotov6.SchemaAttribute) string {
	text := fmt.Sprintf("- <a id=\"%[1]s\"></a>`%[1]s` (%[2]s) %[3]s", a.Name, strings.Join(kindsOf(a), ", "), a.Description)
	if kind != nil {
		if property := kind.Attribute(a.Name); property != nil {
			text += "<br>" + facts(kind, property.Property)
		}
	}
	text += "\n"
	if a.NestedType != nil {
		for _, nested := range a.NestedType.Attributes {
			text += fmt.Sprintf("  - `%s` (%s) %s\n", nested.Name, strings.Join(kindsOf(nested), ", "), nested.Description)
		}
	}
	return text
}

// kindsOf returns an attribute's type and its other traits in Terraform.
func kindsOf(a *tfprotov6.SchemaAttribute) []string {
	details := []string{"Object"}
	if a.NestedType == nil {
		details[0] = typeName(a.Type)
	}
	if a.Sensitive {
		details = append(details, "Sensitive")
	}
	if a.WriteOnly {
		details = append(details, "[Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)")
	}
	return details
}

func typeName(t tftypes.Type) string {
	switch {
	case t.Is(tftypes.Bool):
		return "Boolean"
	case t.Is(tftypes.Number):
		return "Number"
	case t.Is(tftypes.List{}):
		return "List of String"
	case t.Is(tftypes.Map{}):
		return "Map of String"
	}
	return "String"
}
