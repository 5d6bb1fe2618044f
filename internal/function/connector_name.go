package function

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

type connectorName struct{}

// NewConnectorName returns the connector_name function.
func NewConnectorName() function.Function { return connectorName{} }

func (connectorName) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "connector_name"
}

func (connectorName) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Make a connector's name from any strings",
		MarkdownDescription: "Joins its arguments into a name that is valid for connectors, topics, replication slots and metrics alike: lowercase letters `a` to `z`, digits and single underscores. It always ends in `_connector`, once. " +
			"Any other character, accented letters included, counts as a gap between words, so different texts can give the same name. It takes one or more strings, and fails when they have no letter or digit apart from the word `connector`. " +
			"For a name without that ending, use `topic_prefix`.",
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

// nameOf returns "" if nothing is left of the parts.
func nameOf(parts []string) string {
	// The leading underscore makes a lone "connector" a suffix, too.
	words := "_" + joinWords(parts)
	for strings.HasSuffix(words, suffix) {
		words = strings.TrimSuffix(words, suffix)
	}
	if words = strings.Trim(words, "_"); words == "" {
		return ""
	}
	return words + suffix
}

var betweenWords = regexp.MustCompile(`[^a-z0-9]+`)

// joinWords joins the words of all parts with single underscores; it returns ""
// if there are none.
func joinWords(parts []string) string {
	return strings.Trim(betweenWords.ReplaceAllString(strings.ToLower(strings.Join(parts, " ")), "_"), "_")
}
