package connector_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

const secretToken = "t0ken-of-the-untyped-provider"

// move asks for the state of a type of resource from that of another, as JSON.
func move(t *testing.T, from, provider, to string, state any) (*tfprotov6.MoveResourceStateResponse, string) {
	t.Helper()
	server, err := acctest.InMemory()["debezium"]()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	r, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceTypeName: from, SourceProviderAddress: "registry.terraform.io/" + provider, TargetTypeName: to, SourceState: &tfprotov6.RawState{JSON: text},
	})
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, d := range r.Diagnostics {
		all += d.Summary + ": " + d.Detail + "\n"
	}
	return r, all
}

// TestMoveFromTheUntypedProvider: its state becomes ours without a write, the
// plan that follows changes nothing, and what was sensitive isn't carried along.
func TestMoveFromTheUntypedProvider(t *testing.T) {
	config := map[string]string{
		"name": "orders", "connector.class": "io.debezium.connector.postgresql.PostgresConnector", "database.hostname": "db.internal",
		"database.user": "debezium", "database.dbname": "inventory", "topic.prefix": "shop", "table.include.list": "public.b, public.a",
		"plugin.name": "pgoutput", "slot.name": "orders", "slot.stream.params": "x=1",
	}
	sensitive := map[string]string{"database.password": acctest.OrdersSecret, "my.token": secretToken}
	state := map[string]any{"name": "orders", "config": config, "config_sensitive": sensitive}
	configuration := acctest.Block{
		"name": "orders", "database_hostname": "db.internal", "database_user": "debezium", "database_dbname": "inventory", "topic_prefix": "shop",
		"table_include_list": []string{"public.a", "public.b"}, "plugin_name": "pgoutput", "slot_name": "orders", "config": map[string]string{"slot.stream.params": "x=1"},
	}
	generic := acctest.Block{"name": "orders", "connector_class": config["connector.class"], "config": map[string]string{}}
	for property, text := range config {
		if property != "name" && property != "connector.class" {
			generic["config"].(map[string]string)[property] = text
		}
	}
	for to, block := range map[string]acctest.Block{typedPostgres: configuration, anyConnector: generic} {
		env := acctest.NewEnv(t)
		whole := kafkaconnect.Config{}
		for _, m := range []map[string]string{config, sensitive} {
			maps.Copy(whole, m)
		}
		env.AddConnector("orders", whole, kafkaconnect.StateRunning)
		env.Manage(to, acctest.Block{"url": env.Hooks.URL})
		r, problem := move(t, "kafka-connect_connector", "mongey/kafka-connect", to, state)
		if problem != "" {
			t.Fatalf("%s: %s", to, problem)
		}
		env.Connector.Private = r.TargetPrivate
		var err error
		if env.Connector.State, err = r.TargetState.Unmarshal(acctest.Schema(t, to).ValueType()); err != nil {
			t.Fatal(err)
		}
		env.Must(env.Connector.Run(env.Ctx, block))
		env.WantNoChanges(block)
		env.WantWrites()
		stored := env.Connector.State.String() + acctest.Base64Content(string(env.Connector.Private))
		if strings.Contains(stored, secretToken) || strings.Contains(stored, acctest.OrdersSecret) {
			t.Errorf("%s: a secret is stored: %s", to, stored)
		}
		if now, _ := env.Config("orders"); now["my.token"] != secretToken || now["database.password"] != acctest.OrdersSecret {
			t.Errorf("%s: the worker has %v", to, now)
		}
	}
	if _, problem := move(t, "kafka-connect_connector", "mongey/kafka-connect", "debezium_mysql_connector", state); !strings.Contains(problem, "Move it to debezium_postgres_connector") {
		t.Errorf("to another kind: %s", problem)
	}
	if _, problem := move(t, "aws_instance", "hashicorp/aws", typedPostgres, map[string]any{"id": "i-1"}); problem == "" {
		t.Error("a resource of something else is moved")
	}
}

// TestMoveBetweenOwnResources: from a typed resource to that of any class, and back.
func TestMoveBetweenOwnResources(t *testing.T) {
	typed := map[string]any{
		"name": "orders", "state": "paused", "status": "PAUSED", "database_hostname": "db.internal", "database_password": acctest.OrdersSecret,
		"table_include_list": []string{"public.a"}, "max_batch_size": 512, "config": map[string]string{"slot.stream.params": "x=1"},
	}
	r, problem := move(t, typedPostgres, "cdc/debezium", anyConnector, typed)
	if problem != "" {
		t.Fatal(problem)
	}
	v, err := r.TargetState.Unmarshal(acctest.Schema(t, anyConnector).ValueType())
	if err != nil {
		t.Fatal(err)
	}
	text := v.String()
	for _, want := range []string{"PostgresConnector", `"table.include.list"`, `"512"`, `"x=1"`, `"paused"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the state lacks %s: %s", want, text)
		}
	}
	if strings.Contains(text, acctest.OrdersSecret) {
		t.Errorf("the password is moved: %s", text)
	}
	generic := map[string]any{
		"name": "orders", "connector_class": "io.debezium.connector.postgresql.PostgresConnector", "state": "running", "status": "RUNNING",
		"config": map[string]string{"max.batch.size": "512", "slot.stream.params": "x=1"},
	}
	r, problem = move(t, anyConnector, "cdc/debezium", typedPostgres, generic)
	if problem != "" {
		t.Fatal(problem)
	}
	if v, err = r.TargetState.Unmarshal(acctest.Schema(t, typedPostgres).ValueType()); err != nil || !strings.Contains(v.String(), `"512"`) {
		t.Errorf("got %s (%v)", v, err)
	}
}
