package connector_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestWriteOnlyVersions: a write-only value is sent when its version changes,
// and at no other time.
func TestWriteOnlyVersions(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)

	sameVersion := acctest.Orders.With(acctest.Block{"database_password_wo": "another-password"})
	env.WantNoChanges(sameVersion)
	env.Must(env.Connector.Run(env.Ctx, sameVersion.With(acctest.Block{"max_batch_size": 512})))
	env.WantWrites("PUT /connectors/orders/config")
	env.WantUnmasked(acctest.OrdersSecret)

	env.ResetCounts()
	renewed := sameVersion.With(acctest.Block{"max_batch_size": 512, "database_password_wo_version": 2})
	env.Must(env.Connector.Run(env.Ctx, renewed))
	env.WantWrites("PUT /connectors/orders/config")
	env.WantUnmasked("another-password")
	env.WantNoChanges(renewed)
}

// TestWriteOnlyMap: of config_wo the names are remembered, never the values,
// and a new version removes what it no longer has.
func TestWriteOnlyMap(t *testing.T) {
	t.Parallel()
	const key, token = "producer.override.ssl.key.password", "producer.override.sasl.oauthbearer.token"
	env := acctest.NewEnv(t)
	both := acctest.Orders.With(acctest.Block{"config_wo": map[string]string{key: "value-of-key", token: "value-of-token"}, "config_wo_version": 1})
	env.SetUp(both)
	env.WantNoChanges(both)
	if private := acctest.Base64Content(string(env.Connector.Private)); !strings.Contains(private, key) || !strings.Contains(private, token) || strings.Contains(private, "value-of") {
		t.Errorf("private state is %s", private)
	}
	if strings.Contains(env.Connector.State.String(), "value-of") {
		t.Errorf("the state is %s", env.Connector.State)
	}

	one := both.With(acctest.Block{"config_wo": map[string]string{key: "new-value-of-key"}})
	env.WantNoChanges(one) // of the same version
	one["config_wo_version"] = 2
	env.Must(env.Connector.Run(env.Ctx, one))
	env.WantNoChanges(one)
	config, _ := env.Config("orders")
	if _, there := config[token]; there || config[key] != "new-value-of-key" {
		t.Errorf("the worker has %v", config)
	}
	if private := acctest.Base64Content(string(env.Connector.Private)); !strings.Contains(private, key) || strings.Contains(private, token) {
		t.Errorf("private state is %s", private)
	}

	none := one.Without("config_wo", "config_wo_version")
	env.Must(env.Connector.Run(env.Ctx, none))
	env.WantNoChanges(none)
	if config, _ := env.Config("orders"); config[key] != "" {
		t.Errorf("the worker still has %v", config)
	}
}

// TestEverySecretCanBeWriteOnly: each attribute that is a secret is sensitive
// and has a twin that is never stored, as config has.
func TestEverySecretCanBeWriteOnly(t *testing.T) {
	for _, kind := range append(catalog.Kinds(), nil) {
		attributes := map[string]*tfprotov6.SchemaAttribute{}
		for _, a := range acctest.Schema(t, acctest.ResourceOf(kind)).Block.Attributes {
			attributes[a.Name] = a
			if a.WriteOnly != strings.HasSuffix(a.Name, "_wo") {
				t.Errorf("%s: %s is write-only: %t", acctest.ResourceOf(kind), a.Name, a.WriteOnly)
			}
		}
		if attributes["config_wo"] == nil {
			t.Errorf("%s has no config_wo", acctest.ResourceOf(kind))
		}
		if kind == nil {
			continue
		}
		for _, a := range kind.Attributes() {
			if a.Secret && (!attributes[a.Name].Sensitive || attributes[a.Name+"_wo"] == nil) {
				t.Errorf("%s: %s is sensitive: %t, write-only twin: %v", acctest.ResourceOf(kind), a.Name, attributes[a.Name].Sensitive, attributes[a.Name+"_wo"])
			}
		}
	}
}

// TestWriteOnlyNeedsTerraform111: an older Terraform, which would store the
// value, says so by its capabilities, and gets an error that names the version.
//
// No such release runs here: the capabilities stand for it.
func TestWriteOnlyNeedsTerraform111(t *testing.T) {
	for _, before := range []bool{true, false} {
		terraform := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": connecttest.New(t).URL})
		terraform.Before111 = before
		_, err := terraform.Resource("debezium_postgres_connector").Plan(t.Context(), acctest.Orders)
		if (err != nil) != before || before && (!strings.Contains(err.Error(), "1.11") || strings.Contains(err.Error(), acctest.OrdersSecret)) {
			t.Errorf("before Terraform 1.11: %t, and it says: %v", before, err)
		}
	}
}
