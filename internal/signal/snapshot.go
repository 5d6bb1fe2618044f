package signal

import (
	"bytes"
	"encoding/json"
)

// The types of snapshots, as Debezium names them.
const (
	Incremental = "incremental"
	Blocking    = "blocking"
)

// Snapshot is the signal that asks for one.
type Snapshot struct {
	Blocking     bool
	Tables       []string // names in full, or regular expressions of them
	Conditions   []Condition
	SurrogateKey string // the column to go along instead of the primary key
}

// Condition bounds the rows of a table: by a WHERE clause's condition, or, for
// a blocking snapshot, by a whole SELECT.
type Condition struct {
	Table  string `json:"data-collection"`
	Filter string `json:"filter"`
}

// Type is Debezium's word for the kind of snapshot.
func (s Snapshot) Type() string {
	if s.Blocking {
		return Blocking
	}
	return Incremental
}

// Value is the signal as a record's value.
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
