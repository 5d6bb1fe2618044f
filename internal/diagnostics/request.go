// Package diagnostics reports failed requests to Kafka Connect to Terraform's
// users: what was being done, to what, the worker's message, and what to do.
package diagnostics

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// advice is what to do about each kind of failed request, whether a read or a
// write.
var advice = []struct {
	kind error
	text string
}{
	{kafkaconnect.ErrHandshake, "No request was sent. Check the provider's url and tls."},
	{kafkaconnect.ErrUnreachable, "Check the provider's url (DEBEZIUM_CONNECT_URL), that Kafka Connect is running there, and that this machine can reach it."},
	{kafkaconnect.ErrUnauthorized, "The worker, or a proxy in front of it, denied access. Check the provider's credentials and their permissions."},
	{kafkaconnect.ErrRebalancing, "The cluster was still rebalancing when the timeout ended. Nothing was changed. Run Terraform again, or raise the timeout."},
	{kafkaconnect.ErrTimedOut, "The worker may still carry out the request. Run Terraform again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrInterrupted, "The worker may have carried out the request. Run Terraform again: the provider looks at what is there before it writes."},
	{kafkaconnect.ErrNotKafkaConnect, "The answer isn't from Kafka Connect; it may be from another server, a proxy or a login page. " +
		"Set the provider's url (DEBEZIUM_CONNECT_URL) to the root of a worker's REST API, such as http://localhost:8083, without a path like /connectors."},
	{kafkaconnect.ErrUnsupported, "Either this requires a newer Kafka Connect, or the provider's url doesn't point to Kafka Connect."},
	{kafkaconnect.ErrNotFound, "The connector was deleted in the meantime. Run terraform plan again."},
	{context.DeadlineExceeded, "Kafka Connect didn't answer in time; most likely the cluster was rebalancing. Run Terraform again."},
}

// AddRequestError reports a failed request: what was being done ("read"), to
// what (`connector "orders"`), the worker's message, and what to do.
func AddRequestError(diags *diag.Diagnostics, verb, of string, err error) {
	diags.AddError(fmt.Sprintf("Could not %s %s", verb, of), err.Error()+adviceOn(err))
}

// adviceOn returns what to do about a failed request.
func adviceOn(err error) string {
	var failure *kafkaconnect.Error
	lost := errors.Is(err, kafkaconnect.ErrInterrupted)
	read := errors.As(err, &failure) && failure.Method == http.MethodGet
	if errors.Is(err, context.Canceled) && (read || !lost) {
		// Ctrl-C: whatever else the error says of the worker, this broke it off.
		return "\n\nThe run was interrupted. Run Terraform again."
	}
	if lost && read {
		return "\n\nThe connection was closed, or something other than HTTP came back. Check that the provider's url (DEBEZIUM_CONNECT_URL) " +
			"names the port of Kafka Connect's REST API (8083 by default, not Kafka's 9092), with the scheme that the worker uses (http or https)."
	}
	for _, a := range advice {
		if errors.Is(err, a.kind) {
			return "\n\n" + a.text
		}
	}
	if errors.As(err, &failure) && failure.Status == http.StatusInternalServerError {
		return "\n\nThe worker failed with an internal error. See its log for the cause."
	}
	return ""
}

// AddValidationError reports that a connector class couldn't be validated. The
// worker responds with 500 to some user errors, including a plugin that isn't
// installed.
func AddValidationError(ctx context.Context, c *cluster.Cluster, diags *diag.Diagnostics, class, of string, err error) {
	switch {
	case cluster.IsMissingPlugin(err):
		AddMissingPlugin(ctx, c, diags, class)
	case cluster.IsMissingDependency(err):
		diags.AddError("The connector plugin lacks a class", fmt.Sprintf(
			"Could not validate %s: %s\n\nMost likely the database driver is missing, which some plugins don't include "+
				"(Debezium ships none for Db2). Add its JAR file to the plugin's directory on every worker, and restart the workers.", of, err))
	default:
		AddRequestError(diags, "validate", of, err)
	}
}

// AddMissingPlugin reports a connector class that the cluster doesn't have.
func AddMissingPlugin(ctx context.Context, c *cluster.Cluster, diags *diag.Diagnostics, class string) {
	install := "Install it in the plugin.path of every worker."
	if plugins, err := c.Plugins(ctx); err == nil {
		classes := make([]string, len(plugins))
		for i, p := range plugins {
			classes[i] = p.Class
		}
		if found := cluster.NearestClass(class, classes); found != "" {
			install = fmt.Sprintf("Did you mean %s? Otherwise install it in the plugin.path of every worker.", found)
		}
	}
	diags.AddError("The connector plugin is not installed", fmt.Sprintf(
		"The Kafka Connect cluster has no plugin with the class %s. %s Installed plugins:\n\n%s",
		class, install, listInstalled(ctx, c)))
}

// listInstalled lists the cluster's connector classes with their versions.
func listInstalled(ctx context.Context, c *cluster.Cluster) string {
	plugins, err := c.Plugins(ctx)
	if err != nil {
		return "(the list could not be read: " + err.Error() + ")"
	}
	versions := map[string][]string{}
	for _, p := range plugins {
		versions[p.Class] = append(versions[p.Class], p.Version)
	}
	var lines []string
	for _, class := range slices.Sorted(maps.Keys(versions)) {
		lines = append(lines, fmt.Sprintf("  %s (%s)", class, strings.Join(versions[class], ", ")))
	}
	return strings.Join(lines, "\n")
}
