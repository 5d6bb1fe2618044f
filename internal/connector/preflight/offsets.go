package preflight

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkOffsets finds initial offsets that can't be intended, and those that
// come too late.
func (k *planChecker) checkOffsets() {
	text := k.Plan.Text(translate.AttrOffsets)
	switch {
	case text == "":
	case k.isNew():
		for _, f := range rules.Offsets(k.rulesInput(), text) {
			if !k.takesOver(f.Rule) {
				k.report.finding(f)
			}
		}
	case !k.Plan[translate.AttrOffsets].Equal(k.Prior[translate.AttrOffsets]):
		k.report.warningAt(path.Root(translate.AttrOffsets), "initial_offsets has no effect",
			"The connector already exists, and offsets are only set when it is created. To start it from other offsets, apply "+
				"reset_offsets_on_destroy = true, and then replace it.")
	}
}

// belongsToOffsets are, by rule, the properties that locate what the rule
// requires alongside initial offsets.
var belongsToOffsets = map[string][]string{
	"offsets-slot":    {"slot.name", "database.hostname", "database.port"},
	"offsets-history": {"schema.history.internal.kafka.topic", "schema.history.internal.kafka.bootstrap.servers"},
}

// takesOver reports whether what a rule asks for exists because the connector
// replaces one that has it: its slot, or its schema history.
func (k *planChecker) takesOver(rule string) bool {
	properties := belongsToOffsets[rule]
	if properties == nil || k.effective.Config[properties[0]] == "" {
		return false
	}
	return slices.ContainsFunc(k.cluster.Plan.Predecessors(k.name), func(before map[string]string) bool {
		return !slices.ContainsFunc(properties, func(property string) bool { return before[property] != k.effective.Config[property] })
	})
}
