package messages_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// orders changes a block that has nothing wrong.
func orders(changes acctest.Block) acctest.Block { return acctest.Orders.With(changes) }

// planned is a situation of a plan for a new connector.
func planned(file, title string, configuration acctest.Block) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		_, _ = env.Connector.Plan(env.Ctx, configuration)
		return env.Connector.Diagnostics
	}}
}

// planSituations are about what neither a rule nor a worker finds.
var planSituations = []situation{
	planned("place-attribute", "A property that has an attribute stands in config.",
		orders(acctest.Block{"config": map[string]string{"slot.name": "orders"}})),
	planned("place-attribute-and-config", "A property is set by its attribute and in config.",
		orders(acctest.Block{"slot_name": "orders", "config": map[string]string{"slot.name": "orders"}})),
	planned("place-secret", "A secret that has attributes stands in config_wo.",
		orders(acctest.Block{"config_wo": map[string]string{"database.password": "x"}, "config_wo_version": 1}).Without("database_password_wo", "database_password_wo_version")),
	planned("place-both-maps", "A property stands in config and in config_wo.",
		orders(acctest.Block{"config": map[string]string{"driver.a": "1"}, "config_wo": map[string]string{"driver.a": "1"}, "config_wo_version": 1})),
	planned("place-name", "config has the connector's name.", orders(acctest.Block{"config": map[string]string{"name": "x"}})),
	planned("place-class", "config has a class.", orders(acctest.Block{"config": map[string]string{"connector.class": "x"}})),
	planned("place-empty", "config has an empty key.", orders(acctest.Block{"config": map[string]string{"": "x"}})),
	planned("name-empty", `name = ""`, orders(acctest.Block{"name": ""})),
	planned("name-spaces", `name = " orders"`, orders(acctest.Block{"name": " orders"})),
	planned("name-braces", `name = "orders{}"`, orders(acctest.Block{"name": "orders{}"})),
	planned("name-control-character", `name = "or\tders"`, orders(acctest.Block{"name": "or\tders"})),
	planned("name-slash", `name = "eu/orders", on Kafka Connect 4.3`, orders(acctest.Block{"name": "eu/orders"})),
	planned("version-missing", "A version of the plugin that isn't installed.", orders(acctest.Block{"connector_plugin_version": "3.4.0.Final"})),
	{"name-exists", "The cluster has a connector of this name that Terraform doesn't manage.", func(t *testing.T) acctest.Diagnostics {
		return besideTheirs(t, "io.debezium.connector.postgresql.PostgresConnector")
	}},
	{"name-exists-other-kind", "The cluster has a connector of this name and of another kind.", func(t *testing.T) acctest.Diagnostics {
		return besideTheirs(t, "io.debezium.connector.mysql.MySqlConnector")
	}},
	{"name-twice", "Two new resources have one name.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		w := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL})
		first := w.PlanNew(env.Ctx, "debezium_postgres_connector", acctest.Orders)
		env.Must(first.Err())
		return w.PlanNew(env.Ctx, "debezium_postgres_connector", acctest.Orders)
	}},
	{"offsets-too-late", "initial_offsets for a connector that exists.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		_, err := env.Connector.Plan(env.Ctx, orders(acctest.Block{"initial_offsets": `{"offsets": []}`}))
		env.Must(err)
		return env.Connector.Diagnostics
	}},
	{"connect-too-old", "A stopped connector with offsets, on Kafka Connect 3.4.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t, connecttest.Version("3.4.0"))
		_, _ = env.Connector.Plan(env.Ctx, orders(acctest.Block{"state": "stopped", "reset_offsets_on_destroy": true}))
		return env.Connector.Diagnostics
	}},
}

func besideTheirs(t *testing.T, class string) acctest.Diagnostics {
	t.Helper()
	env := acctest.NewEnv(t)
	env.AddConnector("orders", kafkaconnect.Config{"connector.class": class, "topic.prefix": "theirs"}, kafkaconnect.StateRunning)
	_, _ = env.Connector.Plan(env.Ctx, acctest.Orders)
	return env.Connector.Diagnostics
}
