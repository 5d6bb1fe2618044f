package cluster

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Refusal is one problem that a worker's validation found in a configuration.
type Refusal struct {
	Property string
	Message  string // the worker's message, without secrets
	// Connection reports whether the worker couldn't connect to the database.
	// That is reported on one property, which may be right all the same.
	Connection bool
}

// Refusals returns everything a validation found wrong with config, sorted by
// property and message, without duplicates: a property with two validators of
// the same kind reports the same thing twice.
//
// The worker's messages quote values, including those that references resolve
// to. So a message about a property that is a reference is replaced.
func (c *Cluster) Refusals(v *kafkaconnect.ConfigInfos, config kafkaconnect.Config) []Refusal {
	var refusals []Refusal
	for _, entry := range v.Configs {
		if entry.Value == nil {
			continue
		}
		property := entry.Value.Name
		for _, message := range entry.Value.Errors {
			r := Refusal{Property: property, Message: c.Secrets.Redact(message), Connection: isConnectionError(property, message)}
			if catalog.IsReference(config[property]) {
				r.Message = withoutWords(r.Connection)
			}
			refusals = append(refusals, r)
		}
	}
	slices.SortFunc(refusals, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Property, b.Property), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(refusals)
}

func withoutWords(connection bool) string {
	const why = " (the worker's message is left out, since it may quote that value)."
	if connection {
		return "The worker couldn't connect with the value that the reference stands for" + why
	}
	return "The worker rejected the value that the reference stands for" + why
}

// connectionProperties are those on which Debezium reports that it couldn't
// connect, so not every message on them is about their value.
var connectionProperties = []string{"database.hostname", "mongodb.connection.string"}

// isConnectionError reports a failed connection, not a wrong value: since 2.0,
// Debezium starts every field error with "The '<name>' value is invalid".
func isConnectionError(property, message string) bool {
	return slices.Contains(connectionProperties, property) &&
		!strings.HasPrefix(message, "The '"+property+"' value is invalid")
}

// IsConnectionFailure reports whether a validation failed because the plugin
// couldn't connect to its database, and threw: Db2 for i, which asks the
// database for its name before it looks at anything else, and Spanner, once it
// has credentials (run, 3.5.0).
func IsConnectionFailure(err error) bool {
	message := messageOf(err)
	return strings.Contains(message, "Couldn't obtain database name") || strings.Contains(message, "SpannerException: UNAVAILABLE")
}

// IsPluginException reports whether a validation ended in a Java exception:
// some plugins throw one over a value that they should have rejected.
func IsPluginException(err error) bool { return strings.HasPrefix(messageOf(err), "java.") }

// IsMissingPlugin reports whether the worker lacks the validated class.
func IsMissingPlugin(err error) bool {
	return strings.Contains(messageOf(err), "Failed to find any class that implements Connector")
}

// IsMissingDependency reports whether the validated plugin lacks a class that
// it needs.
func IsMissingDependency(err error) bool {
	return strings.Contains(messageOf(err), "NoClassDefFoundError")
}

// messageOf returns the worker's error message, or "".
func messageOf(err error) string {
	if failure, ok := errors.AsType[*kafkaconnect.Error](err); ok {
		return failure.Message
	}
	return ""
}
