package faults_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestOldWorkers: what a worker is too old for is an error of the plan, before
// anything is sent, or done in another way.
func TestOldWorkers(t *testing.T) {
	t.Parallel()
	const restartTask = "POST /connectors/orders/tasks/0/restart"
	type row struct {
		name   string
		given  acctest.Block
		before func(env *acctest.Env)
		wanted acctest.Block
		// by version, the writes, or none for an error of the plan that says…
		planError string
		writes    map[string][]string
	}
	rows := []row{
		{
			name: "create", wanted: orders,
			writes: map[string][]string{"2.8.2": {posted}, "3.4.1": {posted}, "3.5.2": {posted}, "3.6.2": {posted}, "3.9.1": {posted}},
		},
		{
			name: "create paused", wanted: withState("paused"), planError: "state requires a newer Kafka Connect",
			writes: map[string][]string{"3.9.1": {posted}},
		},
		{
			name: "create with offsets", wanted: orders.With(acctest.Block{"initial_offsets": startingOffsets}),
			planError: "initial_offsets requires a newer Kafka Connect", writes: map[string][]string{"3.9.1": {posted, patched, resumed}},
		},
		{
			name: "update", given: orders, wanted: moreTables,
			writes: map[string][]string{"2.8.2": {put}, "3.4.1": {put}, "3.5.2": {put}, "3.6.2": {put}, "3.9.1": {put}},
		},
		{
			name: "pause", given: orders, wanted: withState("paused"),
			writes: map[string][]string{"2.8.2": {paused}, "3.4.1": {paused}, "3.5.2": {paused}, "3.6.2": {paused}, "3.9.1": {paused}},
		},
		{
			name: "stop", given: orders, wanted: withState("stopped"), planError: "state requires a newer Kafka Connect",
			writes: map[string][]string{"3.5.2": {stopped}, "3.6.2": {stopped}, "3.9.1": {stopped}},
		},
		{
			name: "heal", given: orders, before: failTask, wanted: orders,
			writes: map[string][]string{"2.8.2": {restartTask}, "3.4.1": {restart}, "3.5.2": {restart}, "3.6.2": {restart}, "3.9.1": {restart}},
		},
		{
			name: "heal the connector itself", given: orders, before: func(env *acctest.Env) { env.FailConnector("orders", slotTrace) }, wanted: orders,
			writes: map[string][]string{"2.8.2": {restart}, "3.4.1": {restart}, "3.5.2": {restart}, "3.6.2": {restart}, "3.9.1": {restart}},
		},
		{
			name: "restart", given: orders, wanted: orders.With(acctest.Block{"restart_triggers": map[string]string{"a": "1"}}),
			writes: map[string][]string{"2.8.2": {restart, restartTask}, "3.4.1": {restart}, "3.5.2": {restart}, "3.6.2": {restart}, "3.9.1": {restart}},
		},
		{
			name: "update what has failed", given: orders, before: failTask, wanted: moreTables,
			writes: map[string][]string{
				"2.8.2": {put}, "3.4.1": {put},
				"3.5.2": {stopped, put, resumed}, "3.6.2": {stopped, put, resumed}, "3.9.1": {stopped, put, resumed},
			},
		},
		{
			name: "offsets on destroy", given: orders, wanted: resetting, planError: "reset_offsets_on_destroy requires a newer Kafka Connect",
			writes: map[string][]string{"3.6.2": {}, "3.9.1": {}},
		},
		{
			name: "destroy", given: orders,
			writes: map[string][]string{"2.8.2": {deleted}, "3.4.1": {deleted}, "3.5.2": {deleted}, "3.6.2": {deleted}, "3.9.1": {deleted}},
		},
	}
	type onVersion struct {
		row
		version string
	}
	var cases []onVersion
	for _, r := range rows {
		for _, version := range []string{"2.8.2", "3.4.1", "3.5.2", "3.6.2", "3.9.1"} {
			cases = append(cases, onVersion{r, version})
		}
	}
	acctest.Parallel(t, cases, func(c onVersion) string { return c.name + " on " + c.version }, func(t *testing.T, c onVersion) {
		env := acctest.NewEnv(t, connecttest.Version(c.version))
		if c.given != nil {
			env.SetUp(c.given)
		}
		if c.before != nil {
			c.before(env)
		}
		want, can := c.writes[c.version]
		err := env.Connector.Run(env.Ctx, c.wanted)
		env.WantWrites(want...)
		if !can {
			acctest.WantError(t, err, c.planError, "the cluster runs "+c.version[:3])
			return
		}
		env.Must(err)
		env.WantNoChanges(c.wanted)
	})
}
