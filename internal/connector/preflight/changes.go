package preflight

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkChange warns of changes that lose or repeat data, against what the state
// says, which a refresh has just made what runs.
func (k *planChecker) checkChange() {
	if k.isNew() || !k.Touches {
		return
	}
	before := k.running()
	before.State, before.NeverRan = k.Prior.Text(translate.AttrState), k.Private.FirstStartFailed
	after := rules.Revision{
		Config: k.effective.Config, Unknown: k.unknown(), Partial: k.effective.Written.ConfigUnknown,
		State: k.Plan.Text(translate.AttrState), Replace: k.replaced(), NewOffsets: !k.Plan[translate.AttrOffsets].IsNull(),
	}
	if k.Private.DesiredState != after.State {
		before.State = "" // the configuration changes the state, nobody did it out of band
	}
	for _, f := range rules.Changes(k.kind, k.version, before, after) {
		k.report.Finding(f)
	}
}

// running is the connector before the plan.
func (k *planChecker) running() rules.Revision {
	config := maps.Clone(k.before.Values)
	for property := range k.effective.Kept {
		config[property] = k.effective.Config[property]
	}
	config[catalog.KeyName] = k.Prior.Text(translate.AttrName)
	config[catalog.KeyClass] = translate.Class(k.Kind, k.Prior, k.server)
	return rules.Revision{Config: config, Unknown: k.unknown()}
}

// CheckDestroy warns of what the end of a connector leaves behind.
func CheckDestroy(ctx context.Context, c *cluster.Cluster, kind *catalog.Kind, prior translate.Object, private translate.PrivateState, diags *diag.Diagnostics) {
	k := newChecker(ctx, c, Planned{Kind: kind, Plan: prior, Config: prior, Prior: prior, Private: private}, diags)
	before := k.running()
	before.NeverRan = private.FirstStartFailed
	after := rules.Revision{Config: before.Config, Destroy: true, OffsetsGo: prior.Flag(translate.AttrReset, false)}
	for _, f := range rules.Changes(k.kind, k.version, before, after) {
		k.report.Finding(f)
	}
}

// checkKept says of secrets that the configuration no longer has that they stay
// on the server: to a reader of the plan they seem to be removed.
func (k *planChecker) checkKept() {
	if k.isNew() {
		return
	}
	gone := map[string]path.Path{}
	for property, text := range k.before.Values {
		if translate.KeptOnServer(k.Kind, property, text) && !k.effective.Written.Mentions(property) {
			gone[property] = k.before.Path(k.Kind, property)
		}
	}
	if k.Kind != nil {
		for _, a := range k.Kind.Attributes() {
			version := translate.VersionName(a)
			if a.Secret && !k.Prior[version].IsNull() && k.Plan[version].IsNull() && !k.effective.Written.Mentions(a.Property) {
				gone[a.Property] = path.Root(a.Name)
			}
		}
	}
	for _, property := range slices.Sorted(maps.Keys(gone)) {
		k.report.WarningAt(gone[property], property+" stays on the server", fmt.Sprintf(
			"The configuration no longer sets it, but secrets that aren't in the configuration stay unchanged on the server. "+
				"To remove it there, set %q = null in config.", property))
	}
}
