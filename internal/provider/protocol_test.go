package provider_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// block is a provider block, or a nested one. What it doesn't name is null.
type block = map[string]any

// unknown stands for a value that isn't known yet.
var unknown = tftypes.UnknownValue

// value makes a value of a type from Go's strings, bools, lists and blocks.
func value(typ tftypes.Type, v any) tftypes.Value {
	switch content := v.(type) {
	case block:
		elements := map[string]tftypes.Value{}
		if object, ok := typ.(tftypes.Object); ok {
			for name, t := range object.AttributeTypes {
				elements[name] = value(t, content[name])
			}
			return tftypes.NewValue(typ, elements)
		}
		for name, element := range content {
			elements[name] = value(typ.(tftypes.Map).ElementType, element)
		}
		return tftypes.NewValue(typ, elements)
	case []string:
		var elements []tftypes.Value
		for _, element := range content {
			elements = append(elements, tftypes.NewValue(tftypes.String, element))
		}
		return tftypes.NewValue(typ, elements)
	}
	return tftypes.NewValue(typ, v)
}

// withoutEnvironment clears the variables that the provider reads, of whoever
// runs the test.
func withoutEnvironment(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "DEBEZIUM_") {
			t.Setenv(name, "")
		}
	}
}

// diagnostics are what the provider says, errors and warnings.
type diagnostics []*tfprotov6.Diagnostic

func (d diagnostics) String() string {
	var b strings.Builder
	for _, one := range d {
		b.WriteString(one.Severity.String() + " at " + attribute(one) + ": " + one.Summary + ": " + one.Detail + "\n")
	}
	return b.String()
}

// attribute is where a diagnostic is shown: "tls.ca_cert_pem".
func attribute(d *tfprotov6.Diagnostic) string {
	var b strings.Builder
	for _, step := range d.Attribute.Steps() {
		switch s := step.(type) {
		case tftypes.AttributeName:
			b.WriteString("." + string(s))
		case tftypes.ElementKeyString:
			b.WriteString("[" + string(s) + "]")
		case tftypes.ElementKeyInt:
			b.WriteString("[]")
		}
	}
	return strings.TrimPrefix(b.String(), ".")
}

// list configures a provider by its protocol and reads debezium_connectors. It
// returns the diagnostics of the first call that had an error.
func list(ctx context.Context, t *testing.T, provided block) diagnostics {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		Config: dynamic(t, schemas.Provider.ValueType(), provided),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range configured.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return configured.Diagnostics
		}
	}
	read, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: "debezium_connectors",
		Config:   dynamic(t, schemas.DataSourceSchemas["debezium_connectors"].ValueType(), block{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(configured.Diagnostics, read.Diagnostics...)
}

func dynamic(t *testing.T, typ tftypes.Type, content block) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(typ, value(typ, content))
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}

// connect is a cluster without connectors that keeps the headers of what it
// was asked.
type connect struct {
	*httptest.Server
	mu      sync.Mutex
	headers []http.Header
}

func newConnect(t *testing.T) *connect {
	t.Helper()
	c := &connect{}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func (c *connect) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.headers = append(c.headers, r.Header)
	_, _ = w.Write([]byte("{}"))
}

// last are the headers of the last request, nil without one.
func (c *connect) last() http.Header {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.headers) == 0 {
		return nil
	}
	return c.headers[len(c.headers)-1]
}
