package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// object is a JSON object. The keys are those of Terraform's documentation of
// "providers schema"; false or empty members are optional.
type object = map[string]any

func providerJSON(s *tfprotov6.GetProviderSchemaResponse, identities *tfprotov6.GetResourceIdentitySchemasResponse) object {
	return object{
		"provider":                   schemaJSON(s.Provider),
		"resource_schemas":           each(s.ResourceSchemas, schemaJSON),
		"data_source_schemas":        each(s.DataSourceSchemas, schemaJSON),
		"ephemeral_resource_schemas": each(s.EphemeralResourceSchemas, schemaJSON),
		"list_resource_schemas":      each(s.ListResourceSchemas, schemaJSON),
		"action_schemas":             each(s.ActionSchemas, func(a *tfprotov6.ActionSchema) object { return schemaJSON(a.Schema) }),
		"functions":                  each(s.Functions, functionJSON),
		"resource_identity_schemas":  each(identities.IdentitySchemas, identityJSON),
	}
}

func each[T any](items map[string]T, convert func(T) object) object {
	all := object{}
	for name, item := range items {
		all[name] = convert(item)
	}
	return all
}

func schemaJSON(s *tfprotov6.Schema) object {
	return object{"version": s.Version, "block": blockJSON(s.Block)}
}

func blockJSON(b *tfprotov6.SchemaBlock) object {
	blocks := object{}
	for _, nested := range b.BlockTypes {
		blocks[nested.TypeName] = object{
			"nesting_mode": strings.ToLower(nested.Nesting.String()),
			"block":        blockJSON(nested.Block),
			"min_items":    nested.MinItems,
			"max_items":    nested.MaxItems,
		}
	}
	return object{
		"attributes":       attributesJSON(b.Attributes),
		"block_types":      blocks,
		"description":      b.Description,
		"description_kind": kindJSON(b.DescriptionKind),
		"deprecated":       b.Deprecated,
	}
}

func attributesJSON(attributes []*tfprotov6.SchemaAttribute) object {
	all := object{}
	for _, a := range attributes {
		described := object{
			"description":      a.Description,
			"description_kind": kindJSON(a.DescriptionKind),
			"deprecated":       a.Deprecated,
			"required":         a.Required,
			"optional":         a.Optional,
			"computed":         a.Computed,
			"sensitive":        a.Sensitive,
			"write_only":       a.WriteOnly,
		}
		if a.NestedType != nil {
			described["nested_type"] = object{
				"nesting_mode": strings.ToLower(a.NestedType.Nesting.String()),
				"attributes":   attributesJSON(a.NestedType.Attributes),
			}
		} else {
			described["type"] = a.Type
		}
		all[a.Name] = described
	}
	return all
}

func functionJSON(f *tfprotov6.Function) object {
	parameters := make([]object, len(f.Parameters))
	for i, p := range f.Parameters {
		parameters[i] = parameterJSON(p)
	}
	described := object{
		"summary":             f.Summary,
		"description":         f.Description,
		"deprecation_message": f.DeprecationMessage,
		"return_type":         f.Return.Type,
		"parameters":          parameters,
	}
	if f.VariadicParameter != nil {
		described["variadic_parameter"] = parameterJSON(f.VariadicParameter)
	}
	return described
}

func parameterJSON(p *tfprotov6.FunctionParameter) object {
	return object{
		"name":        p.Name,
		"description": p.Description,
		"is_nullable": p.AllowNullValue,
		"type":        p.Type,
	}
}

func identityJSON(s *tfprotov6.ResourceIdentitySchema) object {
	attributes := object{}
	for _, a := range s.IdentityAttributes {
		attributes[a.Name] = object{
			"type":                a.Type,
			"description":         a.Description,
			"required_for_import": a.RequiredForImport,
			"optional_for_import": a.OptionalForImport,
		}
	}
	return object{"version": s.Version, "attributes": attributes}
}

func kindJSON(k tfprotov6.StringKind) string {
	if k == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}
