package connector_test

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestBadInput: one clear error each, where it is written, and nothing created.
func TestBadInput(t *testing.T) {
	worker := connecttest.New(t)
	t.Setenv("DEBEZIUM_CONNECT_URL", "")
	config := func(key, text string) acctest.Block {
		return acctest.Block{"config": map[string]string{key: text}}
	}
	cases := []struct {
		name, path, want string
		provider         acctest.Block // instead of one with the worker's URL
		changes          acctest.Block
	}{
		{name: "no URL", provider: acctest.Block{}, path: "url", want: `Set url in the provider block to the REST URL of a Kafka Connect worker`},
		{name: "a URL that isn't one", provider: acctest.Block{"url": "kafka-connect"}, path: "url", want: `kafka-connect`},
		{name: "a URL of another scheme", provider: acctest.Block{"url": "ftp://kafka-connect:8083"}, path: "url", want: `ftp://kafka-connect:8083`},
		{
			name: "a duration that isn't one", provider: acctest.Block{"url": worker.URL, "request_timeout": "10"},
			path: "request_timeout", want: `"10" is not a positive duration`,
		},
		{name: "config repeats an attribute", changes: config("topic.prefix", "shop"), path: `config["topic.prefix"]`, want: `The attribute topic_prefix already sets this property`},
		{name: "config in place of an attribute", changes: config("max.batch.size", "10"), path: `config["max.batch.size"]`, want: `set max_batch_size instead`},
		{name: "the name in config", changes: config("name", "d"), path: `config["name"]`, want: `Set the connector's name in the attribute name`},
		{name: "the class in config", changes: config("connector.class", "x"), path: `config["connector.class"]`, want: `always has the class`},
		{name: "a misspelt property", changes: config("table.inclde.list", "a.b"), path: `config["table.inclde.list"]`, want: `Set the attribute table_include_list in place of`},
		{name: "a table without its database", changes: acctest.Block{"table_include_list": []string{"orders"}}, path: "table_include_list", want: `Write the full name`},
		{name: "a word where a number belongs", changes: config("poll.interval.ms", "soon"), path: `config["poll.interval.ms"]`, want: `poll.interval.ms`},
		{name: "an unknown desired state", changes: acctest.Block{"state": "asleep"}, path: "state", want: `"running" "paused" "stopped"`},
		{name: "a value that isn't allowed", changes: acctest.Block{"snapshot_mode": "sometimes"}, path: "snapshot_mode", want: `snapshot.mode`},
		{
			name: "both a secret and its write-only twin", changes: acctest.Block{"database_password_wo": "x", "database_password_wo_version": 1},
			path: "database_password", want: `database_password`,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.provider == nil {
				c.provider = acctest.Block{"url": worker.URL}
			}
			connector := acctest.NewTerraform(t, acctest.InMemory(), c.provider).Resource("debezium_mysql_connector")
			_, err := connector.Plan(t.Context(), mysqlConnector("c", nil).With(c.changes))
			diags := connector.Diagnostics
			if err == nil || len(diags) != 1 || diags[0].Path != c.path || !diags.Mention(c.want) {
				t.Errorf("want one error at %s that says %q, got %v", c.path, c.want, diags)
			}
		})
	}
	t.Run("a plugin that isn't installed", func(t *testing.T) {
		walk := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": worker.URL})
		diags := walk.PlanNew(t.Context(), anyConnector, acctest.Block{"name": "c", "connector_class": "com.example.Missing"})
		if len(diags) != 1 || !diags[0].IsError() || !diags.Mention(`com.example.Missing`) {
			t.Errorf("want one error, got %v", diags)
		}
	})
	if writes := worker.Writes(); len(writes) > 0 {
		t.Errorf("something was written: %v", writes)
	}
}
