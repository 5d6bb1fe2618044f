package function

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

type connectorName struct{}

// NewConnectorName makes connector_name.
func NewConnectorName() function.Function { return connectorName{} }

func (connectorName) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "connector_name"
}

func (connectorName) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Make a connector's name from any texts",
		MarkdownDescription: "Joins its arguments to a name that is fit for connectors, topics, replication slots and metrics alike: lower-case letters `a` to `z`, digits and single underscores, ending in `_connector`. " +
			"Any other character, accented letters included, counts as a gap between words. So different texts can become the same name. It is an error when no letter or digit is left, `connector` aside.",
		VariadicParameter: function.StringParameter{
			Name:                "part",
			MarkdownDescription: "A part of the name, such as a team or a database.",
		},
		Return: function.StringReturn{},
	}
}

func (connectorName) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var parts []string
	if resp.Error = req.Arguments.Get(ctx, &parts); resp.Error != nil {
		return
	}
	name := nameOf(parts)
	if name == "" {
		resp.Error = function.NewFuncError("A connector's name needs at least one part with a letter a to z or a digit, other than the word connector.")
		return
	}
	resp.Error = resp.Result.Set(ctx, name)
}

const suffix = "_connector"

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// nameOf is empty when nothing is left of the parts.
func nameOf(parts []string) string {
	words := notInName.ReplaceAllString(strings.ToLower(strings.Join(parts, " ")), "_")
	// The underscore before makes the word connector, alone, an ending too.
	words = "_" + strings.Trim(words, "_")
	for strings.HasSuffix(words, suffix) {
		words = strings.TrimSuffix(words, suffix)
	}
	if words = strings.Trim(words, "_"); words == "" {
		return ""
	}
	return words + suffix
}
