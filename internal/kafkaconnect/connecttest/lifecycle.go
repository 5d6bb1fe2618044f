package connecttest

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func (s *Server) pause(_ Request, names []string) answer {
	return s.target(names[0], kafkaconnect.StatePaused, http.StatusAccepted)
}

func (s *Server) resume(_ Request, names []string) answer {
	return s.target(names[0], kafkaconnect.StateRunning, http.StatusAccepted)
}

func (s *Server) stop(_ Request, names []string) answer {
	return s.target(names[0], kafkaconnect.StateStopped, http.StatusNoContent)
}

func (s *Server) target(name string, target kafkaconnect.State, status int) answer {
	c := s.connectors[name]
	if c == nil {
		return failure(http.StatusNotFound, "Unknown connector "+name)
	}
	s.setTarget(c, target)
	return answer{status: status}
}

// restart answers POST …/restart. Without flags (and always before Kafka
// Connect 3.0) it restarts the instance before it returns 204; with one it
// returns 202 with the status during the restart.
func (s *Server) restart(r Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return failure(http.StatusNotFound, "Unknown connector: "+names[0])
	}
	includeTasks, onlyFailed := isTrue(r, "includeTasks"), isTrue(r, "onlyFailed")
	if !includeTasks && !onlyFailed || !s.since(3, 0) {
		s.restartParts(c, false, false)
		return answer{status: http.StatusNoContent}
	}
	during := s.restartParts(c, includeTasks, onlyFailed)
	c.pass(s.lag, during)
	return answer{status: http.StatusAccepted, body: during}
}

// isTrue parses a flag like Java's Boolean.parseBoolean.
func isTrue(r Request, flag string) bool {
	return strings.EqualFold(r.Query.Get(flag), "true")
}

// restartTask answers POST …/tasks/{id}/restart: the task has been restarted by
// the time it answers.
func (s *Server) restartTask(_ Request, names []string) answer {
	c := s.connectors[names[0]]
	if c == nil {
		return failure(http.StatusNotFound, "Unknown connector: "+names[0])
	}
	id, err := strconv.Atoi(names[1])
	if err != nil || id >= len(c.tasks) {
		return failure(http.StatusNotFound, "Unknown task: "+names[0]+"-"+names[1])
	}
	c.tasks[id] = s.startedTask(c)
	return answer{status: http.StatusNoContent}
}
