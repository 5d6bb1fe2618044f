package faults_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestUnchangedIsNeverSent: whatever happens to a connector whose configuration
// stays the same, the configuration isn't sent, however the server spells it.
func TestUnchangedIsNeverSent(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	odd := kafkaconnect.Config{
		"connector.class": "PostgresConnector", "database.hostname": "db.internal", "database.user": "debezium",
		"database.password": secret, "database.dbname": "inventory", "topic.prefix": "shop", "slot.name": "theirs",
		"table.include.list": "public.orders , public.lines", "tombstones.on.delete": "TRUE", "max.batch.size": "02048",
		"heartbeat.interval.ms": "${file:/secrets/db.properties:heartbeat}", "slot.stream.params": "", "some.proxy.key": " spaced ",
	}
	env.AddConnector("orders", odd, "")
	env.ResetCounts()
	env.Must(env.Connector.Import(env.Ctx, "orders"))
	wanted := moreTables.Without("database_password_wo", "database_password_wo_version").With(acctest.Block{
		"tombstones_on_delete": true, "max_batch_size": 2048, "slot_name": "theirs",
		"config": map[string]string{
			"heartbeat.interval.ms": "${file:/secrets/db.properties:heartbeat}", "slot.stream.params": "", "some.proxy.key": " spaced ",
		},
	})
	env.SetFile("/secrets/db.properties", map[string]string{"heartbeat": "0"})
	env.WantNoChanges(wanted)
	env.WantWrites()
	steps := []struct {
		name   string
		before func()
		change acctest.Block
	}{
		{name: "refresh"},
		{name: "timeouts", change: acctest.Block{"timeouts": acctest.Block{"update": "7m"}}},
		{name: "no waiting", change: acctest.Block{"wait_for_state": false}},
		{name: "waiting", change: acctest.Block{"wait_for_state": true}},
		{name: "no healing", change: acctest.Block{"restart_failed": false}},
		{name: "healing", change: acctest.Block{"restart_failed": nil}},
		{name: "offsets on destroy", change: acctest.Block{"reset_offsets_on_destroy": true}},
		{name: "initial offsets", change: acctest.Block{"initial_offsets": startingOffsets}},
		{name: "pause", change: acctest.Block{"state": "paused"}},
		{name: "stop", change: acctest.Block{"state": "stopped"}},
		{name: "resume", change: acctest.Block{"state": "running"}},
		{name: "heal", before: func() { env.FailTask("orders", 0, slotTrace) }},
		{name: "restart", change: acctest.Block{"restart_triggers": map[string]string{"secret": "2"}}},
		{name: "a pause by hand", before: func() { env.SetState("orders", kafkaconnect.StatePaused) }},
		{name: "the same password", change: acctest.Block{"database_password_wo": secret, "database_password_wo_version": 1}},
		{name: "a password that isn't sent", change: acctest.Block{"database_password_wo": "not yet", "database_password_wo_version": 1}},
		{name: "the password in the state", change: acctest.Block{
			"database_password_wo": nil, "database_password_wo_version": nil, "database_password": secret,
		}},
		{name: "the password left to the server again", change: acctest.Block{"database_password": nil}},
		{name: "other order", change: acctest.Block{"table_include_list": []string{"public.lines", "public.orders"}}},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			if s.before != nil {
				s.before()
			}
			wanted = wanted.With(s.change)
			if err := env.Connector.Converge(env.Ctx, wanted, 1); err != nil {
				t.Error(err)
			}
			if n := env.Count(http.MethodPut, "/connectors/*/config") + env.Count(http.MethodPost, "/connectors"); n != 0 {
				t.Errorf("the configuration was sent %d times", n)
			}
		})
	}
	got, _ := env.Config("orders")
	odd["name"] = "orders"
	for property, text := range odd {
		if got[property] != text {
			t.Errorf("%s is now %q, was %q", property, got[property], text)
		}
	}
}

// TestServerKeys: what the server added to the configuration is neither drift
// nor a reason to send it again, and an update doesn't miss it.
func TestServerKeys(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.Fault(connecttest.Fault{Kind: connecttest.AddKeys, Config: serverKeys})
	env.SetUp(orders)
	env.WantNoChanges(orders)
	env.Must(env.Connector.Run(env.Ctx, withState("paused")))
	env.Must(env.Connector.Run(env.Ctx, orders))
	env.WantWrites(paused, resumed)
	before, _ := env.Config("orders")
	env.ResetCounts()
	env.Must(env.Connector.Run(env.Ctx, moreTables))
	env.WantWrites(put)
	env.WantNoChanges(moreTables)
	before["table.include.list"] = "public.lines,public.orders"
	if after, _ := env.Config("orders"); !maps.Equal(after, before) {
		t.Errorf("the configuration is %v\nwant %v", after, before)
	}
}

// TestStaleReadAfterARemoval: a read of the configuration from before, which
// still has the removed property, doesn't make it one of the server's.
func TestStaleReadAfterARemoval(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.SetUp(orders.With(acctest.Block{"max_batch_size": 100}))
	env.AfterRequest(http.MethodPut, "/connectors/orders/config", func() {
		env.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Times: 2})
	})
	env.Must(env.Connector.Run(env.Ctx, orders))
	env.WantWrites(put)
	env.WantNoChanges(orders)
	config, _ := env.Config("orders")
	config["max.batch.size"] = "200"
	env.SetConfig("orders", config)
	env.Must(env.Connector.Run(env.Ctx, orders))
	if config, _ := env.Config("orders"); config["max.batch.size"] != "" {
		t.Errorf("max.batch.size is %q: it was taken for the server's own", config["max.batch.size"])
	}
}
