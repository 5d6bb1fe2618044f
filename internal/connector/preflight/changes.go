package preflight

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkChange warns of changes that lose or repeat data, compared with the
// state, which a refresh has just brought up to date with what runs.
func (k *planChecker) checkChange() {
	if k.isNew() || !k.Touches {
		return
	}
	before := k.running()
	before.State, before.NeverRan = k.Prior.Text(translate.AttrState), k.Private.FirstStartFailed
	before.Idle = before.State == translate.DesiredStopped || k.Prior.Text(translate.AttrStatus) == string(kafkaconnect.StateFailed)
	after := rules.Revision{
		Config: k.effective.Config, Unknown: k.unknown(), Partial: k.effective.Written.ConfigUnknown,
		State: k.Plan.Text(translate.AttrState), Replace: k.replaced(), NewOffsets: !k.Plan[translate.AttrOffsets].IsNull(),
	}
	if k.Private.DesiredState != after.State {
		before.State = "" // the configuration changes the state; nobody did it out of band
	}
	for _, f := range rules.Changes(k.kind, k.version, before, after) {
		k.report.finding(f)
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

// CheckDestroy warns of what destroying a connector leaves behind.
func CheckDestroy(ctx context.Context, c *cluster.Cluster, kind *catalog.Kind, prior translate.Object, private translate.PrivateState, diags *diag.Diagnostics) {
	k := newChecker(ctx, c, Planned{Kind: kind, Plan: prior, Config: prior, Prior: prior, Private: private}, diags)
	before := k.running()
	before.NeverRan = private.FirstStartFailed
	after := rules.Revision{Config: before.Config, Destroy: true, OffsetsGo: prior.Flag(translate.AttrReset, false)}
	for _, f := range rules.Changes(k.kind, k.version, before, after) {
		k.report.finding(f)
	}
}

// checkKept warns that secrets no longer in the configuration stay on the
// server: to a reader of the plan they look removed.
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
	for _, a := range k.Kind.Attributes() {
		version := translate.VersionName(a)
		if a.Secret && !k.Prior[version].IsNull() && k.Plan[version].IsNull() && !k.effective.Written.Mentions(a.Property) {
			gone[a.Property] = path.Root(a.Name)
		}
	}
	for _, property := range slices.Sorted(maps.Keys(gone)) {
		k.report.warningAt(gone[property], property+" stays on the server", fmt.Sprintf(
			"The configuration no longer sets it, but secrets that aren't in the configuration stay unchanged on the server. "+
				"To remove it there, set %q = null in config.", property))
	}
}

// checkRemovedWriteOnly warns of what a connector loses with config_wo_version:
// the plan shows no more than the version.
func (k *planChecker) checkRemovedWriteOnly() {
	if k.isNew() || k.Prior[translate.AttrConfigWOVersion].IsNull() || !k.Plan[translate.AttrConfigWOVersion].IsNull() {
		return
	}
	var gone []string
	for _, property := range k.Private.WriteOnly {
		if _, stays := k.effective.Config[property]; !stays && !k.effective.Unknown[property] {
			gone = append(gone, property)
		}
	}
	if len(gone) == 0 {
		return
	}
	slices.Sort(gone)
	k.report.warningAt(path.Root(translate.AttrConfigWOVersion), "The connector loses what config_wo set", fmt.Sprintf(
		"Without config_wo_version, the update removes %s from the connector. "+
			"To keep a value there, restore config_wo_version; otherwise set the property in another way in the same apply.", strings.Join(gone, ", ")))
}

// checkLeftSecrets warns of secrets that only the connector on the server has,
// where one of another name takes its place: they are gone with it.
func (k *planChecker) checkLeftSecrets(ctx context.Context) {
	name := k.Prior.Text(translate.AttrName)
	if !k.online || name == k.name {
		return
	}
	entry, _, err := k.cluster.Cache.Connector(ctx, name)
	if err != nil || entry.Info == nil {
		return
	}
	written := translate.Expand(k.Kind, k.Config, nil)
	var left []string
	for property, text := range entry.Info.Config {
		if translate.KeptOnServer(k.Kind, property, text) && !written.Mentions(property) && !written.ConfigUnknown {
			left = append(left, property)
		}
	}
	if len(left) == 0 {
		return
	}
	slices.Sort(left)
	k.report.warningAt(path.Root(translate.AttrName), fmt.Sprintf("The new connector gets no %s", strings.Join(left, ", ")), fmt.Sprintf(
		"The configuration doesn't set it: only connector %q on the server has it, and deleting that connector loses it. "+
			"If the new one needs it, set it before the apply.", name))
}
