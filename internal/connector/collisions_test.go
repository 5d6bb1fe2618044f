package connector_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// properties is a configuration by Debezium's names.
type properties = catalogtest.Config

const typedPostgres, anyConnector = "debezium_postgres_connector", "debezium_connector"

// postgresConnector is a connector of its own in everything but the host.
func postgresConnector(name string, changes properties) acctest.Block {
	return acctest.Connector(catalog.KindByName("postgres"), name, catalogtest.Minimal("postgres").With(properties{"topic.prefix": name}).With(changes))
}

// genericPostgres is the same as a connector of any class.
func genericPostgres(name string, changes properties) acctest.Block {
	return acctest.AnyConnector(catalog.KindByName("postgres"), name,
		catalogtest.Minimal("postgres").With(properties{"topic.prefix": name, "plugin.name": "pgoutput"}).With(changes))
}

// newConnector is a new connector in a plan.
type newConnector struct {
	resource string
	config   acctest.Block
}

// TestCollisionsOfNewConnectors: of two that are planned together the second
// learns of the first, whichever comes first.
func TestCollisionsOfNewConnectors(t *testing.T) {
	same := properties{"slot.name": "shared"}
	elsewhere := properties{"slot.name": "shared", "database.hostname": "127.0.0.2"}
	cases := map[string]struct {
		collisions string
		one, other newConnector
		at         string // of the only diagnostic; empty: nothing is reported
		error      bool
	}{
		"one slot":               {"", newConnector{typedPostgres, postgresConnector("a", same)}, newConnector{typedPostgres, postgresConnector("b", same)}, "slot_name", true},
		"one slot, on two hosts": {"", newConnector{typedPostgres, postgresConnector("a", same)}, newConnector{typedPostgres, postgresConnector("b", elsewhere)}, "", false},
		"slots of their own":     {"", newConnector{typedPostgres, postgresConnector("a", nil)}, newConnector{typedPostgres, postgresConnector("b", nil)}, "", false},
		"the default slot":       {"", newConnector{anyConnector, genericPostgres("a", nil)}, newConnector{anyConnector, genericPostgres("b", nil)}, `config["slot.name"]`, true},
		"one slot, as a warning": {"warning", newConnector{typedPostgres, postgresConnector("a", same)}, newConnector{typedPostgres, postgresConnector("b", same)}, "slot_name", false},
		"one slot, unchecked":    {"off", newConnector{typedPostgres, postgresConnector("a", same)}, newConnector{typedPostgres, postgresConnector("b", same)}, "", false},
		"one topic prefix": {
			"", newConnector{typedPostgres, postgresConnector("a", properties{"topic.prefix": "shop"})},
			newConnector{typedPostgres, postgresConnector("b", properties{"topic.prefix": "shop"})}, "topic_prefix", false,
		},
	}
	for what, c := range cases {
		for _, order := range [][]newConnector{{c.one, c.other}, {c.other, c.one}} {
			t.Run(fmt.Sprintf("%s %s", what, order[0].config["name"]), func(t *testing.T) {
				t.Parallel()
				provider := acctest.Block{"url": connecttest.New(t).URL}
				if c.collisions != "" {
					provider["validation"] = acctest.Block{"collisions": c.collisions}
				}
				walk := acctest.StartWalk(t, acctest.InMemory(), provider)
				if all := walk.PlanNew(t.Context(), order[0].resource, order[0].config); len(all) > 0 {
					t.Errorf("of the first: %v", all)
				}
				all := walk.PlanNew(t.Context(), order[1].resource, order[1].config)
				switch {
				case c.at == "" && len(all) > 0:
					t.Errorf("unexpected diagnostics: %v", all)
				case c.at != "" && (len(all) != 1 || all[0].Path != c.at || all[0].IsError() != c.error ||
					!strings.Contains(all[0].Summary, fmt.Sprintf("%q", order[0].config["name"])) ||
					!strings.HasPrefix(all[0].Detail, fmt.Sprintf("Connector %q: ", order[1].config["name"]))):
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
	walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": connecttest.New(t).URL})
	found := make([]acctest.Diagnostics, many)
	var planning sync.WaitGroup
	for i := range many {
		planning.Go(func() {
			found[i] = walk.PlanNew(t.Context(), typedPostgres, postgresConnector(fmt.Sprintf("c%d", i), properties{"slot.name": "shared"}))
		})
	}
	planning.Wait()
	reported := 0
	for i, all := range found {
		switch {
		case len(all) > 1:
			t.Errorf("c%d is reported more than once: %v", i, all)
		case len(all) == 1 && (!all[0].IsError() || all[0].Path != "slot_name"):
			t.Errorf("c%d: %v", i, all)
		}
		reported += len(all)
	}
	if reported < many-1 {
		t.Errorf("%d of %d are reported", reported, many)
	}
}

// TestCollisionsWithUnmanagedConnectors: one that runs, and one that is stopped.
func TestCollisionsWithUnmanagedConnectors(t *testing.T) {
	for state, isError := range map[kafkaconnect.State]bool{kafkaconnect.StateRunning: true, kafkaconnect.StateStopped: false} {
		t.Run(string(state), func(t *testing.T) {
			server := connecttest.New(t)
			unmanaged := kafkaconnect.Config(catalogtest.Minimal("postgres").With(properties{
				"connector.class": catalog.KindByName("postgres").Class, "slot.name": "shared", "plugin.name": "pgoutput",
			}))
			server.AddConnector("unmanaged", unmanaged, state)
			walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": server.URL})
			all := walk.PlanNew(t.Context(), typedPostgres, postgresConnector("mine", properties{"slot.name": "shared"}))
			if len(all) != 1 || all[0].IsError() != isError || all[0].Path != "slot_name" || !strings.Contains(all[0].Summary, `"unmanaged"`) {
				t.Errorf("want one diagnostic at slot_name, error: %t, got %v", isError, all)
			}
		})
	}
}
