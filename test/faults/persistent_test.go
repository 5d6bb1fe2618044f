package faults_test

import (
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestPersistentServerErrors: what a worker always answers with a 500 is sent a
// bounded number of times, long before the timeout ends.
func TestPersistentServerErrors(t *testing.T) {
	most := cluster.DefaultTiming().WriteTries
	t.Run("creation", func(t *testing.T) {
		t.Parallel()
		env := acctest.NewEnv(t)
		env.Fault(connecttest.Fault{Method: http.MethodPost, Path: "/connectors", Status: 500, Message: "no disk space"})
		acctest.WantError(t, env.Connector.Run(env.Ctx, acctest.Orders), "Could not create connector", "no disk space")
		if n := env.Count(http.MethodPost, "/connectors"); n < 2 || n > most {
			t.Errorf("the creation was sent %d times", n)
		}
	})
	t.Run("deletion", func(t *testing.T) {
		t.Parallel()
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.Fault(connecttest.Fault{Method: http.MethodDelete, Path: "/connectors/orders", Status: 500, Message: "no disk space"})
		acctest.WantError(t, env.Connector.Run(env.Ctx, nil), "Could not delete connector", "no disk space")
		if n := env.Count(http.MethodDelete, "/connectors/orders"); n < 2 || n > most {
			t.Errorf("the deletion was sent %d times", n)
		}
	})
}
