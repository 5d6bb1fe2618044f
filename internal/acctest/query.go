package acctest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Found is a query result.
type Found struct {
	DisplayName string
	Name        string        // from its identity
	Resource    tftypes.Value // if requested
}

// Query lists resources as "terraform query" does: it validates the block and
// takes results up to a limit, or up to the first error.
func (w *Walk) Query(ctx context.Context, typeName string, config Block, includeResource bool, limit int64) ([]Found, Diagnostics) {
	w.t.Helper()
	schema := schemas(w.t).ListResourceSchemas[typeName]
	if schema == nil {
		w.t.Fatalf("the provider has no list resource %q", typeName)
	}
	value := dynamic(w.t, valueOf(schema.ValueType(), config))
	lists := w.server.(tfprotov6.ListResourceServer) //nolint:forcetypeassert // the framework's server is one
	validated, err := lists.ValidateListResourceConfig(ctx, &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: typeName, Config: value,
		IncludeResourceObject: dynamic(w.t, tftypes.NewValue(tftypes.Bool, includeResource)),
		Limit:                 dynamic(w.t, tftypes.NewValue(tftypes.Number, limit)),
	})
	if err != nil {
		return nil, diagnosticsOf(nil, err)
	}
	diags := diagnosticsOf(validated.Diagnostics, nil)
	if diags.HasError() {
		return nil, diags
	}
	stream, err := lists.ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: value, IncludeResource: includeResource, Limit: limit,
	})
	if err != nil {
		return nil, diagnosticsOf(nil, err)
	}
	var found []Found
	for result := range stream.Results {
		if diags = append(diags, diagnosticsOf(result.Diagnostics, nil)...); diags.HasError() {
			return found, diags
		}
		r := &Resource{Type: typeName, terraform: w.Terraform, schema: Schema(w.t, typeName), identity: result.Identity}
		f := Found{DisplayName: result.DisplayName, Name: r.Identity("name")}
		if result.Resource != nil {
			f.Resource = decode(w.t, r.schema, result.Resource)
		}
		found = append(found, f)
	}
	return found, diags
}
