package kafkaconnect

// Summary combines the states of a connector and its tasks into one. FAILED
// wins, since one failed task means lost changes; otherwise a running connector
// has the state of its tasks, and RUNNING without tasks, which captures
// nothing, is UNASSIGNED. A missing status is UNASSIGNED too.
func (s *Status) Summary() State {
	if s == nil {
		return StateUnassigned
	}
	if s.Connector.State == StateFailed {
		return StateFailed
	}
	seen := map[State]bool{}
	for _, t := range s.Tasks {
		seen[t.State] = true
	}
	for _, state := range []State{StateFailed, StateRestarting, StateUnassigned} {
		if seen[state] {
			return state
		}
	}
	if s.Connector.State == StateRunning && len(s.Tasks) == 0 {
		return StateUnassigned
	}
	return s.Connector.State
}

// FailedTasks returns the IDs of the tasks that have failed.
func (s *Status) FailedTasks() []int {
	failed := []int{}
	if s == nil {
		return failed
	}
	for _, t := range s.Tasks {
		if t.State == StateFailed {
			failed = append(failed, t.ID)
		}
	}
	return failed
}
