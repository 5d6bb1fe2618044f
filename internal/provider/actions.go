package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// writeOnlyActions lets actions have write-only attributes. The framework has
// them in the schemas of actions, but takes every Terraform that validates an
// action for one that is too old for them (1.19.0). Those that know actions
// know them.
type writeOnlyActions struct{ frameworkServer }

func (s *writeOnlyActions) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	resp, err := s.frameworkServer.ValidateActionConfig(ctx, req)
	if err == nil {
		resp.Diagnostics = slices.DeleteFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool {
			return d.Summary == "WriteOnly Attribute Not Allowed"
		})
	}
	return resp, err
}
