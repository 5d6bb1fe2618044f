package acctest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// Test runs steps with the terraform binary and the provider in this process,
// on the in-memory Kafka Connect unless the case has its own factories.
func Test(t *testing.T, c resource.TestCase) {
	t.Helper()
	TerraformPath(t) // plugin-testing would download one
	ran(t, withTerraform)
	if c.ProtoV6ProviderFactories == nil {
		c.ProtoV6ProviderFactories = InMemory()
	}
	resource.UnitTest(t, c)
}

// Saying matches an error that contains these texts in this order, however
// Terraform breaks its lines.
func Saying(texts ...string) *regexp.Regexp {
	var patterns []string
	for _, text := range texts {
		words := strings.Fields(text)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		patterns = append(patterns, strings.Join(words, `[\s│]+`))
	}
	return regexp.MustCompile("(?s)" + strings.Join(patterns, ".*"))
}

// Applies checks that a step does one thing to one resource, and that the next
// plan is empty.
func Applies(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// NoChanges checks that a step has nothing to do.
func NoChanges() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}
