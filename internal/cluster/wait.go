package cluster

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Wait is a connector on its way to its desired state after a write.
type Wait struct {
	Name   string
	Target kafkaconnect.State
	// Fresh: any status is its own, since the connector was just created, or
	// was seen to be stopped.
	Fresh bool
	// OldFailure: failures that are seen before anything has moved are those
	// that the restart or the new configuration is meant to remove.
	OldFailure bool
	// Changed are the properties that a PUT changed, with the values that
	// the tasks' configuration must show before a status counts.
	Changed map[string]string
	// Seen is told each status that is seen; it may be nil.
	Seen func(*kafkaconnect.Status)
}

// Outcome is how waiting ended.
type Outcome int

// The outcomes.
const (
	TimedOut Outcome = iota // or it was interrupted
	Reached
	Failed
)

// Waited is what came of waiting.
type Waited struct {
	Outcome
	Status *kafkaconnect.Status // the last one that was seen, nil if none
	Err    error                // of the last listing
}

// WaitFor waits until a connector is what it should be, has failed, or the
// context ends.
func (c *Cluster) WaitFor(ctx context.Context, wait Wait) Waited {
	w := &waiter{Wait: wait, cluster: c, moved: wait.Fresh}
	outcome := w.run(ctx)
	return Waited{outcome, w.last, w.err}
}

// waiter follows one connector through the listings of the shared poller.
type waiter struct {
	Wait
	cluster *Cluster
	last    *kafkaconnect.Status
	err     error     // the last listing's error
	moved   bool      // a state other than the target was seen since the write
	since   time.Time // since when the target has been seen without a break
	fails   int       // listings in a row that showed a failure that counts
	failing time.Time // since when a failure has been seen without a break
	shown   bool      // the tasks show the new configuration
}

func (w *waiter) run(ctx context.Context) Outcome {
	// A paused connector's tasks keep the old configuration until it resumes,
	// and a stopped one has none.
	w.shown = len(w.Changed) == 0 || w.Target != kafkaconnect.StateRunning
	for ctx.Err() == nil {
		listing, err := w.cluster.Poller.Next(ctx)
		if err == nil || !errors.Is(err, ctx.Err()) { // that the time is up tells nothing
			w.err = err
		}
		if err != nil {
			if !transient(err) {
				return TimedOut
			}
			continue
		}
		if !w.shown && !w.tasksShow(ctx) {
			continue
		}
		entry, there := listing[w.Name]
		if !there || entry.Status == nil {
			w.moved, w.since = true, time.Time{}
			continue
		}
		w.last = entry.Status
		if w.Seen != nil {
			w.Seen(entry.Status)
		}
		if o := w.judge(entry); o != TimedOut {
			return o
		}
		tflog.Debug(ctx, "Waiting for the connector", map[string]any{
			"connector": w.Name, "status": string(entry.Status.Summary()), "tasks": len(entry.Status.Tasks),
		})
	}
	return TimedOut
}

// transient tells faults that a later listing may not have.
func transient(err error) bool {
	return !errors.Is(err, kafkaconnect.ErrUnauthorized) && !errors.Is(err, context.Canceled)
}

// judge decides on one listing. A failure counts when two listings in a row
// show it, success when it has lasted.
func (w *waiter) judge(entry kafkaconnect.Connector) Outcome {
	if entry.Status.Summary() == kafkaconnect.StateFailed && w.Target == kafkaconnect.StateRunning {
		return w.judgeFailure()
	}
	w.fails, w.failing = 0, time.Time{}
	if !w.isTarget(entry) {
		w.since, w.moved = time.Time{}, true
		return TimedOut
	}
	if w.since.IsZero() {
		w.since = time.Now()
	}
	if w.Target != kafkaconnect.StateRunning || time.Since(w.since) >= w.cluster.Timing.SettleFor(w.moved) {
		return Reached
	}
	return TimedOut
}

// judgeFailure: an old failure counts again once something else was seen, or
// when nothing else shows for as long as an old status may last.
func (w *waiter) judgeFailure() Outcome {
	if w.failing.IsZero() {
		w.failing = time.Now()
	}
	if w.OldFailure && !w.moved && time.Since(w.failing) < w.cluster.Timing.SettleBlind {
		return TimedOut
	}
	w.since, w.moved = time.Time{}, true
	if w.fails++; w.fails >= 2 {
		return Failed
	}
	return TimedOut
}

// isTarget: RUNNING with all its tasks running, at least one; PAUSED likewise,
// apart from tasks that have failed before, which never pause (a connector
// created paused has none); STOPPED without any.
func (w *waiter) isTarget(entry kafkaconnect.Connector) bool {
	s := entry.Status
	if s.Connector.State != w.Target {
		return false
	}
	if w.Target == kafkaconnect.StateStopped {
		return len(s.Tasks) == 0
	}
	for _, t := range s.Tasks {
		if t.State != w.Target && (t.State != kafkaconnect.StateFailed || w.Target != kafkaconnect.StatePaused) {
			return false
		}
	}
	expected := 0
	if entry.Info != nil {
		expected = len(entry.Info.Tasks)
	}
	return len(s.Tasks) >= expected && (w.Target == kafkaconnect.StatePaused || len(s.Tasks) > 0)
}

// tasksShow reports whether the tasks' configuration is the one that was sent:
// until then, a status may be that of the previous generation. Properties that
// the tasks don't carry can't tell; neither can references, which the worker
// may have resolved.
func (w *waiter) tasksShow(ctx context.Context) bool {
	tasks, err := w.cluster.Client.Tasks(ctx, w.Name)
	if err != nil || len(tasks) == 0 {
		w.moved = w.moved || err == nil
		return false
	}
	for _, t := range tasks {
		for property, text := range w.Changed {
			theirs, ok := t.Config[property]
			if ok && theirs != text && !catalog.IsMask(theirs) && !catalog.IsReference(text) {
				return false
			}
		}
	}
	w.shown = true
	return true
}
