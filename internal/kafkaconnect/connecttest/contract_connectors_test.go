package connecttest_test

import (
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func testCreate(t *testing.T, w *worker) {
	name := w.name(t)
	config := w.config(name)
	got := w.call(t, "POST", "/connectors", asJSON(t, kafkaconnect.CreateRequest{Name: name, Config: config}))
	if got.status != http.StatusCreated || !strings.HasSuffix(got.location, "/connectors/"+name) {
		t.Fatalf("%+v", got)
	}
	want := `{"name":"` + name + `","config":` + asJSON(t, with(config, "name", name)) + `,"tasks":[],"type":"source"}`
	sameJSON(t, got.text, want)

	status := w.waitFor(t, name, "RUNNING RUNNING")
	if status.Name != name || status.Type != "source" || status.Connector.WorkerID == "" || status.Connector.Version != "3.5.0.Final" ||
		status.Tasks[0].ID != 0 || status.Tasks[0].WorkerID == "" || status.Tasks[0].Version != "3.5.0.Final" {
		t.Errorf("%+v", status)
	}
	info, err := w.client.Connector(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if want := (&kafkaconnect.Info{
		Name: name, Config: with(config, "name", name), Type: "source",
		Tasks: []kafkaconnect.TaskID{{Connector: name, Task: 0}},
	}); !reflect.DeepEqual(info, want) {
		t.Errorf("got %+v, want %+v", info, want)
	}
	tasks, err := w.client.Tasks(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if want := with(config, "name", name, "task.class", postgresClass+"Task"); len(tasks) != 1 || !maps.Equal(tasks[0].Config, want) {
		t.Errorf("got %v, want one task with %v", tasks, want)
	}
}

func testCreateExisting(t *testing.T, w *worker) {
	name := w.name(t)
	w.create(t, name, kafkaconnect.StateStopped)
	_, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: w.config(name)})
	wantError(t, err, kafkaconnect.ErrAlreadyExists, http.StatusConflict, "Connector "+name+" already exists")
}

// testNoTasks: a second task of a single-task kind is not refused; there is
// just no task at all.
func testNoTasks(t *testing.T, w *worker) {
	name := w.name(t)
	_, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: w.mariadbConfig(name)})
	if err != nil {
		t.Fatal(err)
	}
	w.waitFor(t, name, "RUNNING")
	tasks, err := w.client.Tasks(t.Context(), name)
	if err != nil || len(tasks) != 0 {
		t.Errorf("%v, %v", tasks, err)
	}
}

