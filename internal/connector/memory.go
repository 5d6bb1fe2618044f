package connector

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// memory is what private state remembers of a connector beside its state. It
// holds no secret: names of secret properties at most.
type memory struct {
	// Texts are the server's own texts of values that mean what the
	// attributes say ("b, a" for a set), by property. They are sent back, so
	// that an import never rewrites a list.
	Texts map[string]string `json:"texts,omitempty"`
	// Defaults are the creation defaults that were derived, by property.
	Defaults map[string]string `json:"defaults,omitempty"`
	// ServerKeys are properties that the server added to what was sent, or
	// kept though they were removed. They aren't drift.
	ServerKeys []string `json:"server_keys,omitempty"`
	// WriteOnly are the properties that config_wo sent, so that a read
	// doesn't take them for drift and a new version removes what it no
	// longer has.
	WriteOnly []string `json:"write_only,omitempty"`
	// State is the desired state that was applied last, which tells a pause
	// made by hand from one that the configuration asks for.
	State string `json:"state,omitempty"`
	// Disputed says that the last failure came from another client of the
	// same slot or server id: a restart would only take turns with it.
	Disputed bool `json:"disputed,omitempty"`
}

const memoryKey = "connector"

// private is the framework's private state of a request or response.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// recall reads the memory; an empty one where there is none, as in a resource
// whose state was moved or written by hand.
func recall(ctx context.Context, p private) (memory, diag.Diagnostics) {
	var m memory
	text, diags := p.GetKey(ctx, memoryKey)
	if diags.HasError() || len(text) == 0 {
		return m, diags
	}
	if err := json.Unmarshal(text, &m); err != nil {
		diags.AddError("Unreadable private state", fmt.Sprintf(
			"The private state of the connector can't be read: %s. This is a bug in the provider; please report it.", err))
	}
	return m, diags
}

func (m memory) store(ctx context.Context, p private) diag.Diagnostics {
	text, err := json.Marshal(m)
	if err != nil {
		// Maps and slices of strings can't fail to marshal.
		panic(err)
	}
	return p.SetKey(ctx, memoryKey, text)
}
