package signal

import (
	"bytes"
	"encoding/json"
)

// The snapshot types, as Debezium names them.
const (
	Incremental = "incremental"
	Blocking    = "blocking"
)

// Snapshot is a signal that requests a snapshot.
type Snapshot struct {
	Blocking     bool
	Tables       []string // full names, or regular expressions that match them
	Conditions   []Condition
	SurrogateKey string // the column to chunk by instead of the primary key
}

// Condition limits the rows of a table: by the condition of a WHERE clause or,
// for a blocking snapshot, by a complete SELECT.
type Condition struct {
	Table  string `json:"data-collection"`
	Filter string `json:"filter"`
}

// Type returns Debezium's name for the snapshot type.
func (s Snapshot) Type() string {
	if s.Blocking {
		return Blocking
	}
	return Incremental
}

// Value returns the signal as a record value.
func (s Snapshot) Value(id string) ([]byte, error) {
	type data struct {
		Type         string      `json:"type"`
		Tables       []string    `json:"data-collections"`
		Conditions   []Condition `json:"additional-conditions,omitempty"`
		SurrogateKey string      `json:"surrogate-key,omitempty"`
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // a worker's log shows it
	err := encoder.Encode(struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		Data data   `json:"data"`
	}{id, "execute-snapshot", data{s.Type(), s.Tables, s.Conditions, s.SurrogateKey}})
	return bytes.TrimSpace(b.Bytes()), err
}
