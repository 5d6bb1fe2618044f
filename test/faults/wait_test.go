package faults_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// roleTrace is a failure that Debezium's documentation knows a remedy for.
const roleTrace = "org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. This connector will be stopped.\n" +
	"\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:67)\n" +
	"Caused by: org.apache.kafka.connect.errors.ConnectException: Could not start\n" +
	"\t... 5 more\n" +
	"Caused by: org.postgresql.util.PSQLException: ERROR: must be superuser or replication role to start walsender\n" +
	"\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2725)\n"

func always(int, kafkaconnect.Config) bool { return true }

// TestWaitTakesNoOldStatus: what the tasks of the previous configuration were,
// shown for many reads more, says nothing about the new ones.
func TestWaitTakesNoOldStatus(t *testing.T) {
	t.Parallel()
	t.Run("running", func(t *testing.T) {
		env := acctest.NewEnv(t, connecttest.Lag(6))
		env.SetUp(orders)
		env.FailStarts(always, roleTrace)
		acctest.WantError(t, env.Connector.Run(env.Ctx, moreTables), `Connector "orders" was updated, but it doesn't run`, "replication role")
		env.FailStarts(nil, "")
		env.Must(env.Connector.Converge(env.Ctx, moreTables, 1))
	})
	t.Run("failed meanwhile", func(t *testing.T) {
		// The old task fails when the update has begun, and its failure is
		// shown for as long as its configuration is.
		env := acctest.NewEnv(t, connecttest.Lag(6))
		env.SetUp(orders)
		env.BeforeRequest(http.MethodPut, "/connectors/orders/config", func() { env.FailTask("orders", 0, roleTrace) })
		env.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors/orders/tasks", Times: 6})
		env.Must(env.Connector.Run(env.Ctx, moreTables))
		env.WantWrites(put)
		env.WantNoChanges(moreTables)
	})
	t.Run("failed", func(t *testing.T) {
		env := acctest.NewEnv(t, connecttest.Lag(6))
		env.SetUp(orders)
		env.FailTask("orders", 0, roleTrace)
		env.Must(env.Connector.Run(env.Ctx, moreTables))
		env.WantWrites(stopped, put, resumed)
		env.WantNoChanges(moreTables)
	})
	t.Run("failed before a restart", func(t *testing.T) {
		env := acctest.NewEnv(t, connecttest.Lag(6))
		env.SetUp(orders)
		env.FailTask("orders", 0, roleTrace)
		env.AfterRequest(http.MethodPost, "/connectors/orders/restart", func() {
			env.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors", Times: 6})
		})
		env.Must(env.Connector.Run(env.Ctx, orders))
		env.WantWrites(restart)
		env.WantNoChanges(orders)
	})
	t.Run("failed again after a restart", func(t *testing.T) {
		env := acctest.NewEnv(t, connecttest.Lag(0)) // no RESTARTING is ever seen
		env.SetUp(orders)
		env.FailTask("orders", 0, roleTrace)
		env.FailStarts(always, roleTrace)
		err := env.Connector.Run(env.Ctx, orders)
		acctest.WantError(t, err, `Connector "orders" was restarted, but it doesn't run`, "Remove the cause and apply again")
		if strings.Contains(err.Error(), "new configuration") {
			t.Errorf("a restart sent no configuration: %s", err)
		}
		env.WantWrites(restart)
	})
}

// TestWaitForTasks: RUNNING without any task isn't running.
func TestWaitForTasks(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.Manage("debezium_connector", acctest.Block{"url": env.Hooks.URL, "validation": acctest.Block{"mode": "off"}})
	wanted := acctest.Block{
		"name": "orders", "connector_class": "io.debezium.connector.mysql.MySqlConnector", "timeouts": impatient,
		"config": map[string]string{
			"tasks.max": "2", "database.hostname": "db.internal", "database.user": "debezium", "database.password": secret,
			"database.server.id": "4711", "topic.prefix": "shop", "schema.history.internal.kafka.topic": "schema-changes.orders",
			"schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
		},
	}
	env.Must(env.Connector.Run(env.Ctx, wanted))
	if warnings := env.Connector.Diagnostics.Warnings(); !warnings.Mention("without any task") || !warnings.Mention("tasks.max") {
		t.Errorf("the warnings: %s", warnings)
	}
	if status := env.Connector.Text("status"); status != "UNASSIGNED" || env.Connector.Tainted {
		t.Errorf("status %s, tainted: %t", status, env.Connector.Tainted)
	}
	env.WantNoChanges(wanted)
	one := wanted.Without("timeouts").With(acctest.Block{"config": map[string]string{}})
	maps.Copy(one["config"].(map[string]string), wanted["config"].(map[string]string))
	one["config"].(map[string]string)["tasks.max"] = "1"
	env.Must(env.Connector.Run(env.Ctx, one))
	if status := env.Connector.Text("status"); status != "RUNNING" {
		t.Errorf("with one task the status is %s", status)
	}
}

