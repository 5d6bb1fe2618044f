package connector_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

const typedPostgres, anyConnector = "debezium_postgres_connector", "debezium_connector"

// postgresConnector is a connector of its own in everything but the host.
func postgresConnector(name string, changes properties) values {
	return written(catalog.KindByName("postgres"), name, minimal["postgres"].with(properties{"topic.prefix": name}).with(changes))
}

// genericPostgres is the same as a connector of any class.
func genericPostgres(name string, changes properties) values {
	config := minimal["postgres"].with(properties{"topic.prefix": name, "plugin.name": "pgoutput"}).with(changes)
	return values{"name": name, "connector_class": catalog.KindByName("postgres").Class, "config": map[string]string(config)}
}

// planned is a new connector in a plan.
type planned struct {
	resource string
	config   values
}

// TestCollisionsOfNewConnectors: of two that are planned together the second
// learns of the first, whichever comes first.
func TestCollisionsOfNewConnectors(t *testing.T) {
	same := properties{"slot.name": "shared"}
	elsewhere := properties{"slot.name": "shared", "database.hostname": "127.0.0.2"}
	cases := map[string]struct {
		collisions string
		one, other planned
		at         string // of the only diagnostic; empty: nothing is said
		error      bool
	}{
		"one slot":               {"", planned{typedPostgres, postgresConnector("a", same)}, planned{typedPostgres, postgresConnector("b", same)}, "slot_name", true},
		"one slot, on two hosts": {"", planned{typedPostgres, postgresConnector("a", same)}, planned{typedPostgres, postgresConnector("b", elsewhere)}, "", false},
		"slots of their own":     {"", planned{typedPostgres, postgresConnector("a", nil)}, planned{typedPostgres, postgresConnector("b", nil)}, "", false},
		"the default slot":       {"", planned{anyConnector, genericPostgres("a", nil)}, planned{anyConnector, genericPostgres("b", nil)}, `config["slot.name"]`, true},
		"one slot, as a warning": {"warning", planned{typedPostgres, postgresConnector("a", same)}, planned{typedPostgres, postgresConnector("b", same)}, "slot_name", false},
		"one slot, unchecked":    {"off", planned{typedPostgres, postgresConnector("a", same)}, planned{typedPostgres, postgresConnector("b", same)}, "", false},
		"one topic prefix": {
			"", planned{typedPostgres, postgresConnector("a", properties{"topic.prefix": "shop"})},
			planned{typedPostgres, postgresConnector("b", properties{"topic.prefix": "shop"})}, "topic_prefix", false,
		},
	}
	for what, c := range cases {
		for _, order := range [][]planned{{c.one, c.other}, {c.other, c.one}} {
			t.Run(fmt.Sprintf("%s %s", what, order[0].config["name"]), func(t *testing.T) {
				t.Parallel()
				provider := values{"url": connecttest.New(t).URL}
				if c.collisions != "" {
					provider["validation"] = values{"collisions": c.collisions}
				}
				p := newPlanner(t, acctest.InMemory(), provider)
				if all := p.plan(order[0].resource, order[0].config); len(all) > 0 {
					t.Errorf("said of the first: %v", all)
				}
				all := p.plan(order[1].resource, order[1].config)
				switch {
				case c.at == "" && len(all) > 0:
					t.Errorf("said: %v", all)
				case c.at != "" && (len(all) != 1 || all[0].at != c.at || all[0].error != c.error ||
					!strings.Contains(all[0].summary, fmt.Sprintf("%q", order[0].config["name"])) ||
					!strings.Contains(all[0].summary, fmt.Sprintf("(connector %q)", order[1].config["name"]))):
					t.Errorf("want one diagnostic at %s, error: %t, which names both, got %v", c.at, c.error, all)
				}
			})
		}
	}
}

