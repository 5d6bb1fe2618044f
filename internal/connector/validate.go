package connector

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// validate asks the worker for its verdict on the whole configuration, and
// reports each error where it is written. Kafka Connect's write requests can't
// be used for that: with Debezium 3.5 and 3.6 they answer an invalid
// configuration with a NullPointerException.
func (r *connectorResource) validate(ctx context.Context, config kafkaconnect.Config, said settings, diags *diag.Diagnostics) {
	verdict, err := r.cluster.Client.Validate(ctx, config[keyClass], config)
	if err != nil {
		r.validateFailed(ctx, config, err, diags)
		return
	}
	name := config[keyName]
	for property, messages := range verdictErrors(verdict) {
		r.addVerdict(diags, name, property, messages, config, said)
	}
}

// verdictErrors are a validation's messages by property, each once: a property
// with two validators of the same kind reports the same twice.
func verdictErrors(v *kafkaconnect.Validation) map[string][]string {
	found := map[string][]string{}
	for _, c := range v.Configs {
		if c.Value == nil {
			continue
		}
		for _, message := range c.Value.Errors {
			if !slices.Contains(found[c.Value.Name], message) {
				found[c.Value.Name] = append(found[c.Value.Name], message)
			}
		}
	}
	return found
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

func (r *connectorResource) addVerdict(diags *diag.Diagnostics, name, property string, messages []string, config kafkaconnect.Config, said settings) {
	for _, message := range messages {
		if isConnectionError(property, message) {
			diags.AddError(fmt.Sprintf("Connector %q can't reach its database", name), r.redact(fmt.Sprintf(
				"The worker tried the connection with this configuration:\n\n%s\n\nThe connection is made from the worker, not from this machine.", message)))
			continue
		}
		if catalog.IsReference(config[property]) {
			// The message quotes what the reference stands for.
			message = "The value that the reference stands for is refused (the worker's message is left out, since it quotes that value)."
		}
		summary := fmt.Sprintf("Invalid %s of connector %q", property, name)
		detail := r.redact(fmt.Sprintf("The worker refuses it: %s", message))
		if at := said.pathOf(r.kind, property); len(at.Steps()) > 0 {
			diags.AddAttributeError(at, summary, detail)
		} else {
			diags.AddError(summary, detail)
		}
	}
}

// validateFailed explains a validation that couldn't be made. The worker
// answers some mistakes of the user with 500.
func (r *connectorResource) validateFailed(ctx context.Context, config kafkaconnect.Config, err error, diags *diag.Diagnostics) {
	var failure *kafkaconnect.Error
	class := config[keyClass]
	if errors.As(err, &failure) && strings.Contains(failure.Message, "Failed to find any class that implements Connector") {
		diags.AddError("The connector plugin is not installed", fmt.Sprintf(
			"The Kafka Connect cluster has no plugin of class %s. Install it in the plugin.path of every worker. Installed are:\n\n%s",
			class, r.installed(ctx)))
		return
	}
	addRequestError(diags, "validate", quoted(config[keyName]), err)
}

// installed lists the connector classes of the cluster with their versions.
func (r *connectorResource) installed(ctx context.Context) string {
	plugins, err := r.cluster.Client.Plugins(ctx)
	if err != nil {
		return "(the list could not be read: " + err.Error() + ")"
	}
	versions := map[string][]string{}
	for _, p := range plugins {
		if p.Type == "source" || p.Type == "sink" {
			versions[p.Class] = append(versions[p.Class], p.Version)
		}
	}
	var lines []string
	for _, class := range slices.Sorted(maps.Keys(versions)) {
		lines = append(lines, fmt.Sprintf("  %s (%s)", class, strings.Join(versions[class], ", ")))
	}
	return strings.Join(lines, "\n")
}
