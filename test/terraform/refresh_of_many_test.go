package terraform_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestRefreshOfManyIsOneListing: refreshing and planning 200 unchanged
// connectors asks for one listing, and nothing else that grows with them.
func TestRefreshOfManyIsOneListing(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t)
	connector := postgres("").With(acctest.Block{
		"count": 200, "name": acctest.Expression(`"c${count.index}"`), "topic_prefix": acctest.Expression(`"shop${count.index}"`),
		"slot_name": acctest.Expression(`"slot${count.index}"`), "table_include_list": []acctest.Expression{`"public.t${count.index}"`},
	})
	config := hcl(server, connector)
	acctest.Test(t, resource.TestCase{
		CheckDestroy: gone(server),
		Steps: []resource.TestStep{
			{Config: config},
			{PreConfig: server.ResetRequests, Config: config, PlanOnly: true},
			{
				PreConfig: func() {
					var asked []string
					for _, r := range server.Requests() {
						asked = append(asked, r.Method+" "+r.Path)
					}
					// The step runs Terraform twice, with refresh and without:
					// each run may ask for one listing and for the plugins.
					if n := server.Count(http.MethodGet, "/connectors"); n > 2 || len(asked) > 4 {
						t.Errorf("a plan of 200 unchanged connectors asked: %v", asked)
					}
				},
				Config: config, PlanOnly: true,
			},
		},
	})
}