// TestWaitOutAFlap: a failure that is gone by the next look isn't one.
func TestWaitOutAFlap(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t, connecttest.Lag(0))
	env.FailStarts(func(start int, _ kafkaconnect.Config) bool { return start == 1 }, roleTrace)
	env.AfterRequest(http.MethodPost, "/connectors", func() {
		env.AfterRequest(http.MethodGet, "/connectors", func() {
			if err := env.Client().RestartTask(env.Ctx, "orders", 0); err != nil {
				t.Error(err)
			}
		})
	})
	env.Must(env.Connector.Run(env.Ctx, orders))
	if env.Connector.Text("status") != "RUNNING" || env.TaskStarts() != 2 {
		t.Errorf("status %s after %d starts", env.Connector.Text("status"), env.TaskStarts())
	}
	env.WantNoChanges(orders)
}

// TestFailedCreate: the error has the last cause and what to do about it, no
// code, and no secret; the connector can be repaired in place.
func TestFailedCreate(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.FailStarts(always, roleTrace+"Caused by: java.lang.RuntimeException: password "+secret+" refused\n")
	err := env.Connector.Run(env.Ctx, orders)
	acctest.WantError(t, err, "Caused by: org.postgresql.util.PSQLException: ERROR: must be superuser or replication role", "What to do:", "terraform untaint")
	for _, unwanted := range []string{"QueryExecutorImpl", "... 5 more", secret} {
		if strings.Contains(err.Error(), unwanted) {
			t.Errorf("the error holds %q: %s", unwanted, err)
		}
	}
	if !env.Connector.Tainted || env.Connector.Text("status") != "FAILED" {
		t.Errorf("tainted: %t, status %s", env.Connector.Tainted, env.Connector.Text("status"))
	}
	p, err := env.Connector.Plan(env.Ctx, orders.With(acctest.Block{"snapshot_mode": "no_data"}))
	env.Must(err)
	if warnings := env.Connector.Diagnostics; p.String() != "replace" || len(warnings) != 1 || !warnings.Mention("an apply replaces it") {
		t.Errorf("the plan is to %s, and warns: %s", p, warnings)
	}
	env.ResetCounts()
	env.FailStarts(nil, "")
	env.Connector.Tainted = false // terraform untaint
	p, err = env.Connector.Plan(env.Ctx, orders.With(acctest.Block{"snapshot_mode": "no_data"}))
	env.Must(err)
	if warnings := env.Connector.Diagnostics; p.String() != "update" || warnings.Mention("stored position") {
		t.Errorf("the plan is to %s, and warns: %s", p, warnings)
	}
	env.Must(env.Connector.Run(env.Ctx, orders))
	env.WantWrites(restart)
	env.WantNoChanges(orders)
}

// TestOnePoller: many connectors that wait at the same time share their
// listings. Each for itself would need three at least: without the connector,
// without its tasks, with them.
func TestOnePoller(t *testing.T) {
	t.Parallel()
	const many = 20
	env := acctest.NewEnv(t)
	terraform := acctest.NewTerraform(t, acctest.PatientPace(250*time.Millisecond), acctest.Block{"url": env.Hooks.URL})
	begin := func() *acctest.Walk {
		walk, diags := terraform.Walk(env.Ctx)
		env.Must(diags.Err())
		return walk
	}
	plan, apply := begin(), begin()
	env.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Method: http.MethodGet})
	var posts atomic.Int32
	count := func() {
		if posts.Add(1) == many { // from now on all are waiting, and have something to see
			env.ClearFaults()
			env.ResetRequests()
		}
	}
	var wg sync.WaitGroup
	for i := range many {
		env.AfterRequest(http.MethodPost, "/connectors", count)
		connector := terraform.Resource("debezium_postgres_connector")
		wg.Go(func() {
			name := fmt.Sprintf("orders%d", i)
			p, diags := plan.Plan(env.Ctx, connector, orders.With(acctest.Block{"name": name, "topic_prefix": name}))
			if !diags.HasError() {
				diags = apply.Apply(env.Ctx, connector, p)
			}
			if diags.HasError() {
				t.Error(diags)
			}
		})
	}
	wg.Wait()
	listings := env.Count(http.MethodGet, "/connectors")
	t.Logf("%d connectors waited by %d listings", many, listings)
	if listings >= 3*many {
		t.Errorf("%d listings for %d connectors", listings, many)
	}
}
