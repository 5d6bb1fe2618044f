package connector

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// waitSpec is a connector on its way to its desired state after a write.
type waitSpec struct {
	name    string
	target  kafkaconnect.State
	wait    bool // false: read the status once, no waiting
	created bool // just created: any status is its own
	// oldFailure: failures that are seen before anything has moved are those
	// that the restart or the new configuration is meant to remove.
	oldFailure bool
	// changed are the properties that a PUT changed, with the values that
	// the tasks' configuration must show before a status counts.
	changed map[string]string
}

// waitForState waits until the connector is what it should be, and reports what
// it ended in. It returns the last status that it saw, nil if none.
func (r *connectorResource) waitForState(ctx context.Context, s waitSpec, diags *diag.Diagnostics) *kafkaconnect.Status {
	if !s.wait {
		status, _ := r.cluster.Client.Status(ctx, s.name)
		return status
	}
	w := &waiter{waitSpec: s, timing: r.cluster.Timing, moved: s.created}
	outcome := w.run(ctx, r)
	switch {
	case outcome == reached:
	case outcome == failed:
		diags.AddError("The connector failed", r.failedText(s, w.last))
	default:
		diags.AddWarning(fmt.Sprintf("The connector is not %s yet", s.target), r.cluster.Secrets.Redact(w.timedOutText(ctx)))
	}
	return w.last
}

type outcome int

const (
	timedOut outcome = iota // or the apply was interrupted
	reached
	failed
)

// waiter follows one connector through the listings of the shared poller.
type waiter struct {
	waitSpec
	timing  cluster.Timing
	last    *kafkaconnect.Status
	err     error     // the last listing's error
	moved   bool      // a state other than the target was seen since the write
	since   time.Time // since when the target has been seen without a break
	fails   int       // listings in a row that showed a failure that counts
	failing time.Time // since when a failure has been seen without a break
	shown   bool      // the tasks show the new configuration
}

func (w *waiter) run(ctx context.Context, r *connectorResource) outcome {
	// A paused connector's tasks keep the old configuration until it resumes,
	// and a stopped one has none.
	w.shown = len(w.changed) == 0 || w.target != kafkaconnect.StateRunning
	for ctx.Err() == nil {
		listing, err := r.cluster.Poller.Next(ctx)
		if ctx.Err() == nil {
			w.err = err // that the time is up is no news
		}
		if err != nil {
			if !transient(err) {
				return timedOut
			}
			continue
		}
		if !w.shown && !w.tasksShow(ctx, r) {
			continue
		}
		entry, there := listing[w.name]
		if !there || entry.Status == nil {
			w.moved, w.since = true, time.Time{}
			continue
		}
		w.last = entry.Status
		if o := w.judge(entry); o != timedOut {
			return o
		}
		tflog.Debug(ctx, "Waiting for the connector", map[string]any{
			"connector": w.name, "status": string(entry.Status.Summary()), "tasks": len(entry.Status.Tasks),
		})
	}
	return timedOut
}

// transient tells faults that a later listing may not have.
func transient(err error) bool {
	return !errors.Is(err, kafkaconnect.ErrUnauthorized) && !errors.Is(err, context.Canceled)
}

// judge decides on one listing. A failure counts when two listings in a row
// show it, success when it has lasted.
func (w *waiter) judge(entry kafkaconnect.Connector) outcome {
	if entry.Status.Summary() == kafkaconnect.StateFailed && w.target == kafkaconnect.StateRunning {
		return w.judgeFailure()
	}
	w.fails, w.failing = 0, time.Time{}
	if !w.isTarget(entry) {
		w.since, w.moved = time.Time{}, true
		return timedOut
	}
	if w.since.IsZero() {
		w.since = time.Now()
	}
	if w.target != kafkaconnect.StateRunning || time.Since(w.since) >= w.timing.SettleFor(w.moved) {
		return reached
	}
	return timedOut
}

// judgeFailure: an old failure counts again once something else was seen, or
// when nothing else shows for as long as an old status may last.
func (w *waiter) judgeFailure() outcome {
	if w.failing.IsZero() {
		w.failing = time.Now()
	}
	if w.oldFailure && !w.moved && time.Since(w.failing) < w.timing.SettleBlind {
		return timedOut
	}
	w.since, w.moved = time.Time{}, true
	if w.fails++; w.fails >= 2 {
		return failed
	}
	return timedOut
}

// isTarget: RUNNING with all its tasks running, at least one; PAUSED likewise,
// apart from tasks that have failed before, which never pause (a connector
// created paused has none); STOPPED without any.
func (w *waiter) isTarget(entry kafkaconnect.Connector) bool {
	s := entry.Status
	if s.Connector.State != w.target {
		return false
	}
	if w.target == kafkaconnect.StateStopped {
		return len(s.Tasks) == 0
	}
	for _, t := range s.Tasks {
		if t.State != w.target && (t.State != kafkaconnect.StateFailed || w.target != kafkaconnect.StatePaused) {
			return false
		}
	}
	expected := 0
	if entry.Info != nil {
		expected = len(entry.Info.Tasks)
	}
	return len(s.Tasks) >= expected && (w.target == kafkaconnect.StatePaused || len(s.Tasks) > 0)
}

// tasksShow reports whether the tasks' configuration is the one that was sent:
// until then, a status may be that of the previous generation. Properties that
// the tasks don't carry can't tell; neither can references, which the worker
// may have resolved.
func (w *waiter) tasksShow(ctx context.Context, r *connectorResource) bool {
	tasks, err := r.cluster.Client.Tasks(ctx, w.name)
	if err != nil || len(tasks) == 0 {
		w.moved = w.moved || err == nil
		return false
	}
	for _, t := range tasks {
		for property, text := range w.changed {
			theirs, ok := t.Config[property]
			if ok && theirs != text && !catalog.IsMask(theirs) && !catalog.IsReference(text) {
				return false
			}
		}
	}
	w.shown = true
	return true
}

// timedOutText tells what the connector was last seen as.
func (w *waiter) timedOutText(ctx context.Context) string {
	var b strings.Builder
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		fmt.Fprintf(&b, "Connector %q: the timeout ended before it was %s. ", w.name, w.target)
	} else {
		fmt.Fprintf(&b, "Connector %q: waiting was interrupted before it was %s. ", w.name, w.target)
	}
	switch {
	case w.last == nil && w.err != nil:
		fmt.Fprintf(&b, "Its status could not be read: %s", w.err)
	case w.last == nil:
		b.WriteString("The worker showed no status of it.")
	case w.target == kafkaconnect.StateRunning && len(w.last.Tasks) == 0:
		fmt.Fprintf(&b, "The connector is %s without any task, so that it captures nothing. "+
			"Most often tasks.max is above 1 for a kind that allows one task alone; the worker's log has the cause.", w.last.Connector.State)
	default:
		fmt.Fprintf(&b, "It was last seen %s.", w.last.Summary())
	}
	if w.target == kafkaconnect.StateRunning && w.last != nil && len(w.last.Tasks) > 0 {
		b.WriteString(" A task that starts slowly may be waiting for a replication slot (open transactions), " +
			"for the Kafka servers of its schema history, or for a topic prefix that another connector uses on that worker.")
	}
	b.WriteString("\n\nThe connector has been saved to the state; run terraform plan to see its current status. A longer timeout can be set in timeouts.")
	return b.String()
}
