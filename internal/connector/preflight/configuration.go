package preflight

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// CheckConfiguration finds what is wrong in every version of the kind, no
// matter what runs. Terraform calls it in "terraform validate" and several
// times in each plan, without a configured provider and with unknown variables;
// so it reports only errors, and the plan hook reports the warnings, once. A
// connector of any class is checked against its kind only in the plan.
func CheckConfiguration(c *cluster.Cluster, kind *catalog.Kind, config translate.Object, diags *diag.Diagnostics) {
	written := translate.Expand(kind, config, nil)
	report := NewReport(c, kind, config.Text(translate.AttrName), written, diags)
	report.placement(config)
	if diags.HasError() || c.Validation.Mode == cluster.ModeOff {
		return
	}
	for _, f := range rules.CheckEvery(configurationInput(kind, written)) {
		report.finding(f)
	}
}

// configurationInput leaves out what only the plan can decide: creation
// defaults are set there, and what may be kept on the server isn't missing.
func configurationInput(kind *catalog.Kind, written translate.Expanded) rules.Input {
	in := rules.Input{Kind: kind, Config: written.Values, Unknown: maps.Clone(written.Unknown), Partial: written.ConfigUnknown}
	for _, a := range kind.Attributes() {
		if (a.Default != nil || translate.MayBeKept(a)) && !written.Mentions(a.Property) {
			in.Unknown[a.Property] = true
		}
	}
	return in
}
