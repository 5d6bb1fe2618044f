package acctest

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// walk is one walk of Terraform's over the resource, with a provider server of
// its own that is configured once.
type walk struct {
	*Driver
	server tfprotov6.ProviderServer
}

func (d *Driver) begin(ctx context.Context) (*walk, error) {
	d.Warnings = nil
	server, err := d.factory()
	if err != nil {
		return nil, err
	}
	w := &walk{d, server}
	r, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: d.provider, TerraformVersion: "1.11.4"})
	if err != nil {
		return nil, err
	}
	return w, w.hear(r.Diagnostics)
}

// hear keeps the warnings and makes one error of the errors.
func (w *walk) hear(diagnostics []*tfprotov6.Diagnostic) error {
	var problems []string
	for _, d := range diagnostics {
		text := d.Summary + ": " + d.Detail
		if d.Attribute != nil {
			text = d.Attribute.String() + ": " + text
		}
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			w.Warnings = append(w.Warnings, text)
		} else {
			problems = append(problems, text)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(problems, "\n"))
}

func (w *walk) refresh(ctx context.Context) error {
	if w.State.IsNull() {
		return nil
	}
	current, err := dynamic(w.schema.ValueType(), w.State)
	if err != nil {
		return err
	}
	r, err := w.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: w.resource, CurrentState: current, Private: w.Private})
	if err != nil {
		return err
	}
	if err := w.hear(r.Diagnostics); err != nil {
		return err
	}
	if w.State, err = r.NewState.Unmarshal(w.schema.ValueType()); err != nil {
		return err
	}
	w.Private = r.Private
	if w.State.IsNull() {
		w.forget()
	}
	return nil
}

func (w *walk) validate(ctx context.Context, configuration tftypes.Value) error {
	config, err := dynamic(w.schema.ValueType(), configuration)
	if err != nil {
		return err
	}
	r, err := w.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: w.resource, Config: config,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		return err
	}
	return w.hear(r.Diagnostics)
}

// plan asks for the plan of a change. What is tainted is planned as new.
func (w *walk) plan(ctx context.Context, configuration tftypes.Value) (*Plan, error) {
	p := &Plan{configuration: configuration}
	none := tftypes.NewValue(w.schema.ValueType(), nil)
	prior, private := w.State, w.Private
	if w.Tainted && !configuration.IsNull() {
		prior, private = none, nil
	}
	r, err := w.ask(ctx, p, prior, private)
	if err == nil && len(r.RequiresReplace) > 0 && !prior.IsNull() {
		p.Delete = true
		prior = none
		_, err = w.ask(ctx, p, prior, nil)
	}
	if err != nil {
		return nil, err
	}
	p.Delete = p.Delete || !w.State.IsNull() && (configuration.IsNull() || w.Tainted)
	p.Create = prior.IsNull() && !configuration.IsNull()
	p.Update = !p.Create && !p.Delete && !p.planned.Equal(prior)
	return p, nil
}

func (w *walk) ask(ctx context.Context, p *Plan, prior tftypes.Value, private []byte) (*tfprotov6.PlanResourceChangeResponse, error) {
	typ := w.schema.ValueType()
	request := &tfprotov6.PlanResourceChangeRequest{TypeName: w.resource, PriorPrivate: private}
	var err error
	if request.PriorState, err = dynamic(typ, prior); err != nil {
		return nil, err
	}
	if request.Config, err = dynamic(typ, p.configuration); err != nil {
		return nil, err
	}
	if request.ProposedNewState, err = dynamic(typ, proposed(w.schema, prior, p.configuration)); err != nil {
		return nil, err
	}
	r, err := w.server.PlanResourceChange(ctx, request)
	if err != nil {
		return nil, err
	}
	if err := w.hear(r.Diagnostics); err != nil {
		return nil, err
	}
	if p.planned, err = r.PlannedState.Unmarshal(typ); err != nil {
		return nil, err
	}
	p.private = r.PlannedPrivate
	return r, checkPlanned(w.schema, p.configuration, prior, p.planned)
}

// apply creates or updates. Whatever the provider gives back is stored, also
// beside an error; a creation with an error is tainted.
func (w *walk) apply(ctx context.Context, p *Plan) error {
	prior := w.State
	if p.Create {
		prior = tftypes.NewValue(w.schema.ValueType(), nil)
	}
	problem, err := w.change(ctx, prior, p)
	if err != nil {
		return err
	}
	w.Tainted = p.Create && problem != nil && !w.State.IsNull()
	if problem != nil {
		return problem
	}
	if !w.State.IsFullyKnown() {
		return fmt.Errorf("unknown values after the apply: %s", w.State)
	}
	if err := agrees(p.planned, w.State); err != nil {
		return fmt.Errorf("the provider produced an inconsistent result after apply: %w", err)
	}
	return nil
}

// delete is the deletion on its own, or the first half of a replacement. One
// of a tainted object gets no private state.
func (w *walk) delete(ctx context.Context) error {
	none := tftypes.NewValue(w.schema.ValueType(), nil)
	p := &Plan{configuration: none, planned: none, private: w.Private}
	if w.Tainted {
		p.private = nil
	}
	problem, err := w.change(ctx, w.State, p)
	if err != nil || problem != nil {
		return firstOf(err, problem)
	}
	if !w.State.IsNull() {
		return fmt.Errorf("the deleted object is still in the state")
	}
	w.forget()
	return nil
}

// change calls ApplyResourceChange and stores what it answers. problem is what
// the provider says, err what no provider should do.
func (w *walk) change(ctx context.Context, prior tftypes.Value, p *Plan) (problem, err error) {
	typ := w.schema.ValueType()
	request := &tfprotov6.ApplyResourceChangeRequest{TypeName: w.resource, PlannedPrivate: p.private}
	if request.PriorState, err = dynamic(typ, prior); err != nil {
		return nil, err
	}
	if request.PlannedState, err = dynamic(typ, p.planned); err != nil {
		return nil, err
	}
	if request.Config, err = dynamic(typ, p.configuration); err != nil {
		return nil, err
	}
	r, err := w.server.ApplyResourceChange(ctx, request)
	if err != nil {
		return nil, err
	}
	if w.State, err = r.NewState.Unmarshal(typ); err != nil {
		return nil, err
	}
	w.Private = r.Private
	return w.hear(r.Diagnostics), nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
