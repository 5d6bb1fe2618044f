package terraform_test

import (
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestRefreshOfManyIsOneListing: refreshing and planning 200 unchanged
// connectors asks for one listing, and nothing else that grows with them.
func TestRefreshOfManyIsOneListing(t *testing.T) {
	t.Parallel()
	r := newTerraformRun(t, postgres("").With(acctest.Block{
		"count": 200, "name": acctest.Expression(`"c${count.index}"`), "topic_prefix": acctest.Expression(`"shop${count.index}"`),
		"wait_for_state": false,
		"slot_name":      acctest.Expression(`"slot${count.index}"`), "table_include_list": acctest.Expression(`["public.t${count.index}"]`),
	}))
	if code, out := r.terraform("apply", "-auto-approve"); code != 0 {
		t.Fatal(out)
	}
	r.ResetRequests()
	if code, out := r.terraform("plan", "-detailed-exitcode"); code != 0 {
		t.Fatalf("the plan is not empty:\n%s", out)
	}
	var requests []string
	for _, request := range r.Requests() {
		requests = append(requests, request.Method+" "+request.Path)
	}
	// One listing, and one for the plugins.
	if n := r.Count(http.MethodGet, "/connectors"); n != 1 || len(requests) > 2 {
		t.Errorf("a plan of 200 unchanged connectors sent: %v", requests)
	}
}
