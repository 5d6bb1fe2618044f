package preflight

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// needs are what a plan asks of the workers that old ones can't do. They are
// errors of the plan: done another way, a connector that is to be paused would
// run first, and take a snapshot or create a slot.
var needs = []struct {
	attribute string
	wanted    func(plan, prior translate.Object) bool
	feature   cluster.Feature
	what      string
}{
	{translate.AttrOffsets, func(plan, prior translate.Object) bool {
		return prior == nil && !plan[translate.AttrOffsets].IsNull()
	}, cluster.FeatureInitialState, "create a connector with offsets of its own"},
	{translate.AttrState, func(plan, prior translate.Object) bool {
		return prior == nil && plan.Text(translate.AttrState) != translate.DesiredRunning && plan[translate.AttrState].IsKnown()
	}, cluster.FeatureInitialState, "create a connector that doesn't run at once"},
	{translate.AttrState, func(plan, prior translate.Object) bool {
		return prior != nil && plan.Text(translate.AttrState) == translate.DesiredStopped && prior.Text(translate.AttrState) != translate.DesiredStopped
	}, cluster.FeatureStop, "stop a connector (pausing it works)"},
	{translate.AttrReset, func(plan, prior translate.Object) bool {
		return plan.Flag(translate.AttrReset, false) && !prior.Flag(translate.AttrReset, false)
	}, cluster.FeatureAlterOffsets, "delete the offsets of a connector"},
}

// checkFeatures finds what the workers are too old for.
func (k *planChecker) checkFeatures(ctx context.Context) {
	for _, n := range needs {
		if !k.online || !n.wanted(k.Plan, k.Prior) {
			continue
		}
		supported, err := k.cluster.Supports(ctx, n.feature)
		switch {
		case err != nil:
			k.reportUnreachable(err)
		case !supported:
			running, _ := k.cluster.KafkaVersion(ctx)
			k.report.ErrorAt(path.Root(n.attribute), "Kafka Connect is too old for "+n.attribute,
				fmt.Sprintf("Kafka Connect %s can't %s; %s can.", running, n.what, n.feature.Since))
		}
	}
}
