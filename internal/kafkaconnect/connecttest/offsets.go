package connecttest

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func (s *Server) getOffsets(_ Request, names []string) answer {
	if s.connectors[names[0]] == nil {
		return notFound(names[0])
	}
	offsets := s.offsets[names[0]]
	if offsets == nil {
		offsets = []kafkaconnect.Offset{}
	}
	return ok(kafkaconnect.Offsets{Offsets: offsets})
}

// alterOffsets answers PATCH …/offsets. No Debezium connector checks what it is
// given, so neither does this.
func (s *Server) alterOffsets(r Request, names []string) answer {
	var body kafkaconnect.Offsets
	if err := json.Unmarshal(r.Body, &body); err != nil {
		return failure(http.StatusInternalServerError, "Cannot construct instance of `java.util.LinkedHashMap`: "+err.Error())
	}
	if len(body.Offsets) == 0 {
		return failure(http.StatusBadRequest, "Partitions / offsets need to be provided for an alter offsets request")
	}
	if refused := s.needsStopped(names[0]); refused != nil {
		return *refused
	}
	for _, offset := range body.Offsets {
		s.alterOffset(names[0], offset)
	}
	s.commitLate(names[0])
	return offsetsDone("altered")
}

func (s *Server) resetOffsets(_ Request, names []string) answer {
	if refused := s.needsStopped(names[0]); refused != nil {
		return *refused
	}
	delete(s.offsets, names[0])
	s.commitLate(names[0])
	return offsetsDone("reset")
}

// commitLate is the last commit of a task that ends only now.
func (s *Server) commitLate(name string) {
	for _, offset := range s.late[name] {
		s.alterOffset(name, offset)
	}
	delete(s.late, name)
}

func (s *Server) needsStopped(name string) *answer {
	c := s.connectors[name]
	switch {
	case c == nil:
		return new(notFound(name))
	case c.target != kafkaconnect.StateStopped:
		return new(failure(http.StatusBadRequest, "Connectors must be in the STOPPED state before their offsets can be modified. "+
			"This can be done for the specified connector by issuing a 'PUT' request to the '/connectors/"+name+"/stop' endpoint"))
	}
	return nil
}

func offsetsDone(verb string) answer {
	return ok(map[string]string{"message": "The Connect framework-managed offsets for this connector have been " + verb +
		" successfully. However, if this connector manages offsets externally, they will need to be manually " + verb +
		" in the system that the connector uses."})
}

// alterOffset sets a partition's offset; without one it removes the partition.
func (s *Server) alterOffset(name string, offset kafkaconnect.Offset) {
	var kept []kafkaconnect.Offset
	for _, o := range s.offsets[name] {
		if canonical(o.Partition) != canonical(offset.Partition) {
			kept = append(kept, o)
		}
	}
	if len(offset.Offset) > 0 && !bytes.Equal(offset.Offset, []byte("null")) {
		kept = append(kept, offset)
	}
	s.offsets[name] = kept
}

// canonical returns a JSON text without spaces and with sorted keys.
func canonical(text json.RawMessage) string {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return string(text)
	}
	sorted, err := json.Marshal(value)
	if err != nil {
		return string(text)
	}
	return string(sorted)
}

func (s *Server) getTopics(_ Request, names []string) answer {
	topics := s.topics[names[0]]
	if topics == nil {
		topics = []string{}
	}
	return ok(map[string]kafkaconnect.Topics{names[0]: {Topics: topics}})
}

func (s *Server) resetTopics(_ Request, names []string) answer {
	delete(s.topics, names[0])
	return answer{status: http.StatusAccepted}
}
