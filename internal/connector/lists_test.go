package connector_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestNoSets: Terraform and the framework compare all pairs of a set's
// elements, so that no attribute of a connector is one.
func TestNoSets(t *testing.T) {
	for _, kind := range catalog.Kinds() {
		for _, a := range acctest.Schema(t, "debezium_"+kind.Name+"_connector").Block.Attributes {
			if a.ValueType().Is(tftypes.Set{}) {
				t.Errorf("%s: %s is a set", kind.Name, a.Name)
			}
		}
	}
}

// TestLongList counts allocations as a measure of work, since comparisons of
// the framework's allocate: eight times as many tables take at most eight times
// as many, in a plan of new, of unchanged, and of one more table. It is not
// parallel, and so runs alone.
func TestLongList(t *testing.T) {
	const few, factor = 100, 8
	a, b := allocations(t, few), allocations(t, few*factor)
	for step, n := range b {
		if most := a[step] * factor * 11 / 10; n > most {
			t.Errorf("%s: %d allocations for %d tables, %d for %d", step, a[step], few, n, few*factor)
		}
	}
}

func allocations(t *testing.T, n int) map[string]uint64 {
	t.Helper()
	tables := make([]string, n+1)
	for i := range tables {
		tables[i] = fmt.Sprintf("public.table_%d", i)
	}
	r := orders(t)
	counted := map[string]uint64{}
	count := func(step string, tables []string) {
		t.Helper()
		plan(t, r, tables) // what is made once is made now
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		plan(t, r, tables)
		runtime.ReadMemStats(&after)
		counted[step] = after.Mallocs - before.Mallocs
	}
	count("plan of new", tables[:n])
	if err := r.Run(t.Context(), ordersWith(tables[:n])); err != nil {
		t.Fatal(err)
	}
	count("unchanged plan", tables[:n])
	count("one table more", tables)
	return counted
}

// TestListOrder: the order of a list means nothing, so that another one is no
// change, neither in the configuration nor on the server.
func TestListOrder(t *testing.T) {
	t.Parallel()
	r := orders(t)
	if err := r.Run(t.Context(), ordersWith([]string{"s.b", "s.a", "s.b"})); err != nil {
		t.Fatal(err)
	}
	for _, tables := range [][]string{{"s.b", "s.a", "s.b"}, {"s.a", "s.b"}, {"s.b", "s.a"}} {
		if p := plan(t, r, tables); !p.Empty() {
			t.Errorf("%v plans %s", tables, p)
		}
	}
	if p := plan(t, r, []string{"s.b"}); !p.Update {
		t.Errorf("one table less plans %s", p)
	}
}

func orders(t *testing.T) *acctest.Resource {
	t.Helper()
	server := connecttest.New(t, connecttest.Lag(0))
	return acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": server.URL}).Resource("debezium_postgres_connector")
}

func ordersWith(tables []string) acctest.Block {
	return acctest.Block{
		"name": "orders", "database_hostname": "db", "database_user": "debezium", "database_dbname": "shop",
		"topic_prefix": "shop", "table_include_list": slices.Clone(tables), "wait_for_state": false,
	}
}

func plan(t *testing.T, r *acctest.Resource, tables []string) *acctest.Plan {
	t.Helper()
	p, err := r.Plan(t.Context(), ordersWith(tables))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
