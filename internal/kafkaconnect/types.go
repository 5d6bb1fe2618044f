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

// UnmarshalJSON takes what older workers stored as well: a null is a key
// without a value, so none, and a number or bool is its text.
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

// State is what Kafka Connect reports of a connector or of a task. A restart
// passes through RESTARTING; a task that no worker runs is UNASSIGNED.
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

// ServerInfo answers GET /.
type ServerInfo struct {
	Version        string `json:"version"`
	Commit         string `json:"commit"`
	KafkaClusterID string `json:"kafka_cluster_id"`
}

// TaskID names a task within the cluster.
type TaskID struct {
	Connector string `json:"connector"`
	Task      int    `json:"task"`
}

// Info answers GET /connectors/{name} and the "info" half of the listing.
// Type is "source", "sink" or "unknown" (while a connector is being deleted).
type Info struct {
	Name   string   `json:"name"`
	Config Config   `json:"config"`
	Tasks  []TaskID `json:"tasks"`
	Type   string   `json:"type"`
}

// missing tells an answer of another server's, {} above all.
func (i *Info) missing() error {
	if i.Name == "" || i.Config == nil {
		return errors.New("it has no name or no config")
	}
	return nil
}

// Status answers GET /connectors/{name}/status. It lags behind writes: right
// after a creation it may be missing (404), after an update it may still tell
// of the previous generation.
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

// Task answers one entry of GET /connectors/{name}/tasks. Its configuration
// is the generation that the task runs, with secrets in plain text: never log it.
type Task struct {
	ID     TaskID `json:"id"`
	Config Config `json:"config"`
}

// Connector is one entry of GET /connectors?expand=info&expand=status. Either
// half is nil when the worker left it out (a connector deleted meanwhile, or
// one whose status has not arrived).
type Connector struct {
	Info   *Info   `json:"info"`
	Status *Status `json:"status"`
}

// CreateRequest is the body of POST /connectors. InitialState is empty for
// running (and then not sent); it needs Kafka Connect 3.7 (KIP-980).
type CreateRequest struct {
	Name         string `json:"name"`
	Config       Config `json:"config"`
	InitialState State  `json:"initial_state,omitempty"`
}

// Offsets is the answer of GET /connectors/{name}/offsets and the body of
// PATCH. Partition and offset are the connector's own JSON, kept as sent so
// that no number loses digits.
type Offsets struct {
	Offsets []Offset `json:"offsets"`
}

// Offset is one partition's offset; a null offset in a PATCH removes the partition.
type Offset struct {
	Partition json.RawMessage `json:"partition"`
	Offset    json.RawMessage `json:"offset"`
}

// Plugin is one entry of GET /connector-plugins. Version is the plugin's own,
// "3.5.0.Final" for Debezium; one class may appear once per version (KIP-891).
type Plugin struct {
	Class   string `json:"class"`
	Type    string `json:"type"`
	Version string `json:"version"`
}

// ConfigKeyInfo is a property's definition in GET /connector-plugins/{class}/config
// and in a validation. Default is nil where there is none.
type ConfigKeyInfo struct {
	Name          string   `json:"name"`
	Type          string   `json:"type"`
	Required      bool     `json:"required"`
	Default       *string  `json:"default_value"`
	Importance    string   `json:"importance"`
	Documentation string   `json:"documentation"`
	Group         string   `json:"group"`
	Width         string   `json:"width"`
	DisplayName   string   `json:"display_name"`
	Dependents    []string `json:"dependents"`
	Order         int      `json:"order"`
}

// ConfigInfos answers PUT /connector-plugins/{class}/config/validate.
type ConfigInfos struct {
	Name       string       `json:"name"`
	ErrorCount int          `json:"error_count"`
	Groups     []string     `json:"groups"`
	Configs    []ConfigInfo `json:"configs"`
}

// ConfigInfo is the verdict on one property. Both halves may be null:
// Debezium 3.5 and 3.6 list deprecated aliases without a value.
type ConfigInfo struct {
	Definition *ConfigKeyInfo   `json:"definition"`
	Value      *ConfigValueInfo `json:"value"`
}

// ConfigValueInfo carries the messages and the allowed values of a property.
// Value is always null for Debezium's own properties.
type ConfigValueInfo struct {
	Name              string   `json:"name"`
	Value             *string  `json:"value"`
	RecommendedValues []string `json:"recommended_values"`
	Errors            []string `json:"errors"`
	Visible           bool     `json:"visible"`
}

// Topics answers GET /connectors/{name}/topics: those that the connector has
// written to since its creation or the last reset.
type Topics struct {
	Topics []string `json:"topics"`
}

// Health answers GET /health (Kafka Connect 3.9). Status is "healthy",
// "starting" or "unhealthy".
type Health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}
