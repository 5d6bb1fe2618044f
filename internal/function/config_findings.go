package function

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

type configFindings struct{}

// NewConfigFindings returns the config_findings function.
func NewConfigFindings() function.Function { return configFindings{} }

// finding is an element of config_findings' result.
type finding struct {
	Severity string `tfsdk:"severity"`
	Property string `tfsdk:"property"`
	Message  string `tfsdk:"message"`
}

var findingType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"severity": types.StringType,
	"property": types.StringType,
	"message":  types.StringType,
}}

func (configFindings) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "config_findings"
}

func (configFindings) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "What is wrong with a connector's configuration, warnings included",
		MarkdownDescription: "Checks a configuration as `config_errors` does, and returns warnings, too. " +
			"Each finding is an object with `severity` (`error` or `warning`), `property` and `message`; the list is sorted by property, and empty when there is nothing to say.",
		Parameters: []function.Parameter{kindParameter(), versionParameter(), configParameter()},
		Return:     function.ListReturn{ElementType: findingType},
	}
}

func (configFindings) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	found, err := configFindingsOf(ctx, req)
	if err != nil {
		resp.Error = err
		return
	}
	findings := []finding{}
	for _, f := range found {
		findings = append(findings, finding{Severity: f.Severity.String(), Property: f.Property, Message: message(f)})
	}
	resp.Error = resp.Result.Set(ctx, findings)
}

// message formats a finding as sentences.
func message(f rules.Finding) string {
	summary := f.Summary
	if !strings.HasSuffix(summary, "?") {
		summary += "."
	}
	return summary + " " + f.Detail
}
