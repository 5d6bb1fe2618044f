package connecttest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// contract is what a worker of Kafka Connect 4.3 answers. The in-memory one is
// held to it on every run, the real one whenever there is a stack; where they
// differ, the real one is right.
var contract = []struct {
	name string
	run  func(t *testing.T, w *worker)
}{
	{"create", testCreate},
	{"create what exists", testCreateExisting},
	{"create without tasks", testNoTasks},
	{"refused creations", testRefusedCreations},
	{"invalid configuration of Debezium 3.5", testInvalidConfig},
	{"put creates and updates", testPut},
	{"patch", testPatch},
	{"delete", testDelete},
	{"pause, stop and resume", testStates},
	{"initial state", testInitialState},
	{"restart", testRestart},
	{"restart of a failed task", testRestartFailed},
	{"offsets", testOffsets},
	{"offsets outlive the connector", testOffsetsOutlive},
	{"listing", testListing},
	{"topics", testTopics},
	{"plugins", testPlugins},
	{"the plugins of all types", testPluginsOfAllTypes},
	{"a plugin's properties", testPluginConfig},
	{"validation", testValidation},
	{"validation that fails", testValidationFails},
	{"odd names", testOddNames},
	{"names that no path can hold", testAmbiguousNames},
	{"what there isn't", testNotFound},
	{"worker", testWorker},
}

func TestContractInMemory(t *testing.T) {
	server := connecttest.New(t)
	server.OnStart(func(_ string, config kafkaconnect.Config) string {
		if config["plugin.name"] == "decoderbufs" {
			return "io.debezium.DebeziumException: Creation of replication slot failed"
		}
		return ""
	})
	server.ConnectionError(func(config kafkaconnect.Config) string {
		if config["database.port"] == "1" {
			return "Error while validating connector config: Connection to 127.0.0.1:1 refused."
		}
		return ""
	})
	database := stackfile.Database{Host: "127.0.0.1", Port: 5432, Name: "inventory", AdminUser: "postgres", AdminPassword: "secret"}
	runContract(t, &worker{url: server.URL, postgres: database, mariadb: database})
}

func TestContractReal(t *testing.T) {
	dir := os.Getenv("DEBEZIUM_STACK")
	if dir == "" {
		t.Skip("DEBEZIUM_STACK doesn't name the directory of a stack (go run ./tools/stack up)")
	}
	stack, err := stackfile.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &worker{url: stack.Connect[0].URL(), postgres: stack.Postgres, mariadb: stack.MariaDB}
	t.Cleanup(func() { dropSlotsAndPublication(t, w) })
	runContract(t, w)
}

func runContract(t *testing.T, w *worker) {
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: w.url})
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	w.prefix = fmt.Sprintf("contract-%x", time.Now().UnixNano())
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) { c.run(t, w) })
	}
}

// worker is the worker under test with the databases that it can reach.
type worker struct {
	url               string
	client            *kafkaconnect.Client
	postgres, mariadb stackfile.Database
	prefix            string // of all names in this run
	names             int
}

// name is a connector's name that nothing else has. Its connector is deleted
// with the test.
func (w *worker) name(t *testing.T) string {
	w.names++
	name := fmt.Sprintf("%s-%d", w.prefix, w.names)
	w.deleteAfter(t, name)
	return name
}

// missingVersion is one that no plugin has, and that nobody has asked for yet.
func (w *worker) missingVersion() string {
	return fmt.Sprintf("9.%d", time.Now().UnixNano())
}

func (w *worker) deleteAfter(t *testing.T, name string) {
	t.Cleanup(func() {
		// The test's own context has ended by now.
		ctx := context.WithoutCancel(t.Context())
		if err := w.client.Delete(ctx, name); err != nil && !errors.Is(err, kafkaconnect.ErrNotFound) {
			t.Errorf("cleaning up: %s", err)
		}
	})
}

const postgresClass = "io.debezium.connector.postgresql.PostgresConnector"

// slotName is a name with the characters that a replication slot may have.
func slotName(name string) string { return strings.ReplaceAll(name, "-", "_") }

