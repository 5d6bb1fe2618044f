package connector

import (
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checkNeighbours finds connectors that this one would get in the way of, on
// the cluster and in this plan.
func (c *checking) checkNeighbours(plan object) {
	if c.r.cluster == nil || c.name == "" {
		return
	}
	if c.isNew {
		c.checkName()
	}
	how := c.r.cluster.Validation.Collisions
	if how == cluster.CollisionsOff {
		return
	}
	found, err := c.r.cluster.Collisions(c.ctx, rules.Peer{
		Name: c.name, Kind: c.kind, Version: c.version, Config: c.said.values, Unknown: c.unknown(), Partial: c.said.partial,
		Stopped: plan.text(attrState) == stateStopped,
	}, c.changed, c.online)
	if err != nil {
		c.cannotAsk(err)
	}
	for _, f := range found {
		if how == cluster.CollisionsWarning {
			f.Severity = rules.Warning
		}
		c.r.addFinding(c.diags, c.name, c.said, f)
	}
}

// checkName finds that a new connector's name is taken, by another resource of
// this plan or on the cluster.
func (c *checking) checkName() {
	at := path.Root(attrName)
	if c.r.cluster.Twice(c.name) {
		c.diags.AddAttributeError(at, fmt.Sprintf("Two new connectors are named %q", c.name),
			"A name is one connector on the cluster, so that only the first of them could be created. Give each a name of its own.")
		return
	}
	if !c.online {
		return
	}
	switch info, err := c.r.cluster.Stranger(c.ctx, c.name); {
	case err != nil:
		c.cannotAsk(err)
	case info != nil:
		c.diags.AddAttributeError(at, "The connector already exists", c.r.existsText(c.name, info.Config[keyClass]))
	}
}

// checkChange warns of changes that lose or repeat data. before is what the
// state says, which a refresh has just made what runs.
func (c *checking) checkChange(plan, prior object, m memory) {
	if c.isNew || !c.changed {
		return
	}
	before := rules.Revision{Config: whole(prior, c.before, classOf(c.r.kind, prior)), Unknown: c.unknown(), State: prior.text(attrState)}
	after := rules.Revision{Config: whole(plan, c.said, c.class), Unknown: c.unknown(), Partial: c.said.partial, State: plan.text(attrState)}
	after.Replace = before.Config[keyName] != after.Config[keyName] || before.Config[keyClass] != after.Config[keyClass]
	if m.State != after.State {
		before.State = "" // the configuration changes the state, nobody did by hand
	}
	for _, f := range rules.Changes(c.kind, c.version, before, after) {
		c.r.addFinding(c.diags, c.name, c.said, f)
	}
}

// checkDestroy warns of what the end of a connector leaves behind.
func (c *checking) checkDestroy(prior object) {
	before := rules.Revision{Config: whole(prior, c.before, c.class), Unknown: c.unknown()}
	for _, f := range rules.Changes(c.kind, c.version, before, rules.Revision{Config: before.Config, Destroy: true}) {
		c.r.addFinding(c.diags, c.name, settings{}, f)
	}
}

// whole is a configuration with the connector's own keys.
func whole(o object, s settings, class string) map[string]string {
	config := maps.Clone(map[string]string(s.values))
	if config == nil {
		config = map[string]string{}
	}
	config[keyName], config[keyClass] = o.text(attrName), strings.TrimSpace(class)
	return config
}

// checkSecrets says of secrets that the configuration no longer has that they
// stay: to a reader of the plan they seem to be removed.
func (c *checking) checkSecrets(prior object) {
	if prior == nil || c.r.kind == nil {
		return
	}
	for _, a := range c.r.kind.Attributes() {
		version := a.Name + suffixWOVersion
		was := !prior[a.Name].IsNull() && !catalog.IsReference(prior.text(a.Name)) || !prior[version].IsNull()
		if !a.Secret || !was || c.said.mentions(a.Property) {
			continue
		}
		c.diags.AddAttributeWarning(path.Root(a.Name), fmt.Sprintf("%s stays on the server (connector %q)", a.Property, c.name), fmt.Sprintf(
			"The configuration no longer has %s, and a secret that it doesn't mention is left on the server as it is. "+
				"To remove it there, write %q = null in config.", a.Name, a.Property))
	}
}
