package connecttest

import (
	"maps"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// connector is what the worker runs under a name.
type connector struct {
	name   string
	config kafkaconnect.Config // replaced, never modified
	plugin *Plugin
	target kafkaconnect.State // RUNNING, PAUSED or STOPPED
	trace  string             // why the instance itself is FAILED; empty if it isn't
	tasks  []task

	// What reads show before the current state: see Lag. A nil status is a 404.
	passing      []*kafkaconnect.Status
	passingTasks [][]task
}

// task is a running task with the configuration it was started with.
type task struct {
	config kafkaconnect.Config
	state  kafkaconnect.State
	trace  string
}

func (c *connector) copy() *connector {
	if c == nil {
		return nil
	}
	d := *c
	d.tasks = slices.Clone(c.tasks)
	d.passing, d.passingTasks = nil, nil
	return &d
}

// startTasks replaces the tasks with those for the current configuration.
func (s *Server) startTasks(c *connector) {
	c.tasks = nil
	for range c.plugin.tasks(c.config) {
		c.tasks = append(c.tasks, s.startedTask(c))
	}
}

func (s *Server) startedTask(c *connector) task {
	t := task{config: c.config, state: c.target}
	if s.onStart != nil {
		t.trace = s.onStart(c.name, maps.Clone(c.config))
	}
	if t.trace != "" {
		t.state = kafkaconnect.StateFailed
	}
	return t
}

// begin starts a new connector.
func (s *Server) begin(c *connector) {
	c.trace = ""
	if c.target != kafkaconnect.StateRunning {
		c.pass(s.lag, nil)
		return
	}
	empty := c.status()
	s.startTasks(c)
	c.pass(s.lag, nil, empty)
}

// reconfigure gives a connector its next configuration. An identical one only
// restarts the instance. While the connector is paused, its tasks keep the
// configuration they were started with, until it is resumed.
func (s *Server) reconfigure(c *connector, config kafkaconnect.Config, plugin *Plugin) {
	c.trace = ""
	if maps.Equal(c.config, config) {
		return
	}
	old, oldTasks := c.status(), c.tasks
	c.config, c.plugin = config, plugin
	if c.target != kafkaconnect.StateRunning {
		return
	}
	s.startTasks(c)
	c.pass(s.lag, old)
	if s.lag > 0 {
		c.passingTasks = [][]task{oldTasks}
	}
}

// setTarget pauses, resumes or stops. The instance changes before its tasks do.
func (s *Server) setTarget(c *connector, target kafkaconnect.State) {
	before := c.target
	if before == target {
		return
	}
	c.target = target
	between := c.status()
	switch {
	case target == kafkaconnect.StateStopped:
		c.trace, c.tasks = "", nil
	case target == kafkaconnect.StateRunning && c.outdated():
		s.startTasks(c)
	default:
		c.tasks = slices.Clone(c.tasks)
		for i := range c.tasks {
			if c.tasks[i].state != kafkaconnect.StateFailed {
				c.tasks[i].state = target
			}
		}
	}
	c.pass(s.lag, between)
}

// outdated reports whether the tasks don't match the configuration.
func (c *connector) outdated() bool {
	return len(c.tasks) != c.plugin.tasks(c.config) ||
		len(c.tasks) > 0 && !maps.Equal(c.tasks[0].config, c.config)
}

// restartParts restarts the instance and, with includeTasks, the tasks; with
// onlyFailed, only the failed ones of these. It returns the status during the
// restart, in which a restarting task still has the trace of its failure.
func (s *Server) restartParts(c *connector, includeTasks, onlyFailed bool) *kafkaconnect.Status {
	during := c.status()
	if !onlyFailed || c.trace != "" {
		during.Connector.State = kafkaconnect.StateRestarting
		c.trace = ""
	}
	c.tasks = slices.Clone(c.tasks)
	for i := range c.tasks {
		if !includeTasks || onlyFailed && c.tasks[i].state != kafkaconnect.StateFailed {
			continue
		}
		during.Tasks[i].State = kafkaconnect.StateRestarting
		c.tasks[i] = s.startedTask(c)
	}
	return during
}

// pass makes reads show transitional statuses first, each for lag reads.
func (c *connector) pass(lag int, statuses ...*kafkaconnect.Status) {
	c.passing = nil
	for _, status := range statuses {
		for range lag {
			c.passing = append(c.passing, status)
		}
	}
}

// readStatus returns what the next read shows; nil is none (404).
func (c *connector) readStatus() *kafkaconnect.Status {
	if len(c.passing) == 0 {
		return c.status()
	}
	status := c.passing[0]
	c.passing = c.passing[1:]
	return status
}

// readTasks returns what the next read of …/tasks shows.
func (c *connector) readTasks() []task {
	if len(c.passingTasks) == 0 {
		return c.tasks
	}
	tasks := c.passingTasks[0]
	c.passingTasks = c.passingTasks[1:]
	return tasks
}

// status is the current state.
func (c *connector) status() *kafkaconnect.Status {
	version := c.plugin.shownVersion
	status := &kafkaconnect.Status{
		Name:      c.name,
		Type:      c.plugin.Type,
		Connector: kafkaconnect.ConnectorStatus{State: c.target, WorkerID: workerID, Trace: c.trace, Version: version},
		Tasks:     []kafkaconnect.TaskStatus{},
	}
	if c.trace != "" {
		status.Connector.State = kafkaconnect.StateFailed
	}
	for i, t := range c.tasks {
		status.Tasks = append(status.Tasks, kafkaconnect.TaskStatus{
			ID: i, State: t.state, WorkerID: workerID, Trace: t.trace, Version: version,
		})
	}
	return status
}

// gone is what is still shown of a connector that was just deleted.
func (c *connector) gone() *kafkaconnect.Status {
	status := c.status()
	status.Type = "unknown"
	if c.target != kafkaconnect.StateStopped {
		status.Connector.State = kafkaconnect.StateUnassigned
	}
	return status
}

func (s *Server) infoOf(c *connector) map[string]any {
	tasks := []kafkaconnect.TaskID{}
	for i := range c.tasks {
		tasks = append(tasks, kafkaconnect.TaskID{Connector: c.name, Task: i})
	}
	return map[string]any{"name": c.name, "config": s.shown(c.plugin, c.config), "tasks": tasks, "type": c.plugin.Type}
}
