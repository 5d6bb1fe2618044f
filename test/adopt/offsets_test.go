package adopt_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

const freshStart = `{"offsets":[]}`

func offsetsAt(lsn string) []kafkaconnect.Offset {
	return []kafkaconnect.Offset{{Partition: json.RawMessage(`{"server":"shop"}`), Offset: json.RawMessage(`{"lsn":` + lsn + `}`)}}
}

const lostTrace = "org.apache.kafka.connect.errors.ConnectException: Error\n\tat io.debezium.X.y(X.java:1)\n" +
	"Caused by: io.debezium.DebeziumException: The connector is trying to read change stream starting at lsn 1, but this is no longer\n available on the server."

// TestFreshStart: an empty list deletes what an earlier connector of the name
// left, before the connector starts; the plan asks for no slot.
func TestFreshStart(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetOffsets("orders", offsetsAt("1")...)
	env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, lostTrace)
	err := env.Connector.Run(env.Ctx, acctest.Orders)
	acctest.WantError(t, err, "left by an earlier connector of the same name", "jsonencode({offsets = []})")

	env.FailStarts(nil, "")
	env.BeforeRequest(http.MethodPut, "/connectors/orders/resume", func() {
		if left := env.StoredOffsets("orders"); len(left) > 0 {
			t.Errorf("it starts with the offsets %s", left[0].Offset)
		}
	})
	block := acctest.Orders.With(acctest.Block{"initial_offsets": freshStart})
	env.Must(env.Connector.Run(env.Ctx, block))
	for _, d := range env.Connector.Diagnostics {
		if d.Path == "initial_offsets" {
			t.Errorf("reported: %s", d)
		}
	}
	if env.State("orders") != kafkaconnect.StateRunning || env.TaskStarts() == 0 {
		t.Error("it doesn't run")
	}
	env.WantNoChanges(block)
}

// TestOffsetsThatATaskOverwrites: a task of the connector, or of an earlier one
// of the name, may commit once more although the worker shows none.
func TestOffsetsThatATaskOverwrites(t *testing.T) {
	late := offsetsAt("99")
	t.Run("destroy", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders.With(acctest.Block{"reset_offsets_on_destroy": true}))
		env.SetOffsets("orders", offsetsAt("1")...)
		env.CommitLate("orders", late...)
		env.Must(env.Connector.Run(env.Ctx, nil))
		if left := env.StoredOffsets("orders"); len(left) > 0 {
			t.Errorf("left: %s", left[0].Offset)
		}
	})
	for given, want := range map[string]string{freshStart: "", `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":42}}]}`: `{"lsn":42}`} {
		t.Run("create with "+given, func(t *testing.T) {
			env := acctest.NewEnv(t)
			env.CommitLate("orders", late...)
			env.Must(env.Connector.Run(env.Ctx, acctest.Orders.With(acctest.Block{"initial_offsets": given})))
			var got string
			for _, o := range env.StoredOffsets("orders") {
				got += string(o.Offset)
			}
			if got != want {
				t.Errorf("it has the offsets %q, want %q", got, want)
			}
		})
	}
}

// TestFailureOfItsOwnOffsets: where the configuration gives the offsets, nothing
// was left by anybody.
func TestFailureOfItsOwnOffsets(t *testing.T) {
	env := acctest.NewEnv(t)
	env.FailStarts(func(int, kafkaconnect.Config) bool { return true }, lostTrace)
	err := env.Connector.Run(env.Ctx, acctest.Orders.With(acctest.Block{"initial_offsets": `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":1}}]}`}))
	if err == nil || strings.Contains(err.Error(), "earlier connector") {
		t.Errorf("got %v", err)
	}
}

// TestRename: with the offsets, the slot and the publication of the old name,
// the new one goes on where the old one ended, and the plan warns of nothing.
func TestRename(t *testing.T) {
	env := acctest.NewEnv(t)
	block := acctest.Orders.With(acctest.Block{"state": "stopped"})
	env.SetUp(block)
	env.SetOffsets("orders", offsetsAt("42")...)
	renamed := acctest.Orders.With(acctest.Block{
		"name": "orders_v2", "slot_name": env.Connector.Text("slot_name"), "publication_name": "dbz",
		"initial_offsets": `{"offsets":[{"partition":{"server":"shop"},"offset":{"lsn":42}}]}`,
	})
	p, err := env.Connector.Plan(env.Ctx, renamed)
	env.Must(err)
	if p.String() != "replace" || len(env.Connector.Diagnostics) > 0 {
		t.Errorf("the plan is to %s, and says %v", p, env.Connector.Diagnostics)
	}
	env.Must(env.Connector.Apply(env.Ctx, p))
	if len(env.Connector.Diagnostics) > 0 {
		t.Errorf("the apply, which plans again in another process, says %v", env.Connector.Diagnostics)
	}
	if offsets := env.StoredOffsets("orders_v2"); len(offsets) != 1 || string(offsets[0].Offset) != `{"lsn":42}` {
		t.Errorf("it has the offsets %v", offsets)
	}
	// Taken out again, they change what is stored alone.
	env.ResetCounts()
	env.Must(env.Connector.Run(env.Ctx, renamed.Without("initial_offsets")))
	env.WantWrites()
	env.WantNoChanges(renamed.Without("initial_offsets"))
}

