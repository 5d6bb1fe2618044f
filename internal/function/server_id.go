package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

type serverID struct{}

// NewServerID returns the server_id function.
func NewServerID() function.Function { return serverID{} }

func (serverID) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "server_id"
}

func (serverID) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The server id of a MySQL or MariaDB connector",
		MarkdownDescription: "Returns what a new MySQL or MariaDB connector of this name gets as `database_server_id` when its configuration leaves that out: " +
			"a number from 1000000 to 2147483647, always the same for the same name.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "name", MarkdownDescription: "The connector's name."},
		},
		Return: function.Int64Return{},
	}
}

func (serverID) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var name string
	if resp.Error = req.Arguments.Get(ctx, &name); resp.Error != nil {
		return
	}
	if name == "" {
		resp.Error = function.NewArgumentFuncError(0, "A connector's name can't be empty.")
		return
	}
	resp.Error = resp.Result.Set(ctx, catalog.ServerID(name))
}
