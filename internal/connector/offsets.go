package connector

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// parseOffsets reads the JSON of initial_offsets.
func parseOffsets(text string) (*kafkaconnect.Offsets, error) {
	var offsets kafkaconnect.Offsets
	if err := json.Unmarshal([]byte(text), &offsets); err != nil {
		return nil, err
	}
	return &offsets, nil
}

// checkOffsets finds initial offsets that can't be meant, and those that come
// too late.
func (c *checking) checkOffsets(plan, prior object) {
	at := path.Root(attrOffsets)
	text := plan.text(attrOffsets)
	if prior != nil {
		if !plan[attrOffsets].Equal(prior[attrOffsets]) && text != "" {
			c.diags.AddAttributeWarning(at, fmt.Sprintf("initial_offsets of connector %q have no effect", c.name),
				"The connector exists already, and offsets are set at its creation only. To start it from other offsets, replace it, "+
					"with reset_offsets_on_destroy applied before.")
		}
		return
	}
	if text == "" {
		return
	}
	for _, f := range rules.Offsets(c.rulesInput(), text) {
		c.r.addFinding(c.diags, c.name, c.said, f)
	}
}