// TestRenameTellsOfTheNewConnector: Terraform shows the errors of the second of
// the two answers to a replacement, but none of its warnings. They come with the
// first, and each once.
func TestRenameTellsOfTheNewConnector(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	renamed := acctest.Orders.With(acctest.Block{"name": "orders_v2", "config": map[string]string{"slot.max.retrie": "3"}})
	env.ConnectionError(func(kafkaconnect.Config) string {
		return "Error while validating connector config: The connection attempt failed."
	})
	p, err := env.Connector.Plan(env.Ctx, renamed)
	env.Must(err)
	if p.String() != "replace" {
		t.Fatalf("the plan is to %s", p)
	}
	for _, want := range []string{"did you mean slot.max.retries", "The database can't be reached", "name changes from"} {
		if !env.Connector.Diagnostics.Mention(want) {
			t.Errorf("nothing says %q: %v", want, env.Connector.Diagnostics)
		}
	}
	if env.Connector.Diagnostics.Mention("The new connector gets no") {
		t.Errorf("a password that is configured is said to be missing: %v", env.Connector.Diagnostics)
	}
}

// TestRenameWithoutItsPassword: what only the server has of an imported
// connector is gone with it, and the plan says so.
func TestRenameWithoutItsPassword(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	imported := acctest.Orders.Without("database_password_wo", "database_password_wo_version")
	env.Must(env.Connector.Run(env.Ctx, imported))
	_, err := env.Connector.Plan(env.Ctx, imported.With(acctest.Block{"name": "orders_v2"}))
	env.Must(err)
	if !env.Connector.Diagnostics.Mention("The new connector gets no database.password") {
		t.Errorf("it says %v", env.Connector.Diagnostics)
	}
}

// TestRenameWithItsHistory: the same of a connector with a schema history, whose
// topic the new one reads on, in any snapshot mode.
func TestRenameWithItsHistory(t *testing.T) {
	env := acctest.NewEnv(t)
	env.Manage("debezium_mysql_connector", acctest.Block{"url": env.Hooks.URL})
	block := acctest.Block{
		"name": "orders", "database_hostname": "db.internal", "database_user": "debezium", "database_password_wo": "secret", "database_password_wo_version": 1,
		"topic_prefix": "shop", "schema_history_internal_kafka_bootstrap_servers": "kafka:9092", "state": "stopped",
	}
	env.SetUp(block)
	renamed := block.Without("state").With(acctest.Block{
		"name": "orders_v2", "schema_history_internal_kafka_topic": env.Connector.Text("schema_history_internal_kafka_topic"),
		"initial_offsets": `{"offsets":[{"partition":{"server":"shop"},"offset":{"file":"binlog.000001","pos":4}}]}`,
	})
	for _, test := range []struct {
		name, brokers string
		silent        bool
	}{{"orders_v2", "kafka:9092", true}, {"orders_v3", "elsewhere:9092", false}} {
		env.Must(env.Connector.Run(env.Ctx, renamed.With(acctest.Block{
			"name": test.name, "schema_history_internal_kafka_bootstrap_servers": test.brokers,
		})))
		if got := !env.Connector.Diagnostics.Mention("initial_offsets requires"); got != test.silent {
			t.Errorf("with its history on %s, plan and apply say %v", test.brokers, env.Connector.Diagnostics)
		}
	}
}

// TestRenameWithoutItsSlot: a slot whose name was derived from the old name
// isn't kept by itself, and the plan says so.
func TestRenameWithoutItsSlot(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	_, err := env.Connector.Plan(env.Ctx, acctest.Orders.With(acctest.Block{"name": "orders_v2"}))
	env.Must(err)
	for _, want := range []string{"Replication slot \"orders\" stays behind", "name changes from"} {
		if !env.Connector.Diagnostics.Mention(want) {
			t.Errorf("nothing says %q: %v", want, env.Connector.Diagnostics)
		}
	}
}

// TestDestroyNamesAllThatStays, with what it means for a later connector.
func TestDestroyNamesAllThatStays(t *testing.T) {
	env := acctest.NewEnv(t)
	env.SetUp(acctest.Orders)
	_, err := env.Connector.Plan(env.Ctx, nil)
	env.Must(err)
	diags := env.Connector.Diagnostics
	if len(diags) != 1 {
		t.Errorf("reported: %v", diags)
	}
	for _, want := range []string{"slot", "connector's offsets in Kafka Connect", "the publication", "resumes from these offsets", "reset_offsets_on_destroy"} {
		if !diags.Mention(want) {
			t.Errorf("it doesn't say %q: %v", want, diags)
		}
	}
}
