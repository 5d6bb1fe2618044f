package preflight

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkCollisions finds connectors that this one would conflict with, on the
// cluster and in this plan.
func (k *planChecker) checkCollisions(ctx context.Context) {
	if k.name == "" {
		return
	}
	if k.isNew() && !k.ahead {
		k.checkName(ctx)
	}
	how := k.cluster.Validation.Collisions
	if how == cluster.CollisionsOff {
		return
	}
	found, err := k.cluster.Plan.Collisions(ctx, rules.Peer{
		Name: k.name, Kind: k.kind, Version: k.version, Config: k.known(), Unknown: k.unknown(), Partial: k.effective.Written.ConfigUnknown,
		Stopped: k.Plan.Text(translate.AttrState) == translate.DesiredStopped,
	}, k.Touches, k.online)
	if err != nil {
		k.reportUnreachable(err)
	}
	for _, f := range found {
		if how == cluster.CollisionsWarning {
			f.Severity = rules.Warning
		}
		k.report.finding(f)
	}
}

// checkName reports a new connector's name that is taken, by another resource
// in this plan or on the cluster.
func (k *planChecker) checkName(ctx context.Context) {
	if k.cluster.Plan.DuplicateName(k.name) {
		k.report.errorAt(path.Root(translate.AttrName), "Two new connectors have the same name",
			"Another resource in this plan creates a connector of the same name, and a cluster has only one connector per name. Give each a name of its own.")
		return
	}
	if !k.online {
		return
	}
	switch info, err := k.cluster.Plan.Unmanaged(ctx, k.name); {
	case err != nil:
		k.reportUnreachable(err)
	case info != nil:
		k.report.AlreadyExists(info.Config[catalog.KeyClass])
	}
}
