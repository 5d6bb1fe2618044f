package messages_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// Traces as workers show them, shortened by frames.
const (
	roleTrace = "org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.\n" +
		"\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:67)\n" +
		"Caused by: org.postgresql.util.PSQLException: ERROR: must be superuser or replication role to start walsender\n" +
		"\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)\n"
	slotTrace = "org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.\n" +
		"Caused by: org.postgresql.util.PSQLException: ERROR: replication slot \"orders\" is active for PID 4711\n" +
		"\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)\n"
	unknownTrace = "java.lang.IllegalStateException: Something that nobody has seen so far\n\tat com.example.Thing.do(Thing.java:1)\n"
	lostTrace    = "org.apache.kafka.connect.errors.ConnectException: The connector is trying to read change stream starting at PostgresOffsetContext " +
		"[sourceInfoSchema=Schema{io.debezium.connector.postgresql.Source:STRUCT}, sourceInfo=source_info[server='shop'db='inventory', lsn=LSN{0/1963B08}, txId=744, " +
		"lastCommitLsn=LSN{0/1963B08}, timestamp=2024-01-01T00:00:00Z, snapshot=FALSE, schema=public, table=orders], lastSnapshotRecord=false, " +
		"lastCompletelyProcessedLsn=LSN{0/1963B08}, lastCommitLsn=LSN{0/1963B08}, streamingStoppingLsn=null, transactionContext=TransactionContext " +
		"[currentTransactionId=null, perTableEventCount={}, totalEventCount=0], incrementalSnapshotContext=IncrementalSnapshotContext [windowOpened=false, " +
		"chunkEndPosition=null, dataCollectionsToSnapshot=[], lastEventKeySent=null, maximumKey=null]], but this is no longer available on the server. " +
		"Reconfigure the connector to use a snapshot mode when needed.\n\tat io.debezium.connector.common.BaseSourceTask.validateAndLoadSchemaHistory(BaseSourceTask.java:148)\n"
	historyTrace = "org.apache.kafka.common.errors.TimeoutException: Timeout expired while fetching topic metadata\n"
)

// failing is a creation whose task fails with a trace.
func failing(file, title, trace string) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, trace)
		_ = env.Connector.Run(env.Ctx, acctest.Orders)
		return env.Connector.Diagnostics
	}}
}

// applied is an apply after a connector was created, and after something.
func applied(file, title string, before func(env *acctest.Env), configuration acctest.Block) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		p, err := env.Connector.Plan(env.Ctx, configuration)
		env.Must(err)
		before(env)
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics
	}}
}

// moreTables adds a table, without the warning of a plan.
var moreTables = orders(acctest.Block{"max_batch_size": 1024})

func answer(method, path string, status int, message string) func(*acctest.Env) {
	return func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: method, Path: path, Status: status, Message: message})
	}
}

