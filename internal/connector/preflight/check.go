package preflight

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// Planned is one connector in a plan.
type Planned struct {
	Kind    *catalog.Kind // of the resource; nil for a connector of any class
	Plan    translate.Object
	Config  translate.Object
	Prior   translate.Object // nil for a new connector
	Private translate.PrivateState
	// Touches reports whether the apply will send or move anything.
	Touches bool
}

// planChecker checks one connector.
type planChecker struct {
	Planned
	cluster   *cluster.Cluster
	report    *Report
	diags     *diag.Diagnostics
	name      string
	class     string
	kind      *catalog.Kind // the class's kind, also for a connector of any class; nil if unknown
	effective translate.Effective
	server    map[string]string  // what the cluster has; nil for a new connector or if it wasn't read
	before    translate.Expanded // what the state says; empty for a new connector
	derived   map[string]string  // what the configuration doesn't set: creation defaults
	version   catalog.Version
	online    bool
	ahead     bool // the hook for the connector itself is still to come
}

// Check finds what is wrong or dangerous in a plan. The rules check every
// connector; the worker is asked only about those whose configuration will
// change.
func Check(ctx context.Context, c *cluster.Cluster, p Planned, diags *diag.Diagnostics) {
	k := newChecker(ctx, c, p, diags)
	k.checkPlacement(ctx)
	if diags.HasError() {
		return
	}
	if k.replaced() {
		k.checkChange()
		k.checkLeftSecrets(ctx)
		k.cluster.Plan.MarkSuccessor(k.name, k.running().Config)
		k.successor(ctx).checkAll(ctx)
		return
	}
	k.checkAll(ctx)
}

// successor is the connector that replaces this one. The plan hook is called
// again for it, but from that call Terraform shows only errors.
func (k *planChecker) successor(ctx context.Context) *planChecker {
	p := k.Planned
	p.Prior, p.Private, p.Touches = nil, translate.PrivateState{}, true
	next := newChecker(ctx, k.cluster, p, k.diags)
	next.ahead = true
	return next
}

func (k *planChecker) checkAll(ctx context.Context) {
	k.findVersion(ctx)
	if k.diags.HasError() {
		return
	}
	k.checkWriteOnly()
	errorsAt := k.checkRules()
	if k.asksWorker() {
		k.askWorker(ctx, errorsAt)
	}
	k.checkDatabase(ctx)
	k.checkFeatures(ctx)
	k.checkOffsets()
	k.checkCollisions(ctx)
	k.checkChange()
	k.checkKept()
	k.checkRemovedWriteOnly()
}

// CheckPlacement finds what no setting lets through, because it can't be
// carried out: properties in a place where they have no meaning, and a name
// that the worker can't address.
func CheckPlacement(ctx context.Context, c *cluster.Cluster, p Planned, diags *diag.Diagnostics) {
	newChecker(ctx, c, p, diags).checkPlacement(ctx)
}

func (k *planChecker) checkPlacement(ctx context.Context) {
	k.report.placement(k.Config)
	if k.isNew() {
		k.report.Address(ctx, k.name)
	}
}

func newChecker(ctx context.Context, c *cluster.Cluster, p Planned, diags *diag.Diagnostics) *planChecker {
	k := &planChecker{
		Planned: p, cluster: c, diags: diags, name: p.Plan.Text(translate.AttrName), online: c.Online(),
		before: translate.Expand(p.Kind, p.Prior, p.Private.ServerSpellings),
	}
	k.derived = translate.DerivedDefaults(p.Kind, p.Plan, p.Config)
	if p.Prior != nil && k.online {
		if entry, _, err := c.Cache.Connector(ctx, k.name); err == nil && entry.Info != nil {
			k.server = entry.Info.Config
		}
	}
	k.effective = translate.Merge(translate.Inputs{
		Kind: p.Kind, Plan: p.Plan, Config: p.Config, Prior: p.Prior, Private: p.Private, Server: k.server,
	})
	k.class = strings.TrimSpace(k.effective.Config[catalog.KeyClass])
	if k.kind = p.Kind; k.kind == nil {
		k.kind = catalog.KindOfClass(k.class)
	}
	k.report = NewReport(c, p.Kind, k.name, k.effective.Written, diags)
	return k
}

