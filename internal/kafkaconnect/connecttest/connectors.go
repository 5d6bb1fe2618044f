package connecttest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func notFound(name string) answer {
	return failure(http.StatusNotFound, "Connector "+name+" not found")
}

func noStatus(name string) answer {
	return failure(http.StatusNotFound, "No status found for connector "+name)
}

// list answers GET /connectors: names, or with expand an object by name. A
// connector without a status is left out if statuses are requested.
func (s *Server) list(r Request, _ []string) answer {
	expand := r.Query["expand"]
	if len(expand) == 0 || !s.since(2, 3) {
		return ok(slices.Sorted(maps.Keys(s.connectors)))
	}
	listing := map[string]map[string]any{}
	for name, c := range s.connectors {
		entry := map[string]any{}
		if slices.Contains(expand, "info") {
			entry["info"] = s.infoOf(c)
		}
		if slices.Contains(expand, "status") {
			status := c.readStatus()
			if status == nil {
				continue
			}
			entry["status"] = status
		}
		listing[name] = entry
	}
	return ok(listing)
}

// create answers POST /connectors. It validates the configuration before
// checking whether the name exists.
func (s *Server) create(r Request, _ []string) answer {
	var request kafkaconnect.CreateRequest
	if refused := s.decodeCreate(r.Body, &request); refused != nil {
		return *refused
	}
	// Like Java's String.trim: everything up to the space.
	name := strings.TrimFunc(request.Name, func(r rune) bool { return r <= ' ' })
	config := maps.Clone(request.Config)
	if refused := setName(config, name); refused != nil {
		return *refused
	}
	plugin, refused := s.judge(config)
	if refused != nil {
		return *refused
	}
	if s.connectors[name] != nil {
		return failure(http.StatusConflict, "Connector "+name+" already exists")
	}
	target := request.InitialState
	if target == "" {
		target = kafkaconnect.StateRunning
	}
	return s.created(&connector{name: name, config: config, plugin: plugin, target: target})
}

func (s *Server) created(c *connector) answer {
	s.connectors[c.name] = c
	delete(s.deleted, c.name)
	body := s.infoOf(c) // before the tasks exist
	s.begin(c)
	return answer{status: http.StatusCreated, body: body, location: s.URL + "/connectors/" + url.PathEscape(c.name)}
}

// decodeCreate decodes a CreateConnectorRequest. What it can't decode is a 500
// with Jackson's message, which lists every field that it knows.
func (s *Server) decodeCreate(body []byte, request *kafkaconnect.CreateRequest) *answer {
	const class = "org.apache.kafka.connect.runtime.rest.entities.CreateConnectorRequest"
	known := []string{"config", "name"}
	if s.since(3, 7) {
		known = append(known, "initial_state")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return new(failure(http.StatusInternalServerError, "Unrecognized token: "+err.Error()))
	}
	for field := range fields {
		if !slices.Contains(known, field) {
			return new(failure(http.StatusInternalServerError, fmt.Sprintf(
				"Unrecognized field %q (class %s), not marked as ignorable (%d known properties: \"%s\"])", field, class, len(known), strings.Join(known, `", "`))))
		}
	}
	if err := json.Unmarshal(body, request); err != nil {
		return new(failure(http.StatusInternalServerError, "Cannot deserialize value: "+err.Error()))
	}
	request.InitialState = kafkaconnect.State(strings.ToUpper(string(request.InitialState)))
	switch request.InitialState {
	case "", kafkaconnect.StateRunning, kafkaconnect.StatePaused, kafkaconnect.StateStopped:
	default:
		return new(failure(http.StatusInternalServerError, fmt.Sprintf(
			"Cannot construct instance of `%s$InitialState`, problem: No enum constant %s.InitialState.%s", class, class, request.InitialState)))
	}
	if request.Config == nil {
		return new(failure(http.StatusInternalServerError, `Cannot invoke "java.util.Map.get(Object)" because "connectorConfig" is null`))
	}
	return nil
}

