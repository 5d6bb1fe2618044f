package cluster

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// Wait describes a connector on its way to its desired state after a write.
type Wait struct {
	Name   string
	Target kafkaconnect.State
	// Fresh means any status is its own, since the connector was just created
	// or was seen stopped.
	Fresh bool
	// OldFailure means that failures seen before anything has changed are the
	// ones the restart or the new configuration should fix.
	OldFailure bool
	// Changed are the properties that a PUT changed, with the values that the
	// tasks' configuration must show before a status counts.
	Changed map[string]string
	// Seen is called with each status seen; it may be nil.
	Seen func(*kafkaconnect.Status)
}

// Outcome is how a wait ended.
type Outcome int

// The outcomes.
const (
	TimedOut Outcome = iota // or it was interrupted
	Reached
	Failed
)

// Waited is the result of a wait.
type Waited struct {
	Outcome
	Status *kafkaconnect.Status // the last one seen, nil if none
	// Tasks is how many tasks the connector has. Status lacks those that have
	// never started: a task has no state until it has finished starting.
	Tasks int
	Err   error // of the last listing
}

// WaitFor waits until a connector reaches its desired state, has failed, or the
// context ends.
func (c *Cluster) WaitFor(ctx context.Context, wait Wait) Waited {
	w := &waiter{Wait: wait, cluster: c, moved: wait.Fresh}
	outcome := w.run(ctx)
	return Waited{Outcome: outcome, Status: w.last, Tasks: w.tasks, Err: w.err}
}

// waiter follows one connector through the listings of the shared poller.
type waiter struct {
	Wait
	cluster *Cluster
	last    *kafkaconnect.Status
	tasks   int       // see Waited.Tasks
	err     error     // the last listing's error
	moved   bool      // a state other than the target was seen since the write
	since   time.Time // since when the target has been seen without a break
	fails   int       // consecutive listings that showed a failure that counts
	failing time.Time // since when a failure has been seen without a break
	shown   bool      // the tasks show the new configuration
}

func (w *waiter) run(ctx context.Context) Outcome {
	// A paused connector's tasks keep the old configuration until it resumes,
	// and a stopped one has none.
	w.shown = len(w.Changed) == 0 || w.Target != kafkaconnect.StateRunning
	for ctx.Err() == nil {
		listing, err := w.cluster.Poller.Next(ctx)
		if err == nil || !errors.Is(err, ctx.Err()) { // running out of time says nothing
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
		w.last, w.tasks = entry.Status, expectedTasks(entry)
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

// transient reports whether a later listing may not have the fault.
func transient(err error) bool {
	return !errors.Is(err, kafkaconnect.ErrUnauthorized) && !errors.Is(err, context.Canceled)
}

// judge evaluates one listing. A failure counts once two consecutive listings
// show it, a success once it has lasted.
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
	if w.Target != kafkaconnect.StateRunning || time.Since(w.since) >= w.cluster.Timing.settleFor(w.moved) {
		return Reached
	}
	return TimedOut
}

// judgeFailure evaluates a failure: an old one counts again once something else
// was seen, or if nothing else shows for as long as an old status may last.
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

// isTarget reports whether the target is reached: RUNNING with all its tasks
// running, at least one; PAUSED likewise, except for tasks that failed before,
// which never pause (a connector created paused has none); STOPPED without any.
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
	return len(s.Tasks) == expectedTasks(entry) && (w.Target == kafkaconnect.StatePaused || len(s.Tasks) > 0)
}

// expectedTasks is how many tasks a connector has, with or without a status.
func expectedTasks(entry kafkaconnect.Connector) int {
	tasks := len(entry.Status.Tasks)
	if entry.Info != nil {
		tasks = max(tasks, len(entry.Info.Tasks))
	}
	return tasks
}

// tasksShow reports whether the tasks' configuration is the one that was sent:
// until then, a status may be from the previous generation. Properties that the
// tasks don't carry prove nothing; neither do references, which the worker may
// have resolved.
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
