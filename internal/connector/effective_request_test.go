package connector_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestPlanAsksAboutWhatApplySends: whatever is stored, written and on the
// server, the configuration that a plan asks the worker about is the one that
// the apply sends, apart from the bound of the connection test; and a plan that
// asks nothing is followed by an apply that sends none.
func TestPlanAsksAboutWhatApplySends(t *testing.T) {
	t.Parallel()
	env := acctest.NewEnv(t)
	n, compared := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		name := fmt.Sprintf("orders-%d", n)
		env.MaskSecrets(false)
		env.Manage("debezium_postgres_connector", acctest.Block{"url": env.Hooks.URL, "validation": acctest.Block{"collisions": "off"}})
		for _, step := range []string{"first", "second", "third"} {
			configuration := drawConfiguration(rt, name, step)
			env.MaskSecrets(step != "first" && rapid.Bool().Draw(rt, step+": masked"))
			env.ResetCounts()
			plan, err := env.Connector.Plan(env.Ctx, configuration)
			if err != nil {
				continue // as for a new version without a value
			}
			asked := lastBody(env, "/config/validate")
			env.ResetCounts()
			if err := env.Connector.Apply(env.Ctx, plan); err != nil {
				rt.Fatalf("%s: planned without an error, applied with one: %s", step, err)
			}
			sent := lastBody(env, "/connectors", name+"/config")
			delete(asked, catalog.KeyValidationTimeout)
			if !maps.Equal(asked, sent) {
				rt.Fatalf("%s: the plan asked about %v, the apply sent %v", step, asked, sent)
			}
			if sent != nil {
				compared++
			}
		}
	})
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// drawConfiguration draws what is written of the password, of config and of
// config_wo.
func drawConfiguration(t *rapid.T, name, step string) acctest.Block {
	draw := func(what string, values ...string) string { return rapid.SampledFrom(values).Draw(t, step+": "+what) }
	block := acctest.Block{
		"name": name, "slot_name": strings.ReplaceAll(name, "-", "_"), "database_hostname": "db.internal", "database_user": "debezium",
		"database_dbname": "inventory", "topic_prefix": name, "wait_for_state": false,
	}
	switch draw("password", "stored", "write-only", "version alone", "kept", "reference") {
	case "stored":
		block["database_password"] = draw("stored", "alpha-password", "beta-password")
	case "write-only":
		block["database_password_wo"] = draw("write-only", "alpha-password", "beta-password")
		block["database_password_wo_version"] = rapid.IntRange(1, 2).Draw(t, step+": version")
	case "version alone":
		block["database_password_wo_version"] = rapid.IntRange(1, 2).Draw(t, step+": version")
	case "reference":
		block["database_password"] = "${file:/secrets/db.properties:password}"
	}
	keys := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"slot.stream.params", "poll.interval.ms", "my.password"}), rapid.ID[string]).Draw(t, step+": config")
	config := map[string]*string{}
	for _, key := range keys {
		text := draw(key, "1", "2", "null")
		config[key] = &text
		if text == "null" {
			config[key] = nil
		}
	}
	block["config"] = config
	if rapid.Bool().Draw(t, step+": config_wo") {
		block["config_wo"] = map[string]string{draw("config_wo key", "query.fetch.size", "your.password"): draw("config_wo", "10", "20")}
		block["config_wo_version"] = rapid.IntRange(1, 2).Draw(t, step+": config_wo_version")
	}
	return block
}

// lastBody is the configuration of the last request with a body whose path ends
// in one of these; nil if there was none.
func lastBody(env *acctest.Env, endings ...string) map[string]string {
	var last map[string]string
	for _, r := range env.Requests() {
		for _, ending := range endings {
			if len(r.Body) == 0 || !strings.HasSuffix(r.Path, ending) {
				continue
			}
			var body struct {
				Config map[string]string `json:"config"`
			}
			last = map[string]string{}
			if json.Unmarshal(r.Body, &body) == nil && body.Config != nil {
				last = body.Config
			} else if err := json.Unmarshal(r.Body, &last); err != nil {
				panic(err)
			}
		}
	}
	return last
}
