package messages_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

const (
	restart  = "debezium_restart_connector"
	reset    = "debezium_reset_offsets"
	snapshot = "debezium_execute_snapshot"
)

// captured is what the connector of actions is configured with: it listens for
// signals at a port where no broker does.
var captured = kafkaconnect.Config{
	"connector.class":                "io.debezium.connector.postgresql.PostgresConnector",
	"topic.prefix":                   "shop",
	"table.include.list":             "public.orders",
	"signal.enabled.channels":        "source,kafka",
	"signal.kafka.bootstrap.servers": "127.0.0.1:1",
	"signal.data.collection":         "public.signals",
}

// invoked is an action on a connector "orders", before which something happens.
func invoked(file, title, action string, settings acctest.Block, before func(env *acctest.Env), options ...connecttest.Option) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t, options...)
		env.AddConnector("orders", captured, kafkaconnect.StateRunning)
		before(env)
		tf := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL})
		_, err := tf.Invoke(env.Ctx, action, acctest.Block{"name": "orders"}.With(settings))
		var diagnostics acctest.Diagnostics
		if !errors.As(err, &diagnostics) {
			t.Fatalf("got %v", err)
		}
		return diagnostics
	}}
}

// configured changes the connector; "" leaves a property out.
func configured(changes kafkaconnect.Config) func(env *acctest.Env) {
	return func(env *acctest.Env) {
		config := kafkaconnect.Config{}
		for _, properties := range []kafkaconnect.Config{captured, changes} {
			for property, value := range properties {
				config[property] = value
				if value == "" {
					delete(config, property)
				}
			}
		}
		env.SetConfig("orders", config)
	}
}

func inState(state kafkaconnect.State) func(env *acctest.Env) {
	return func(env *acctest.Env) { env.SetState("orders", state) }
}

func gone(env *acctest.Env) { env.Remove("orders") }

var someTables = acctest.Block{"tables": []string{"public.orders"}}

var actionSituations = []situation{
	invoked("action-restart-missing", "A restart of a connector that isn't there.", restart, nil, gone),
	invoked("action-restart-paused", "A restart of a paused connector.", restart, nil, inState(kafkaconnect.StatePaused)),
	invoked("action-restart-no-status", "A restart right after the creation.", restart, nil, func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Kind: connecttest.NoStatus})
	}),
	invoked("action-restart-refused", "The worker refuses a restart.", restart, nil, func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodPost, Status: http.StatusForbidden, Message: "Not allowed by policy"})
	}),
	invoked("action-restart-fails", "The task fails again after a restart.", restart, nil, func(env *acctest.Env) {
		env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, roleTrace)
	}),
	invoked("action-reset-missing", "A reset of a connector that isn't there.", reset, nil, gone),
	invoked("action-reset-too-old", "A reset on Kafka Connect 3.5.", reset, nil, nothing, connecttest.Version("3.5.2")),
	invoked("action-reset-refused", "The worker refuses to delete offsets.", reset, nil, func(env *acctest.Env) {
		env.Fault(connecttest.Fault{Method: http.MethodDelete, Status: http.StatusForbidden, Message: "Not allowed by policy"})
	}),
	invoked("action-reset-no-json", `offsets = "none"`, reset, acctest.Block{"offsets": "none"}, nothing),
	invoked("action-reset-partition", "New offsets for another topic prefix.", reset,
		acctest.Block{"offsets": `{"offsets": [{"partition": {"server": "other"}, "offset": {"lsn": 1}}]}`}, nothing),
	invoked("action-snapshot-missing", "A snapshot of a connector that isn't there.", snapshot, someTables, gone),
	invoked("action-snapshot-paused", "A snapshot of a paused connector.", snapshot, someTables, inState(kafkaconnect.StatePaused)),
	invoked("action-snapshot-sink", "A snapshot of a sink.", snapshot, someTables, func(env *acctest.Env) {
		env.SetConfig("orders", kafkaconnect.Config{"connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector", "topics": "t"})
	}, connecttest.Plugins(connecttest.DefaultPlugins()...)),
	invoked("action-snapshot-not-captured", "A snapshot of a table that the connector doesn't capture.", snapshot,
		acctest.Block{"tables": []string{"public.customers"}}, nothing),
	invoked("action-snapshot-no-channel", "The connector has only the default signal channel.", snapshot, someTables,
		configured(kafkaconnect.Config{"signal.enabled.channels": ""})),
	invoked("action-snapshot-no-brokers", "The connector has no brokers for signals.", snapshot, someTables,
		configured(kafkaconnect.Config{"signal.kafka.bootstrap.servers": ""})),
	invoked("action-snapshot-reference", "The connector's brokers are a reference.", snapshot, someTables,
		configured(kafkaconnect.Config{"signal.kafka.bootstrap.servers": "${env:BROKERS}"})),
	invoked("action-snapshot-no-table", "An incremental snapshot without a signal table.", snapshot, someTables,
		configured(kafkaconnect.Config{"signal.data.collection": ""})),
	invoked("action-snapshot-table-not-read", "An incremental snapshot whose signal table isn't read.", snapshot, someTables,
		configured(kafkaconnect.Config{"signal.enabled.channels": "kafka"})),
	invoked("action-snapshot-key", "A blocking snapshot with a surrogate_key.", snapshot,
		someTables.With(acctest.Block{"type": "blocking", "surrogate_key": "id"}), nothing),
	invoked("action-snapshot-condition", "A condition for a table that isn't in tables.", snapshot,
		someTables.With(acctest.Block{"additional_conditions": []acctest.Block{{"table": "public.lines", "filter": "id > 1"}}}), nothing),
	invoked("action-snapshot-no-broker-there", "No broker can be reached.", snapshot, someTables.With(acctest.Block{"timeouts": acctest.Block{"invoke": "5s"}}), nothing),
}

// listed is a query of a debezium_connector list.
func listed(file, title string, provider, configuration acctest.Block) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		_, diagnostics := acctest.StartWalk(t, acctest.InMemory(), provider).Query(t.Context(), "debezium_connector", configuration, false, 100)
		return diagnostics
	}}
}

var listSituations = []situation{
	listed("list-regex", "A list with an invalid name_regex.", acctest.Block{"url": "http://127.0.0.1:1"}, acctest.Block{"name_regex": "("}),
	listed("list-status", "A list of an unknown status.", acctest.Block{"url": "http://127.0.0.1:1"}, acctest.Block{"status": "STARTED"}),
	listed("list-unreachable", "A list while nothing listens on the port.", acctest.Block{"url": "http://127.0.0.1:1"}, nil),
}