// config is a connector's that runs. Its slot stays until the end: a restarted
// connector finds its position again, whatever else happens in the database.
func (w *worker) config(name string) kafkaconnect.Config {
	return kafkaconnect.Config{
		"connector.class":          postgresClass,
		"connector.plugin.version": "3.5.0.Final",
		"topic.prefix":             name,
		"database.hostname":        w.postgres.Host,
		"database.port":            strconv.Itoa(w.postgres.Port),
		"database.user":            w.postgres.AdminUser,
		"database.password":        w.postgres.AdminPassword,
		"database.dbname":          w.postgres.Name,
		"plugin.name":              "pgoutput",
		"slot.name":                slotName(name),
		"publication.name":         "contract",
		"snapshot.mode":            "no_data",
		"table.include.list":       "contract.none", // what other tests write would change its offsets
		"errors.max.retries":       "0",
	}
}

func with(config kafkaconnect.Config, keysAndValues ...string) kafkaconnect.Config {
	changed := kafkaconnect.Config{}
	maps.Copy(changed, config)
	for i := 0; i < len(keysAndValues); i += 2 {
		if keysAndValues[i+1] == "" {
			delete(changed, keysAndValues[i])
		} else {
			changed[keysAndValues[i]] = keysAndValues[i+1]
		}
	}
	return changed
}

func (w *worker) create(t *testing.T, name string, state kafkaconnect.State) {
	t.Helper()
	_, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: w.config(name), InitialState: state})
	if err != nil {
		t.Fatal(err)
	}
}

// waitFor polls until the status is the one described: the connector's state
// and then each task's.
func (w *worker) waitFor(t *testing.T, name, want string) *kafkaconnect.Status {
	t.Helper()
	return w.waitForAny(t, name, want)
}

// waitForAny is like waitFor, with several that will do.
func (w *worker) waitForAny(t *testing.T, name string, wants ...string) *kafkaconnect.Status {
	t.Helper()
	var status *kafkaconnect.Status
	w.until(t, func() string {
		var err error
		status, err = w.client.Status(t.Context(), name)
		if err != nil {
			return err.Error()
		}
		if got := describe(status); !slices.Contains(wants, got) {
			return got + ", not " + strings.Join(wants, " or ")
		}
		return ""
	})
	return status
}

func describe(status *kafkaconnect.Status) string {
	states := []string{string(status.Connector.State)}
	for _, task := range status.Tasks {
		states = append(states, string(task.State))
	}
	return strings.Join(states, " ")
}

// until polls until the condition answers "". The bound is only there to end
// a test that fails.
func (w *worker) until(t *testing.T, condition func() string) {
	t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		last := condition()
		if last == "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("still after three minutes: %s", last)
		}
	}
}

// reply is an answer as it came.
type reply struct {
	status   int
	location string
	text     string
}

func (r reply) message() string {
	var body struct{ Message string }
	_ = json.Unmarshal([]byte(r.text), &body)
	return body.Message
}

// call sends a request that the client has no method for, or one whose exact
// answer matters. The path is sent as it is. Refusals because of a rebalance, in
// either of the worker's two forms, are waited out, as the client does.
func (w *worker) call(t *testing.T, method, path, body string) reply {
	t.Helper()
	var got reply
	w.until(t, func() string {
		got = w.callOnce(t, method, path, body)
		if got.rebalancing() {
			return got.message()
		}
		return ""
	})
	return got
}

func (r reply) rebalancing() bool {
	return r.status == http.StatusConflict && strings.HasPrefix(r.message(), "Cannot complete request") ||
		r.status == http.StatusInternalServerError && strings.Contains(r.message(), "a rebalance is expected")
}

func (w *worker) callOnce(t *testing.T, method, path, body string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header.Get("Location"), string(text)}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dropSlotsAndPublication removes from PostgreSQL what connectors leave behind.
func dropSlotsAndPublication(t *testing.T, w *worker) {
	database := w.postgres
	ctx := context.WithoutCancel(t.Context())
	url := url.URL{
		Scheme: "postgres", User: url.UserPassword(database.AdminUser, database.AdminPassword),
		Host: net.JoinHostPort(database.Host, strconv.Itoa(database.Port)), Path: database.Name,
	}
	connection, err := pgx.Connect(ctx, url.String())
	if err != nil {
		t.Error(err)
		return
	}
	defer connection.Close(ctx)
	for _, statement := range []string{
		"DROP PUBLICATION IF EXISTS contract",
		"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active AND starts_with(slot_name, '" + slotName(w.prefix) + "')",
	} {
		if _, err := connection.Exec(ctx, statement); err != nil {
			t.Error(err)
		}
	}
}
