package preflight

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnostics"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// askWorker reports the worker's verdict on the whole configuration, except for
// what the rules already found.
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
			r.Property == "database.url" && known["database.hostname"] // Oracle reports both when either would do
	})
	k.addConnection(connection)
}

// addFailure reports that the worker gave no verdict. If the rules already
// found what makes a plugin throw, that would only be noise.
func (k *planChecker) addFailure(ctx context.Context, err error, q validationRequest, known map[string]bool) {
	switch {
	case errors.Is(err, kafkaconnect.ErrUnreachable):
		k.reportUnreachable(err)
	case cluster.IsConnectionFailure(err):
		if !q.skipped {
			k.addConnection(err.Error())
		}
	case cluster.IsPluginException(err) && len(known) > 0:
	default:
		diagnostics.AddValidationError(ctx, k.cluster, k.diags, k.class, fmt.Sprintf("connector %q", k.name), err)
	}
}

// addConnection reports that the worker couldn't connect to the database, with
// the severity of the provider's database_connection; but a refused login is an
// error, since the database did answer.
func (k *planChecker) addConnection(message string) {
	if message == "" {
		return
	}
	f := newConnectionFailure(k.kind, k.effective, message)
	switch {
	case f.login || k.cluster.Validation.DatabaseConnection == cluster.DatabaseError:
		k.report.connectionError(k.effective, f)
	case k.cluster.FirstReport("connection " + f.target + " " + message):
		k.report.warningAt(k.effective.Written.Path(k.Kind, f.property), f.title(), f.detail()+
			"\n\nThe plan continues, since the database may be created or changed before the connector. Apply checks again, and fails if this hasn't changed. "+
			"This is reported once for all connectors it concerns.")
	}
}

func (r *Report) connectionError(e translate.Effective, f connectionFailure) {
	r.errorAt(e.Written.Path(r.kind, f.property), f.title(), f.detail())
}

// refusals reports each of a worker's messages at the property it is about,
// except those that skip leaves out. It returns the messages of a failed
// connection, or "" if there is none.
func (r *Report) refusals(ctx context.Context, refusals []cluster.Refusal, config kafkaconnect.Config, skip func(cluster.Refusal) bool) string {
	var connection []string // a failed connection may come as several messages
	for _, refusal := range refusals {
		switch {
		case skip(refusal):
		case refusal.Connection:
			connection = append(connection, refusal.Message)
		default:
			r.errorAt(r.written.Path(r.kind, refusal.Property), "Invalid "+refusal.Property, "The worker rejected it: "+refusal.Message+r.classAdvice(ctx, refusal, config[refusal.Property]))
		}
	}
	return strings.Join(connection, "\n")
}

// ValidateOnWorker asks the worker for its verdict on what apply is about to
// send, unless the plan within the apply just did. Kafka Connect's write
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
		// request for it with a NullPointerException.
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
