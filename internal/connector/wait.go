package connector

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// waitSpec is what an apply waits for after a write.
type waitSpec struct {
	cluster.Wait
	wait      bool   // false: read the status once, without waiting
	did       string // what was done to the connector; "" if nothing
	leftovers bool   // just created, with whatever offsets the name had before
}

// What an apply does to a connector, as its failure tells it.
const (
	didCreate  = "created"
	didUpdate  = "updated"
	didResume  = "resumed"
	didRestart = "restarted"
)

// waitForState waits until the connector reaches its desired state, and reports
// the outcome. It returns the last status seen, or nil if none.
func (r *connectorResource) waitForState(ctx context.Context, s waitSpec, diags *diag.Diagnostics) *kafkaconnect.Status {
	if !s.wait {
		status, _ := r.cluster.Client.Status(ctx, s.Name)
		return status
	}
	w := r.cluster.WaitFor(ctx, s.Wait)
	switch w.Outcome {
	case cluster.Reached:
	case cluster.Failed:
		diags.AddError("The connector failed", r.failedText(s, w.Status))
	default:
		diags.AddWarning(fmt.Sprintf("The connector is not %s yet", s.Target), r.cluster.Secrets.Redact(timedOutText(ctx, s, w)))
	}
	return w.Status
}

// timedOutText describes the connector as it was last seen.
func timedOutText(ctx context.Context, s waitSpec, w cluster.Waited) string {
	var b strings.Builder
	late := errors.Is(ctx.Err(), context.DeadlineExceeded)
	if late {
		fmt.Fprintf(&b, "Connector %q: The timeout ended before it was %s. ", s.Name, s.Target)
	} else {
		fmt.Fprintf(&b, "Connector %q: The wait was interrupted before it was %s. ", s.Name, s.Target)
	}
	switch {
	case w.Status == nil && w.Err != nil:
		fmt.Fprintf(&b, "Its status could not be read: %s", w.Err)
	case w.Status == nil:
		b.WriteString("No status of it was seen in that time.")
	case s.Target == kafkaconnect.StateRunning && w.Tasks == 0:
		fmt.Fprintf(&b, "The connector is %s without any task, so it captures nothing. "+
			"The usual cause is a tasks.max above 1 for a connector that allows only one task; see the worker's log.", w.Status.Connector.State)
	case w.Status.Summary() == s.Target:
		fmt.Fprintf(&b, "It was last seen %s, but not for long enough to count on it.", s.Target)
	default:
		fmt.Fprintf(&b, "Its last known status is %s.", w.Status.Summary())
	}
	if w.Status != nil && w.Err != nil {
		fmt.Fprintf(&b, " After that, its status could not be read: %s", w.Err)
	}
	if s.Target == kafkaconnect.StateRunning && w.Status != nil && w.Tasks > 0 && w.Status.Summary() != s.Target {
		b.WriteString(" A task that is slow to start may be waiting for a replication slot (open transactions, or a slot whose wal_status is lost), " +
			"for the Kafka brokers of its schema history, or for a topic prefix that another connector uses on the same worker; see the worker's log.")
	}
	b.WriteString("\n\nThe connector is saved in the state; run terraform plan to see its current status.")
	if late {
		b.WriteString(" To wait longer, set a longer timeout in timeouts.")
	}
	return b.String()
}
