package connector

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// PrivateStateKey is the framework's key for the private state.
const PrivateStateKey = "connector"

// privateState is the framework's private state of a request or response.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func loadPrivateState(ctx context.Context, p privateState, diags *diag.Diagnostics) translate.PrivateState {
	text, d := p.GetKey(ctx, PrivateStateKey)
	diags.Append(d...)
	private, err := translate.ParsePrivateState(text)
	if err != nil {
		diags.AddError("Unreadable private state", err.Error()+". This is a bug in the provider; please report it.")
	}
	return private
}

// hasPrivateState is false for a resource that Terraform deletes as tainted,
// and for a state that was moved or written by hand.
func hasPrivateState(ctx context.Context, p privateState) bool {
	text, _ := p.GetKey(ctx, PrivateStateKey)
	return len(text) > 0
}

func storePrivateState(ctx context.Context, p privateState, private translate.PrivateState) diag.Diagnostics {
	return p.SetKey(ctx, PrivateStateKey, private.Bytes())
}
