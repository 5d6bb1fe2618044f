package adopt_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// hundred are connectors of all kinds, as somebody made them by hand.
func hundred(t *testing.T) (worker *connecttest.Server, kinds map[string]*catalog.Kind) {
	t.Helper()
	worker, kinds = connecttest.New(t), map[string]*catalog.Kind{}
	for i := range 100 {
		kind := catalog.Kinds()[i%len(catalog.Kinds())]
		name := fmt.Sprintf("%s-%d", kind.Name, i)
		worker.AddConnector(name, byHand(kind, i), states[i%len(states)])
		kinds[name] = kind
	}
	worker.ResetRequests()
	return worker, kinds
}

// wantUntouched wants a worker to have been read in a few requests, and nothing
// of a secret in what is stored.
func wantUntouched(t *testing.T, worker *connecttest.Server, stored *strings.Builder) {
	t.Helper()
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("written: %v", writes)
	}
	if n := len(worker.Requests()); n > 10 {
		t.Errorf("%d requests", n)
	}
	if strings.Contains(stored.String(), secret) || strings.Contains(acctest.Base64Content(stored.String()), secret) {
		t.Error("a secret is stored")
	}
}

// TestHundredByListResources: what the lists of all kinds find is imported by
// identity, and plans empty.
func TestHundredByListResources(t *testing.T) {
	t.Parallel()
	worker, kinds := hundred(t)
	tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
	tf.Identities = true
	w, _ := tf.Walk(t.Context())
	var stored strings.Builder
	found := 0
	for _, kind := range catalog.Kinds() {
		listed, diags := w.Query(t.Context(), acctest.ResourceOf(kind), nil, true, 1000)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		for _, f := range listed {
			r := tf.Resource(acctest.ResourceOf(kinds[f.Name]))
			if diags := w.ImportByIdentity(t.Context(), r, map[string]string{"name": f.Name}); diags.HasError() {
				t.Fatal(diags)
			}
			p, diags := w.PlanAdopted(t.Context(), r, nil)
			if diags.HasError() || !p.Empty() || !f.Resource.Equal(r.State) {
				t.Fatalf("%s plans to %v: %v", f.Name, p, diags)
			}
			fmt.Fprint(&stored, r.State, string(r.Private))
			found++
		}
	}
	if found != len(kinds) {
		t.Errorf("%d found", found)
	}
	wantUntouched(t, worker, &stored)
}

// TestHundredByMoves: from the untyped provider's state to the typed resource
// and to that of any class, from there to the other one, and back.
func TestHundredByMoves(t *testing.T) {
	t.Parallel()
	worker, kinds := hundred(t)
	w := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
	var stored strings.Builder
	for name, kind := range kinds {
		config, _ := worker.Config(name)
		from, resource, other := untyped(t, kind, name, config), acctest.ResourceOf(kind), acctest.ResourceOf(nil)
		if len(name)%2 == 0 {
			resource, other = other, resource
		}
		for _, to := range []string{resource, other, resource} {
			r := w.Resource(to)
			p, diags := w.PlanMove(t.Context(), r, from, nil)
			if diags.HasError() || !p.Empty() {
				t.Fatalf("%s from %s to %s plans to %v: %v", name, from.Type, to, p, diags)
			}
			fmt.Fprint(&stored, r.State, string(r.Private))
			from = r.Stored()
		}
	}
	wantUntouched(t, worker, &stored)
}

// untyped is a connector in the state of the untyped provider, whose owner took
// its secrets, and a value more, for sensitive.
func untyped(t *testing.T, kind *catalog.Kind, name string, config kafkaconnect.Config) acctest.Stored {
	t.Helper()
	open, sensitive := map[string]string{}, map[string]string{}
	for property, text := range config {
		if kind.IsSecret(property) || property == "owner" {
			sensitive[property] = text
		} else {
			open[property] = text
		}
	}
	state := map[string]any{"id": name, "name": name, "config": open, "config_sensitive": sensitive}
	if len(name)%3 == 0 {
		state["timeouts"] = nil
	}
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	return acctest.Stored{Provider: "registry.terraform.io/mongey/kafka-connect", Type: "kafka-connect_connector", JSON: text}
}
