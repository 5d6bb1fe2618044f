package preflight

import (
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkOffsets finds initial offsets that can't be meant, and those that come
// too late.
func (k *planChecker) checkOffsets() {
	text := k.Plan.Text(translate.AttrOffsets)
	switch {
	case text == "":
	case k.isNew():
		for _, f := range rules.Offsets(k.rulesInput(), text) {
			if !k.takesOver(f.Rule) {
				k.report.Finding(f)
			}
		}
	case !k.Plan[translate.AttrOffsets].Equal(k.Prior[translate.AttrOffsets]):
		k.report.WarningAt(path.Root(translate.AttrOffsets), "initial_offsets has no effect",
			"The connector already exists, and offsets are only set when it is created. To start it from other offsets, apply "+
				"reset_offsets_on_destroy = true, and then replace it.")
	}
}

// takesOver reports whether what a rule asks for is there, since the connector
// takes the place of one that has it: its slot, or its schema history.
func (k *planChecker) takesOver(rule string) bool {
	property := map[string]string{"offsets-slot": "slot.name", "offsets-history": "schema.history.internal.kafka.topic"}[rule]
	before := k.cluster.Plan.Predecessor(k.name)
	return property != "" && before[property] != "" && before[property] == k.effective.Config[property]
}
