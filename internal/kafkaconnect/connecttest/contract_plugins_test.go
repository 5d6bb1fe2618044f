package connecttest_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

func testPlugins(t *testing.T, w *worker) {
	plugins, err := w.client.Plugins(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []kafkaconnect.Plugin{
		{Class: postgresClass, Type: "source", Version: "3.5.0.Final"},
		{Class: postgresClass, Type: "source", Version: "3.6.1.Final"},
		{Class: "io.debezium.connector.jdbc.JdbcSinkConnector", Type: "sink", Version: "3.5.0.Final"},
	} {
		if !slices.Contains(plugins, want) {
			t.Errorf("%v is not in %v", want, plugins)
		}
	}
}

func testPluginsOfAllTypes(t *testing.T, w *worker) {
	plugins, err := w.client.PluginsOfAllTypes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for class, pluginType := range map[string]string{
		postgresClass: "source",
		"org.apache.kafka.connect.json.JsonConverter":                 "converter",
		"io.debezium.converters.CloudEventsConverter":                 "converter",
		"org.apache.kafka.connect.transforms.ExtractField$Key":        "transformation",
		"io.debezium.transforms.ExtractNewRecordState":                "transformation",
		"org.apache.kafka.connect.transforms.predicates.HasHeaderKey": "predicate",
	} {
		if !slices.ContainsFunc(plugins, func(p kafkaconnect.Plugin) bool { return p.Class == class && p.Type == pluginType }) {
			t.Errorf("%s isn't among the plugins as a %s", class, pluginType)
		}
	}
}

func testPluginConfig(t *testing.T, w *worker) {
	for _, class := range []string{postgresClass, "PostgresConnector", "Postgres"} {
		keys, err := w.client.PluginConfig(t.Context(), class, "3.5.0.Final")
		if err != nil {
			t.Fatal(err)
		}
		byName := map[string]kafkaconnect.ConfigKeyInfo{}
		for _, key := range keys {
			byName[key.Name] = key
		}
		if key := byName["name"]; key.Type != "STRING" || !key.Required || key.Default != nil {
			t.Errorf("%s: %+v", class, key)
		}
		if key := byName["database.password"]; key.Type != "PASSWORD" || key.Required {
			t.Errorf("%s: %+v", class, key)
		}
		if key := byName["snapshot.mode"]; key.Type != "STRING" || key.Default == nil || *key.Default != "initial" || key.Importance != "MEDIUM" {
			t.Errorf("%s: %+v", class, key)
		}
	}
	wantReply(t, w.call(t, "GET", "/connector-plugins/Missing/config", ""), 404, "Unknown plugin Missing.")
	wantReply(t, w.call(t, "GET", "/connector-plugins/"+postgresClass+"/config?version=9.9", ""), 400,
		"Plugin "+postgresClass+" not found that matches the version range [9.9,9.9], available versions: [")
}

const (
	aValueIsRequired = "The 'PROPERTY' value is invalid: A value is required"
	oneOf            = "The 'PROPERTY' value is invalid: Value must be one of"
)

// testValidation compares which properties have errors, and each error's
// beginning up to what differs from worker to worker.
func testValidation(t *testing.T, w *worker) {
	valid := with(w.config("contract"), "name", "contract")
	version := w.missingVersion()
	for _, test := range []struct {
		about  string
		config kafkaconnect.Config
		want   map[string]string // the beginning of each message, by property
	}{
		{"valid", valid, nil},
		{"unknown keys are no errors", with(valid, "foo.bar", "1", "database.server.name", "x"), nil},
		{"nothing", kafkaconnect.Config{"name": "contract", "connector.class": postgresClass, "connector.plugin.version": "3.5.0.Final"}, map[string]string{
			"topic.prefix": aValueIsRequired, "database.hostname": aValueIsRequired, "database.user": aValueIsRequired, "database.dbname": aValueIsRequired}},
		{"no name", with(valid, "name", ""), map[string]string{"name": `Missing required configuration "name" which has no default value.`}},
		{"types", with(valid, "database.port", "abc", "tombstones.on.delete", "ja", "max.batch.size", "1.5", "heartbeat.interval.ms", "x"), map[string]string{
			"database.port":         "The 'PROPERTY' value is invalid: An integer is expected",
			"tombstones.on.delete":  "The 'PROPERTY' value is invalid: Either 'true' or 'false' is expected",
			"max.batch.size":        "The 'PROPERTY' value is invalid: An integer is expected",
			"heartbeat.interval.ms": "The 'PROPERTY' value is invalid: An integer is expected"}},
		{"allowed values", with(valid, "snapshot.mode", "zzz", "plugin.name", "wal2json"), map[string]string{"snapshot.mode": oneOf, "plugin.name": oneOf}},
		{"allowed values in any case", with(valid, "snapshot.mode", "NO_DATA"), nil},
		{"characters", with(valid, "topic.prefix", "a b", "slot.name", "A-B"), map[string]string{
			"topic.prefix": "The 'PROPERTY' value is invalid: a b has invalid format (only the underscore, hyphen, dot and alphanumeric characters are allowed)",
			"slot.name":    "The 'PROPERTY' value is invalid: Valid replication slot name must contain only digits, lowercase characters and underscores with length <= 63"}},
		{"exclusion", with(valid, "table.include.list", "a", "table.exclude.list", "b"), map[string]string{
			"table.exclude.list": `The 'PROPERTY' value is invalid: "table.include.list" is already specified`}},
		{"Connect's own", with(valid, "tasks.max", "0", "errors.tolerance", "some", "transforms", "a,b", "transforms.a.type", "x.Y", "key.converter", "x.Z"), map[string]string{
			"tasks.max":         "Invalid value 0 for configuration tasks.max: Value must be at least 1",
			"errors.tolerance":  "Invalid value some for configuration errors.tolerance: String must be one of: none, all",
			"transforms.a.type": "Invalid value x.Y for configuration transforms.a.type: Class x.Y could not be found.",
			"transforms.b.type": `Missing required configuration "transforms.b.type" which has no default value.`,
			"key.converter":     "Invalid value x.Z for configuration key.converter: Class x.Z could not be found."}},
		{"tasks.max is no number", with(valid, "tasks.max", "x"), map[string]string{"tasks.max": "Invalid value x for configuration tasks.max: Not a number of type INT"}},
		{"reference that nothing resolves", with(valid, "database.hostname", "${nope:h}"), map[string]string{
			"database.hostname": "The 'PROPERTY' value is invalid: ${nope:h} has invalid format"}},
		{"version that isn't installed", with(valid, "connector.plugin.version", version), map[string]string{
			"connector.class":          "Plugin " + postgresClass + " not found that matches the version range [" + version + "," + version + "], available versions: [",
			"connector.plugin.version": "Plugin " + postgresClass + " not found that matches the version range [" + version + "," + version + "], available versions: ["}},
		{"no connection", with(valid, "database.port", "1"), map[string]string{"database.hostname": "Error while validating connector config: "}},
		{"no connection is tried beside an error", with(valid, "database.port", "1", "connection.validation.timeout.ms", "0"), map[string]string{
			"connection.validation.timeout.ms": "The 'PROPERTY' value is invalid: A positive, non-zero long value is expected"}},
		{"MariaDB", kafkaconnect.Config{"name": "contract", "connector.class": "io.debezium.connector.mariadb.MariaDbConnector"}, map[string]string{
			"topic.prefix": aValueIsRequired, "database.hostname": aValueIsRequired, "database.user": aValueIsRequired, "database.server.id": aValueIsRequired}},
		{"SQL Server", kafkaconnect.Config{"name": "contract", "connector.class": "io.debezium.connector.sqlserver.SqlServerConnector", "connector.plugin.version": "3.5.0.Final"}, map[string]string{
			"topic.prefix": aValueIsRequired, "database.hostname": aValueIsRequired, "database.names": "The 'PROPERTY' value is invalid: Cannot be empty"}},
		{"Oracle", kafkaconnect.Config{"name": "contract", "connector.class": "io.debezium.connector.oracle.OracleConnector", "connector.plugin.version": "3.5.0.Final"}, map[string]string{
			"topic.prefix": aValueIsRequired, "database.hostname": aValueIsRequired, "database.user": aValueIsRequired, "database.dbname": aValueIsRequired}},
		{"MongoDB", kafkaconnect.Config{"name": "contract", "connector.class": "io.debezium.connector.mongodb.MongoDbConnector", "connector.plugin.version": "3.5.0.Final"}, map[string]string{
			"topic.prefix": aValueIsRequired, "mongodb.connection.string": "The 'PROPERTY' value is invalid: Missing connection string"}},
		{"sink", kafkaconnect.Config{"name": "contract", "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector", "batch.size": "x"}, map[string]string{
			"topics": "Must configure one of topics or topics.regex", "topics.regex": "Must configure one of topics or topics.regex",
			"batch.size": "Invalid value x for configuration batch.size: Not a number of type INT"}},
	} {
		t.Run(test.about, func(t *testing.T) {
			got, err := w.client.Validate(t.Context(), test.config["connector.class"], test.config)
			if err != nil {
				t.Fatal(err)
			}
			checkVerdict(t, got, test.want)
		})
	}
}

func checkVerdict(t *testing.T, got *kafkaconnect.ConfigInfos, want map[string]string) {
	t.Helper()
	errors := map[string][]string{}
	for _, c := range got.Configs {
		if c.Value != nil && len(c.Value.Errors) > 0 {
			errors[c.Value.Name] = c.Value.Errors
		}
	}
	if g, w := slices.Sorted(maps.Keys(errors)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Errorf("errors at %v, want %v: %v", g, w, errors)
	}
	for property, beginning := range want {
		beginning = strings.ReplaceAll(beginning, "PROPERTY", property)
		if messages := errors[property]; len(messages) > 0 && !strings.HasPrefix(messages[0], beginning) {
			t.Errorf("%s: got %q, want %q", property, messages[0], beginning)
		}
	}
	if (got.ErrorCount > 0) != (len(want) > 0) {
		t.Errorf("error_count is %d", got.ErrorCount)
	}
}

func testValidationFails(t *testing.T, w *worker) {
	// The first time, this is an answer with errors (see testValidation).
	missing := kafkaconnect.Config{"name": "a", "connector.class": postgresClass, "connector.plugin.version": w.missingVersion()}
	if _, err := w.client.Validate(t.Context(), postgresClass, missing); err != nil {
		t.Fatal(err)
	}
	const exception = "org.apache.kafka.connect.runtime.rest.errors.BadRequestException: "
	for _, test := range []struct {
		about, class, body string
		status             int
		message            string // parts of it, in order
	}{
		{"another class", postgresClass, `{"name":"a","connector.class":"io.example.Other"}`, http.StatusBadRequest,
			"Included connector type io.example.Other does not match request type " + postgresClass},
		{"unknown class", "io.example.Missing", `{"name":"a","connector.class":"io.example.Missing"}`, http.StatusInternalServerError,
			exception + "…Failed to find any class that implements Connector and which name matches io.example.Missing, available connectors are: PluginDesc{klass=class "},
		{"no class", postgresClass, `{"name":"a"}`, http.StatusInternalServerError, exception + "Connector config {name=a} contains no connector type"},
		{"version that isn't installed", postgresClass, asJSON(t, missing), http.StatusInternalServerError, "java.lang.NullPointerException: " + noVersions},
		{"file that there isn't", postgresClass, `{"name":"a","connector.class":"` + postgresClass + `","database.hostname":"${file:/no/such.properties:h}"}`,
			http.StatusInternalServerError, "org.apache.kafka.common.config.ConfigException: Could not read properties from file /no/such.properties"},
	} {
		t.Run(test.about, func(t *testing.T) {
			got := w.call(t, "PUT", "/connector-plugins/"+test.class+"/config/validate", test.body)
			beginning, rest, _ := strings.Cut(test.message, "…")
			wantReply(t, got, test.status, beginning)
			if !strings.Contains(got.message(), rest) {
				t.Errorf("got %q, want %q in it", got.message(), rest)
			}
		})
	}
}

func testOddNames(t *testing.T, w *worker) {
	for _, odd := range []string{"sp ace", "qu?est", "ha#sh", "grün", "a+b", "co:lon", `quo"te`, "409"} {
		t.Run(odd, func(t *testing.T) {
			name := w.name(t) + " " + odd
			w.deleteAfter(t, name)
			config := with(w.config("contract"), "slot.name", "contract_odd")
			if _, err := w.client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: config, InitialState: kafkaconnect.StateStopped}); err != nil {
				t.Fatal(err)
			}
			w.waitFor(t, name, "STOPPED")
			info, err := w.client.Connector(t.Context(), name)
			if err != nil || info.Name != name || info.Config["name"] != name {
				t.Fatalf("%+v, %v", info, err)
			}
			if _, err := w.client.PutConfig(t.Context(), name, with(config, "max.batch.size", "1024")); err != nil {
				t.Error(err)
			}
			if err := w.client.Delete(t.Context(), name); err != nil {
				t.Error(err)
			}
		})
	}
}

