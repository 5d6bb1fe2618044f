package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// oddNames are legal on every version of Kafka Connect.
var oddNames = []string{"a b", "what?", "#1", "Übergröße ü", "409", "already exists 409", "a+b&c=d", "a:b@c", ".", `it's "it"`}

// slashedNames are legal too, but since Kafka Connect 4.0 its web server
// refuses them in a path.
var slashedNames = []string{"a/b", "100%", "a%20b", "a%2Fb", `a\b`}

func TestOddNames(t *testing.T) {
	t.Parallel()
	liveUnder(t, connecttest.New(t), oddNames)
}

func TestSlashedNamesOnKafkaConnect3(t *testing.T) {
	t.Parallel()
	liveUnder(t, connecttest.New(t, connecttest.Version("3.9.0")), slashedNames)
}

func liveUnder(t *testing.T, worker *connecttest.Server, names []string) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			terraform := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
			connector := postgresConnector(name, properties{"topic.prefix": "shop"})
			acctest.Life(t.Context(), t, terraform.Resource(typedPostgres), connector,
				connector.With(acctest.Block{"max_batch_size": 2000}), "database_password")
			if _, left := worker.Config(name); left {
				t.Error("it is still on the cluster")
			}
		})
	}
}

// TestRefusedNames: they are refused in the plan, before a connector could be
// lost.
func TestRefusedNames(t *testing.T) {
	t.Parallel()
	worker := connecttest.New(t)
	cases := map[string]string{
		"":         "can't be empty",
		"  ":       "can't be empty",
		" a":       "whitespace",
		"a\tb":     "control character",
		"a;b":      "characters ; { }",
		"{a}":      "characters ; { }",
		"a/b":      "rejects a slash",
		"a%20b":    "rejects a slash",
		"a\\b":     "rejects a slash",
		"a/../b%":  "rejects a slash",
		"ends in ": "whitespace",
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
			diags := walk.PlanNew(t.Context(), typedPostgres, postgresConnector(name, properties{"topic.prefix": "shop"}))
			if len(diags) != 1 || !diags[0].IsError() || diags[0].Path != "name" || !diags.Mention(want) {
				t.Errorf("want one error at name that says %q, got %v", want, diags)
			}
		})
	}
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("something was written: %v", writes)
	}
}