func (k *planChecker) isNew() bool { return k.Prior == nil }

// replaced reports whether the planned connector replaces another.
func (k *planChecker) replaced() bool {
	return !k.isNew() && (k.Prior.Text(translate.AttrName) != k.name ||
		translate.Class(k.Kind, k.Prior, k.server) != translate.Class(k.Kind, k.Plan, k.server))
}

// asksWorker reports whether to ask the worker: a change of state, a wait or a
// restart leaves the configuration as it runs.
func (k *planChecker) asksWorker() bool {
	return k.online && k.Touches && (k.isNew() || k.effective.Changed)
}

// findVersion picks the Debezium version to check against: the one the
// connector asks for, else the newest installed on the cluster, else the
// provider's setting, else the newest in the catalog.
func (k *planChecker) findVersion(ctx context.Context) {
	k.version = k.cluster.Validation.DebeziumVersion
	asked := k.effective.Config[catalog.KeyPluginVersion]
	if v, err := catalog.ParseVersion(asked); err == nil {
		k.version = v
	}
	if !k.online || k.class == "" {
		return
	}
	installed, err := k.cluster.Installed(ctx, k.class)
	switch {
	case err != nil:
		k.reportUnreachable(err)
	case len(installed) == 0 && k.Touches:
		diagnostics.AddMissingPlugin(ctx, k.cluster, k.diags, k.class)
	case len(installed) == 0:
	case asked == "":
		if v, err := catalog.ParseVersion(installed[len(installed)-1]); err == nil {
			k.version = v
		}
	case !k.version.IsZero() && !slices.Contains(installed, asked) && k.Touches && !strings.ContainsAny(asked, "[](),"):
		k.report.errorAt(k.effective.Written.Path(k.Kind, catalog.KeyPluginVersion),
			fmt.Sprintf("Version %s of the connector plugin is not installed", asked),
			fmt.Sprintf("The cluster has these versions of %s: %s. Set one of them, or install version %s on every worker.", k.class, strings.Join(installed, ", "), asked))
	}
}

// reportUnreachable continues offline if no worker can be reached, with one
// warning for the whole plan; any other failure is one error.
func (k *planChecker) reportUnreachable(err error) {
	k.online = false
	switch {
	case errors.Is(err, kafkaconnect.ErrUnreachable) && !errors.Is(err, context.Canceled) && k.cluster.Validation.Unreachable != cluster.SeverityError:
		if k.cluster.FirstReport("plan offline") {
			k.diags.AddWarning("Kafka Connect can't be reached: connectors are checked offline only",
				fmt.Sprintf("The plan applies the provider's own rules; apply validates connectors on the cluster. "+
					"To make this an error, set validation = { unreachable = \"error\" } in the provider block.\n\n%s", err))
		}
	case errors.Is(err, kafkaconnect.ErrTimedOut):
		if k.cluster.FirstReport("plan: no answer") {
			k.diags.AddError("Kafka Connect doesn't answer", fmt.Sprintf(
				"A worker accepted a request but didn't respond within the provider's request_timeout:\n\n%s\n\n"+
					"It may be overloaded or stuck: see its log. To plan without it, set validation = { mode = \"offline\" } in the provider block.", err))
		}
	case k.cluster.FirstReport("plan: " + err.Error()):
		diagnostics.AddRequestError(k.diags, "list", "the connector plugins", err)
	}
}

