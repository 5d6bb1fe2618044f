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
			k.report.Finding(f)
		}
	case !k.Plan[translate.AttrOffsets].Equal(k.Prior[translate.AttrOffsets]):
		k.report.WarningAt(path.Root(translate.AttrOffsets), "initial_offsets have no effect",
			"The connector exists already, and offsets are set at its creation only. To start it from other offsets, replace it, "+
				"with reset_offsets_on_destroy applied before.")
	}
}
