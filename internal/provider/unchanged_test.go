package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/internal/provider"
)

// TestUnchangedConnectors: a plan of connectors that don't change calls the
// framework for none of them, but to validate one of each shape and what isn't
// configured, and asks the worker for its connectors and its plugins.
func TestUnchangedConnectors(t *testing.T) {
	for _, identities := range []bool{false, true} {
		t.Run(fmt.Sprintf("with identities: %t", identities), func(t *testing.T) { unchangedConnectors(t, identities) })
	}
}

func unchangedConnectors(t *testing.T, identities bool) {
	const many = 20
	calls := map[string]int{}
	server := connecttest.New(t, connecttest.Lag(0))
	tf := acctest.NewTerraform(t, acctest.Factories{"debezium": func() (tfprotov6.ProviderServer, error) {
		return provider.NewCountedServer("test", calls), nil
	}}, acctest.Block{"url": server.URL})
	tf.Identities = identities
	var fleet []*acctest.Resource
	for i := range many {
		r := tf.Resource("debezium_postgres_connector")
		if err := r.Run(t.Context(), orders(i)); err != nil {
			t.Fatal(err)
		}
		fleet = append(fleet, r)
	}
	server.ResetRequests()
	clear(calls)
	walk, diags := tf.Walk(t.Context())
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for i, r := range fleet {
		if p, diags := walk.Plan(t.Context(), r, orders(i)); diags.HasError() || !p.Empty() {
			t.Fatalf("planned %s: %v", p, diags)
		}
	}
	if calls["read"] != 0 || calls["plan"] != 0 || calls["validate"] != many+1 {
		t.Errorf("the framework was called: %v", calls)
	}
	if requests := server.Requests(); len(requests) > 3 {
		t.Errorf("%d requests: %v", len(requests), requests)
	}
	if p, diags := walk.Plan(t.Context(), fleet[0], orders(0).With(acctest.Block{"tasks_max": 1})); diags.HasError() || !p.Update || calls["plan"] != 1 {
		t.Errorf("planned %s with %v calls of the framework: %v", p, calls, diags)
	}
}

func orders(i int) acctest.Block {
	name := fmt.Sprintf("orders_%d", i)
	return acctest.Block{
		"name": name, "database_hostname": "db", "database_user": "debezium", "database_dbname": "shop",
		"database_password_wo": "s3cret-value", "database_password_wo_version": 1, "topic_prefix": name,
		"table_include_list": []string{"public.orders", "public.customers"}, "wait_for_state": false,
	}
}

// TestShortcutsOff: the environment variable leaves the framework's server as
// it is, but for actions.
func TestShortcutsOff(t *testing.T) {
	with := fmt.Sprintf("%T", provider.NewServer("test")())
	t.Setenv(provider.EnvShortcuts, "off")
	if without := fmt.Sprintf("%T", provider.NewServer("test")()); with == without || without != "*provider.writeOnlyActions" {
		t.Errorf("the server is %s, and %s without shortcuts", with, without)
	}
}
