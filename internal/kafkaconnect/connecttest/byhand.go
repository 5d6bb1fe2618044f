package connecttest

import (
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// The following change the cluster behind the back of the code under test: no
// request is recorded, nothing is validated, and the change is visible at once.

func (s *Server) change(name string, do func(c *connector)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.connectors[name]
	if c == nil {
		panic(fmt.Sprintf("the worker has no connector %q", name))
	}
	s.remember(name)
	do(c)
	c.passing, c.passingTasks = nil, nil
}

// AddConnector adds a connector in a state, or replaces it; its plugin must be
// installed. "" means running.
func (s *Server) AddConnector(name string, config kafkaconnect.Config, state kafkaconnect.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	config = maps.Clone(config)
	config["name"] = name
	if state == "" {
		state = kafkaconnect.StateRunning
	}
	s.remember(name)
	c := &connector{name: name, config: config, plugin: s.pluginOf(config), target: state}
	s.connectors[name] = c
	delete(s.deleted, name)
	s.begin(c)
	c.passing = nil
}

func (s *Server) pluginOf(config kafkaconnect.Config) *Plugin {
	installed := s.installed(config["connector.class"])
	if len(installed) == 0 {
		panic(fmt.Sprintf("the worker has no plugin %q", config["connector.class"]))
	}
	plugin, _ := pick(installed, config["connector.plugin.version"])
	return plugin
}

// SetConfig replaces a connector's configuration.
func (s *Server) SetConfig(name string, config kafkaconnect.Config) {
	s.change(name, func(c *connector) {
		config = maps.Clone(config)
		config["name"] = name
		s.reconfigure(c, config, s.pluginOf(config))
	})
}

// SetState pauses, resumes or stops a connector.
func (s *Server) SetState(name string, state kafkaconnect.State) {
	s.change(name, func(c *connector) { s.setTarget(c, state) })
}

// FailTask makes a task FAILED with a trace until it is restarted.
func (s *Server) FailTask(name string, id int, trace string) {
	s.change(name, func(c *connector) {
		c.tasks = slices.Clone(c.tasks)
		c.tasks[id].state, c.tasks[id].trace = kafkaconnect.StateFailed, trace
	})
}

// FailConnector makes the connector instance FAILED with a trace until it is
// restarted.
func (s *Server) FailConnector(name, trace string) {
	s.change(name, func(c *connector) { c.trace = trace })
}

// Remove deletes a connector, if it exists.
func (s *Server) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.connectors[name]; c != nil {
		s.remember(name)
		s.remove(c)
		delete(s.deleted, name)
	}
}

// SetOffsets replaces the offsets stored under a name, whether or not a
// connector has it.
func (s *Server) SetOffsets(name string, offsets ...kafkaconnect.Offset) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offsets[name] = slices.Clone(offsets)
}

// CommitLate has a connector's task commit these offsets after the next change
// of its offsets: on a real cluster, a task may end after its connector is
// STOPPED and shows no tasks.
func (s *Server) CommitLate(name string, offsets ...kafkaconnect.Offset) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late[name] = slices.Clone(offsets)
}

// SetTopics sets the topics that a connector has written to.
func (s *Server) SetTopics(name string, topics ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.topics[name] = slices.Clone(topics)
}

// SetFile gives the worker a properties file, for references of the form
// ${file:path:key}. A file it doesn't have is an error from Kafka Connect.
func (s *Server) SetFile(path string, properties map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = maps.Clone(properties)
}

// MaskSecrets makes all responses show Mask in place of secrets, as some
// distributions of Kafka Connect do. What is sent is stored unchanged, even a
// mask.
func (s *Server) MaskSecrets(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.maskSecrets = on
}

// OnStart decides, whenever a task starts (creation, new configuration, resume
// after a stop, restart), whether it fails: with the returned trace, unless
// that is empty. It must not call the server.
func (s *Server) OnStart(trace func(name string, config kafkaconnect.Config) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onStart = trace
}

// ConnectionError decides what the validation's test of the database connection
// reports; empty is success. It must not call the server.
func (s *Server) ConnectionError(text func(config kafkaconnect.Config) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connectionError = text
}

// Config returns a connector's configuration as stored, including secrets.
func (s *Server) Config(name string) (config kafkaconnect.Config, exists bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.connectors[name]
	if c == nil {
		return nil, false
	}
	return maps.Clone(c.config), true
}

// State returns the state that a connector should be in: RUNNING, PAUSED or
// STOPPED; empty if it doesn't exist.
func (s *Server) State(name string) kafkaconnect.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.connectors[name]; c != nil {
		return c.target
	}
	return ""
}

// StoredOffsets returns the offsets under a name, which outlive its connector.
func (s *Server) StoredOffsets(name string) []kafkaconnect.Offset {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.offsets[name])
}

func unescape(segment string) string {
	if name, err := url.PathUnescape(segment); err == nil {
		return name
	}
	return segment
}