// setName adds the name to the configuration, as Kafka Connect does.
func setName(config kafkaconnect.Config, name string) *answer {
	if given, present := config["name"]; present && given != name {
		return new(failure(http.StatusBadRequest, fmt.Sprintf(
			"Connector name configuration (%s) doesn't match connector name in the URL (%s)", given, name)))
	}
	config["name"] = name
	return nil
}

func (s *Server) get(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return notFound(names[0])
	}
	return ok(s.infoOf(c))
}

func (s *Server) getConfig(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return notFound(names[0])
	}
	return ok(s.shown(c.plugin, c.config))
}

// putConfig answers PUT …/config, which creates a missing connector.
func (s *Server) putConfig(r Request, names []string) answer {
	config, refused := decodeConfig(r.Body)
	if refused == nil {
		refused = setName(config, names[0])
	}
	if refused != nil {
		return *refused
	}
	return s.put(names[0], config)
}

// patchConfig answers PATCH …/config: a merge in which null removes a key. It
// doesn't compare the name.
func (s *Server) patchConfig(r Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return notFound(names[0])
	}
	var patch map[string]*string
	if err := json.Unmarshal(r.Body, &patch); err != nil {
		return notAConfig(err)
	}
	config := maps.Clone(c.config)
	for key, value := range patch {
		if value == nil {
			delete(config, key)
		} else {
			config[key] = *value
		}
	}
	return s.put(c.name, config)
}

func (s *Server) put(name string, config kafkaconnect.Config) answer {
	plugin, refused := s.judge(config)
	if refused != nil {
		return *refused
	}
	c := s.connectors[name]
	if c == nil {
		return s.created(&connector{name: name, config: config, plugin: plugin, target: kafkaconnect.StateRunning})
	}
	s.reconfigure(c, config, plugin)
	return ok(s.infoOf(c))
}

// decodeConfig decodes a configuration. Like Jackson, it accepts numbers and
// booleans as text.
func decodeConfig(body []byte) (kafkaconnect.Config, *answer) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(body, &values); err != nil {
		return nil, new(notAConfig(err))
	}
	config := kafkaconnect.Config{}
	for key, value := range values {
		text := string(value)
		switch text[0] {
		case 'n': // null: as if it were absent
			continue
		case '"':
			_ = json.Unmarshal(value, &text)
		case '{', '[':
			return nil, new(notAConfig(fmt.Errorf("%s of %s", text, key)))
		}
		config[key] = text
	}
	return config, nil
}

func notAConfig(err error) answer {
	return failure(http.StatusInternalServerError,
		"Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>`: "+err.Error())
}

// delete answers DELETE: the offsets stay for a later connector with that name.
func (s *Server) delete(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return notFound(names[0])
	}
	s.remove(c)
	return answer{status: http.StatusNoContent}
}

func (s *Server) remove(c *connector) {
	delete(s.connectors, c.name)
	delete(s.topics, c.name)
	s.deleted[c.name] = slices.Repeat([]*kafkaconnect.Status{c.gone()}, s.lag)
}

func (s *Server) getStatus(_ Request, names []string) answer {
	status := s.readStatus(names[0])
	if status == nil {
		return noStatus(names[0])
	}
	return ok(status)
}

func (s *Server) readStatus(name string) *kafkaconnect.Status {
	if c := s.connectors[name]; c != nil {
		return c.readStatus()
	}
	if left := s.deleted[name]; len(left) > 0 {
		s.deleted[name] = left[1:]
		return left[0]
	}
	return nil
}

func (s *Server) getTasks(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return notFound(names[0])
	}
	tasks := []kafkaconnect.Task{}
	for i, t := range c.readTasks() {
		config := s.shown(c.plugin, t.config)
		config["task.class"] = c.plugin.Class + "Task"
		tasks = append(tasks, kafkaconnect.Task{ID: kafkaconnect.TaskID{Connector: c.name, Task: i}, Config: config})
	}
	return ok(tasks)
}

func (s *Server) getTaskStatus(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if id, err := strconv.Atoi(names[1]); c != nil && err == nil && id < len(c.tasks) {
		return ok(c.status().Tasks[id])
	}
	return failure(http.StatusNotFound, "No status found for task "+names[0]+"-"+names[1])
}
