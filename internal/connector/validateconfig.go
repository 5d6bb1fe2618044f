package connector

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// ValidateConfig finds what is wrong whatever the worker's version. Terraform
// calls it in "terraform validate" and several times in each plan, without a
// configured provider and with unknown variables; so it gives errors alone,
// and the plan hook gives the warnings, once.
func (r *connectorResource) ValidateConfig(_ context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, err := objectOf(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unreadable configuration", err.Error())
		return
	}
	r.registerSecrets(config)
	r.checkPlaces(config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	said := settingsOf(r.kind, config, nil)
	for _, f := range rules.CheckEvery(r.rulesInput(said)) {
		if f.Severity == rules.Error {
			r.addFinding(&resp.Diagnostics, config.text(attrName), said, f)
		}
	}
}

// rulesInput is what the offline rules see of a configuration. Creation
// defaults are set later, in the plan; and what may be left to the server isn't
// missing, since only the plan tells whether the connector exists.
// A connector of any class is judged by its kind in the plan alone, where that
// can be switched off.
func (r *connectorResource) rulesInput(said settings) rules.Input {
	in := rules.Input{Kind: r.kind, Config: map[string]string{}, Unknown: map[string]bool{}, Partial: said.partial}
	for property, text := range said.values {
		in.Config[property] = text
	}
	for property := range said.unknown {
		in.Unknown[property] = true
	}
	if r.kind == nil {
		return in
	}
	for _, a := range r.kind.Attributes() {
		if (a.Default != nil || mayBeLeft(a)) && !said.mentions(a.Property) {
			in.Unknown[a.Property] = true
		}
	}
	return in
}

// addFinding reports a rule's finding where the property is written.
func (r *connectorResource) addFinding(diags *diag.Diagnostics, name string, said settings, f rules.Finding) {
	summary := f.Summary
	if name != "" {
		summary += fmt.Sprintf(" (connector %q)", name)
	}
	at := said.pathOf(r.kind, f.Property)
	detail := r.redact(f.Detail)
	if f.Severity == rules.Error {
		diags.Append(diag.NewAttributeErrorDiagnostic(at, summary, detail))
	} else {
		diags.Append(diag.NewAttributeWarningDiagnostic(at, summary, detail))
	}
}

// checkPlaces finds keys of config and config_wo that belong elsewhere: the
// connector's own, those that have an attribute, and those set twice.
func (r *connectorResource) checkPlaces(config object, diags *diag.Diagnostics) {
	for _, name := range []string{attrConfig, attrConfigWO} {
		for property, v := range config.entries(name) {
			var text string
			if known(v) {
				_ = v.As(&text)
			}
			if problem := r.placeProblem(config, name, property, text, !known(v)); problem != "" {
				at := path.Root(name).AtMapKey(property)
				if name == attrConfigWO {
					at = path.Root(name)
				}
				diags.AddAttributeError(at, fmt.Sprintf("%s doesn't belong into %s", property, name), problem)
			}
		}
	}
}

func (r *connectorResource) placeProblem(config object, in, property, text string, unknown bool) string {
	a := attributeOf(r.kind, property)
	switch {
	case property == "":
		return "A property needs a name; this key is empty."
	case property == keyName:
		return "The connector's name is the attribute name."
	case property == keyClass && r.kind == nil:
		return "The connector's class is the attribute connector_class."
	case property == keyClass:
		return fmt.Sprintf("The class is fixed: %s is for %s. For another class use the resource of its kind, or debezium_connector.", TypeName(r.kind), r.kind.Class)
	case in == attrConfigWO && !config[attrConfig].IsNull() && isKey(config, attrConfig, property):
		return "The property is in config too. Keep one of them."
	case a == nil:
		return ""
	case !config[a.Name].IsNull() || a.Secret && !config[a.Name+suffixWO].IsNull():
		return fmt.Sprintf("The property is set by the attribute %s too. Keep that one.", a.Name)
	case unknown:
		return "" // what the value is decides; the plan sees it
	case in == attrConfigWO && !a.Secret && a.Type == catalog.String:
		return "" // any value may be kept out of plan and state
	}
	if _, holds := decode(a.Type, text); !holds {
		return ""
	}
	if in == attrConfigWO && a.Secret {
		return fmt.Sprintf("The property has an attribute of its own: set %s and %s instead.", a.Name+suffixWO, a.Name+suffixWOVersion)
	}
	if in == attrConfigWO {
		return ""
	}
	return fmt.Sprintf("The property has an attribute of its own: set %s instead.", a.Name)
}

func isKey(config object, name, property string) bool {
	_, ok := config.entries(name)[property]
	return ok
}
