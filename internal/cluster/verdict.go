package cluster

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Refusal is one thing that a worker's validation has against a configuration.
type Refusal struct {
	Property string
	Message  string // the worker's words, without secrets
	// Connection says that the worker couldn't connect to the database. That
	// is reported on one property, which may be right all the same.
	Connection bool
}

// Refusals are all that a validation has against config, sorted by property
// and message, each once: a property with two validators of the same kind
// reports the same twice.
//
// The worker's messages quote values, those that references stand for
// included. So a message about a property that is a reference is replaced.
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
// connect, and to which therefore not every message is due.
var connectionProperties = []string{"database.hostname", "mongodb.connection.string"}

// isConnectionError tells a failed connection from a wrong value: Debezium
// starts every field error with "The '<name>' value is invalid" since 2.0.
func isConnectionError(property, message string) bool {
	return slices.Contains(connectionProperties, property) &&
		!strings.HasPrefix(message, "The '"+property+"' value is invalid")
}

// IsConnectionFailure tells a validation that couldn't be made since the plugin
// couldn't connect to its database, and threw: the one of Db2 for i, which asks
// the database for its name before it looks at anything else, and Spanner's,
// once it has credentials (run, 3.5.0).
func IsConnectionFailure(err error) bool {
	message := messageOf(err)
	return strings.Contains(message, "Couldn't obtain database name") || strings.Contains(message, "SpannerException: UNAVAILABLE")
}

// IsPluginException tells a validation that ended in an exception of Java's own:
// some plugins throw one over a value that they should have refused.
func IsPluginException(err error) bool { return strings.HasPrefix(messageOf(err), "java.") }

// IsMissingPlugin tells a validation of a class that the worker doesn't have.
func IsMissingPlugin(err error) bool {
	return strings.Contains(messageOf(err), "Failed to find any class that implements Connector")
}

// IsMissingDependency tells a validation of a plugin that lacks one of the
// classes that it needs.
func IsMissingDependency(err error) bool {
	return strings.Contains(messageOf(err), "NoClassDefFoundError")
}

// messageOf is what a worker answered in place of what was asked for.
func messageOf(err error) string {
	var failure *kafkaconnect.Error
	if errors.As(err, &failure) {
		return failure.Message
	}
	return ""
}