var applySituations = []situation{
	failing("create-fails", "The task of a new connector fails.", roleTrace),
	failing("create-fails-slot-in-use", "Another client uses the replication slot.", slotTrace),
	failing("create-fails-position-lost", "The server no longer has the position.", lostTrace),
	failing("create-fails-history-servers", "The Kafka servers of the schema history can't be reached.", historyTrace),
	failing("create-fails-unknown", "The task fails with a trace that isn't known.", unknownTrace),
	applied("update-fails", "The task fails after an update.", func(env *acctest.Env) {
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, roleTrace)
	}, moreTables),
	{"restart-fails", "The task fails again after a restart.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.FailTask("orders", 0, roleTrace)
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, roleTrace)
		p, err := env.Connector.Plan(env.Ctx, acctest.Orders)
		env.Must(err)
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics
	}},
	{"resume-fails", "The task fails after a stopped connector was resumed.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(orders(acctest.Block{"state": "stopped"}))
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, roleTrace)
		_ = env.Connector.Run(env.Ctx, acctest.Orders)
		return env.Connector.Diagnostics
	}},
	applied("update-of-deleted", "The connector is deleted between plan and apply.", func(env *acctest.Env) { env.Remove("orders") }, moreTables),
	applied("update-dropped", "The worker accepts an update and drops it.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Kind: connecttest.DropWrite, Method: http.MethodPut, Path: "/connectors/orders/config"})
	}, orders(acctest.Block{"max_batch_size": 1024, "timeouts": acctest.Block{"update": "10s"}})),
	applied("update-refused", "The worker refuses an update.", answer(http.MethodPut, "/connectors/orders/config", http.StatusForbidden, "Not allowed by policy"), moreTables),
	applied("pause-refused", "The worker refuses a pause.", answer(http.MethodPut, "/connectors/orders/pause", http.StatusForbidden, "Not allowed by policy"),
		orders(acctest.Block{"state": "paused"})),
	applied("pause-not-done", "The worker fails to pause a connector.", answer(http.MethodPut, "/connectors/orders/pause", http.StatusInternalServerError, "Cannot pause"),
		orders(acctest.Block{"state": "paused", "timeouts": acctest.Block{"update": "10s"}})),
	applied("delete-refused", "The worker refuses a destroy.", answer(http.MethodDelete, "/connectors/orders", http.StatusForbidden, "Not allowed by policy"), nil),
	applied("keys-kept", "The worker keeps what an update removes.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Kind: connecttest.AddKeys, Method: http.MethodPut, Path: "/connectors/orders/config", Config: kafkaconnect.Config{"table.include.list": "public.orders"}})
	}, orders(acctest.Block{"max_batch_size": 1024}).Without("table_include_list")),
	{"create-exists", "Somebody creates a connector of this name between plan and apply.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		p, err := env.Connector.Plan(env.Ctx, acctest.Orders)
		env.Must(err)
		env.AddConnector("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.postgresql.PostgresConnector"}, kafkaconnect.StateRunning)
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics
	}},
	{"create-rebalancing", "The cluster rebalances during the whole apply.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		p, err := env.Connector.Plan(env.Ctx, orders(acctest.Block{"timeouts": acctest.Block{"create": "8s"}}))
		env.Must(err)
		fault := connecttest.Rebalances[0]
		fault.Method, fault.Path, fault.Times = http.MethodPost, "/connectors", 0
		env.Fault(fault)
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics
	}},
	waiting("wait-no-task", "A new connector runs without a task.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 200, Body: listing("", "")})
	}),
	waiting("wait-starting", "A new connector's task is starting, and has no state so far.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 200, Body: listing(`{"connector": "orders", "task": 0}`, "")})
	}),
	waiting("wait-unassigned", "A new connector's task doesn't start.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 200, Body: listing(`{"connector": "orders", "task": 0}`, `{"id": 0, "state": "UNASSIGNED", "worker_id": "w"}`)})
	}),
	waiting("wait-no-status", "The worker shows no status of a new connector.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 200, Body: "{}"})
	}),
	waiting("wait-unreadable", "The status of a new connector can't be read.", func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 503, Message: "Service Unavailable"})
	}),
	interrupted("wait-interrupted", "Ctrl-C while a new connector's task starts.", nil, acctest.Orders, func(env *acctest.Env, cancel func()) {
		env.AfterRequest(http.MethodPost, "/connectors", func() { cancelAfter(env, listing(`{"connector": "orders", "task": 0}`, ""), cancel) })
	}),
	interrupted("wait-brief", "Ctrl-C when an update has just been seen to run.", acctest.Orders, moreTables, func(env *acctest.Env, cancel func()) {
		running := listing(`{"connector": "orders", "task": 0}`, `{"id": 0, "state": "RUNNING", "worker_id": "w"}`)
		env.AfterRequest(http.MethodPut, "/connectors/orders/config", func() { cancelAfter(env, running, cancel) })
	}),
	interrupted("destroy-interrupted", "Ctrl-C while a destroy resets the offsets.", orders(acctest.Block{"reset_offsets_on_destroy": true}), nil,
		func(env *acctest.Env, cancel func()) {
			env.AfterRequest(http.MethodPut, "/connectors/orders/stop", cancel)
		}),
}

// interrupted is an apply that somebody ends with Ctrl-C.
func interrupted(file, title string, before, wanted acctest.Block, arrange func(env *acctest.Env, cancel func())) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		if before != nil {
			env.SetUp(before)
		}
		p, err := env.Connector.Plan(env.Ctx, wanted)
		env.Must(err)
		ctx, cancel := context.WithCancel(env.Ctx)
		defer cancel()
		arrange(env, cancel)
		_ = env.Connector.Apply(ctx, p)
		return env.Connector.Diagnostics
	}}
}

// cancelAfter cancels once a listing was seen, which is when the next is asked for.
func cancelAfter(env *acctest.Env, seen string, cancel func()) {
	env.Fault(connecttest.Fault{Method: http.MethodGet, Path: "/connectors", Status: 200, Body: seen})
	env.AfterRequest(http.MethodGet, "/connectors", func() { env.BeforeRequest(http.MethodGet, "/connectors", cancel) })
}

