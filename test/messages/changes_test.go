package messages_test

import (
	"fmt"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

type config = catalogtest.Config

// newEnv is an Env with every kind in one version, and a provider for one.
func newEnv(t *testing.T, kind *catalog.Kind, provider acctest.Block) *acctest.Env {
	t.Helper()
	var plugins []*connecttest.Plugin
	for _, k := range catalog.Kinds() {
		plugins = append(plugins, connecttest.DebeziumPlugin(k.Name, "3.5.0.Final"))
	}
	env := acctest.NewEnv(t, connecttest.Plugins(plugins...))
	env.Manage(acctest.ResourceOf(kind), acctest.Block{"url": env.Hooks.URL}.With(provider))
	return env
}

// block is a connector "orders" of a kind, by changes to the least it needs.
func block(kindName string, changes config) acctest.Block {
	return acctest.Connector(catalog.KindByName(kindName), "orders", catalogtest.Minimal(kindName).With(changes))
}

// change is a plan against a connector that runs.
type change struct {
	rule, kind    string
	before, after config
	attributes    acctest.Block // of the plan, beside after's
	destroy       bool
}

func changeSituations() []situation {
	var all []situation
	for _, c := range []change{
		{rule: "changed-name", kind: "postgres", attributes: acctest.Block{"name": "orders2"}},
		{rule: "changed-topic-prefix", kind: "mysql", after: config{"topic.prefix": "store"}},
		{rule: "changed-server", kind: "postgres", after: config{"database.hostname": "db2"}},
		{rule: "changed-history-topic", kind: "mysql", after: config{"schema.history.internal.kafka.topic": "new"}},
		{rule: "changed-snapshot-mode", kind: "postgres", after: config{"snapshot.mode": "no_data"}},
		{rule: "kept-snapshot-mode", kind: "mysql", before: config{"snapshot.mode": "always"}, after: config{"snapshot.mode": "always", "max.batch.size": "1024"}},
		{
			rule: "added-tables", kind: "postgres", before: config{"table.include.list": "public.a"},
			after: config{"table.include.list": "public.a,public.b"},
		},
		{
			rule: "removed-tables", kind: "postgres", before: config{"table.include.list": "public.a,public.b"},
			after: config{"table.include.list": "public.a"},
		},
		{rule: "changed-slot", kind: "postgres", after: config{"slot.name": "other"}},
		{rule: "left-slot", kind: "postgres", destroy: true},
		{rule: "left-offsets", kind: "mysql", destroy: true},
		{rule: "drops-slot", kind: "postgres", before: config{"slot.drop.on.stop": "true"}, after: config{"slot.drop.on.stop": "false"}},
		{rule: "changed-publication", kind: "postgres", before: config{"publication.name": "orders"}, after: config{"publication.name": "orders2"}},
		{rule: "changed-publication-mode", kind: "postgres", after: config{"publication.autocreate.mode": "filtered"}},
	} {
		what := "A change of"
		if c.destroy {
			what = "A destroy of"
		}
		title := fmt.Sprintf("%s a running debezium_%s_connector \"orders\".\n%s", what, c.kind, written(c.after))
		all = append(all, situation{"change-" + c.rule, title, c.diagnostics})
	}
	return append(all,
		situation{"change-changed-class", "Another connector_class for a debezium_connector \"orders\".", changedClass},
		situation{"change-pause-undone", "A plan for a connector that someone has paused by hand.", pauseUndone},
	)
}

func (c change) diagnostics(t *testing.T) acctest.Diagnostics {
	t.Helper()
	env := newEnv(t, catalog.KindByName(c.kind), nil)
	env.SetUp(block(c.kind, c.before))
	var planned acctest.Block
	if !c.destroy {
		planned = block(c.kind, c.after).With(c.attributes)
	}
	_, err := env.Connector.Plan(env.Ctx, planned)
	env.Must(err)
	return env.Connector.Diagnostics
}

func changedClass(t *testing.T) acctest.Diagnostics {
	t.Helper()
	env := newEnv(t, nil, nil)
	generic := func(kindName string) acctest.Block {
		k := catalog.KindByName(kindName)
		return acctest.AnyConnector(k, "orders", catalogtest.WithDefaults(k, k.Newest(), "orders", catalogtest.Minimal(kindName)))
	}
	env.SetUp(generic("mysql"))
	_, err := env.Connector.Plan(env.Ctx, generic("mariadb"))
	env.Must(err)
	return env.Connector.Diagnostics
}

func pauseUndone(t *testing.T) acctest.Diagnostics {
	t.Helper()
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	env.SetState("orders", kafkaconnect.StatePaused)
	_, err := env.Connector.Plan(env.Ctx, acctest.Orders)
	env.Must(err)
	return env.Connector.Diagnostics
}

// collision is a new connector "orders" beside one named "billing" that uses
// the same.
type collision struct {
	rule, kind    string
	other, orders config
}

func collisionSituations() []situation {
	xstream := config{"database.connection.adapter": "xstream", "xstream.out.server.name": "dbzxout"}
	filtered := config{"publication.autocreate.mode": "filtered", "publication.name": "pub"}
	var all []situation
	for _, c := range []collision{
		{"shared-slot", "postgres", config{"slot.name": "shop"}, config{"slot.name": "shop"}},
		{"shared-server-id", "mysql", config{"database.server.id": "7"}, config{"database.server.id": "7"}},
		{"shared-xstream-server", "oracle", xstream, xstream},
		{"shared-flush-table", "oracle", nil, nil},
		{"shared-signal-table", "mysql", config{"signal.data.collection": "shop.signal"}, config{"signal.data.collection": "shop.signal"}},
		{"shared-topic-prefix", "postgres", config{"topic.prefix": "orders"}, nil},
		{
			"shared-history-topic", "mysql", config{"schema.history.internal.kafka.topic": "history"},
			config{"schema.history.internal.kafka.topic": "history"},
		},
		{"history-topic-is-other-prefix", "mysql", nil, config{"schema.history.internal.kafka.topic": "billing"}},
		{
			"shared-publication", "postgres", filtered.With(config{"table.include.list": "public.a"}),
			filtered.With(config{"table.include.list": "public.b"}),
		},
	} {
		title := fmt.Sprintf("A new debezium_%s_connector \"orders\" beside a running \"billing\".\n%s", c.kind, written(c.orders))
		all = append(all, situation{"collision-" + c.rule, title, c.diagnostics})
	}
	return all
}

func (c collision) diagnostics(t *testing.T) acctest.Diagnostics {
	t.Helper()
	kind := catalog.KindByName(c.kind)
	env := newEnv(t, kind, nil)
	other := catalogtest.WithDefaults(kind, kind.Newest(), "billing", catalogtest.Minimal(c.kind).With(config{"topic.prefix": "billing"}).With(c.other))
	env.AddConnector("billing", kafkaconnect.Config(other.With(config{"connector.class": kind.Class})), kafkaconnect.StateRunning)
	_, _ = env.Connector.Plan(env.Ctx, block(c.kind, config{"topic.prefix": "orders"}.With(c.orders)))
	return env.Connector.Diagnostics
}
