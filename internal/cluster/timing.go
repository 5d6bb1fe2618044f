package cluster

import "time"

// Timing holds the durations for waiting. They aren't options: users set
// timeouts, tests shorten these.
type Timing struct {
	// Poll is the minimum time between two listings for waiting resources.
	Poll time.Duration
	// Settle is how long RUNNING must last after a transition was seen. Start
	// failures show within 1.6 s (measured on Kafka Connect 4.3.1).
	Settle time.Duration
	// SettleBlind is the same if no transition was seen: the previous
	// generation's status is returned for up to 11 s after an update.
	SettleBlind time.Duration
	// SettleOffsets is how long changed offsets must stay: a task that a worker
	// is still ending commits its own up to 1.0 s later (measured on Kafka
	// Connect 4.3.1). Its worker hears of the stop within a heartbeat, 3 s, and
	// gives it 5 s (task.shutdown.graceful.timeout.ms).
	SettleOffsets time.Duration
	// Rebalance bounds how long a read waits for a rebalance to end.
	Rebalance time.Duration
	// ReadBack bounds how long to look for a connector after a lost response.
	ReadBack time.Duration
	// Pause is the time between two attempts at the same request.
	Pause time.Duration
	// ReadTries is how often to look for a write before sending it again, or to
	// give up: a follower may not have read the new configuration yet.
	ReadTries int
	// WriteTries is how often a write that is safe to repeat is sent.
	WriteTries int
}

// settleFor returns how long a state must last to count.
func (t Timing) settleFor(moved bool) time.Duration {
	if moved {
		return t.Settle
	}
	return t.SettleBlind
}

// DefaultTiming returns what was measured on real workers.
func DefaultTiming() Timing {
	return Timing{
		Poll: time.Second, Settle: 3 * time.Second, SettleBlind: 10 * time.Second, SettleOffsets: 8 * time.Second,
		Rebalance: 5 * time.Minute, ReadBack: 30 * time.Second, Pause: 500 * time.Millisecond,
		ReadTries: 6, WriteTries: 20,
	}
}
