package acctest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is one resource and what Terraform has stored of it. Each of its
// methods is a Terraform command with its own walk; its error is of type
// Diagnostics. It is for one goroutine.
type Resource struct {
	Type string
	// State is what Terraform has stored, or null.
	State tftypes.Value
	// Private is the provider's own part of what is stored.
	Private []byte
	// Tainted means that a creation failed halfway: the next apply replaces.
	Tainted bool
	// Diagnostics are those of the last command.
	Diagnostics Diagnostics

	terraform *Terraform
	schema    *tfprotov6.Schema
	identity  *tfprotov6.ResourceIdentityData // nil if Terraform keeps none
}

// Plan refreshes the state and plans a configuration; nil means destroy.
func (r *Resource) Plan(ctx context.Context, configuration Block) (p *Plan, err error) {
	err = r.walk(ctx, func(w *Walk) (diags Diagnostics) {
		p, diags = w.Plan(ctx, r, configuration)
		return diags
	})
	return p, err
}

// Apply carries out a plan.
func (r *Resource) Apply(ctx context.Context, p *Plan) error {
	if p.Empty() {
		r.Diagnostics = nil
		return nil
	}
	return r.walk(ctx, func(w *Walk) Diagnostics { return w.Apply(ctx, r, p) })
}

// Refresh reads the resource.
func (r *Resource) Refresh(ctx context.Context) error {
	return r.walk(ctx, func(w *Walk) Diagnostics { return w.Refresh(ctx, r) })
}

// Import reads an existing object into the state.
func (r *Resource) Import(ctx context.Context, id string) error {
	return r.walk(ctx, func(w *Walk) Diagnostics { return w.Import(ctx, r, id) })
}

// Run plans and applies a configuration; nil destroys.
func (r *Resource) Run(ctx context.Context, configuration Block) error {
	p, err := r.Plan(ctx, configuration)
	if err != nil {
		return err
	}
	planned := r.Diagnostics
	err = r.Apply(ctx, p)
	r.Diagnostics = append(planned, r.Diagnostics...)
	return err
}

// Converge plans and applies until a plan is empty, at most rounds times.
func (r *Resource) Converge(ctx context.Context, configuration Block, rounds int) error {
	for range rounds {
		p, err := r.Plan(ctx, configuration)
		if err != nil {
			return err
		}
		if p.Empty() {
			return nil
		}
		if err := r.Apply(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	p, err := r.Plan(ctx, configuration)
	if err == nil && !p.Empty() {
		err = fmt.Errorf("after %d applies there is still something to do: %s", rounds, p.changes(r))
	}
	return err
}

// changes returns what the plan does, and to which attributes.
func (p *Plan) changes(r *Resource) string {
	before, after := attributesOf(r.State), attributesOf(p.planned)
	var differ []string
	for name := range after {
		if !before[name].Equal(after[name]) {
			differ = append(differ, name)
		}
	}
	slices.Sort(differ)
	return fmt.Sprintf("%s of %v", p, differ)
}

// Text returns a string attribute of the state, "" if null or without a state.
func (r *Resource) Text(attribute string) string {
	var text *string
	if attributesOf(r.State)[attribute].As(&text) != nil || text == nil {
		return ""
	}
	return *text
}

// Attributes returns those of the state, or none without one.
func (r *Resource) Attributes() map[string]tftypes.Value { return maps.Clone(attributesOf(r.State)) }

// Forget drops the state, as if a run were killed before it could save it.
func (r *Resource) Forget() {
	r.State, r.Private, r.Tainted, r.identity = tftypes.NewValue(r.schema.ValueType(), nil), nil, false, nil
}

func (r *Resource) walk(ctx context.Context, do func(*Walk) Diagnostics) error {
	r.terraform.t.Helper()
	w, diags := r.terraform.Walk(ctx)
	if !diags.HasError() {
		diags = append(diags, do(w)...)
	}
	r.Diagnostics = diags
	return diags.Err()
}

func (r *Resource) store(state *tfprotov6.DynamicValue, private []byte) {
	r.State, r.Private = decode(r.terraform.t, r.schema, state), private
}

// identify stores an identity, if this Terraform keeps them.
func (r *Resource) identify(identity *tfprotov6.ResourceIdentityData) {
	if r.identity = nil; r.terraform.Identities {
		r.identity = identity
	}
}

// known returns an identity to pass on, if this Terraform keeps them.
func (r *Resource) known(identity *tfprotov6.ResourceIdentityData) *tfprotov6.ResourceIdentityData {
	if !r.terraform.Identities {
		return nil
	}
	return identity
}

// Identity returns an attribute of the stored identity, or "" if there is none.
func (r *Resource) Identity(attribute string) string {
	r.terraform.t.Helper()
	if r.identity == nil {
		return ""
	}
	v, err := r.identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{attribute: tftypes.String}})
	if err != nil {
		r.terraform.t.Fatal(err)
	}
	var text string
	_ = attributesOf(v)[attribute].As(&text)
	return text
}