func testRefusedCreations(t *testing.T, w *worker) {
	// The worker remembers what it has been asked for in vain, so that a class
	// and a version are needed that no earlier run has used.
	name, version := w.name(t), w.missingVersion()
	const class = `"connector.class":"` + postgresClass + `"`
	for _, test := range []struct {
		about, body string
		status      int
		message     string // its beginning
	}{
		{"unknown class", `{"name":"NAME","config":{"connector.class":"io.example.NAME"}}`,
			400, "Failed to find any class that implements Connector and which name matches io.example.NAME, available connectors are: PluginDesc{klass=class "},
		{"unknown class again", `{"name":"NAME","config":{"connector.class":"io.example.NAME"}}`,
			400, "org.apache.kafka.connect.errors.ConnectException: Failed to find any class that implements Connector and which name matches io.example.NAME, "},
		{"no class", `{"name":"NAME","config":{}}`, 400, "Connector config {name=NAME} contains no connector type"},
		{"another name in the configuration", `{"name":"NAME","config":{"name":"other",` + class + `}}`,
			400, "Connector name configuration (other) doesn't match connector name in the URL (NAME)"},
		{"no configuration", `{"name":"NAME"}`, 500, `Cannot invoke "java.util.Map.get(Object)" because "connectorConfig" is null`},
		{"unknown field", `{"name":"NAME","config":{},"foo":1}`,
			500, `Unrecognized field "foo" (class org.apache.kafka.connect.runtime.rest.entities.CreateConnectorRequest), not marked as ignorable (3 known properties: "config", "name", "initial_state"`},
		{"unknown initial state", `{"name":"NAME","initial_state":"foo","config":{` + class + `}}`,
			500, "Cannot construct instance of `org.apache.kafka.connect.runtime.rest.entities.CreateConnectorRequest$InitialState`, problem: No enum constant"},
		{"reference to a file that there isn't", `{"name":"NAME","config":{` + class + `,"database.password":"${file:/no/such.properties:p}"}}`,
			500, "Could not read properties from file /no/such.properties"},
		{"version that isn't installed", `{"name":"NAME","config":{` + class + `,"connector.plugin.version":"VERSION"}}`,
			400, "Connector configuration is invalid and contains the following 2 error(s):\nPlugin " + postgresClass + " not found that matches the version range [VERSION,VERSION], available versions: ["},
		{"version that isn't installed again", `{"name":"NAME","config":{` + class + `,"connector.plugin.version":"VERSION"}}`, 500, noVersions},
		{"invalid, Debezium 3.6.1", `{"name":"NAME","config":{` + class + `,"connector.plugin.version":"3.6.1.Final"}}`, 500, nullPointer},
		{"invalid, Oracle of Debezium 3.5", `{"name":"NAME","config":{"connector.class":"Oracle","connector.plugin.version":"3.5.0.Final"}}`, 500, nullPointer},
	} {
		t.Run(test.about, func(t *testing.T) {
			fill := strings.NewReplacer("NAME", name, "VERSION", version).Replace
			wantReply(t, w.call(t, "POST", "/connectors", fill(test.body)), test.status, fill(test.message))
		})
	}
	if _, err := w.client.Connector(t.Context(), name); !errors.Is(err, kafkaconnect.ErrNotFound) {
		t.Errorf("a refused creation left a connector: %v", err)
	}
}

const noVersions = `Cannot invoke "java.util.List.stream()" because the return value of ` +
	`"org.apache.kafka.connect.runtime.isolation.VersionedPluginLoadingException.availableVersions()" is null`

const nullPointer = `Cannot invoke "org.apache.kafka.connect.runtime.rest.entities.ConfigValueInfo.errors()" because the return value of ` +
	`"org.apache.kafka.connect.runtime.rest.entities.ConfigInfo.configValue()" is null`

func testInvalidConfig(t *testing.T, w *worker) {
	name := w.name(t)
	config := kafkaconnect.Config{"connector.class": postgresClass, "connector.plugin.version": "3.5.0.Final"}
	const message = "Connector configuration is invalid and contains the following 4 error(s):\n" +
		"The 'topic.prefix' value is invalid: A value is required\n" +
		"The 'database.hostname' value is invalid: A value is required\n" +
		"The 'database.user' value is invalid: A value is required\n" +
		"The 'database.dbname' value is invalid: A value is required\n" +
		"You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`"
	_, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: config})
	wantError(t, err, kafkaconnect.ErrInvalidConfig, http.StatusBadRequest, message)
	_, err = w.client.PutConfig(t.Context(), name, config)
	wantError(t, err, kafkaconnect.ErrInvalidConfig, http.StatusBadRequest, message)
}

