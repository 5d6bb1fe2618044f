package catalog

import (
	"slices"
	"strings"
)

// Traits are what distinguishes one kind from another, besides its properties.
type Traits struct {
	Name  string // "mysql": the resource is debezium_mysql_connector
	Class string // connector.class
	Title string // "MySQL", as used in sentences

	Sink          bool
	Relational    bool
	SchemaHistory bool // keeps a schema history topic
	MultiTask     bool // may run more than one task
	// OneTaskOnly means that tasks.max above 1 makes the connector RUNNING
	// without any task ("Only a single connector task may be started"); other
	// single-task kinds ignore the larger value.
	OneTaskOnly bool
}

// OverlayAttribute is the hand-written half of an attribute.
type OverlayAttribute struct {
	Property    string
	Description string // Markdown, in our own words, one or two sentences
	// Default derives the value that a new connector gets if the configuration
	// has none; nil for most. See defaults.go.
	Default *CreationDefault
}

// attributeRow is an attribute for several kinds.
type attributeRow struct {
	kinds kinds
	OverlayAttribute
}

// overlayAttributes returns the attributes of one kind.
func overlayAttributes(t *Traits) []OverlayAttribute {
	var attributes []OverlayAttribute
	for _, rows := range [][]attributeRow{
		commonAttributes, sourceAttributes, relationalAttributes, historyAttributes,
		binlogAttributes, postgresAttributes, oracleAttributes, sqlServerAttributes,
		mongoDBAttributes, otherSourceAttributes, sinkAttributes,
	} {
		for _, row := range rows {
			if row.kinds(t) {
				attributes = append(attributes, row.OverlayAttribute)
			}
		}
	}
	return attributes
}

// secretEndings and secretParts identify the properties whose values Debezium
// keeps out of its logs: the default of custom.sanitize.pattern in 3.6, which
// includes all earlier ones, as two lists. A regular expression costs thirty
// times as much, and every key of every connector is checked.
var (
	secretEndings = []string{"secret", "password", "sasl.jaas.config", "credentials.json", "connectionstring", "connection.string"}
	secretParts   = []string{"basic.auth.user.info", "registry.auth.client-secret"}
)

// IsSecret reports whether a property's value must not be shown: its type is
// PASSWORD, or its name is one that Debezium itself masks in its logs, in any
// case.
func IsSecret(property string, t Type) bool {
	if t == Password {
		return true
	}
	name := strings.ToLower(property)
	return slices.ContainsFunc(secretEndings, func(ending string) bool { return strings.HasSuffix(name, ending) }) ||
		slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(name, part) })
}
