package connector_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// theirs is somebody else's connector of the name that ours is to have.
var theirs = kafkaconnect.Config{
	"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "name": "orders",
	"database.hostname": "db.theirs", "database.user": "them", "database.password": "their secret",
	"database.dbname": "theirs", "topic.prefix": "theirs", "slot.name": "theirs",
}

// ours is the configuration that a creation of orders leaves.
func ours(t *testing.T) (config kafkaconnect.Config) {
	t.Helper()
	t.Run("ours", func(t *testing.T) {
		b := newRig(t)
		b.given(orders)
		config, _ = b.Config("orders")
	})
	return config
}

// TestNeverTakesOver: a connector that somebody else created meanwhile stays
// as it is, whatever happens to the creation, even one that is the same.
func TestNeverTakesOver(t *testing.T) {
	t.Parallel()
	same := ours(t)
	type takeover struct {
		name    string
		config  kafkaconnect.Config
		disturb func(b *rig, add func())
	}
	planned := func(_ *rig, add func()) { add() }
	withFault := func(f connecttest.Fault) func(*rig, func()) {
		return func(b *rig, add func()) {
			f := f
			f.Method, f.Path, f.Times = http.MethodPost, "/connectors", 1
			b.Fault(f)
			b.afterwards(http.MethodPost, "/connectors", add)
		}
	}
	cases := []takeover{
		{"between plan and apply", theirs, planned},
		{"between plan and apply, the same", same, planned},
		{"when the POST is lost", theirs, withFault(connecttest.Fault{Kind: connecttest.LoseRequest})},
		{"when the POST meets a rebalance", theirs, withFault(connecttest.Rebalances[0])},
		{"when the POST meets a rebalance, the same", same, withFault(connecttest.Rebalances[3])},
		{"when the POST meets a proxy's 503", theirs, withFault(connecttest.Fault{Status: 503, Body: "<html>try later</html>"})},
		{"of another class", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}, planned},
	}
	together(t, cases, func(c takeover) string { return c.name }, func(t *testing.T, c takeover) {
		b := newRig(t)
		p, err := b.driver.Plan(b.ctx, orders)
		b.must(err)
		c.disturb(b, func() { b.AddConnector("orders", c.config, kafkaconnect.StateRunning) })
		err = b.driver.Apply(b.ctx, p)
		wantError(t, err, "The connector already exists", "orders")
		if !b.driver.State.IsNull() {
			t.Errorf("the state has %s", b.driver.State)
		}
		c.config["name"] = "orders"
		if got, _ := b.Config("orders"); !maps.Equal(got, c.config) {
			t.Errorf("the connector is now %v", got)
		}
		if n := b.Count(http.MethodPut, "/connectors/orders/*"); n != 0 || b.started() != 1 {
			t.Errorf("it was written to %d times, and its tasks started %d times", n, b.started())
		}
	})
}

var impatient = acctest.Block{"create": "3s", "update": "3s", "delete": "3s"}

// TestDeletedByHand: whenever somebody deletes the connector, the next apply
// creates it again, in the state in which it is to be.
func TestDeletedByHand(t *testing.T) {
	t.Parallel()
	type deletion struct {
		name   string
		wanted acctest.Block
		from   acctest.Block // nil: nothing was there
		when   func(b *rig, remove func())
		fails  string // what the apply says; "" for nothing
	}
	at := func(method, path string) func(*rig, func()) {
		return func(b *rig, remove func()) { b.when(method, path, remove) }
	}
	after := func(method, path string) func(*rig, func()) {
		return func(b *rig, remove func()) { b.afterwards(method, path, remove) }
	}
	hasty := orders.With(acctest.Block{"timeouts": impatient})
	changed := moreTables.With(acctest.Block{"timeouts": impatient})
	cases := []deletion{
		{name: "before the refresh", from: hasty, wanted: changed, when: func(_ *rig, remove func()) { remove() }},
		{name: "before the update reads it", from: hasty, wanted: changed, when: at(http.MethodGet, "/connectors/orders"), fails: "Plan again"},
		{name: "before the PUT", from: hasty, wanted: changed, when: at(http.MethodPut, "/connectors/orders/config")},
		{
			name: "before the PUT of a paused one", from: hasty.With(acctest.Block{"state": "paused"}),
			wanted: changed.With(acctest.Block{"state": "paused"}), when: at(http.MethodPut, "/connectors/orders/config"),
		},
		{name: "after the PUT", from: hasty, wanted: changed, when: after(http.MethodPut, "/connectors/orders/config"), fails: "not found"},
		{name: "before the pause", from: hasty, wanted: hasty.With(acctest.Block{"state": "paused"}), when: at(http.MethodPut, "/connectors/orders/pause"), fails: "Plan again"},
		{name: "after the POST", wanted: hasty, when: after(http.MethodPost, "/connectors")},
		{name: "before the restart", from: hasty, wanted: hasty.With(acctest.Block{"restart_triggers": map[string]string{"a": "1"}}), when: at(http.MethodPost, "/connectors/orders/restart"), fails: "Plan again"},
		{name: "before the DELETE", from: hasty, when: at(http.MethodDelete, "/connectors/orders")},
		{name: "before the stop of a destroy", from: resetting, when: at(http.MethodPut, "/connectors/orders/stop")},
		{name: "before the DELETE of the offsets", from: resetting, when: at(http.MethodDelete, "/connectors/orders/offsets")},
	}
	together(t, cases, func(c deletion) string { return c.name }, func(t *testing.T, c deletion) {
		b := newRig(t)
		if c.from != nil {
			b.given(c.from)
		}
		c.when(b, func() { b.Remove("orders") })
		err := b.driver.Run(b.ctx, c.wanted)
		if c.fails != "" {
			wantError(t, err, c.fails)
		} else {
			b.must(err)
		}
		b.must(b.driver.Converge(b.ctx, c.wanted, 2))
		_, there := b.Config("orders")
		if there != (c.wanted != nil) {
			t.Errorf("it is on the cluster: %t", there)
		}
		if c.wanted != nil && c.wanted["state"] == "paused" && b.State("orders") != kafkaconnect.StatePaused {
			t.Errorf("it is %s", b.State("orders"))
		}
	})
}

