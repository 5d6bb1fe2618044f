package acctest

import (
	"context"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Terraform takes resources through the provider's protocol, call by call like
// the terraform binary and with its checks on the responses, but in this
// process: a plan and apply take milliseconds, so tests can afford hundreds of
// them. It doesn't read HCL, and knows nothing of modules, dependencies or
// variables.
type Terraform struct {
	// Before111 makes it a Terraform without write-only attributes.
	Before111 bool
	// Identities makes it a Terraform that keeps resource identities, as from
	// 1.12 on.
	Identities bool

	t        testing.TB
	factory  func() (tfprotov6.ProviderServer, error)
	provider *tfprotov6.DynamicValue
}

// NewTerraform returns a Terraform for the provider "debezium", configured with
// provider, a block.
func NewTerraform(t testing.TB, factories Factories, provider Block) *Terraform {
	t.Helper()
	ran(t, inProcess)
	typ := schemas(t).Provider.ValueType()
	return &Terraform{t: t, factory: factories["debezium"], provider: dynamic(t, valueOf(typ, provider))}
}

// schemaOnce returns the provider's schemas, built once: they are the same for
// all tests, and building all of them takes longer than a whole apply.
var schemaOnce = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := InMemory()["debezium"]()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

func schemas(t testing.TB) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	all, err := schemaOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Schema returns a resource type's schema.
func Schema(t testing.TB, resource string) *tfprotov6.Schema {
	t.Helper()
	schema := schemas(t).ResourceSchemas[resource]
	if schema == nil {
		t.Fatalf("the provider has no resource %q", resource)
	}
	return schema
}

// Resource returns a resource that isn't stored yet.
func (tf *Terraform) Resource(typeName string) *Resource {
	tf.t.Helper()
	r := &Resource{Type: typeName, terraform: tf, schema: Schema(tf.t, typeName)}
	r.Forget()
	return r
}

// Walk is one Terraform walk over any number of resources, including the
// validation before it: a provider that is configured once. Several goroutines
// may use it, as long as each has its own resources.
type Walk struct {
	*Terraform
	unconfigured tfprotov6.ProviderServer // for the validation
	server       tfprotov6.ProviderServer

	mu       sync.Mutex
	reported map[reported]bool
}

// Walk begins a walk: it configures the provider.
func (tf *Terraform) Walk(ctx context.Context) (*Walk, Diagnostics) {
	tf.t.Helper()
	w := &Walk{Terraform: tf, unconfigured: tf.serve(), server: tf.serve(), reported: map[reported]bool{}}
	v, err := w.unconfigured.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: tf.provider})
	if err != nil {
		tf.t.Fatal(err)
	}
	all := w.report(nil, diagnosticsOf(v.Diagnostics, nil))
	if all.HasError() {
		return w, all
	}
	c, err := w.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: tf.provider, TerraformVersion: "1.11.4"})
	if err != nil {
		tf.t.Fatal(err)
	}
	return w, append(all, w.report(nil, diagnosticsOf(c.Diagnostics, nil))...)
}

// StartWalk begins a walk; configuring its provider must yield no diagnostics.
func StartWalk(t testing.TB, factories Factories, provider Block) *Walk {
	t.Helper()
	w, diags := NewTerraform(t, factories, provider).Walk(t.Context())
	if len(diags) > 0 {
		t.Fatalf("configuring the provider: %v", diags)
	}
	return w
}

func (tf *Terraform) serve() tfprotov6.ProviderServer {
	tf.t.Helper()
	server, err := tf.factory()
	if err != nil {
		tf.t.Fatal(err)
	}
	return server
}

// report checks that no diagnostic of a resource, or of the provider if nil,
// comes twice in a walk. An error with the same text may be another resource's;
// a warning names its connector.
func (w *Walk) report(of *Resource, diagnostics Diagnostics) Diagnostics {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range diagnostics {
		r := reported{d, of}
		if !d.IsError() {
			r.of = nil
		}
		if w.reported[r] {
			w.t.Errorf("reported twice in one walk: %s", d)
		}
		w.reported[r] = true
	}
	return diagnostics
}

// reported is a diagnostic and the resource that it belongs to.
type reported struct {
	Diagnostic
	of *Resource
}

// Plan is a plan of one resource.
type Plan struct {
	Create, Update, Delete bool // a replacement is Delete and Create

	configuration tftypes.Value
	planned       tftypes.Value
	private       []byte
	identity      *tfprotov6.ResourceIdentityData
}

// Empty reports whether there is nothing to apply.
func (p *Plan) Empty() bool { return !p.Create && !p.Update && !p.Delete }

// String returns what the plan does.
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
