package translate

import (
	"encoding/json"
	"fmt"
)

// PrivateState is what is remembered about a connector alongside its state. It
// holds no secrets, only names of secret properties.
type PrivateState struct {
	// ServerSpellings are the server's own strings for values that mean what
	// the attributes say ("a, b" for a list), by property. They are sent back,
	// so that an import never rewrites a list.
	ServerSpellings map[string]string `json:"texts,omitempty"`
	// CreationDefaults are the creation defaults that were derived, by property.
	CreationDefaults map[string]string `json:"defaults,omitempty"`
	// ServerKeys are properties that the server added to what was sent, or kept
	// though they were removed. They aren't drift.
	ServerKeys []string `json:"server_keys,omitempty"`
	// WriteOnly are the properties that config_wo sent, so that a read doesn't
	// take them for drift and a new version removes those it no longer has.
	WriteOnly []string `json:"write_only,omitempty"`
	// DesiredState is the last desired state applied, which tells a manual
	// pause from one that the configuration asks for.
	DesiredState string `json:"state,omitempty"`
	// Conflict reports whether the last failure came from another client of the
	// same slot or server ID: after a restart they would keep disconnecting
	// each other.
	Conflict bool `json:"disputed,omitempty"`
	// FirstStartFailed reports whether the create ended with an error, for
	// which Terraform taints the resource, and the connector hasn't been seen
	// running since.
	FirstStartFailed bool `json:"first_start_failed,omitempty"`
	// Adopted is set from an import or move until the second read after it: a
	// connector is taken over as it is, and repairing it is up to the next
	// plan.
	Adopted Adoption `json:"adopted,omitempty"`
}

// Adoption is how far an imported or moved connector has come. Its first read
// and plan are in the same run, and nothing else identifies them.
type Adoption string

// A connector is adopted, then read in the same run, then read in a later one.
const (
	JustAdopted Adoption = "now"
	InFirstPlan Adoption = "read"
)

// Next returns the adoption after a read.
func (a Adoption) Next() Adoption {
	if a == JustAdopted {
		return InFirstPlan
	}
	return ""
}

// ParsePrivateState parses what Bytes wrote; empty input gives an empty one, as
// for a resource whose state was moved or written by hand.
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

// Bytes is the private state in its stored form.
func (p PrivateState) Bytes() []byte {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // maps and slices of strings can't fail to marshal
	}
	return text
}
