package connector

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// connectorName checks what Kafka Connect requires of a name: not empty, no
// control characters (ConnectorConfig.NAME_CONFIG); and what it does silently:
// it trims names on POST alone, so that a name with outer spaces would never
// be found again.
type connectorName struct{}

func (connectorName) Description(context.Context) string {
	return "a name that is not empty, without control characters or spaces at its ends"
}

func (v connectorName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (connectorName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := nameProblem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid connector name", problem)
	}
}

// checkAddress refuses a name for a new connector that the worker can store but
// not find again. Since Kafka Connect 4.0 its web server (Jetty 12) answers
// 400 to every path with an escaped slash, backslash or percent sign, so that
// such a connector could be created, but never be changed or deleted by REST.
func (r *connectorResource) checkAddress(ctx context.Context, name string, diags *diag.Diagnostics) {
	if !strings.ContainsAny(name, `/\%`) || r.cluster == nil || r.cluster.Client == nil {
		return
	}
	_, err := r.cluster.Client.Connector(ctx, name)
	if errors.Is(err, kafkaconnect.ErrInvalidConfig) {
		diags.AddAttributeError(path.Root(attrName), "The worker can't address this name", fmt.Sprintf(
			"Connector %q could be created, but then neither be read nor changed nor deleted, because this version of Kafka Connect "+
				"refuses a slash, a backslash and a percent sign in a path. Choose a name without them.\n\nThe worker's words: %s", name, err))
	}
}

// nameProblem says what is wrong with a name whatever the worker; "" if nothing.
func nameProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "A connector needs a name; this one is empty."
	case strings.TrimSpace(name) != name:
		return fmt.Sprintf("The name %q begins or ends with white space, which Kafka Connect would cut off. Remove it.", name)
	case strings.ContainsAny(name, ";{}"):
		return fmt.Sprintf("The name %q holds one of the characters ; { }, with which Kafka Connect creates the connector but "+
			"mistakes it for another one, or for none, afterwards. Choose another name.", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Sprintf("The name %q holds a control character, which Kafka Connect refuses. Remove it.", name)
	}
	return ""
}
