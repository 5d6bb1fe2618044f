package faults_test

import (
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

var impatient = acctest.Block{"create": "3s", "update": "3s", "delete": "3s"}

// TestDeletedByHand: whenever somebody deletes the connector, the next apply
// creates it again, in the state in which it is to be.
func TestDeletedByHand(t *testing.T) {
	t.Parallel()
	type deletion struct {
		name   string
		wanted acctest.Block
		from   acctest.Block // nil: nothing was there
		when   func(env *acctest.Env, remove func())
		fails  string // what the apply says; "" for nothing
	}
	at := func(method, path string) func(*acctest.Env, func()) {
		return func(env *acctest.Env, remove func()) { env.BeforeRequest(method, path, remove) }
	}
	after := func(method, path string) func(*acctest.Env, func()) {
		return func(env *acctest.Env, remove func()) { env.AfterRequest(method, path, remove) }
	}
	hasty := orders.With(acctest.Block{"timeouts": impatient})
	changed := moreTables.With(acctest.Block{"timeouts": impatient})
	cases := []deletion{
		{name: "before the refresh", from: hasty, wanted: changed, when: func(_ *acctest.Env, remove func()) { remove() }},
		{name: "before the update reads it", from: orders, wanted: moreTables, when: at(http.MethodGet, "/connectors/orders"), fails: "Run terraform plan again"},
		{name: "before the PUT", from: hasty, wanted: changed, when: at(http.MethodPut, "/connectors/orders/config")},
		{
			name: "before the PUT of a paused one", from: hasty.With(acctest.Block{"state": "paused"}),
			wanted: changed.With(acctest.Block{"state": "paused"}), when: at(http.MethodPut, "/connectors/orders/config"),
		},
		{name: "after the PUT", from: orders, wanted: moreTables, when: after(http.MethodPut, "/connectors/orders/config"), fails: "not found"},
		{name: "before the pause", from: orders, wanted: withState("paused"), when: at(http.MethodPut, "/connectors/orders/pause"), fails: "Run terraform plan again"},
		{name: "after the POST", wanted: hasty, when: after(http.MethodPost, "/connectors")},
		{name: "before the restart", from: orders, wanted: orders.With(acctest.Block{"restart_triggers": map[string]string{"a": "1"}}), when: at(http.MethodPost, "/connectors/orders/restart"), fails: "Run terraform plan again"},
		{name: "before the DELETE", from: hasty, when: at(http.MethodDelete, "/connectors/orders")},
		{name: "before the stop of a destroy", from: resetting, when: at(http.MethodPut, "/connectors/orders/stop")},
		{name: "before the DELETE of the offsets", from: resetting, when: at(http.MethodDelete, "/connectors/orders/offsets")},
	}
	acctest.Parallel(t, cases, func(c deletion) string { return c.name }, func(t *testing.T, c deletion) {
		env := acctest.NewEnv(t)
		if c.from != nil {
			env.SetUp(c.from)
		}
		c.when(env, func() { env.Remove("orders") })
		err := env.Connector.Run(env.Ctx, c.wanted)
		if c.fails != "" {
			acctest.WantError(t, err, c.fails)
		} else {
			env.Must(err)
		}
		env.Must(env.Connector.Converge(env.Ctx, c.wanted, 2))
		_, there := env.Config("orders")
		if there != (c.wanted != nil) {
			t.Errorf("it is on the cluster: %t", there)
		}
		if c.wanted != nil && c.wanted["state"] == "paused" && env.State("orders") != kafkaconnect.StatePaused {
			t.Errorf("it is %s", env.State("orders"))
		}
	})
}

// TestChangedByHand: what somebody changed on the cluster is drift, except a
// secret that the configuration leaves alone.
func TestChangedByHand(t *testing.T) {
	t.Parallel()
	change := func(env *acctest.Env, property, text string) {
		config, _ := env.Config("orders")
		config[property] = text
		env.SetConfig("orders", config)
		env.ResetCounts()
	}
	t.Run("a property", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(orders)
		change(env, "table.include.list", "public.other")
		env.Must(env.Connector.Converge(env.Ctx, orders, 1))
		env.WantWrites(put)
	})
	t.Run("a foreign property", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(orders)
		change(env, "tombstones.on.delete", "false")
		env.Must(env.Connector.Converge(env.Ctx, orders, 1))
		env.WantWrites(put)
	})
	t.Run("a secret", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(orders)
		change(env, "database.password", "rotated by hand")
		env.WantNoChanges(orders)
		env.WantWrites()
		env.Must(env.Connector.Converge(env.Ctx, moreTables, 1))
		env.WantWrites(put)
		if config, _ := env.Config("orders"); config["database.password"] != "rotated by hand" {
			t.Errorf("the secret is %q", config["database.password"])
		}
	})
	t.Run("the class", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(orders)
		env.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}, "")
		acctest.WantError(t, env.Connector.Run(env.Ctx, orders), "MySqlConnector", "debezium_mysql_connector")
		env.WantWrites()
	})
}
