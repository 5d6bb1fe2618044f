package connector

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// validate asks the worker for its verdict on what apply is about to send, and
// reports each error where it is written. Kafka Connect's write requests can't
// be used for that: with Debezium 3.5 and 3.6 they answer an invalid
// configuration with a NullPointerException.
func (r *connectorResource) validate(ctx context.Context, config kafkaconnect.Config, said settings, diags *diag.Diagnostics) {
	name, class := config[keyName], config[keyClass]
	installed, err := r.cluster.Installed(ctx, class)
	if err == nil && len(installed) == 0 {
		// The worker remembers a class that it lacks, and answers the second
		// question about it with a NullPointerException.
		r.cluster.AddMissingPlugin(ctx, diags, class)
		return
	}
	verdict, err := r.cluster.Client.Validate(ctx, class, config)
	if cluster.IsConnectionFailure(err) {
		diags.AddError(fmt.Sprintf("Connector %q can't reach its database", name), r.redact(err.Error()))
		return
	}
	if err != nil {
		r.cluster.AddValidationError(ctx, diags, class, quoted(name), err)
		return
	}
	for _, refusal := range r.cluster.Refusals(verdict, config) {
		if refusal.Connection {
			diags.AddError(fmt.Sprintf("Connector %q can't reach its database", name), fmt.Sprintf(
				"The worker tried the connection with this configuration:\n\n%s\n\nThe connection is made from the worker, not from this machine.", refusal.Message))
			continue
		}
		r.addRefusal(diags, name, said, refusal)
	}
}
