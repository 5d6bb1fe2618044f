package faults_test

import (
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestRefusedRestart: a restart that the worker refuses isn't taken for done.
func TestRefusedRestart(t *testing.T) {
	t.Parallel()
	wanted := orders.With(acctest.Block{"restart_triggers": map[string]string{"secret": "2"}})
	env := acctest.NewEnv(t)
	env.SetUp(orders)
	env.Fault(connecttest.Fault{Status: 403, Message: "not you", Method: http.MethodPost, Path: "/connectors/orders/restart", Times: 1})
	acctest.WantError(t, env.Connector.Run(env.Ctx, wanted), "Could not restart", "not you")
	env.Must(env.Connector.Converge(env.Ctx, wanted, 1))
	env.WantWrites(restart, restart)
	if env.TaskStarts() != 1 {
		t.Errorf("%d tasks were started", env.TaskStarts())
	}
}

// TestLostAnswerThatNoWorkerShows: a creation whose answer was lost, and that
// the worker doesn't show for as long as it is looked for, is still known for
// ours once the name turns out to be taken.
func TestLostAnswerThatNoWorkerShows(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	env.Fault(connecttest.Fault{Kind: connecttest.LoseAnswer, Method: http.MethodPost, Path: "/connectors", Times: 1})
	env.AfterRequest(http.MethodPost, "/connectors", func() {
		env.Fault(connecttest.Fault{Kind: connecttest.Stale, Method: http.MethodGet, Path: "/connectors/orders", Times: 6})
	})
	env.Must(env.Connector.Run(env.Ctx, orders))
	env.WantWrites(posted, posted)
	env.WantNoChanges(orders)
	if env.TaskStarts() != 1 {
		t.Errorf("its tasks were started %d times", env.TaskStarts())
	}
}
