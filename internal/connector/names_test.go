package connector_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// oddNames are legal on every version of Kafka Connect.
var oddNames = []string{"a b", "what?", "#1", "Übergröße ü", "409", "already exists 409", "a+b&c=d", "a:b@c", ".", `it's "it"`}

// slashedNames are legal too, but since Kafka Connect 4.0 its web server
// refuses them in a path.
var slashedNames = []string{"a/b", "100%", "a%20b", "a%2Fb", `a\b`}

// wholeLife creates, plans again, changes, imports and destroys a connector.
func wholeLife(t *testing.T, factories acctest.Factories, config func(size int) string, address, name string, ignore ...string) {
	t.Helper()
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{
			{Config: config(1000), ConfigPlanChecks: applies(address, plancheck.ResourceActionCreate)},
			{Config: config(2000), ConfigPlanChecks: applies(address, plancheck.ResourceActionUpdate)},
			{
				ResourceName: address, ImportState: true, ImportStateId: name,
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name", ImportStateVerifyIgnore: ignore,
			},
		},
	})
}

func TestOddNames(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t)
	for _, name := range oddNames {
		t.Run(name, func(t *testing.T) { oddLife(t, server, name) })
	}
	if err := gone(server)(nil); err != nil {
		t.Error(err)
	}
}

func TestSlashedNamesOnKafkaConnect3(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t, connecttest.Version("3.9.0"))
	for _, name := range slashedNames {
		t.Run(name, func(t *testing.T) { oddLife(t, server, name) })
	}
	if err := gone(server)(nil); err != nil {
		t.Error(err)
	}
}

func oddLife(t *testing.T, server *connecttest.Server, name string) {
	wholeLife(t, acctest.InMemory(), func(size int) string {
		return hcl(server, "postgres", name, kinds[1].body+fmt.Sprintf("\n  max_batch_size = %d", size))
	}, "debezium_postgres_connector.c", name, "database_password")
}

// refusedNames are refused in the plan, before a connector could be lost.
func TestRefusedNames(t *testing.T) {
	t.Parallel()
	server := connecttest.New(t)
	cases := map[string]string{
		"":         "this one is empty",
		"  ":       "this one is empty",
		" a":       "white space",
		"a\tb":     "control character",
		"a;b":      "characters ; { }",
		"{a}":      "characters ; { }",
		"a/b":      "refuses a slash",
		"a%20b":    "refuses a slash",
		"a\\b":     "refuses a slash",
		"a/../b%":  "refuses a slash",
		"ends in ": "white space",
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.InMemory(),
				Steps: []resource.TestStep{{
					Config:      hcl(server, "postgres", name, kinds[1].body),
					ExpectError: saying(want),
				}},
			})
		})
	}
	if writes := server.Writes(); len(writes) > 0 {
		t.Errorf("something was written: %v", writes)
	}
}

// saying matches an error that says these texts in this order, whatever the
// line breaks that Terraform puts into it.
func saying(texts ...string) *regexp.Regexp {
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
