package translate

import (
	"encoding/json"
	"fmt"
)

// PrivateState is what is remembered of a connector beside its state. It holds
// no secret: names of secret properties at most.
type PrivateState struct {
	// ServerSpellings are the server's own texts of values that mean what the
	// attributes say ("a, b" for a list), by property. They are sent back, so
	// that an import never rewrites a list.
	ServerSpellings map[string]string `json:"texts,omitempty"`
	// CreationDefaults are the creation defaults that were derived, by property.
	CreationDefaults map[string]string `json:"defaults,omitempty"`
	// ServerKeys are properties that the server added to what was sent, or
	// kept though they were removed. They aren't drift.
	ServerKeys []string `json:"server_keys,omitempty"`
	// WriteOnly are the properties that config_wo sent, so that a read
	// doesn't take them for drift and a new version removes what it no
	// longer has.
	WriteOnly []string `json:"write_only,omitempty"`
	// DesiredState is the desired state that was applied last, which tells a
	// pause made by hand from one that the configuration asks for.
	DesiredState string `json:"state,omitempty"`
	// Conflict says that the last failure came from another client of the
	// same slot or server id: after a restart they would keep disconnecting
	// each other.
	Conflict bool `json:"disputed,omitempty"`
	// FirstStartFailed says that the creation ended with an error, for which
	// Terraform taints the resource, and that the connector hasn't been seen
	// running since.
	FirstStartFailed bool `json:"first_start_failed,omitempty"`
	// Adopted is set from an import or a move until the read after the next:
	// a connector comes under Terraform as it is, and healing it is the next
	// plan's.
	Adopted Adoption `json:"adopted,omitempty"`
}

// Adoption says how far a connector that was imported or moved has come. Read
// and plan follow both in the same run and are told apart by nothing else.
type Adoption string

// A connector is adopted, then read in the same run, then read in a later one.
const (
	JustAdopted Adoption = "now"
	InFirstPlan Adoption = "read"
)

// Next is what comes of it by a read.
func (a Adoption) Next() Adoption {
	if a == JustAdopted {
		return InFirstPlan
	}
	return ""
}

// ParsePrivateState reads what Bytes wrote; nothing gives an empty one, as in a
// resource whose state was moved or written by hand.
func ParsePrivateState(text []byte) (PrivateState, error) {
	var p PrivateState
	if len(text) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("the private state of the connector can't be read: %w", err)
	}
	return p, nil
}

// Bytes is the private state as it is stored.
func (p PrivateState) Bytes() []byte {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // maps and slices of strings can't fail to marshal
	}
	return text
}
