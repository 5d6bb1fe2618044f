package faults_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// aims are what faults apply to, by method and path.
var aims = []string{
	posted, put, paused, stopped, resumed, restart, deleted, patched,
	"GET /connectors", "GET /connectors/orders", "GET /connectors/orders/status", "GET /connectors/orders/tasks",
	"GET /connector-plugins", "PUT /connector-plugins/*/config/validate",
}

// passing are faults that end by themselves.
var passing = append([]connecttest.Fault{
	{Kind: connecttest.LoseAnswer, Times: 1},
	{Kind: connecttest.LoseAnswer, Times: 2},
	{Kind: connecttest.LoseRequest, Times: 1},
	{Kind: connecttest.TimeOut, Times: 1},
	{Kind: connecttest.Stale, Times: 3},
	{Kind: connecttest.NoStatus, Times: 3},
	{Status: 503, Body: "<html>later</html>", Times: 1},
	{Status: 500, Message: "something else", Times: 1},
}, connecttest.Rebalances...)

// apply is one apply of a random life.
type apply struct {
	wanted acctest.Block
	failed bool // a task fails before
	faults []connecttest.Fault
}

var lives = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) apply {
	a := apply{
		wanted: orders.With(acctest.Block{
			"state":              rapid.SampledFrom([]string{"running", "paused", "stopped"}).Draw(t, "state"),
			"table_include_list": rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"public.a", "public.b", "public.c"}), 1, 3, rapid.ID).Draw(t, "tables"),
		}),
		failed: rapid.Bool().Draw(t, "failed"),
	}
	for range rapid.IntRange(1, 3).Draw(t, "faults") {
		f := rapid.SampledFrom(passing).Draw(t, "fault")
		f.Method, f.Path, _ = strings.Cut(rapid.SampledFrom(aims).Draw(t, "aim"), " ")
		if f.Method == http.MethodGet || f.Kind != connecttest.Stale && f.Kind != connecttest.NoStatus {
			a.faults = append(a.faults, f)
		}
	}
	return a
}), 1, 4)

// manyLives is how many random lives are tried, each by a seed of its own.
const manyLives = 40

// TestRandomFaults applies random changes, each under several random faults at
// once. Once the faults have ended, an apply or two put everything right: the
// connector is what the configuration says, its secret untouched, and there is
// no other. A creation that was left without its state is imported, as the
// error says.
func TestRandomFaults(t *testing.T) {
	t.Parallel()
	var seeds []int
	for seed := range manyLives {
		seeds = append(seeds, seed)
	}
	acctest.Parallel(t, seeds, strconv.Itoa, func(t *testing.T, seed int) {
		env := acctest.NewEnv(t)
		for i, a := range lives.Example(seed) {
			if a.failed && env.State("orders") == kafkaconnect.StateRunning {
				env.FailTask("orders", 0, slotTrace)
			}
			for _, f := range a.faults {
				env.Fault(f)
			}
			problem := env.Connector.Run(env.Ctx, a.wanted)
			env.ClearFaults()
			if err := applyAgain(env, a.wanted); err != nil {
				t.Fatalf("apply %d (%+v): %s\n\nunder the faults: %v", i, a, err, problem)
			}
			config, _ := env.Config("orders")
			if config["database.password"] != secret || config["table.include.list"] != tables(a.wanted["table_include_list"].([]string)) ||
				strings.ToLower(string(env.State("orders"))) != a.wanted["state"] || len(env.ConnectorNames()) != 1 {
				t.Fatalf("apply %d (%+v): the cluster has %v %s %v", i, a, env.ConnectorNames(), env.State("orders"), config)
			}
		}
	})
}

// applyAgain is what a user does after an apply that failed: apply again, and
// import what the error says is there.
func applyAgain(env *acctest.Env, wanted acctest.Block) error {
	err := env.Connector.Converge(env.Ctx, wanted, 2)
	if err == nil || !env.Connector.State.IsNull() || importBlock.FindString(err.Error()) == "" {
		return err
	}
	env.Must(env.Connector.Import(env.Ctx, "orders"))
	return env.Connector.Converge(env.Ctx, wanted, 2)
}
