package stack_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// validationRequests stands before a real worker and keeps the configurations that it
// is asked to validate.
type validationRequests struct {
	URL string

	mu    sync.Mutex
	asked []map[string]string
}

func recordValidations(t *testing.T, worker string) *validationRequests {
	t.Helper()
	target, err := url.Parse(worker)
	if err != nil {
		t.Fatal(err)
	}
	q := &validationRequests{}
	forward := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/config/validate") {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			var config map[string]string
			_ = json.Unmarshal(body, &config)
			q.mu.Lock()
			q.asked = append(q.asked, config)
			q.mu.Unlock()
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	q.URL = server.URL
	return q
}

// only is the one configuration that was asked about.
func (q *validationRequests) only(t *testing.T) map[string]string {
	t.Helper()
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.asked) != 1 {
		t.Fatalf("the worker was asked %d times", len(q.asked))
	}
	return q.asked[0]
}

// silent listens, and never says a word to those who connect.
func silent(t *testing.T) *net.TCPAddr {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().(*net.TCPAddr) //nolint:forcetypeassert // the address of a TCP listener
}

// TestRealUnreachableDatabases: a database that refuses, and one that never
// answers, cost a plan what it gives them and no more, and blame no attribute.
// What it gives is read from the question: no clock is looked at.
func TestRealUnreachableDatabases(t *testing.T) {
	stack := acctest.Stack(t)
	ports := map[string]int{"refuses": 1, "never answers": silent(t).Port}
	for _, name := range []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "mongodb_sink"} {
		for what, port := range ports {
			for _, setting := range []string{"", "error", "skip"} {
				t.Run(fmt.Sprintf("%s %s %q", name, what, setting), func(t *testing.T) {
					t.Parallel()
					q := recordValidations(t, stack.Connect[0].URL())
					validation := acctest.Block{"database_timeout": "1500ms", "collisions": "off"}
					if setting != "" {
						validation["database_connection"] = setting
					}
					walk := acctest.StartWalk(t, acctest.Real(), acctest.Block{"url": q.URL, "validation": validation})
					on := installed{kind: catalog.KindByName(name)}
					all := walk.PlanNew(t.Context(), on.resource(), acctest.Connector(on.kind, "far", at(catalogtest.Minimal(name), port)))
					checkUnreachable(t, name, setting, all, q.only(t))
				})
			}
		}
	}
}

// at is a configuration for a database on another port of this machine.
func at(config properties, port int) properties {
	if _, mongo := config["mongodb.connection.string"]; mongo {
		return config.With(properties{"mongodb.connection.string": fmt.Sprintf("mongodb://127.0.0.1:%d/?replicaSet=rs0", port)})
	}
	return config.With(properties{"database.port": strconv.Itoa(port)})
}

func checkUnreachable(t *testing.T, kind, setting string, all acctest.Diagnostics, asked map[string]string) {
	t.Helper()
	// The sink tries for 10 seconds whatever it is told, so a plan that gives
	// less doesn't let it try.
	quiet := setting == "skip" || kind == "mongodb_sink"
	limit, want := asked[timeoutProperty], "1500"
	switch {
	case kind == "mongodb_sink":
		limit, want = asked["mongodb.connection.string"], ""
	case quiet && kind == "mongodb":
		want = "1"
	case quiet:
		want = "0"
	}
	if limit != want {
		t.Errorf("the request bounds the connection by %q, want %q", limit, want)
	}
	if quiet {
		if len(all) > 0 {
			t.Errorf("although no connection is to be tried: %v", all)
		}
		return
	}
	if len(all) != 1 || all[0].IsError() != (setting == "error") || !slices.Contains([]string{"", "database_hostname", "mongodb_connection_string"}, all[0].Path) ||
		all[0].Summary != "The database can't be reached" || !strings.HasPrefix(all[0].Detail, `Connector "far": `) {
		t.Errorf("want one diagnostic about the connection, got %v", all)
	}
}

// TestRealMissingDriver: Db2's plugin comes without the driver.
func TestRealMissingDriver(t *testing.T) {
	stack := acctest.Stack(t)
	walk := acctest.StartWalk(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL(), "validation": acctest.Block{"collisions": "off"}})
	all := walk.PlanNew(t.Context(), "debezium_db2_connector", acctest.Connector(catalog.KindByName("db2"), "driverless", catalogtest.Minimal("db2")))
	wantOne(t, all, "", "The connector plugin lacks a class", "database driver")
}

