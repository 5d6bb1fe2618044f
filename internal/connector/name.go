package connector

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
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

func nameProblem(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "A connector needs a name; this one is empty."
	case strings.TrimSpace(name) != name:
		return fmt.Sprintf("The name %q begins or ends with white space, which Kafka Connect would cut off. Remove it.", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Sprintf("The name %q holds a control character, which Kafka Connect refuses. Remove it.", name)
	}
	return ""
}
