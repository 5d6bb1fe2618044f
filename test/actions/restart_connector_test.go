// Package actions_test takes actions through the provider's protocol, on the
// in-memory Kafka Connect and a fake Kafka, and on the real stack.
package actions_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// secret is the password of the connector; nothing may show it.
const secret = "s3cret-of-orders"

// orders is a running connector.
var orders = kafkaconnect.Config{
	"connector.class":   "io.debezium.connector.postgresql.PostgresConnector",
	"database.hostname": "db.internal",
	"database.user":     "debezium",
	"database.password": secret,
	"database.dbname":   "inventory",
	"topic.prefix":      "shop",
}

// rig is a worker with the connector "orders".
type rig struct {
	*acctest.Env
	t         *testing.T
	terraform *acctest.Terraform
}

func newRig(t *testing.T, options ...connecttest.Option) *rig {
	t.Helper()
	e := acctest.NewEnv(t, options...)
	e.AddConnector("orders", orders, "")
	return &rig{e, t, acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": e.Hooks.URL})}
}

// invoke invokes an action on "orders".
func (r *rig) invoke(action string, more acctest.Block) ([]string, error) {
	r.t.Helper()
	progress, err := r.terraform.Invoke(r.Ctx, action, acctest.Block{"name": "orders"}.With(more))
	text := strings.Join(progress, "\n")
	if err != nil {
		text += err.Error()
	}
	if strings.Contains(text, secret) {
		r.t.Errorf("the password is shown: %s", text)
	}
	return progress, err
}

// must wants it to succeed, and these texts in its progress, in order.
func (r *rig) must(action string, more acctest.Block, texts ...string) {
	r.t.Helper()
	progress, err := r.invoke(action, more)
	if err != nil {
		r.t.Fatal(err)
	}
	rest := strings.Join(progress, "\n")
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			r.t.Errorf("the progress lacks %q, or has it elsewhere:\n%s", text, strings.Join(progress, "\n"))
			return
		}
		rest = after
	}
}

// mustFail wants an error at an attribute with these texts.
func (r *rig) mustFail(action string, more acctest.Block, at string, texts ...string) {
	r.t.Helper()
	_, err := r.invoke(action, more)
	acctest.WantError(r.t, err, texts...)
	if diags := err.(acctest.Diagnostics); len(diags) != 1 || diags[0].Path != at { //nolint:errorlint // never wrapped
		r.t.Errorf("want one error at %q, got: %s", at, err)
	}
}

const restart = "debezium_restart_connector"

func TestRestart(t *testing.T) {
	r := newRig(t)
	r.must(restart, nil, `Restarting connector "orders" and its tasks (RUNNING; tasks: 1 RUNNING)`, `Connector "orders": RUNNING`, `Connector "orders" runs`)
	r.WantWrites("POST /connectors/orders/restart")
	if r.TaskStarts() != 2 {
		t.Errorf("%d starts of the task, want that of the creation and one", r.TaskStarts())
	}
}

func TestRestartHealsAFailedTask(t *testing.T) {
	for _, onlyFailed := range []bool{false, true} {
		r := newRig(t)
		r.FailTask("orders", 0, "java.lang.RuntimeException: refused for "+secret)
		r.must(restart, acctest.Block{"only_failed": onlyFailed}, "Restarting", `Connector "orders" runs`)
		r.WantWrites("POST /connectors/orders/restart")
	}
}

func TestRestartOfWhatHasFailed(t *testing.T) {
	r := newRig(t)
	r.must(restart, acctest.Block{"only_failed": true}, `Connector "orders" and its tasks haven't failed; nothing is restarted (RUNNING; tasks: 1 RUNNING)`)
	r.WantWrites()
	r.FailConnector("orders", "java.lang.RuntimeException: x")
	r.must(restart, acctest.Block{"only_failed": true}, `Restarting the failed parts of connector "orders": the connector itself`, "runs")
	r.FailTask("orders", 0, "java.lang.RuntimeException: x")
	r.must(restart, acctest.Block{"only_failed": true}, `the failed parts of connector "orders": task 0`, "runs")
}

// TestRestartOfAnOldWorker: before Kafka Connect 3.0 a restart has no flags.
func TestRestartOfAnOldWorker(t *testing.T) {
	r := newRig(t, connecttest.Version("2.8.2"))
	r.FailTask("orders", 0, "java.lang.RuntimeException: x")
	r.must(restart, acctest.Block{"only_failed": true}, "task 0", "runs")
	r.WantWrites("POST /connectors/orders/tasks/0/restart")
	r.ResetCounts()
	r.must(restart, nil, "runs")
	r.WantWrites("POST /connectors/orders/restart", "POST /connectors/orders/tasks/0/restart")
}

func TestRestartThatFailsAgain(t *testing.T) {
	r := newRig(t)
	r.FailTask("orders", 0, "java.lang.RuntimeException: old")
	r.FailStarts(func(int, kafkaconnect.Config) bool { return true },
		"java.lang.RuntimeException: still refused for "+secret+"\n\tat a.B.c(B.java:1)\n")
	r.mustFail(restart, acctest.Block{"only_failed": true}, "", "The connector failed", `Connector "orders" was restarted, but it doesn't run`, "still refused for (sensitive)")
}

func TestRestartWithALostAnswer(t *testing.T) {
	r := newRig(t)
	r.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: "POST", Times: 1})
	r.must(restart, nil, "runs")
}

func TestRestartDuringARebalance(t *testing.T) {
	r := newRig(t)
	for _, f := range connecttest.Rebalances {
		r.Fault(f)
	}
	r.must(restart, nil, "runs")
}

func TestRestartThatIsRefused(t *testing.T) {
	r := newRig(t)
	r.SetState("orders", kafkaconnect.StatePaused)
	r.mustFail(restart, nil, "", "The connector is PAUSED", "Set its state to running")
	r.SetState("orders", kafkaconnect.StateStopped)
	r.mustFail(restart, nil, "", "The connector is STOPPED")
	r.WantWrites()
	r.Remove("orders")
	r.mustFail(restart, nil, "name", `The cluster has no connector "orders"`)
}

func TestRestartThatCannotBeDone(t *testing.T) {
	r := newRig(t)
	r.Fault(connecttest.Fault{Method: "POST", Status: 403, Message: "no: " + secret})
	r.mustFail(restart, nil, "", `Could not restart connector "orders"`, "no: (sensitive)", "credentials")
	r.ClearFaults()
	r.Fault(connecttest.Fault{Method: "GET", Path: "/connectors/orders", Status: 403, Message: "no"})
	r.mustFail(restart, nil, "", `Could not read connector "orders"`)
	r.ClearFaults()
	r.Fault(connecttest.Fault{Kind: connecttest.NoStatus})
	r.mustFail(restart, nil, "", "The connector has no status yet")
}

// TestRestartThatTakesTooLong: the timeout is an error, with what was seen last.
func TestRestartThatTakesTooLong(t *testing.T) {
	r := newRig(t, connecttest.Lag(100000))
	r.mustFail(restart, acctest.Block{"timeouts": acctest.Block{"invoke": "2s"}}, "",
		"The connector is not RUNNING yet", "the timeout ended", "Its last known status: RESTARTING; tasks: 1 RESTARTING")
}

func TestActionsNeedAURL(t *testing.T) {
	r := newRig(t)
	r.terraform = acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": acctest.Unknown})
	r.mustFail(restart, nil, "", "The provider's url isn't known")
}
