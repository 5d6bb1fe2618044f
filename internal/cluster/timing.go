package cluster

import "time"

// Timing are the paces of waiting. They aren't options: users set timeouts,
// tests shorten these.
type Timing struct {
	// Poll is the least time between two listings for waiting resources.
	Poll time.Duration
	// Settle is how long RUNNING must last once a transition was seen. Start
	// failures show within 1.6 s (measured on Kafka Connect 4.3.1).
	Settle time.Duration
	// SettleBlind is the same where no transition was seen: the status of
	// the previous generation is answered for up to 11 s after an update.
	SettleBlind time.Duration
	// Rebalance bounds how long a read waits for a rebalance to end.
	Rebalance time.Duration
	// ReadBack bounds how long a connector is looked for after a lost answer.
	ReadBack time.Duration
	// Pause is the time between two tries of the same request.
	Pause time.Duration
	// ReadTries is how often a write is looked for before it is sent again: a
	// follower may not have read the new configuration yet.
	ReadTries int
	// WriteTries is how often a write that can be done twice is sent.
	WriteTries int
}

// SettleFor is how long a state must last to count.
func (t Timing) SettleFor(moved bool) time.Duration {
	if moved {
		return t.Settle
	}
	return t.SettleBlind
}

// DefaultTiming holds what was measured on real workers.
func DefaultTiming() Timing {
	return Timing{
		Poll: time.Second, Settle: 3 * time.Second, SettleBlind: 10 * time.Second,
		Rebalance: 5 * time.Minute, ReadBack: 30 * time.Second, Pause: 500 * time.Millisecond,
		ReadTries: 6, WriteTries: 20,
	}
}