func testPut(t *testing.T, w *worker) {
	name := w.name(t)
	config := w.config(name)
	got := w.call(t, "PUT", "/connectors/"+name+"/config", asJSON(t, config))
	if got.status != http.StatusCreated || !strings.HasSuffix(got.location, "/connectors/"+name) {
		t.Fatalf("%+v", got)
	}
	w.waitFor(t, name, "RUNNING RUNNING")

	changed := with(config, "max.batch.size", "1024")
	got = w.call(t, "PUT", "/connectors/"+name+"/config", asJSON(t, changed))
	if got.status != http.StatusOK || got.location != "" {
		t.Fatalf("%+v", got)
	}
	sameJSON(t, got.text, `{"name":"`+name+`","config":`+asJSON(t, with(changed, "name", name))+
		`,"tasks":[{"connector":"`+name+`","task":0}],"type":"source"}`)
	w.until(t, func() string {
		tasks, err := w.client.Tasks(t.Context(), name)
		if err != nil {
			return err.Error()
		}
		if len(tasks) != 1 || tasks[0].Config["max.batch.size"] != "1024" {
			return "the task has the old configuration"
		}
		return ""
	})
	w.waitFor(t, name, "RUNNING RUNNING")

	_, err := w.client.PutConfig(t.Context(), name, with(config, "name", "other"))
	wantError(t, err, kafkaconnect.ErrInvalidConfig, http.StatusBadRequest,
		"Connector name configuration (other) doesn't match connector name in the URL ("+name+")")
	_, err = w.client.PutConfig(t.Context(), name, kafkaconnect.Config{"name": name})
	wantError(t, err, kafkaconnect.ErrInvalidConfig, http.StatusBadRequest, "Connector config {name="+name+"} contains no connector type")
}

func testPatch(t *testing.T, w *worker) {
	name := w.name(t)
	path := "/connectors/" + name + "/config"
	wantReply(t, w.call(t, "PATCH", path, `{"a":"b"}`), 404, "Connector "+name+" not found")
	w.create(t, name, kafkaconnect.StateStopped)
	if got := w.call(t, "PATCH", path, `{"snapshot.mode":null,"max.batch.size":"1024"}`); got.status != http.StatusOK {
		t.Fatalf("%+v", got)
	}
	w.until(t, func() string {
		info, err := w.client.Connector(t.Context(), name)
		if err != nil {
			return err.Error()
		}
		if !maps.Equal(info.Config, with(w.config(name), "name", name, "snapshot.mode", "", "max.batch.size", "1024")) {
			return "the configuration is not merged"
		}
		return ""
	})
}

func testDelete(t *testing.T, w *worker) {
	name := w.name(t)
	w.create(t, name, kafkaconnect.StateRunning)
	w.waitFor(t, name, "RUNNING RUNNING")
	if got := w.call(t, "DELETE", "/connectors/"+name, ""); got.status != http.StatusNoContent || got.text != "" {
		t.Errorf("%+v", got)
	}
	wantError(t, w.client.Delete(t.Context(), name), kafkaconnect.ErrNotFound, http.StatusNotFound, "Connector "+name+" not found")
	w.until(t, func() string {
		status, err := w.client.Status(t.Context(), name)
		switch {
		case errors.Is(err, kafkaconnect.ErrNotFound):
			return ""
		case err != nil:
			return err.Error()
		case status.Type != "unknown" && status.Type != "source":
			t.Errorf("type %q", status.Type)
		}
		return "still " + describe(status)
	})
}

func testListing(t *testing.T, w *worker) {
	name := w.name(t)
	w.create(t, name, kafkaconnect.StateRunning)
	w.waitFor(t, name, "RUNNING RUNNING")
	listing, err := w.client.Connectors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	info, err := w.client.Connector(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	status, err := w.client.Status(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if got := listing[name]; !reflect.DeepEqual(got, kafkaconnect.Connector{Info: info, Status: status}) {
		t.Errorf("got %+v", got)
	}
	names := decode[[]string](t, w.call(t, "GET", "/connectors", ""))
	if !slices.Contains(names, name) {
		t.Errorf("%s is not in %v", name, names)
	}
	for _, half := range []string{"info", "status"} {
		entry := decode[map[string]map[string]any](t, w.call(t, "GET", "/connectors?expand="+half, ""))[name]
		if len(entry) != 1 || entry[half] == nil {
			t.Errorf("expand=%s: %v", half, entry)
		}
	}
}
