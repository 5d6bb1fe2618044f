package kafkaconnect

// Summary puts the states of a connector and its tasks into one word. FAILED
// wins, since one failed task means lost changes; otherwise a running
// connector is what its tasks are, and RUNNING without a task, which captures
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

// FailedTasks are the ids of the tasks that have failed.
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
