package function

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

type configErrors struct{}

// NewConfigErrors returns the config_errors function.
func NewConfigErrors() function.Function { return configErrors{} }

func (configErrors) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "config_errors"
}

func (configErrors) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "What is wrong with a connector's configuration",
		MarkdownDescription: "Checks a configuration by the rules that a plan applies offline, without a worker or a database. " +
			"Each error is `property: what is wrong and what to do`; the list is sorted by property, and empty when there are none. Warnings are left out; `config_findings` has them too. " +
			"Values that are references to a config provider (`$${file:…}`) are neither right nor wrong.",
		Parameters: []function.Parameter{
			kindParameter(), versionParameter(),
			configParameter(),
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (configErrors) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	findings, err := configFindingsOf(ctx, req)
	if err != nil {
		resp.Error = err
		return
	}
	messages := []string{}
	for _, f := range findings {
		if f.Severity == rules.Error {
			messages = append(messages, atProperty(f))
		}
	}
	resp.Error = resp.Result.Set(ctx, messages)
}

// atProperty formats a finding as sentences prefixed with "PROPERTY: ".
func atProperty(f rules.Finding) string {
	text := message(f)
	text = strings.TrimPrefix(text, f.Property+": ")
	return f.Property + ": " + strings.TrimPrefix(text, f.Property+" ")
}

// configFindingsOf reads kind, version and config, and evaluates the rules.
func configFindingsOf(ctx context.Context, req function.RunRequest) ([]rules.Finding, *function.FuncError) {
	var (
		kindName, version string
		given             map[string]types.String
	)
	if err := req.Arguments.Get(ctx, &kindName, &version, &given); err != nil {
		return nil, err
	}
	kind, v, err := kindIn(kindName, version)
	if err != nil {
		return nil, err
	}
	config, err := configuration(kind, given)
	if err != nil {
		return nil, err
	}
	return rules.Check(rules.Input{Kind: kind, Version: v, Config: config}), nil
}

// configuration drops the properties that the rules don't cover.
func configuration(kind *catalog.Kind, given map[string]types.String) (map[string]string, *function.FuncError) {
	config := map[string]string{}
	for property, value := range given {
		switch {
		case value.IsNull() || property == "name":
		case property == "connector.class":
			if catalog.KindOfClass(value.ValueString()) != kind {
				return nil, function.NewArgumentFuncError(configArgument,
					"The configuration's connector.class is "+value.ValueString()+", but the kind "+kind.Name+" has the class "+kind.Class)
			}
		default:
			config[property] = value.ValueString()
		}
	}
	return config, nil
}
