package connector_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

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

// failing makes the starts of tasks fail for which it returns true.
func (b *rig) failing(when func(start int, config kafkaconnect.Config) bool, trace string) {
	b.OnStart(func(_ string, config kafkaconnect.Config) string {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.starts++
		if when(b.starts, config) {
			return trace
		}
		return ""
	})
}

func always(int, kafkaconnect.Config) bool { return true }

func (b *rig) client() *kafkaconnect.Client {
	b.t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: b.URL})
	b.must(err)
	return client
}

// TestWaitTakesNoOldStatus: what the tasks of the previous configuration were,
// shown for many reads more, says nothing about the new ones.
func TestWaitTakesNoOldStatus(t *testing.T) {
	t.Parallel()
	t.Run("running", func(t *testing.T) {
		b := newRig(t, connecttest.Lag(6))
		b.given(orders)
		b.failing(always, roleTrace)
		wantError(t, b.driver.Run(b.ctx, moreTables), `Connector "orders" failed`, "replication role")
		b.failing(func(int, kafkaconnect.Config) bool { return false }, "")
		b.must(b.driver.Converge(b.ctx, moreTables, 1))
	})
	t.Run("failed meanwhile", func(t *testing.T) {
		// The old task fails when the update has begun, and its failure is
		// shown for as long as its configuration is.
		b := newRig(t, connecttest.Lag(6))
		b.given(orders)
		b.when(http.MethodPut, "/connectors/orders/config", func() { b.FailTask("orders", 0, roleTrace) })
		b.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors/orders/tasks", Times: 6})
		b.must(b.driver.Run(b.ctx, moreTables))
		b.wantWrites(put)
		b.settled(moreTables)
	})
	t.Run("failed", func(t *testing.T) {
		b := newRig(t, connecttest.Lag(6))
		b.given(orders)
		b.FailTask("orders", 0, roleTrace)
		b.must(b.driver.Run(b.ctx, moreTables))
		b.wantWrites(stopped, put, resumed)
		b.settled(moreTables)
	})
	t.Run("failed before a restart", func(t *testing.T) {
		b := newRig(t, connecttest.Lag(6))
		b.given(orders)
		b.FailTask("orders", 0, roleTrace)
		b.afterwards(http.MethodPost, "/connectors/orders/restart", func() {
			b.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors", Times: 6})
		})
		b.must(b.driver.Run(b.ctx, orders))
		b.wantWrites(restart)
		b.settled(orders)
	})
	t.Run("failed again after a restart", func(t *testing.T) {
		b := newRig(t, connecttest.Lag(0)) // no RESTARTING is ever seen
		b.given(orders)
		b.FailTask("orders", 0, roleTrace)
		b.failing(always, roleTrace)
		wantError(t, b.driver.Run(b.ctx, orders), `Connector "orders" failed`)
		b.wantWrites(restart)
	})
}

// TestWaitForTasks: RUNNING without any task isn't running.
func TestWaitForTasks(t *testing.T) {
	t.Parallel()
	b := newRig(t)
	b.driver = b.newDriver("debezium_connector", acctest.Block{"url": b.url, "validation": acctest.Block{"mode": "off"}})
	wanted := acctest.Block{
		"name": "orders", "connector_class": "io.debezium.connector.mysql.MySqlConnector", "timeouts": impatient,
		"config": map[string]string{
			"tasks.max": "2", "database.hostname": "db.internal", "database.user": "debezium", "database.password": secret,
			"database.server.id": "4711", "topic.prefix": "shop", "schema.history.internal.kafka.topic": "schema-changes.orders",
			"schema.history.internal.kafka.bootstrap.servers": "kafka:9092",
		},
	}
	b.must(b.driver.Run(b.ctx, wanted))
	if !says(b.driver.Warnings, "without any task") || !says(b.driver.Warnings, "tasks.max") {
		t.Errorf("the warnings: %q", b.driver.Warnings)
	}
	if status := b.driver.Text("status"); status != "UNASSIGNED" || b.driver.Tainted {
		t.Errorf("status %s, tainted: %t", status, b.driver.Tainted)
	}
	b.settled(wanted)
	one := wanted.With(acctest.Block{"config": map[string]string{}})
	for key, text := range wanted["config"].(map[string]string) {
		one["config"].(map[string]string)[key] = text
	}
	one["config"].(map[string]string)["tasks.max"] = "1"
	b.must(b.driver.Run(b.ctx, one))
	if status := b.driver.Text("status"); status != "RUNNING" {
		t.Errorf("with one task the status is %s", status)
	}
}

