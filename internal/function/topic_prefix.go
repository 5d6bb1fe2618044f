package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

type topicPrefix struct{}

// NewTopicPrefix returns the topic_prefix function.
func NewTopicPrefix() function.Function { return topicPrefix{} }

func (topicPrefix) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "topic_prefix"
}

func (topicPrefix) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Make a topic prefix from any strings",
		MarkdownDescription: "Joins its arguments into a `topic_prefix` that is valid for topics, replication slots and metrics alike: lowercase letters `a` to `z`, digits and single underscores. " +
			"Any other character, accented letters included, counts as a gap between words, so different texts can give the same prefix. It takes one or more strings, and fails when they have no letter or digit. " +
			"Unlike `connector_name`, it adds no ending.",
		VariadicParameter: function.StringParameter{
			Name:                "part",
			MarkdownDescription: "A part of the prefix, such as a team or a database.",
		},
		Return: function.StringReturn{},
	}
}

func (topicPrefix) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var parts []string
	if resp.Error = req.Arguments.Get(ctx, &parts); resp.Error != nil {
		return
	}
	prefix := joinWords(parts)
	if prefix == "" {
		resp.Error = function.NewFuncError("A topic prefix needs at least one letter a to z or digit.")
		return
	}
	resp.Error = resp.Result.Set(ctx, prefix)
}