// checkRules runs the offline rules and returns the properties with an error.
// An error in a property that already runs that way becomes a warning: the
// connector was like this when Terraform took it over, and nothing gets worse.
func (k *planChecker) checkRules() map[string]bool {
	found := map[string]bool{}
	for _, f := range rules.Check(k.rulesInput()) {
		if f.Severity == rules.Error && k.runsAlready(f.Property) {
			f.Severity = rules.Warning
		}
		if f.Severity == rules.Error {
			// If a finding says to set a property, the worker also finds it missing.
			found[f.Property], found[f.Blamed], found[f.Advice.Set] = true, true, true
		}
		k.report.finding(f)
	}
	return found
}

// rulesInput is the effective configuration as the rules see it: without
// creation defaults of properties that the version doesn't have, which it
// ignores and which aren't the user's mistake. A class that runs isn't checked.
func (k *planChecker) rulesInput() rules.Input {
	config, derived := k.known(), map[string]bool{}
	if k.isNew() {
		config[catalog.KeyClass] = k.class
	}
	for property := range k.derived {
		derived[property] = true
		if k.kind.Definition(property, k.version) == nil && !k.version.IsZero() {
			delete(config, property)
		}
	}
	return rules.Input{
		Kind: k.kind, Version: k.version, Partial: k.effective.Written.ConfigUnknown,
		Config: config, Unknown: k.unknown(), Derived: derived,
		UnknownProperties: rules.Strictness(k.cluster.Validation.UnknownProperties), KnownProperties: k.cluster.Validation.KnownProperties,
	}
}

// known is the effective configuration without the connector's own keys and the
// server's masks.
func (k *planChecker) known() map[string]string {
	config := maps.Clone(k.effective.Config)
	delete(config, catalog.KeyName)
	delete(config, catalog.KeyClass)
	maps.DeleteFunc(config, func(property, text string) bool { return k.effective.Kept[property] && catalog.IsMask(text) })
	return config
}

// unknown are the properties that are set to values that can't be checked:
// those that Terraform doesn't know yet, those that the server masks, and, if
// the server wasn't read, the secrets that may be kept there.
func (k *planChecker) unknown() map[string]bool {
	unknown := maps.Clone(k.effective.Unknown)
	for property := range k.effective.Kept {
		if catalog.IsMask(k.effective.Config[property]) {
			unknown[property] = true
		}
	}
	if k.isNew() || k.server != nil {
		return unknown
	}
	for _, a := range k.kind.Attributes() {
		if translate.MayBeKept(a) && !k.effective.Written.Mentions(a.Property) && (a.Secret || !k.before.Mentions(a.Property)) {
			unknown[a.Property] = true
		}
	}
	return unknown
}

func (k *planChecker) runsAlready(property string) bool {
	now, set := k.effective.Config[property]
	then, was := k.before.Values[property]
	return !k.isNew() && (k.effective.Kept[property] || now == then && set == was && !k.effective.Unknown[property])
}

// checkWriteOnly finds write-only versions with no value to send, and updates
// that need a secret that the server masks.
func (k *planChecker) checkWriteOnly() {
	for _, name := range k.effective.Missing {
		k.report.errorAt(path.Root(name+"_version"), name+" has no value", fmt.Sprintf(
			"%[1]s_version has changed, which sends the value, but %[1]s is null. Set it; or, to keep the value on the server, leave %[1]s_version unchanged.", name))
	}
	if len(k.effective.Masked) > 0 && !k.isNew() && k.Touches {
		k.report.MaskedSecret(k.effective.Masked)
	}
}

// MaskedSecret reports an update that needs secrets the server masks.
func (r *Report) MaskedSecret(masked []string) {
	r.errorAt(r.written.Path(r.kind, masked[0]), "The value of a secret is missing", fmt.Sprintf(
		"The worker masks %s, but an update must send the full configuration, including the real value. "+
			"Nothing was sent. Set the value in the configuration; a write-only attribute (with a new version) keeps it out of the state.", strings.Join(masked, ", ")))
}
