package faults_test

import (
	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

const secret = acctest.OrdersSecret

// orders is the connector of the fault tests.
var orders = acctest.Orders

// operation is a row of the fault table: one apply of the life of a connector.
type operation struct {
	name   string
	given  acctest.Block // applied before; nil: there is nothing
	before func(env *acctest.Env)
	act    func(env *acctest.Env, wanted acctest.Block) error // nil: plan and apply
	wanted acctest.Block                                      // nil: destroyed

	writes []string           // what it sends where nothing goes wrong
	starts int                // of tasks
	state  kafkaconnect.State // in which the connector is to be afterwards
}

const (
	posted    = "POST /connectors"
	put       = "PUT /connectors/orders/config"
	paused    = "PUT /connectors/orders/pause"
	stopped   = "PUT /connectors/orders/stop"
	resumed   = "PUT /connectors/orders/resume"
	restart   = "POST /connectors/orders/restart"
	deleted   = "DELETE /connectors/orders"
	patched   = "PATCH /connectors/orders/offsets"
	unpatched = "DELETE /connectors/orders/offsets"
)

const startingOffsets = `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":26622728}}]}`

// slotTrace is a failure that a restart may heal.
const slotTrace = "org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.\n" +
	"\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:67)\n" +
	"Caused by: org.postgresql.util.PSQLException: The connection attempt failed.\n" +
	"\tat org.postgresql.core.v3.ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:354)\n" +
	"\t... 5 more\n"

var (
	moreTables = orders.With(acctest.Block{"table_include_list": []string{"public.orders", "public.lines"}})
	withState  = func(state string) acctest.Block { return orders.With(acctest.Block{"state": state}) }
	unspoken   = orders.Without("database_password_wo", "database_password_wo_version")
	stored     = unspoken.With(acctest.Block{"database_password": secret})
	resetting  = orders.With(acctest.Block{"reset_offsets_on_destroy": true})
)

func failTask(env *acctest.Env) { env.FailTask("orders", 0, slotTrace) }

func importOrders(env *acctest.Env, wanted acctest.Block) error {
	if err := env.Connector.Import(env.Ctx, "orders"); err != nil {
		return err
	}
	return env.Connector.Run(env.Ctx, wanted)
}

var operations = []operation{
	{name: "create", wanted: orders, writes: []string{posted}, starts: 1, state: kafkaconnect.StateRunning},
	{name: "create paused", wanted: withState("paused"), writes: []string{posted}, state: kafkaconnect.StatePaused},
	{
		name: "create with offsets", wanted: orders.With(acctest.Block{"initial_offsets": startingOffsets}),
		writes: []string{posted, patched, resumed}, starts: 1, state: kafkaconnect.StateRunning,
	},
	{name: "refresh", given: orders, wanted: orders, state: kafkaconnect.StateRunning},
	{name: "update", given: orders, wanted: moreTables, writes: []string{put}, starts: 1, state: kafkaconnect.StateRunning},
	{name: "pause", given: orders, wanted: withState("paused"), writes: []string{paused}, state: kafkaconnect.StatePaused},
	{
		name: "pause what has failed", given: orders, before: failTask, wanted: withState("paused"),
		writes: []string{paused}, state: kafkaconnect.StatePaused,
	},
	{
		name: "pause with the secret in the state", given: stored, wanted: stored.With(acctest.Block{"state": "paused"}),
		writes: []string{paused}, state: kafkaconnect.StatePaused,
	},
	{name: "stop", given: withState("paused"), wanted: withState("stopped"), writes: []string{stopped}, state: kafkaconnect.StateStopped},
	{name: "resume", given: withState("stopped"), wanted: orders, writes: []string{resumed}, starts: 1, state: kafkaconnect.StateRunning},
	{
		name: "update and pause", given: orders, wanted: moreTables.With(acctest.Block{"state": "paused"}),
		writes: []string{paused, put}, state: kafkaconnect.StatePaused,
	},
	{
		name: "update and resume", given: withState("stopped"), wanted: moreTables,
		writes: []string{put, resumed}, starts: 1, state: kafkaconnect.StateRunning,
	},
	{name: "heal", given: orders, before: failTask, wanted: orders, writes: []string{restart}, starts: 1, state: kafkaconnect.StateRunning},
	{
		name: "update what has failed", given: orders, before: failTask, wanted: moreTables,
		writes: []string{stopped, put, resumed}, starts: 1, state: kafkaconnect.StateRunning,
	},
	{
		name: "restart", given: orders, wanted: orders.With(acctest.Block{"restart_triggers": map[string]string{"secret": "2"}}),
		writes: []string{restart}, starts: 1, state: kafkaconnect.StateRunning,
	},
	{name: "destroy", given: orders, writes: []string{deleted}},
	{
		name: "destroy with offsets", given: resetting, writes: []string{stopped, unpatched, deleted},
		before: func(env *acctest.Env) {
			env.SetOffsets("orders", kafkaconnect.Offset{Partition: []byte(`{"server":"shop"}`), Offset: []byte(`{"lsn":1}`)})
		},
	},
	{
		name: "replace", given: orders, wanted: orders.With(acctest.Block{"name": "orders2"}),
		writes: []string{deleted, posted}, starts: 1, state: kafkaconnect.StateRunning,
	},
	{
		name: "import", given: orders, before: func(env *acctest.Env) { env.Connector.Forget() }, act: importOrders,
		wanted: unspoken, state: kafkaconnect.StateRunning,
	},
	{
		name: "update with a secret left to the server", given: orders,
		before: func(env *acctest.Env) {
			env.Connector.Forget()
			env.Must(env.Connector.Import(env.Ctx, "orders"))
			env.ResetCounts()
		},
		wanted: moreTables.With(acctest.Block{"database_password_wo": nil, "database_password_wo_version": nil}),
		writes: []string{put}, starts: 1, state: kafkaconnect.StateRunning,
	},
}
