package acctest

import (
	"context"
	"slices"
	"testing"
	"time"
)

// WantPlan checks that a plan does one thing ("create", "update", "replace",
// "delete" or "nothing"), applies it, and checks that the next plan is empty.
func (r *Resource) WantPlan(ctx context.Context, want string, configuration Block) {
	t := r.terraform.t
	t.Helper()
	p, err := r.Plan(ctx, configuration)
	if err != nil {
		t.Fatal(err)
	}
	if p.String() != want {
		t.Fatalf("the plan is to %s, want %s", p.changes(r), want)
	}
	if err := r.Apply(ctx, p); err != nil {
		t.Fatal(err)
	}
	if err := r.Converge(ctx, configuration, 0); err != nil {
		t.Fatalf("the plan after the %s: %s", want, err)
	}
}

// Life creates a connector, changes and imports it, and destroys it. An import
// must match what the apply left, apart from some attributes.
func Life(ctx context.Context, t *testing.T, r *Resource, first, second Block, notImported ...string) {
	t.Helper()
	r.WantPlan(ctx, "create", first)
	r.WantPlan(ctx, "update", second)
	r.WantImport(ctx, second["name"].(string), notImported...) //nolint:forcetypeassert // a name is a string
	r.WantPlan(ctx, "delete", nil)
}

// WantImport checks that an import matches the state, except some attributes.
func (r *Resource) WantImport(ctx context.Context, id string, apartFrom ...string) {
	t := r.terraform.t
	t.Helper()
	imported := r.terraform.Resource(r.Type)
	// While workers rebalance, they briefly report connectors without a state.
	for range 100 {
		if err := imported.Import(ctx, id); err != nil {
			t.Fatal(err)
		}
		if imported.Text("status") != "UNASSIGNED" && r.Text("status") != "UNASSIGNED" {
			break
		}
		time.Sleep(100 * time.Millisecond)
		if err := r.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
	}
	got := imported.Attributes()
	for name, want := range r.Attributes() {
		if !slices.Contains(apartFrom, name) && !got[name].Equal(want) {
			t.Errorf("%s is imported as %s, was %s", name, got[name], want)
		}
	}
}
