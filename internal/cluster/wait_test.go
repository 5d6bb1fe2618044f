package cluster

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// timeline is what a cluster shows of one connector over time, on the clock of a
// synctest bubble.
type timeline struct {
	began time.Time
	shows []shown
}

// shown is what there is to see from a second on: the connector's state and then
// those of its tasks, "-" for a task without a status; "" for no status at all.
type shown struct {
	from   int
	states string
}

func (l *timeline) Connectors(context.Context) (map[string]kafkaconnect.Connector, error) {
	now := ""
	for _, s := range l.shows {
		if time.Since(l.began) >= time.Duration(s.from)*time.Second {
			now = s.states
		}
	}
	connector := kafkaconnect.Connector{Info: &kafkaconnect.Info{Name: "orders"}}
	states := strings.Fields(now)
	if len(states) == 0 {
		return map[string]kafkaconnect.Connector{"orders": connector}, nil
	}
	connector.Status = &kafkaconnect.Status{Name: "orders", Connector: kafkaconnect.ConnectorStatus{State: kafkaconnect.State(states[0])}}
	for id, state := range states[1:] {
		connector.Info.Tasks = append(connector.Info.Tasks, kafkaconnect.TaskID{Connector: "orders", Task: id})
		if state != "-" {
			connector.Status.Tasks = append(connector.Status.Tasks, kafkaconnect.TaskStatus{ID: id, State: kafkaconnect.State(state)})
		}
	}
	return map[string]kafkaconnect.Connector{"orders": connector}, nil
}

// TestWaitFor holds the times that users wait: a state counts once it has lasted
// for 3 s after a change was seen, or else for 10 s, since the status of before
// may be shown for that long.
func TestWaitFor(t *testing.T) {
	created, updated := Wait{Fresh: true}, Wait{}
	restarted := Wait{OldFailure: true}
	for _, test := range []struct {
		name    string
		wait    Wait
		shows   []shown
		outcome Outcome
		after   int // seconds
	}{
		{"created, and runs", created, []shown{{0, ""}, {2, "RUNNING RUNNING"}}, Reached, 5},
		{"created, and runs after a while without tasks", created, []shown{{0, "RUNNING"}, {4, "RUNNING RUNNING"}}, Reached, 7},
		{"created, and fails", created, []shown{{0, ""}, {2, "RUNNING FAILED"}}, Failed, 3},
		{"created, runs for a moment, and fails", created, []shown{{0, ""}, {1, "RUNNING RUNNING"}, {3, "RUNNING FAILED"}}, Failed, 4},
		{"created, and seen as failed once", created, []shown{{0, "RUNNING FAILED"}, {1, "RUNNING RUNNING"}}, Reached, 4},
		{"created, and runs with interruptions", created, []shown{{0, "RUNNING RUNNING"}, {2, "UNASSIGNED UNASSIGNED"}, {4, "RUNNING RUNNING"}}, Reached, 7},
		{"created, and one task fails", created, []shown{{0, "RUNNING RUNNING RUNNING"}, {1, "RUNNING RUNNING FAILED"}}, Failed, 2},
		{"created, and its task is still starting", created, []shown{{0, "RUNNING -"}}, TimedOut, 60},
		{"updated, and no change is seen", updated, []shown{{0, "RUNNING RUNNING"}}, Reached, 10},
		{"updated, and the task restarts", updated, []shown{{0, "RUNNING RUNNING"}, {4, "RUNNING RESTARTING"}, {6, "RUNNING RUNNING"}}, Reached, 9},
		{"updated, and its status is gone for a moment", updated, []shown{{0, "RUNNING RUNNING"}, {4, ""}, {5, "RUNNING RUNNING"}}, Reached, 8},
		{"updated, and fails late", updated, []shown{{0, "RUNNING RUNNING"}, {9, "RUNNING FAILED"}}, Failed, 10},
		{"restarted, and runs", restarted, []shown{{0, "RUNNING FAILED"}, {2, "RUNNING RESTARTING"}, {3, "RUNNING RUNNING"}}, Reached, 6},
		{"restarted, and the old failure is shown for long", restarted, []shown{{0, "RUNNING FAILED"}, {9, "RUNNING RUNNING"}}, Reached, 19},
		{"restarted, and fails again", restarted, []shown{{0, "RUNNING FAILED"}, {2, "RUNNING RESTARTING"}, {3, "RUNNING FAILED"}}, Failed, 4},
		{"restarted in vain", restarted, []shown{{0, "RUNNING FAILED"}}, Failed, 11},
		{"paused", Wait{Target: kafkaconnect.StatePaused}, []shown{{0, "PAUSED RUNNING"}, {2, "PAUSED PAUSED"}}, Reached, 2},
		{"paused with a task that had failed", Wait{Target: kafkaconnect.StatePaused}, []shown{{0, "PAUSED FAILED"}}, Reached, 0},
		{"stopped", Wait{Target: kafkaconnect.StateStopped}, []shown{{0, "STOPPED RUNNING"}, {3, "STOPPED"}}, Reached, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				timing := DefaultTiming()
				c := &Cluster{Timing: timing, Poller: newPoller(&timeline{began, test.shows}, timing.Poll)}
				wait := test.wait
				wait.Name = "orders"
				if wait.Target == "" {
					wait.Target = kafkaconnect.StateRunning
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				waited := c.WaitFor(ctx, wait)
				defer time.Sleep(timing.Poll) // a listing that was begun ends
				if after := int(time.Since(began).Seconds()); waited.Outcome != test.outcome || after != test.after {
					t.Errorf("outcome %d after %d s, want %d after %d s", waited.Outcome, after, test.outcome, test.after)
				}
			})
		})
	}
}
