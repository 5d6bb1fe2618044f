package connector

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
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// checking is what the plan hook checks of one connector.
type checking struct {
	r       *connectorResource
	ctx     context.Context
	diags   *diag.Diagnostics
	name    string
	class   string
	kind    *catalog.Kind     // that of the class, also for a connector of any class; nil where it isn't known
	said    settings          // what is planned, write-only values and derived defaults among it
	before  settings          // what state says; empty for a new connector
	derived map[string]string // of said, what the configuration doesn't set: creation defaults
	isNew   bool
	changed bool // something will be sent or moved
	version catalog.Version
	online  bool
}

// check finds what is wrong or dangerous in what is planned. The rules judge
// every connector; the worker is asked about those alone that will change.
func (c *checking) check() {
	c.online = c.r.cluster != nil && c.r.cluster.Client != nil && c.r.cluster.Validation.Mode == cluster.ModeOnline
	c.findVersion()
	if c.diags.HasError() {
		return
	}
	errorsAt := c.checkRules()
	if c.online && c.changed {
		c.askWorker(errorsAt)
	}
}

// off reports whether plans check nothing.
func (c *checking) off() bool {
	return c.r.cluster != nil && c.r.cluster.Validation.Mode == cluster.ModeOff
}

// findVersion settles by which Debezium version to judge: the one that the
// connector asks for, else the newest that the cluster has, else the
// provider's setting, else the newest in the catalog.
func (c *checking) findVersion() {
	if c.r.cluster != nil {
		c.version = c.r.cluster.Validation.DebeziumVersion
	}
	asked := c.said.values[keyVersion]
	if v, err := catalog.ParseVersion(asked); err == nil {
		c.version = v
	}
	if !c.online || c.class == "" {
		return
	}
	installed, err := c.r.cluster.Installed(c.ctx, c.class)
	switch {
	case err != nil:
		c.cannotAsk(err)
	case len(installed) == 0 && c.changed:
		c.r.cluster.AddMissingPlugin(c.ctx, c.diags, c.class)
	case len(installed) == 0:
	case asked == "":
		if v, err := catalog.ParseVersion(installed[len(installed)-1]); err == nil {
			c.version = v
		}
	case !c.version.IsZero() && !slices.Contains(installed, asked) && c.changed && !strings.ContainsAny(asked, "[](),"):
		c.diags.AddAttributeError(c.said.pathOf(c.r.kind, keyVersion),
			fmt.Sprintf("Version %s of the connector plugin is not installed", asked),
			fmt.Sprintf("The cluster has these versions of %s: %s.", c.class, strings.Join(installed, ", ")))
	}
}

// cannotAsk goes on offline where no worker can be reached, with one warning
// for the whole plan; any other failure is one error.
func (c *checking) cannotAsk(err error) {
	c.online = false
	switch {
	case errors.Is(err, kafkaconnect.ErrUnreachable) && !errors.Is(err, context.Canceled) && c.isNew:
		if c.r.cluster.First("plan offline") {
			c.diags.AddWarning("Kafka Connect can't be reached: connectors are checked without it",
				fmt.Sprintf("New connectors are planned by the offline rules alone; apply checks them on the cluster.\n\n%s", err))
		}
	case errors.Is(err, kafkaconnect.ErrTimedOut):
		if c.r.cluster.First("plan: no answer") {
			c.diags.AddError("Kafka Connect doesn't answer", fmt.Sprintf(
				"A worker took a question of this plan and didn't answer it within the provider's request_timeout:\n\n%s\n\n"+
					"It may be overloaded or hang: its log says more. To plan without it, set validation = { mode = \"offline\" }.", err))
		}
	case c.r.cluster.First("plan: " + err.Error()):
		cluster.AddRequestError(c.diags, "list", "the connector plugins", err)
	}
}

// checkRules runs the offline rules and returns the properties with an error.
// What is wrong with a property that runs like that already is a warning: the
// connector came under Terraform as it is, and nothing gets worse.
func (c *checking) checkRules() map[string]bool {
	in := c.rulesInput()
	found := map[string]bool{}
	for _, f := range rules.Check(in) {
		if f.Severity == rules.Error && c.runsAlready(f.Property) {
			f.Severity = rules.Warning
		}
		found[f.Property] = found[f.Property] || f.Severity == rules.Error
		c.r.addFinding(c.diags, c.name, c.said, f)
	}
	return found
}