// A name with a semicolon is not among these: a worker that isn't the leader
// passes the escape on without it, so that some requests find the connector
// and others don't.

// testAmbiguousNames: a connector of such a name could be created, and never
// be read, changed or deleted again; so none is.
func testAmbiguousNames(t *testing.T, w *worker) {
	for escaped, reason := range map[string]string{
		"sl%2Fash":     "Ambiguous URI path separator",
		"per%25cent":   "Ambiguous URI path encoding",
		"%2E%2E":       "Ambiguous URI path segment",
		"back%5Cslash": "Suspicious Path Character",
		"bell%07":      "Suspicious Path Character",
	} {
		got := w.call(t, "GET", "/connectors/"+escaped, "")
		if got.status != http.StatusBadRequest || !strings.Contains(got.text, "<title>Error 400 "+reason+"</title>") {
			t.Errorf("%s: %+v", escaped, got)
		}
	}
}

func testNotFound(t *testing.T, w *worker) {
	const missing = "/connectors/contract-missing"
	for _, test := range []struct {
		method, path string
		status       int
		message      string
	}{
		{"GET", missing, 404, "Connector contract-missing not found"},
		{"GET", missing + "/config", 404, "Connector contract-missing not found"},
		{"GET", missing + "/tasks", 404, "Connector contract-missing not found"},
		{"GET", missing + "/offsets", 404, "Connector contract-missing not found"},
		{"DELETE", missing + "/offsets", 404, "Connector contract-missing not found"},
		{"DELETE", missing, 404, "Connector contract-missing not found"},
		{"GET", missing + "/status", 404, "No status found for connector contract-missing"},
		{"GET", missing + "/tasks/0/status", 404, "No status found for task contract-missing-0"},
		{"PUT", missing + "/pause", 404, "Unknown connector contract-missing"},
		{"PUT", missing + "/resume", 404, "Unknown connector contract-missing"},
		{"PUT", missing + "/stop", 404, "Unknown connector contract-missing"},
		{"POST", missing + "/restart", 404, "Unknown connector: contract-missing"},
		{"POST", missing + "/restart?includeTasks=true", 404, "Unknown connector: contract-missing"},
		{"POST", missing + "/tasks/0/restart", 404, "Unknown connector: contract-missing"},
		{"GET", "/nothing", 404, "HTTP 404 Not Found"},
		{"GET", missing + "/nothing", 404, "HTTP 404 Not Found"},
		{"GET", missing + "/tasks-config", 404, "HTTP 404 Not Found"},
		{"POST", missing, 405, "HTTP 405 Method Not Allowed"},
	} {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			wantReply(t, w.call(t, test.method, test.path, ""), test.status, test.message)
		})
	}
}

func testWorker(t *testing.T, w *worker) {
	info, err := w.client.ServerInfo(t.Context())
	if err != nil || info.Version != "4.3.1" || info.Commit == "" || info.KafkaClusterID == "" {
		t.Errorf("%+v, %v", info, err)
	}
	health, err := w.client.Health(t.Context())
	if err != nil || health.Status != "healthy" || health.Message == "" {
		t.Errorf("%+v, %v", health, err)
	}
}