// TestRealReferences: a file that the worker doesn't have explains itself.
func TestRealReferences(t *testing.T) {
	stack := acctest.Stack(t)
	walk := acctest.StartWalk(t, acctest.Real(), withoutDatabases(stack))
	kind := catalog.KindByName("postgres")
	all := walk.PlanNew(t.Context(), "debezium_postgres_connector", acctest.Connector(kind, "reference", catalogtest.Minimal("postgres").With(properties{
		"database.password": "${file:/missing:x}",
	})))
	if len(all) != 1 || !all[0].IsError() || !strings.Contains(all[0].Detail, "Could not read properties from file /missing") {
		t.Errorf("want one error that names the file, got %v", all)
	}
}

// TestRealMissingPlugins: a class and a version that the cluster lacks are
// clear errors, also the second time, when the worker itself answers with a
// NullPointerException.
func TestRealMissingPlugins(t *testing.T) {
	stack := acctest.Stack(t)
	walk := acctest.StartWalk(t, acctest.Real(), withoutDatabases(stack))
	for range 2 {
		all := walk.PlanNew(t.Context(), "debezium_connector", acctest.Block{
			"name": unique("none"), "connector_class": "org.example.NoSuchConnector", "config": map[string]string{"tasks.max": "1"},
		})
		wantOne(t, all, "", "The connector plugin is not installed", "io.debezium.connector.postgresql.PostgresConnector")
		for _, resource := range []string{"debezium_postgres_connector", "debezium_connector"} {
			config := acctest.Connector(catalog.KindByName("postgres"), unique("old"), catalogtest.Minimal("postgres").With(properties{keyVersion: "3.9.9.Final"}))
			at := "connector_plugin_version"
			if resource == "debezium_connector" {
				config = acctest.AnyConnector(catalog.KindByName("postgres"), unique("old"),
					catalogtest.Minimal("postgres").With(properties{keyVersion: "3.9.9.Final", "plugin.name": "pgoutput"}))
				at = fmt.Sprintf("config[%q]", keyVersion)
			}
			wantOne(t, walk.PlanNew(t.Context(), resource, config), at, "Version 3.9.9.Final of the connector plugin is not installed", "3.6.1.Final")
		}
	}
}

const keyVersion = "connector.plugin.version"

// wantOne wants a single error with its place, its summary and a part of its text.
func wantOne(t *testing.T, all acctest.Diagnostics, at, summary, part string) {
	t.Helper()
	if len(all) != 1 || !all[0].IsError() || all[0].Path != at || all[0].Summary != summary || !strings.Contains(all[0].Detail, part) {
		t.Errorf("want one error at %q: %s … %s, got %v", at, summary, part, all)
	}
}

// TestRealUnknownValues: what isn't known yet keeps nothing else from being
// checked, by the rules or by the worker, and no database is connected to.
func TestRealUnknownValues(t *testing.T) {
	stack := acctest.Stack(t)
	q := recordValidations(t, stack.Connect[0].URL())
	walk := acctest.StartWalk(t, acctest.Real(), acctest.Block{"url": q.URL, "validation": acctest.Block{"collisions": "off"}})
	kind := catalog.KindByName("postgres")
	unknown := func(changes properties) acctest.Block {
		v := acctest.Connector(kind, unique("unknown"), catalogtest.Minimal("postgres").With(changes))
		v["database_hostname"] = acctest.Unknown
		return v
	}
	if all := walk.PlanNew(t.Context(), "debezium_postgres_connector", unknown(nil)); len(all) > 0 {
		t.Errorf("about what isn't known: %v", all)
	}
	if asked := q.only(t); asked["database.hostname"] != "" || asked[timeoutProperty] != "0" {
		t.Errorf("asked about: %v", asked)
	}
	all := walk.PlanNew(t.Context(), "debezium_postgres_connector", unknown(properties{"slot.name": "Orders"}))
	if len(all) != 1 || all[0].Path != "slot_name" {
		t.Errorf("want an error of the rules at slot_name, got %v", all)
	}
	// The rules don't know this one; the worker does.
	all = walk.PlanNew(t.Context(), "debezium_postgres_connector", unknown(properties{"value.converter": "org.example.None"}))
	if len(all) != 1 || all[0].Path != "value_converter" {
		t.Errorf("want an error of the worker at value_converter, got %v", all)
	}
}
