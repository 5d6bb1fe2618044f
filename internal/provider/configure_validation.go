package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

type validationConfig struct {
	Mode               types.String `tfsdk:"mode"`
	DebeziumVersion    types.String `tfsdk:"debezium_version"`
	DatabaseConnection types.String `tfsdk:"database_connection"`
	DatabaseTimeout    types.String `tfsdk:"database_timeout"`
	Collisions         types.String `tfsdk:"collisions"`
	UnknownProperties  types.String `tfsdk:"unknown_properties"`
	KnownProperties    types.List   `tfsdk:"known_properties"`
	Unreachable        types.String `tfsdk:"unreachable"`
	DatabaseChecks     types.String `tfsdk:"database_checks"`
}

// validation reads what plans check. Settings that are unset or not known yet
// keep their defaults.
func (c config) validation(ctx context.Context, diags *diag.Diagnostics) cluster.Validation {
	v := cluster.DefaultValidation()
	var block validationConfig
	if !c.Validation.IsNull() && !c.Validation.IsUnknown() {
		diags.Append(c.Validation.As(ctx, &block, basetypes.ObjectAsOptions{})...)
	}
	at := path.Root(attrValidation)
	choose(&v.Mode, lookup(block.Mode, at.AtName(attrMode), cluster.EnvMode), diags,
		cluster.ModeOnline, cluster.ModeOffline, cluster.ModeOff)
	choose(&v.DatabaseConnection, lookup(block.DatabaseConnection, at.AtName(attrDatabaseConnection), ""), diags,
		cluster.DatabaseWarning, cluster.DatabaseError, cluster.DatabaseSkip)
	choose(&v.Collisions, lookup(block.Collisions, at.AtName(attrCollisions), ""), diags,
		cluster.CollisionsOn, cluster.CollisionsWarning, cluster.CollisionsOff)
	choose(&v.UnknownProperties, lookup(block.UnknownProperties, at.AtName(attrUnknownProperties), ""), diags,
		cluster.SeverityWarning, cluster.SeverityError, cluster.SeverityOff)
	choose(&v.Unreachable, lookup(block.Unreachable, at.AtName(attrUnreachable), ""), diags,
		cluster.SeverityWarning, cluster.SeverityError)
	choose(&v.DatabaseChecks, lookup(block.DatabaseChecks, at.AtName(attrDatabaseChecks), ""), diags,
		cluster.SeverityOff, cluster.SeverityWarning, cluster.SeverityError)
	if !block.KnownProperties.IsNull() && !block.KnownProperties.IsUnknown() {
		diags.Append(block.KnownProperties.ElementsAs(ctx, &v.KnownProperties, false)...)
	}
	if d := duration(block.DatabaseTimeout, at.AtName(attrDatabaseTimeout), diags); d != 0 {
		v.DatabaseTimeout = d
	}
	if text := block.DebeziumVersion.ValueString(); text != "" {
		version, err := catalog.ParseVersion(text)
		if err != nil {
			diags.AddAttributeError(at.AtName(attrDebeziumVersion), "Invalid Debezium version", err.Error()+".")
		}
		v.DebeziumVersion = version
	}
	return v
}

// choose sets target to the setting if it is one of the allowed values.
func choose[T ~string](target *T, s setting, diags *diag.Diagnostics, allowed ...T) {
	if s.value == "" {
		return
	}
	if slices.Contains(allowed, T(s.value)) {
		*target = T(s.value)
		return
	}
	quoted := make([]string, len(allowed))
	for i, a := range allowed {
		quoted[i] = fmt.Sprintf("%q", string(a))
	}
	diags.AddAttributeError(s.at, "Invalid validation setting",
		fmt.Sprintf("%s is %q, but must be one of %s.", s, s.value, strings.Join(quoted, ", ")))
}
