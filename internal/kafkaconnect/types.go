package kafkaconnect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Config is a connector's flat configuration. Kafka Connect stores every
// value as a string; a key is never present without a value.
type Config map[string]string

// UnmarshalJSON also accepts what older workers stored: a null is a key without
// a value, so it is dropped, and a number or bool becomes its text.
func (c *Config) UnmarshalJSON(data []byte) error {
	var raw map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&raw); err != nil {
		return err
	}
	*c = make(Config, len(raw))
	for key, value := range raw {
		switch value := value.(type) {
		case nil:
		case string, json.Number, bool:
			(*c)[key] = fmt.Sprint(value)
		default:
			return fmt.Errorf("the value of %q is neither a text nor a number nor a bool", key)
		}
	}
	return nil
}

// State is what Kafka Connect reports for a connector or task. A restart passes
// through RESTARTING; a task that no worker runs is UNASSIGNED.
type State string

// The states of Kafka Connect (AbstractStatus.State). STOPPED exists since 3.5.
const (
	StateRunning    State = "RUNNING"
	StatePaused     State = "PAUSED"
	StateStopped    State = "STOPPED"
	StateFailed     State = "FAILED"
	StateUnassigned State = "UNASSIGNED"
	StateRestarting State = "RESTARTING"
)

// ServerInfo is the response to GET /.
type ServerInfo struct {
	Version        string `json:"version"`
	Commit         string `json:"commit"`
	KafkaClusterID string `json:"kafka_cluster_id"`
}

// TaskID identifies a task within the cluster.
type TaskID struct {
	Connector string `json:"connector"`
	Task      int    `json:"task"`
}

// Info is the response to GET /connectors/{name} and "info" in the listing.
// Type is "source", "sink" or "unknown" (while a connector is being deleted).
type Info struct {
	Name   string   `json:"name"`
	Config Config   `json:"config"`
	Tasks  []TaskID `json:"tasks"`
	Type   string   `json:"type"`
}

// missing rejects another server's response, such as {}.
func (i *Info) missing() error {
	if i.Name == "" || i.Config == nil {
		return errors.New("it has no name or no config")
	}
	return nil
}

// Status is the response to GET /connectors/{name}/status. It lags behind
// writes: right after a create it may be missing (404), after an update it may
// still show the previous generation.
type Status struct {
	Name      string          `json:"name"`
	Connector ConnectorStatus `json:"connector"`
	Tasks     []TaskStatus    `json:"tasks"`
	Type      string          `json:"type"`
}

// ConnectorStatus is the state of the connector instance itself. RUNNING says
// nothing about its tasks.
type ConnectorStatus struct {
	State    State  `json:"state"`
	WorkerID string `json:"worker_id"`
	Trace    string `json:"trace,omitempty"`
	Version  string `json:"version,omitempty"`
}

// TaskStatus is the state of one task; Trace is a Java stack trace.
type TaskStatus struct {
	ID       int    `json:"id"`
	State    State  `json:"state"`
	WorkerID string `json:"worker_id"`
	Trace    string `json:"trace,omitempty"`
	Version  string `json:"version,omitempty"`
}

// Task is one entry of GET /connectors/{name}/tasks. Its configuration is the
// generation that the task runs, with secrets in plain text: never log it.
type Task struct {
	ID     TaskID `json:"id"`
	Config Config `json:"config"`
}

// Connector is one entry of GET /connectors?expand=info&expand=status. Either
// half is nil if the worker left it out (a connector deleted in the meantime,
// or one whose status hasn't arrived).
type Connector struct {
	Info   *Info   `json:"info"`
	Status *Status `json:"status"`
}

// CreateRequest is the body of POST /connectors. InitialState is empty for
// running (and then not sent); it requires Kafka Connect 3.7 (KIP-980).
type CreateRequest struct {
	Name         string `json:"name"`
	Config       Config `json:"config"`
	InitialState State  `json:"initial_state,omitempty"`
}

// Offsets is the response to GET /connectors/{name}/offsets and the body of
// PATCH. Partition and offset are the connector's own JSON, kept as sent so
// that numbers keep all their digits.
type Offsets struct {
	Offsets []Offset `json:"offsets"`
}

// Offset is one partition's offset; a null offset in a PATCH removes the partition.
type Offset struct {
	Partition json.RawMessage `json:"partition"`
	Offset    json.RawMessage `json:"offset"`
}

// Plugin is one entry of GET /connector-plugins. Version is the plugin's own,
// "3.5.0.Final" for Debezium; a class may appear once per version (KIP-891).
type Plugin struct {
	Class   string `json:"class"`
	Type    string `json:"type"`
	Version string `json:"version"`
}

// ConfigKeyInfo is what GET /connector-plugins/{class}/config returns for a
// property, without display-only fields. Default is nil if there is none.
type ConfigKeyInfo struct {
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	Required   bool    `json:"required"`
	Default    *string `json:"default_value"`
	Importance string  `json:"importance"`
}

// ConfigInfos is the response to PUT /connector-plugins/{class}/config/validate.
type ConfigInfos struct {
	ErrorCount int          `json:"error_count"`
	Configs    []ConfigInfo `json:"configs"`
}

// ConfigInfo is the verdict on one property, without the property's definition,
// which makes up most of the response. Value may be null: Debezium 3.5 and 3.6
// list deprecated aliases without one.
type ConfigInfo struct {
	Value *ConfigValueInfo `json:"value"`
}

// ConfigValueInfo has a property's messages and allowed values. Value is always
// null for Debezium's own properties.
type ConfigValueInfo struct {
	Name              string   `json:"name"`
	Value             *string  `json:"value"`
	RecommendedValues []string `json:"recommended_values"`
	Errors            []string `json:"errors"`
	Visible           bool     `json:"visible"`
}

// Topics is the response to GET /connectors/{name}/topics: those the connector
// has written to since its creation or the last reset.
type Topics struct {
	Topics []string `json:"topics"`
}

// Health is the response to GET /health (Kafka Connect 3.9). Status is
// "healthy", "starting" or "unhealthy".
type Health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}
