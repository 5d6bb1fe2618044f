package acctest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Driver takes one resource through the provider's protocol, call by call as
// Terraform does and with Terraform's own checks on the answers, but without
// the terraform binary: a plan and apply take milliseconds, so that tests can
// afford hundreds of them. It is for one goroutine.
type Driver struct {
	factory  func() (tfprotov6.ProviderServer, error)
	resource string // type of the resource
	schema   *tfprotov6.Schema
	provider *tfprotov6.DynamicValue

	// State is what Terraform has stored, null for nothing.
	State tftypes.Value
	// Private is the provider's own part of what is stored.
	Private []byte
	// Tainted says that a creation failed half-way: the next apply replaces.
	Tainted bool
	// Warnings are those of the last Plan, Apply or Import, as texts.
	Warnings []string
}

// NewDriver makes a driver for a type of resource of the provider "debezium",
// which is configured by provider, as a block.
func NewDriver(factories Factories, resource string, provider Block) (*Driver, error) {
	schemas, err := schemas()
	if err != nil {
		return nil, err
	}
	d := &Driver{factory: factories["debezium"], resource: resource, schema: schemas.ResourceSchemas[resource]}
	if d.schema == nil {
		return nil, fmt.Errorf("the provider has no resource %q", resource)
	}
	d.State = tftypes.NewValue(d.schema.ValueType(), nil)
	d.provider, err = dynamic(schemas.Provider.ValueType(), valueOf(schemas.Provider.ValueType(), provider))
	return d, err
}

// schemas are the provider's, made once: they are the same for all drivers,
// and those of all resources together take longer than a whole apply.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := InMemory()["debezium"]()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// Plan is a plan of one resource.
type Plan struct {
	Create, Update, Delete bool // a replacement is Delete and Create

	configuration tftypes.Value
	planned       tftypes.Value
	private       []byte
}

// Empty says that there is nothing to apply.
func (p *Plan) Empty() bool { return !p.Create && !p.Update && !p.Delete }

// String names what the plan does.
func (p *Plan) String() string {
	switch {
	case p.Create && p.Delete:
		return "replace"
	case p.Create:
		return "create"
	case p.Update:
		return "update"
	case p.Delete:
		return "delete"
	}
	return "nothing"
}

// Plan refreshes the state and plans a configuration; nil is a destroy.
func (d *Driver) Plan(ctx context.Context, configuration Block) (*Plan, error) {
	w, err := d.begin(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.refresh(ctx); err != nil {
		return nil, err
	}
	typ := d.schema.ValueType()
	if configuration == nil {
		return w.plan(ctx, tftypes.NewValue(typ, nil))
	}
	config := valueOf(typ, configuration)
	if err := w.validate(ctx, config); err != nil {
		return nil, err
	}
	return w.plan(ctx, config)
}

// Apply carries a plan out. As in Terraform the provider is asked for its plan
// once more, and must give the same.
func (d *Driver) Apply(ctx context.Context, p *Plan) error {
	w, err := d.begin(ctx)
	if err != nil || p.Empty() {
		return err
	}
	if p.Delete {
		if err := w.delete(ctx); err != nil || !p.Create {
			return err
		}
	}
	again, err := w.plan(ctx, p.configuration)
	if err != nil {
		return err
	}
	if err := agrees(p.planned, again.planned); err != nil {
		return fmt.Errorf("the provider produced an inconsistent final plan: %w", err)
	}
	return w.apply(ctx, again)
}

// Import reads an existing object into the state.
func (d *Driver) Import(ctx context.Context, id string) error {
	w, err := d.begin(ctx)
	if err != nil {
		return err
	}
	r, err := w.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: d.resource, ID: id})
	if err != nil {
		return err
	}
	if err := w.hear(r.Diagnostics); err != nil {
		return err
	}
	if len(r.ImportedResources) != 1 {
		return fmt.Errorf("the import gave %d resources", len(r.ImportedResources))
	}
	if d.State, err = r.ImportedResources[0].State.Unmarshal(d.schema.ValueType()); err != nil {
		return err
	}
	d.Private = r.ImportedResources[0].Private
	if err := w.refresh(ctx); err != nil {
		d.forget()
		return err
	}
	if d.State.IsNull() {
		return errors.New("cannot import non-existent remote object")
	}
	return nil
}

// Run plans and applies.
func (d *Driver) Run(ctx context.Context, configuration Block) error {
	p, err := d.Plan(ctx, configuration)
	if err != nil {
		return err
	}
	warnings := d.Warnings
	err = d.Apply(ctx, p)
	d.Warnings = append(warnings, d.Warnings...)
	return err
}

// Converge plans and applies until a plan is empty, at most rounds times.
func (d *Driver) Converge(ctx context.Context, configuration Block, rounds int) error {
	for range rounds {
		p, err := d.Plan(ctx, configuration)
		if err != nil {
			return err
		}
		if p.Empty() {
			return nil
		}
		if err := d.Apply(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	p, err := d.Plan(ctx, configuration)
	if err == nil && !p.Empty() {
		err = fmt.Errorf("after %d applies there is still something to do: %s", rounds, p)
	}
	return err
}

// Text is a string attribute of the state, "" when null or without a state.
func (d *Driver) Text(attribute string) string {
	var values map[string]tftypes.Value
	var text *string
	if d.State.IsNull() || d.State.As(&values) != nil || values[attribute].As(&text) != nil || text == nil {
		return ""
	}
	return *text
}

// Lose forgets the state, as a run that is killed before it can save it.
func (d *Driver) Lose() { d.forget() }

func (d *Driver) forget() {
	d.State, d.Private, d.Tainted = tftypes.NewValue(d.schema.ValueType(), nil), nil, false
}