// TestWaitOutAFlap: a failure that is gone by the next look isn't one.
func TestWaitOutAFlap(t *testing.T) {
	t.Parallel()
	b := newRig(t, connecttest.Lag(0))
	b.failing(func(start int, _ kafkaconnect.Config) bool { return start == 1 }, roleTrace)
	b.afterwards(http.MethodPost, "/connectors", func() {
		b.afterwards(http.MethodGet, "/connectors", func() {
			if err := b.client().RestartTask(b.ctx, "orders", 0); err != nil {
				t.Error(err)
			}
		})
	})
	b.must(b.driver.Run(b.ctx, orders))
	if b.driver.Text("status") != "RUNNING" || b.started() != 2 {
		t.Errorf("status %s after %d starts", b.driver.Text("status"), b.started())
	}
	b.settled(orders)
}

// TestFailedCreate: the error has the last cause and what to do about it, no
// code, and no secret; the connector can be repaired in place.
func TestFailedCreate(t *testing.T) {
	t.Parallel()
	b := newRig(t)
	b.failing(always, roleTrace+"Caused by: java.lang.RuntimeException: password "+secret+" refused\n")
	err := b.driver.Run(b.ctx, orders)
	wantError(t, err, "Caused by: org.postgresql.util.PSQLException: ERROR: must be superuser or replication role", "What to do:", "terraform untaint")
	for _, unwanted := range []string{"QueryExecutorImpl", "... 5 more", secret} {
		if strings.Contains(err.Error(), unwanted) {
			t.Errorf("the error holds %q: %s", unwanted, err)
		}
	}
	if !b.driver.Tainted || b.driver.Text("status") != "FAILED" {
		t.Errorf("tainted: %t, status %s", b.driver.Tainted, b.driver.Text("status"))
	}
	b.fresh()
	b.failing(func(int, kafkaconnect.Config) bool { return false }, "")
	b.driver.Tainted = false // terraform untaint
	b.must(b.driver.Run(b.ctx, orders))
	b.wantWrites(restart)
	b.settled(orders)
}

// shared lets drivers use one configured provider, as the resources of one
// configuration do.
type shared struct {
	tfprotov6.ProviderServer
	once sync.Once
	r    *tfprotov6.ConfigureProviderResponse
	err  error
}

func (s *shared) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.once.Do(func() { s.r, s.err = s.ProviderServer.ConfigureProvider(ctx, req) })
	return s.r, s.err
}

// TestOnePoller: many connectors that wait at the same time share their
// listings. Each for itself would need three at least: without the connector,
// without its tasks, with them.
func TestOnePoller(t *testing.T) {
	t.Parallel()
	const many = 20
	b := newRig(t)
	var walks [2]*shared // a plan and an apply
	for i := range walks {
		server, err := factories(250 * time.Millisecond)["debezium"]()
		b.must(err)
		walks[i] = &shared{ProviderServer: server}
	}
	b.Fault(connecttest.Fault{Kind: connecttest.NoStatus, Method: http.MethodGet})
	posts := 0
	count := func() {
		b.mu.Lock()
		posts++
		last := posts == many
		b.mu.Unlock()
		if last { // from now on all are waiting, and have something to see
			b.ClearFaults()
			b.ResetRequests()
		}
	}
	var wg sync.WaitGroup
	for i := range many {
		b.afterwards(http.MethodPost, "/connectors", count)
		walk := -1
		together := acctest.Factories{"debezium": func() (tfprotov6.ProviderServer, error) {
			walk++
			return walks[walk], nil
		}}
		d, err := acctest.NewDriver(together, "debezium_postgres_connector", acctest.Block{"url": b.url})
		b.must(err)
		wg.Go(func() {
			name := fmt.Sprintf("orders%d", i)
			if err := d.Run(b.ctx, orders.With(acctest.Block{"name": name, "topic_prefix": name})); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	listings := b.Count(http.MethodGet, "/connectors")
	t.Logf("%d connectors waited by %d listings", many, listings)
	if listings >= 3*many {
		t.Errorf("%d listings for %d connectors", listings, many)
	}
}