// TestChangedByHand: what somebody changed on the cluster is drift, except a
// secret that the configuration leaves alone.
func TestChangedByHand(t *testing.T) {
	t.Parallel()
	change := func(b *rig, property, text string) {
		config, _ := b.Config("orders")
		config[property] = text
		b.SetConfig("orders", config)
		b.fresh()
	}
	t.Run("a property", func(t *testing.T) {
		b := newRig(t)
		b.given(orders)
		change(b, "table.include.list", "public.other")
		b.must(b.driver.Converge(b.ctx, orders, 1))
		b.wantWrites(put)
	})
	t.Run("a foreign property", func(t *testing.T) {
		b := newRig(t)
		b.given(orders)
		change(b, "tombstones.on.delete", "false")
		b.must(b.driver.Converge(b.ctx, orders, 1))
		b.wantWrites(put)
	})
	t.Run("a secret", func(t *testing.T) {
		b := newRig(t)
		b.given(orders)
		change(b, "database.password", "rotated by hand")
		b.settled(orders)
		b.wantWrites()
		b.must(b.driver.Converge(b.ctx, moreTables, 1))
		b.wantWrites(put)
		if config, _ := b.Config("orders"); config["database.password"] != "rotated by hand" {
			t.Errorf("the secret is %q", config["database.password"])
		}
	})
	t.Run("the class", func(t *testing.T) {
		b := newRig(t)
		b.given(orders)
		b.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}, "")
		wantError(t, b.driver.Run(b.ctx, orders), "MySqlConnector", "debezium_mysql_connector")
		b.wantWrites()
	})
}

// TestMaskedSecretIsNeeded: an update whose secret nobody knows is refused
// before anything is sent, and goes on once the configuration has the value.
func TestMaskedSecretIsNeeded(t *testing.T) {
	t.Parallel()
	b := newRig(t)
	b.given(orders)
	b.driver.Lose()
	b.MaskSecrets(true)
	b.must(b.driver.Import(b.ctx, "orders"))
	b.settled(unspoken)
	changed := without(moreTables, "database_password_wo", "database_password_wo_version")
	wantError(t, b.driver.Run(b.ctx, changed), "A secret's value is needed", "database.password")
	b.wantWrites()
	b.must(b.driver.Converge(b.ctx, moreTables, 1))
	b.wantWrites(put)
	if config, _ := b.Config("orders"); config["database.password"] != secret || config["table.include.list"] != "public.lines,public.orders" {
		t.Errorf("the cluster has %v", config)
	}
}

// TestRefusedRestart: a restart that the worker refuses isn't taken for done.
func TestRefusedRestart(t *testing.T) {
	t.Parallel()
	wanted := orders.With(acctest.Block{"restart_triggers": map[string]string{"secret": "2"}})
	b := newRig(t)
	b.given(orders)
	b.Fault(connecttest.Fault{Status: 403, Message: "not you", Method: http.MethodPost, Path: "/connectors/orders/restart", Times: 1})
	wantError(t, b.driver.Run(b.ctx, wanted), "Could not restart", "not you")
	b.must(b.driver.Converge(b.ctx, wanted, 1))
	b.wantWrites(restart, restart)
	if b.started() != 1 {
		t.Errorf("%d tasks were started", b.started())
	}
}

// TestLostAnswerThatNoWorkerShows: a creation whose answer was lost, and that
// the worker doesn't show for as long as it is looked for, is still known for
// ours once the name turns out to be taken.
func TestLostAnswerThatNoWorkerShows(t *testing.T) {
	t.Parallel()
	b := newRig(t)
	b.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: http.MethodPost, Path: "/connectors", Times: 1})
	b.afterwards(http.MethodPost, "/connectors", func() {
		b.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors/orders", Times: 6})
	})
	b.must(b.driver.Run(b.ctx, orders))
	b.wantWrites(posted, posted)
	b.settled(orders)
	if b.started() != 1 {
		t.Errorf("its tasks were started %d times", b.started())
	}
}