// listing is an answer with one connector, "orders", which is RUNNING, with its
// tasks and the states of those that have one.
func listing(tasks, states string) string {
	return `{"orders": {"info": {"name": "orders", "config": {}, "tasks": [` + tasks + `]}, "status": {"name": "orders", "connector": {"state": "RUNNING", "worker_id": "w"}, "tasks": [` + states + `]}}}`
}

// waiting is a creation whose wait ends without an outcome. The timeout is
// what is tested: the words are the same however long it is.
func waiting(file, title string, disturb func(env *acctest.Env)) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		p, err := env.Connector.Plan(env.Ctx, orders(acctest.Block{"timeouts": acctest.Block{"create": "8s"}}))
		env.Must(err)
		env.AfterRequest(http.MethodPost, "/connectors", func() { disturb(env) })
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics
	}}
}

// failed is a plan for a connector whose task has failed since it was created.
func failed(file, title, trace string, configuration acctest.Block, before func(env *acctest.Env)) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(configuration)
		before(env)
		env.FailTask("orders", 0, trace)
		_, err := env.Connector.Plan(env.Ctx, configuration)
		env.Must(err)
		return env.Connector.Diagnostics
	}}
}

func nothing(*acctest.Env) {}

var refreshSituations = []situation{
	failed("failed", "A refresh finds a failed task.", roleTrace, acctest.Orders, nothing),
	failed("failed-no-restart", "The same with restart_failed = false.", roleTrace, orders(acctest.Block{"restart_failed": false}), nothing),
	failed("failed-conflict", "The task failed because connector billing uses its slot.", slotTrace, orders(acctest.Block{"slot_name": "shared"}), func(env *acctest.Env) {
		config, _ := env.Config("orders")
		config["name"] = "billing"
		env.AddConnector("billing", config, kafkaconnect.StateRunning)
	}),
	{"failed-first-start", "A refresh after a creation whose task failed.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, roleTrace)
		_ = env.Connector.Run(env.Ctx, acctest.Orders)
		_, err := env.Connector.Plan(env.Ctx, acctest.Orders)
		env.Must(err)
		return env.Connector.Diagnostics
	}},
	{"refresh-other-kind", "The connector was created anew by hand, with another class.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.SetConfig("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"})
		_, _ = env.Connector.Plan(env.Ctx, acctest.Orders)
		return env.Connector.Diagnostics
	}},
	{"refresh-rebalancing", "The cluster rebalances during the whole refresh.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		fault := connecttest.Rebalances[0]
		fault.Times = 0
		env.Fault(fault)
		timing := acctest.FastPace()
		timing.Rebalance = 100 * time.Millisecond
		w := acctest.StartWalk(t, acctest.Paced(timing), acctest.Block{"url": env.Hooks.URL})
		return w.Refresh(env.Ctx, env.Connector)
	}},
}

// imported is an import of an ID into a debezium_postgres_connector, beside a
// MySQL connector that is called mysql.
func imported(file, title, id string) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.AddConnector("mysql", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}, kafkaconnect.StateRunning)
		_ = env.Connector.Import(env.Ctx, id)
		return env.Connector.Diagnostics
	}}
}

var importSituations = []situation{
	imported("import-empty", "An import without a name.", ""),
	imported("import-other-kind", "An import of a connector of another kind.", "mysql"),
	{"import-failed", "An import of a connector whose task has failed.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.Connector.Forget()
		env.FailTask("orders", 0, roleTrace)
		_, diagnostics := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL}).PlanImport(env.Ctx, env.Connector, "orders", acctest.Orders)
		return diagnostics
	}},
	moved("move-other-class", "A kafka-connect_connector of another class is moved.", "kafka-connect_connector", "mongey/kafka-connect",
		`{"name": "orders", "config": {"connector.class": "io.debezium.connector.mysql.MySqlConnector"}}`),
	moved("move-unreadable", "A state that isn't JSON is moved.", "kafka-connect_connector", "mongey/kafka-connect", `no JSON`),
}

// moved is a state that a moved block takes to a debezium_postgres_connector.
func moved(file, title, from, provider, state string) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		stored := acctest.Stored{Provider: "registry.terraform.io/" + provider, Type: from, JSON: []byte(state)}
		_, diagnostics := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL}).PlanMove(env.Ctx, env.Connector, stored, acctest.Orders)
		return diagnostics
	}}
}
