package connector_test

import (
	"fmt"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestIdentity takes a connector through its life with a Terraform that keeps
// identities and with one before 1.12, which hands in none and wants none.
func TestIdentity(t *testing.T) {
	for _, kept := range []bool{true, false} {
		t.Run(fmt.Sprintf("kept: %t", kept), func(t *testing.T) {
			t.Parallel()
			worker := connecttest.New(t)
			tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
			tf.Identities = kept
			r, ctx := tf.Resource("debezium_postgres_connector"), t.Context()
			want := func(name string) {
				t.Helper()
				if !kept {
					name = ""
				}
				if got := r.Identity("name"); got != name {
					t.Errorf("the identity is %q, want %q", got, name)
				}
			}
			r.WantPlan(ctx, "create", acctest.Orders)
			want("orders")
			changed := acctest.Orders.With(acctest.Block{"table_include_list": []string{"public.lines"}})
			r.WantPlan(ctx, "update", changed)
			want("orders")
			r.WantPlan(ctx, "replace", changed.With(acctest.Block{"name": "lines"}))
			want("lines")
			worker.Remove("lines")
			if err := r.Refresh(ctx); err != nil {
				t.Error(err)
			}
			if !r.State.IsNull() {
				t.Error("the state still has the connector that somebody deleted")
			}
		})
	}
}

// TestImport takes a name, or the identity that is the name.
func TestImport(t *testing.T) {
	worker := connecttest.New(t)
	config := kafkaconnect.Config(catalogtest.Minimal("postgres"))
	config["connector.class"] = catalog.KindByName("postgres").Class
	worker.AddConnector("orders", config, "")
	tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
	tf.Identities = true
	ctx := t.Context()
	w, diags := tf.Walk(ctx)
	if diags.HasError() {
		t.Fatal(diags)
	}
	byID, byIdentity := tf.Resource("debezium_postgres_connector"), tf.Resource("debezium_postgres_connector")
	if diags := w.Import(ctx, byID, "orders"); diags.HasError() {
		t.Fatal(diags)
	}
	if diags := w.ImportByIdentity(ctx, byIdentity, map[string]string{"name": "orders"}); diags.HasError() {
		t.Fatal(diags)
	}
	for _, r := range []*acctest.Resource{byID, byIdentity} {
		if r.Identity("name") != "orders" || r.Text("name") != "orders" || r.Text("topic_prefix") != "shop" {
			t.Errorf("imported: %s of identity %q", r.State, r.Identity("name"))
		}
	}
	for name, problem := range map[string]string{"": "can't be empty", " orders": "whitespace", "lines": "non-existent"} {
		diags := w.ImportByIdentity(ctx, tf.Resource("debezium_postgres_connector"), map[string]string{"name": name})
		if !diags.Mention(problem) {
			t.Errorf("importing %q: %v, want %q", name, diags, problem)
		}
	}
}
