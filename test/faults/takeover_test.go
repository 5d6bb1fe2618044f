package faults_test

import (
	"maps"
	"net/http"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// theirs is somebody else's connector of the name that ours is to have.
var theirs = kafkaconnect.Config{
	"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "name": "orders",
	"database.hostname": "db.theirs", "database.user": "them", "database.password": "their secret",
	"database.dbname": "theirs", "topic.prefix": "theirs", "slot.name": "theirs",
}

// ours is the configuration that a creation of orders leaves.
func ours(t *testing.T) (config kafkaconnect.Config) {
	t.Helper()
	t.Run("ours", func(t *testing.T) {
		env := acctest.NewEnv(t)
		env.SetUp(orders)
		config, _ = env.Config("orders")
	})
	return config
}

// TestNeverTakesOver: a connector that somebody else created meanwhile stays
// as it is, whatever happens to the creation, even one that is the same.
func TestNeverTakesOver(t *testing.T) {
	t.Parallel()
	same := ours(t)
	type takeover struct {
		name    string
		config  kafkaconnect.Config
		disturb func(env *acctest.Env, add func())
	}
	planned := func(_ *acctest.Env, add func()) { add() }
	withFault := func(f connecttest.Fault) func(*acctest.Env, func()) {
		return func(env *acctest.Env, add func()) {
			f := f
			f.Method, f.Path, f.Times = http.MethodPost, "/connectors", 1
			env.Fault(f)
			env.AfterRequest(http.MethodPost, "/connectors", add)
		}
	}
	cases := []takeover{
		{"between plan and apply", theirs, planned},
		{"between plan and apply, the same", same, planned},
		{"when the POST is lost", theirs, withFault(connecttest.Fault{Kind: connecttest.LoseRequest})},
		{"when the POST meets a rebalance", theirs, withFault(connecttest.Rebalances[0])},
		{"when the POST meets a rebalance, the same", same, withFault(connecttest.Rebalances[3])},
		{"when the POST meets a proxy's 503", theirs, withFault(connecttest.Fault{Status: 503, Body: "<html>try later</html>"})},
		{"of another class", kafkaconnect.Config{"connector.class": "io.debezium.connector.mysql.MySqlConnector"}, planned},
	}
	acctest.Parallel(t, cases, func(c takeover) string { return c.name }, func(t *testing.T, c takeover) {
		env := acctest.NewEnv(t)
		p, err := env.Connector.Plan(env.Ctx, orders)
		env.Must(err)
		c.disturb(env, func() { env.AddConnector("orders", c.config, kafkaconnect.StateRunning) })
		err = env.Connector.Apply(env.Ctx, p)
		acctest.WantError(t, err, "The connector already exists", "orders")
		if !env.Connector.State.IsNull() {
			t.Errorf("the state has %s", env.Connector.State)
		}
		c.config["name"] = "orders"
		if got, _ := env.Config("orders"); !maps.Equal(got, c.config) {
			t.Errorf("the connector is now %v", got)
		}
		if n := env.Count(http.MethodPut, "/connectors/orders/*"); n != 0 || env.TaskStarts() != 1 {
			t.Errorf("it was written to %d times, and its tasks started %d times", n, env.TaskStarts())
		}
	})
}
