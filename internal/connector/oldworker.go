package connector

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

// needs are what a plan asks of the workers that old ones can't do. They are
// errors of the plan: done another way, a connector that is to be paused would
// run first, and take a snapshot or create a slot.
var needs = []struct {
	attribute string
	wanted    func(plan, prior object) bool
	release   catalog.Version
	what      string
}{
	{attrOffsets, func(plan, prior object) bool {
		return prior == nil && !plan[attrOffsets].IsNull()
	}, cluster.InitialState, "create a connector with offsets of its own"},
	{attrState, func(plan, prior object) bool {
		return prior == nil && plan.text(attrState) != stateRunning && plan[attrState].IsKnown()
	}, cluster.InitialState, "create a connector that doesn't run at once"},
	{attrState, func(plan, prior object) bool {
		return prior != nil && plan.text(attrState) == stateStopped && prior.text(attrState) != stateStopped
	}, cluster.Stop, "stop a connector (pausing it works)"},
	{attrReset, func(plan, prior object) bool {
		return plan.flag(attrReset, false) && !prior.flag(attrReset, false)
	}, cluster.AlterOffsets, "delete the offsets of a connector"},
}

// checkWorker finds what the workers are too old for.
func (c *checking) checkWorker(plan, prior object) {
	for _, n := range needs {
		if !c.online || !n.wanted(plan, prior) {
			continue
		}
		has, err := c.r.cluster.Has(c.ctx, n.release)
		switch {
		case err != nil:
			c.cannotAsk(err)
		case !has:
			running, _ := c.r.cluster.KafkaVersion(c.ctx)
			c.diags.AddAttributeError(path.Root(n.attribute), fmt.Sprintf("Kafka Connect is too old for %s", n.attribute), fmt.Sprintf(
				"Connector %q: Kafka Connect %s can't %s; %s can.", c.name, running, n.what, n.release))
		}
	}
}