// rulesInput leaves out creation defaults of properties that the version
// doesn't have: it ignores them, and they aren't the user's mistake.
func (c *checking) rulesInput() rules.Input {
	config := maps.Clone(map[string]string(c.said.values))
	for property := range c.derived {
		if c.kind.Definition(property, c.version) == nil && !c.version.IsZero() {
			delete(config, property)
		}
	}
	return rules.Input{
		Kind: c.kind, Version: c.version, Partial: c.said.partial,
		Config: config, Unknown: c.unknown(),
	}
}

// unknown are the properties that are set to values that can't be judged:
// those that Terraform doesn't know yet, and on an existing connector the
// secrets that the configuration leaves to the server.
func (c *checking) unknown() map[string]bool {
	unknown := maps.Clone(c.said.unknown)
	if c.isNew || c.kind == nil {
		return unknown
	}
	for _, a := range c.kind.Attributes() {
		if mayBeLeft(a) && !c.said.mentions(a.Property) && (a.Secret || !c.before.mentions(a.Property)) {
			unknown[a.Property] = true
		}
	}
	return unknown
}

func (c *checking) runsAlready(property string) bool {
	now, set := c.said.values[property]
	then, was := c.before.values[property]
	return !c.isNew && now == then && set == was && !c.said.unknown[property]
}

// askWorker reports the worker's verdict on the whole configuration, without
// what the rules have said already.
func (c *checking) askWorker(known map[string]bool) {
	q := c.question()
	verdict, err := c.r.cluster.Validate(c.ctx, c.class, q.config)
	if err != nil {
		c.addFailure(err, q, known)
		return
	}
	var connection []string // a failed connection may be told in several messages
	for _, refusal := range c.r.cluster.Refusals(verdict, q.config) {
		switch {
		case refusal.Connection && q.skipped, known[refusal.Property], q.own[refusal.Property], c.said.unknown[refusal.Property]:
		case c.said.partial && !c.said.mentions(refusal.Property):
		case refusal.Property == "database.url" && known["database.hostname"]: // Oracle's reports both of the two that do
		case refusal.Connection:
			connection = append(connection, refusal.Message)
		default:
			c.r.addRefusal(c.diags, c.name, c.said, refusal)
		}
	}
	if len(connection) > 0 {
		c.addConnection(strings.Join(connection, "\n"))
	}
}

// addFailure says that the worker gave no verdict. Where the rules have found
// what a plugin stumbles over, the exception would only be noise.
func (c *checking) addFailure(err error, q question, known map[string]bool) {
	switch {
	case errors.Is(err, kafkaconnect.ErrUnreachable):
		c.cannotAsk(err)
	case cluster.IsConnectionFailure(err):
		if !q.skipped {
			c.addConnection(c.r.redact(err.Error()))
		}
	case cluster.IsStumble(err) && slices.Contains(slices.Collect(maps.Values(known)), true):
	default:
		c.r.cluster.AddValidationError(c.ctx, c.diags, c.class, quoted(c.name), err)
	}
}

// addConnection says that the worker couldn't reach the database. It blames no
// attribute: host, port, user and network may each be the cause.
func (c *checking) addConnection(message string) {
	summary := fmt.Sprintf("Connector %q can't reach its database", c.name)
	if c.r.cluster.Validation.DatabaseConnection == cluster.DatabaseError {
		c.diags.AddError(summary, "The worker tried the connection with this configuration:\n\n"+message)
		return
	}
	c.diags.AddWarning(summary, "The worker tried the connection with this configuration:\n\n"+message+
		"\n\nThe plan goes on, since the database may come to be before the connector. Apply checks it again, and fails if it still can't be reached.")
}

// addRefusal reports a worker's message where the property is written.
func (r *connectorResource) addRefusal(diags *diag.Diagnostics, name string, said settings, refusal cluster.Refusal) {
	summary := fmt.Sprintf("Invalid %s of connector %q", refusal.Property, name)
	detail := "The worker refuses it: " + refusal.Message
	if at := said.pathOf(r.kind, refusal.Property); !at.Equal(path.Empty()) {
		diags.AddAttributeError(at, summary, detail)
	} else {
		diags.AddError(summary, detail)
	}
}
