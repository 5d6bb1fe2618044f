package catalog

import "regexp"

// Traits are what tells one kind from another, beside its properties.
type Traits struct {
	Name  string // "mysql": the resource is debezium_mysql_connector
	Class string // connector.class
	Title string // "MySQL", as it stands in sentences

	Sink          bool
	Relational    bool
	SchemaHistory bool // keeps a schema history topic
	MultiTask     bool // may run more than one task
	// OneTaskOnly: tasks.max above 1 makes the connector RUNNING without any
	// task ("Only a single connector task may be started"); other single-task
	// kinds ignore the larger value.
	OneTaskOnly bool
}

// OverlayAttribute is the hand-written half of an attribute.
type OverlayAttribute struct {
	Property    string
	Description string // Markdown, our own words, one or two sentences
	// Default derives the value that a new connector gets when the
	// configuration has none; nil for most. See defaults.go.
	Default *CreationDefault
}

// secretName is Debezium's default pattern of properties to sanitize
// (io.debezium.config.ConfigurationDefaults / Configuration.withMaskedPasswords),
// which design calls a secret whatever its declared type.
var secretName = regexp.MustCompile(`(?i)(secret|password|sasl\.jaas\.config|basic\.auth\.user\.info|registry\.auth\.client-secret)$`)

// IsSecret reports whether a property's value must not be shown: its type is
// PASSWORD or its name is one that Debezium itself masks in its logs.
func IsSecret(property string, t Type) bool {
	return t == Password || secretName.MatchString(property)
}
