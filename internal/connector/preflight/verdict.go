package preflight

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// askWorker reports the worker's verdict on the whole configuration, without
// what the rules have found already.
func (k *planChecker) askWorker(ctx context.Context, known map[string]bool) {
	if k.cluster.Approved(k.effective.Config) {
		return
	}
	q := k.validationRequest()
	infos, err := k.cluster.Validate(ctx, k.class, q.config)
	if err != nil {
		k.addFailure(ctx, err, q, known)
		return
	}
	refusals := k.cluster.Refusals(infos, q.config)
	if len(refusals) == 0 && !q.skipped {
		k.cluster.Approve(k.effective.Config)
	}
	connection := k.report.refusals(ctx, refusals, q.config, func(r cluster.Refusal) bool {
		return r.Connection && q.skipped || known[r.Property] || q.probeOnly[r.Property] || k.effective.Unknown[r.Property] ||
			k.effective.Written.ConfigUnknown && !k.effective.Written.Mentions(r.Property) ||
			r.Property == "database.url" && known["database.hostname"] // Oracle's reports both of the two that do
	})
	k.addConnection(connection)
}

// addFailure says that the worker gave no verdict. Where the rules have found
// what a plugin throws an exception over, that would only be noise.
func (k *planChecker) addFailure(ctx context.Context, err error, q validationRequest, known map[string]bool) {
	switch {
	case errors.Is(err, kafkaconnect.ErrUnreachable):
		k.reportUnreachable(err)
	case cluster.IsConnectionFailure(err):
		if !q.skipped {
			k.addConnection(err.Error())
		}
	case cluster.IsPluginException(err) && slices.Contains(slices.Collect(maps.Values(known)), true):
	default:
		diagnostics.AddValidationError(ctx, k.cluster, k.diags, k.class, fmt.Sprintf("connector %q", k.name), err)
	}
}

// addConnection says that the worker couldn't connect to the database: as the
// provider's database_connection has it, but a login that was refused is an
// error, since the database did answer.
func (k *planChecker) addConnection(message string) {
	if message == "" {
		return
	}
	f := newConnectionFailure(k.kind, k.effective, message)
	switch {
	case f.login || k.cluster.Validation.DatabaseConnection == cluster.DatabaseError:
		k.report.connectionError(k.effective, f)
	case k.cluster.FirstReport("connection " + f.target):
		k.report.WarningAt(k.effective.Written.Path(k.Kind, f.property), f.summary(), f.detail()+
			"\n\nThe plan continues, since the database may be created before the connector. Apply checks again, and fails if the database still can't be reached. "+
			"This is reported once for all connectors on the same server.")
	}
}

func (r *Report) connectionError(e translate.Effective, f connectionFailure) {
	r.ErrorAt(e.Written.Path(r.kind, f.property), f.summary(), f.detail())
}

// refusals reports each message of a worker at the property that it is about,
// but for those that skip leaves out. It returns the messages of a failed
// connection, "" where there is none.
func (r *Report) refusals(ctx context.Context, refusals []cluster.Refusal, config kafkaconnect.Config, skip func(cluster.Refusal) bool) string {
	var connection []string // a failed connection may be told in several messages
	for _, refusal := range refusals {
		switch {
		case skip(refusal):
		case refusal.Connection:
			connection = append(connection, refusal.Message)
		default:
			r.ErrorAt(r.written.Path(r.kind, refusal.Property), "Invalid "+refusal.Property, "The worker rejected it: "+refusal.Message+r.classAdvice(ctx, refusal, config[refusal.Property]))
		}
	}
	return strings.Join(connection, "\n")
}

// ValidateOnWorker asks the worker for its verdict on what apply is about to
// send, unless the plan within the apply has just done so. Kafka Connect's write
// requests can't be used for that: with Debezium 3.5 and 3.6 they answer an
// invalid configuration with a NullPointerException.
func ValidateOnWorker(ctx context.Context, c *cluster.Cluster, kind *catalog.Kind, e translate.Effective, diags *diag.Diagnostics) {
	if c.Approved(e.Config) {
		return
	}
	class := e.Config[catalog.KeyClass]
	installed, err := c.Installed(ctx, class)
	if err == nil && len(installed) == 0 {
		// The worker remembers a class that it lacks, and answers the second
		// request about it with a NullPointerException.
		diagnostics.AddMissingPlugin(ctx, c, diags, class)
		return
	}
	infos, err := c.Validate(ctx, class, e.Config)
	report := NewReport(c, kind, e.Config[catalog.KeyName], e.Written, diags)
	connection := ""
	switch {
	case cluster.IsConnectionFailure(err):
		connection = err.Error()
	case err != nil:
		diagnostics.AddValidationError(ctx, c, diags, class, fmt.Sprintf("connector %q", e.Config[catalog.KeyName]), err)
	default:
		connection = report.refusals(ctx, c.Refusals(infos, e.Config), e.Config, func(cluster.Refusal) bool { return false })
	}
	if connection != "" {
		if kind == nil {
			kind = catalog.KindOfClass(class)
		}
		report.connectionError(e, newConnectionFailure(kind, e, connection))
	}
}
