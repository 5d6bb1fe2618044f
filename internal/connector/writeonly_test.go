package connector_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestWriteOnlyVersions: a write-only value is sent when its version changes,
// and at no other time.
func TestWriteOnlyVersions(t *testing.T) {
	b := newRig(t)
	b.given(orders)

	sameVersion := orders.With(acctest.Block{"database_password_wo": "another-password"})
	b.settled(sameVersion)
	b.must(b.driver.Run(b.ctx, sameVersion.With(acctest.Block{"max_batch_size": 512})))
	b.wantWrites(put)
	b.wantUnmasked(secret)

	b.fresh()
	renewed := sameVersion.With(acctest.Block{"max_batch_size": 512, "database_password_wo_version": 2})
	b.must(b.driver.Run(b.ctx, renewed))
	b.wantWrites(put)
	b.wantUnmasked("another-password")
	b.settled(renewed)
}

// TestWriteOnlyMap: of config_wo the names are remembered, never the values,
// and a new version removes what it no longer has.
func TestWriteOnlyMap(t *testing.T) {
	const key, token = "producer.override.ssl.key.password", "producer.override.sasl.oauthbearer.token"
	b := newRig(t)
	both := orders.With(acctest.Block{"config_wo": map[string]string{key: "value-of-key", token: "value-of-token"}, "config_wo_version": 1})
	b.given(both)
	b.settled(both)
	if private := decoded(string(b.driver.Private)); !strings.Contains(private, key) || !strings.Contains(private, token) || strings.Contains(private, "value-of") {
		t.Errorf("private state is %s", private)
	}
	if strings.Contains(b.driver.State.String(), "value-of") {
		t.Errorf("the state is %s", b.driver.State)
	}

	one := both.With(acctest.Block{"config_wo": map[string]string{key: "new-value-of-key"}})
	b.settled(one) // of the same version
	one["config_wo_version"] = 2
	b.must(b.driver.Run(b.ctx, one))
	b.settled(one)
	config, _ := b.Config("orders")
	if _, there := config[token]; there || config[key] != "new-value-of-key" {
		t.Errorf("the worker has %v", config)
	}
	if private := decoded(string(b.driver.Private)); !strings.Contains(private, key) || strings.Contains(private, token) {
		t.Errorf("private state is %s", private)
	}

	none := without(one, "config_wo", "config_wo_version")
	b.must(b.driver.Run(b.ctx, none))
	b.settled(none)
	if config, _ := b.Config("orders"); config[key] != "" {
		t.Errorf("the worker still has %v", config)
	}
}

// TestEverySecretCanBeWriteOnly: each attribute that is a secret is sensitive
// and has a twin that is never stored, as config has.
func TestEverySecretCanBeWriteOnly(t *testing.T) {
	schemas := schemasOf(t)
	for _, kind := range append(catalog.Kinds(), nil) {
		attributes := map[string]*tfprotov6.SchemaAttribute{}
		for _, a := range schemas.ResourceSchemas[resourceOf(kind)].Block.Attributes {
			attributes[a.Name] = a
			if a.WriteOnly != strings.HasSuffix(a.Name, "_wo") {
				t.Errorf("%s: %s is write-only: %t", resourceOf(kind), a.Name, a.WriteOnly)
			}
		}
		if attributes["config_wo"] == nil {
			t.Errorf("%s has no config_wo", resourceOf(kind))
		}
		if kind == nil {
			continue
		}
		for _, a := range kind.Attributes() {
			if a.Secret && (!attributes[a.Name].Sensitive || attributes[a.Name+"_wo"] == nil) {
				t.Errorf("%s: %s is sensitive: %t, write-only twin: %v", resourceOf(kind), a.Name, attributes[a.Name].Sensitive, attributes[a.Name+"_wo"])
			}
		}
	}
}

func schemasOf(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	server, err := acctest.InMemory()["debezium"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return schemas
}

// TestWriteOnlyNeedsTerraform111: an older Terraform, which would store the
// value, says so by its capabilities, and gets an error that names the version.
//
// No such release runs here: the capabilities stand for it.
func TestWriteOnlyNeedsTerraform111(t *testing.T) {
	server, err := acctest.InMemory()["debezium"]()
	if err != nil {
		t.Fatal(err)
	}
	typ := schemasOf(t).ResourceSchemas["debezium_postgres_connector"].ValueType()
	values := map[string]tftypes.Value{}
	for name, attribute := range typ.(tftypes.Object).AttributeTypes { //nolint:forcetypeassert // a resource is an object
		values[name] = tftypes.NewValue(attribute, without(orders, "table_include_list")[name])
	}
	config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, values))
	if err != nil {
		t.Fatal(err)
	}
	for _, allowed := range []bool{false, true} {
		r, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: "debezium_postgres_connector", Config: &config,
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: allowed},
		})
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, d := range r.Diagnostics {
			said += d.Summary + ": " + d.Detail + "\n"
		}
		if strings.Contains(said, "1.11") == allowed || strings.Contains(said, secret) {
			t.Errorf("write-only values allowed: %t, and it says %q", allowed, said)
		}
	}
}
