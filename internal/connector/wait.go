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
	wait      bool // false: read the status once, no waiting
	created   bool // what was written was the creation
	leftovers bool // just created, with the offsets that the name may have had before
}

// waitForState waits until the connector is what it should be, and reports what
// it ended in. It returns the last status that it saw, nil if none.
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

// timedOutText tells what the connector was last seen as.
func timedOutText(ctx context.Context, s waitSpec, w cluster.Waited) string {
	var b strings.Builder
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		fmt.Fprintf(&b, "Connector %q: The timeout ended before it was %s. ", s.Name, s.Target)
	} else {
		fmt.Fprintf(&b, "Connector %q: The wait was interrupted before it was %s. ", s.Name, s.Target)
	}
	switch {
	case w.Status == nil && w.Err != nil:
		fmt.Fprintf(&b, "Its status could not be read: %s", w.Err)
	case w.Status == nil:
		b.WriteString("The worker reported no status for it.")
	case s.Target == kafkaconnect.StateRunning && len(w.Status.Tasks) == 0:
		fmt.Fprintf(&b, "The connector is %s without any task, so it captures nothing. "+
			"The usual cause is a tasks.max above 1 for a connector that allows only one task; see the worker's log.", w.Status.Connector.State)
	default:
		fmt.Fprintf(&b, "Its last known status is %s.", w.Status.Summary())
	}
	if w.Status != nil && w.Err != nil {
		fmt.Fprintf(&b, " After that, its status could not be read: %s", w.Err)
	}
	if s.Target == kafkaconnect.StateRunning && w.Status != nil && len(w.Status.Tasks) > 0 {
		b.WriteString(" A task that is slow to start may be waiting for a replication slot (open transactions), " +
			"for the Kafka brokers of its schema history, or for a topic prefix that another connector uses on the same worker.")
	}
	b.WriteString("\n\nThe connector is saved in the state; run terraform plan to see its current status. To wait longer, set a longer timeout in timeouts.")
	return b.String()
}
