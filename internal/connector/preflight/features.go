package preflight

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// needs are what a plan asks of the workers that old ones can't do. They are
// errors in the plan: with a workaround, a connector that should be paused
// would run first, and take a snapshot or create a slot.
var needs = []struct {
	attribute string
	wanted    func(plan, prior translate.Object) bool
	feature   cluster.Feature
	what      string
}{
	{translate.AttrOffsets, func(plan, prior translate.Object) bool {
		return prior == nil && !plan[translate.AttrOffsets].IsNull()
	}, cluster.FeatureInitialState, "Creating a connector with initial offsets"},
	{translate.AttrState, func(plan, prior translate.Object) bool {
		return prior == nil && plan.Text(translate.AttrState) != translate.DesiredRunning && plan[translate.AttrState].IsKnown()
	}, cluster.FeatureInitialState, "Creating a connector that isn't running"},
	{translate.AttrState, func(plan, prior translate.Object) bool {
		return prior != nil && plan.Text(translate.AttrState) == translate.DesiredStopped && prior.Text(translate.AttrState) != translate.DesiredStopped
	}, cluster.FeatureStop, "Stopping a connector (unlike pausing it)"},
	{translate.AttrReset, func(plan, prior translate.Object) bool {
		return plan.Flag(translate.AttrReset, false) && !prior.Flag(translate.AttrReset, false)
	}, cluster.FeatureAlterOffsets, "Deleting a connector's offsets"},
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
			k.report.errorAt(path.Root(n.attribute), n.attribute+" requires a newer Kafka Connect",
				fmt.Sprintf("%s requires Kafka Connect %s or later, but the cluster runs %s.", n.what, n.feature.Since, running))
		}
	}
}