// TestCollisionsAtOnce: of many that are planned at the same time, each but
// one at most learns that the slot is taken.
func TestCollisionsAtOnce(t *testing.T) {
	t.Parallel()
	const many = 20
	p := newPlanner(t, acctest.InMemory(), values{"url": connecttest.New(t).URL})
	found := make([][]said, many)
	var planning sync.WaitGroup
	for i := range many {
		planning.Go(func() {
			found[i] = p.plan(typedPostgres, postgresConnector(fmt.Sprintf("c%d", i), properties{"slot.name": "shared"}))
		})
	}
	planning.Wait()
	told := 0
	for i, all := range found {
		switch {
		case len(all) > 1:
			t.Errorf("c%d is told more than once: %v", i, all)
		case len(all) == 1 && (!all[0].error || all[0].at != "slot_name"):
			t.Errorf("c%d: %v", i, all)
		}
		told += len(all)
	}
	if told < many-1 {
		t.Errorf("%d of %d are told", told, many)
	}
}

// TestCollisionsWithStrangers: a connector that Terraform doesn't manage, and
// one that is stopped.
func TestCollisionsWithStrangers(t *testing.T) {
	for state, isError := range map[kafkaconnect.State]bool{kafkaconnect.StateRunning: true, kafkaconnect.StateStopped: false} {
		t.Run(string(state), func(t *testing.T) {
			server := connecttest.New(t)
			stranger := kafkaconnect.Config{"connector.class": catalog.KindByName("postgres").Class, "slot.name": "shared", "plugin.name": "pgoutput"}
			for property, text := range minimal["postgres"] {
				stranger[property] = text
			}
			server.AddConnector("stranger", stranger, state)
			p := newPlanner(t, acctest.InMemory(), values{"url": server.URL})
			all := p.plan(typedPostgres, postgresConnector("mine", properties{"slot.name": "shared"}))
			if len(all) != 1 || all[0].error != isError || all[0].at != "slot_name" || !strings.Contains(all[0].summary, `"stranger"`) {
				t.Errorf("want one diagnostic at slot_name, error: %t, got %v", isError, all)
			}
		})
	}
}

// TestCollisionsOverTime: with the terraform binary, where resources have a
// past. A replacement that keeps its slot, a move and a rename collide with
// nothing; nor does a pair that is left as it is; the second of a new pair does.
func TestCollisionsOverTime(t *testing.T) {
	for _, parallelism := range []string{"1", "10"} {
		t.Run("parallelism "+parallelism, func(t *testing.T) {
			t.Setenv("TF_CLI_ARGS_plan", "-parallelism="+parallelism)
			server := connecttest.New(t)
			config := func(collisions, resources string) string {
				return fmt.Sprintf("provider \"debezium\" {\n url = %q\n validation = { collisions = %q }\n}\n%s", server.URL, collisions, resources)
			}
			one := func(label, name, slot string) string {
				return fmt.Sprintf("resource \"debezium_postgres_connector\" %q {\n  name = %q\n  slot_name = %q\n%s\n}\n",
					label, name, slot, strings.Replace(kinds[1].body, `"shop"`, fmt.Sprintf("%q", name), 1))
			}
			each := func(names string) string {
				return fmt.Sprintf("resource \"debezium_postgres_connector\" \"all\" {\n  for_each = toset(%s)\n  name = each.key\n  slot_name = \"slot\"\n%s\n}\n",
					names, strings.Replace(kinds[1].body, `"shop"`, "each.key", 1))
			}
			const movedA = "moved {\n  from = debezium_postgres_connector.a\n  to = debezium_postgres_connector.all[\"b\"]\n}\n"
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.InMemory(),
				CheckDestroy:             gone(server),
				Steps: []resource.TestStep{
					{Config: config("on", one("a", "a", "slot"))},
					{
						Config:           config("on", one("a", "a2", "slot")),
						ConfigPlanChecks: applies("debezium_postgres_connector.a", plancheck.ResourceActionReplace),
					},
					{
						Config:           config("on", movedA+each(`["b"]`)),
						ConfigPlanChecks: applies(`debezium_postgres_connector.all["b"]`, plancheck.ResourceActionReplace),
					},
					{Config: config("on", each(`["b", "c"]`)), ExpectError: saying(`slot.name "slot" is used by connector`)},
					{Config: config("off", each(`["b", "c"]`))},
					{Config: config("on", each(`["b", "c"]`)), ConfigPlanChecks: nothing()},
					{Config: config("on", each(`["c"]`))},
					{Config: config("on", "")}, // the testing framework can't end a test with for_each
				},
			})
		})
	}
}
