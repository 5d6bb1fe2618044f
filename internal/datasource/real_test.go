package datasource_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// capture starts a connector on one row of a PostgreSQL table, and waits until
// the worker has its topic and its offset. It returns the name, which is also
// that of the topic prefix and the schema.
func capture(t *testing.T, stack *stackfile.Stack) string {
	t.Helper()
	name := fmt.Sprintf("data_%08x", rand.Uint32())
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	db := acctest.Postgres(t, stack)
	db.Exec("CREATE SCHEMA "+name+" AUTHORIZATION debezium",
		"CREATE TABLE "+name+".a (id int PRIMARY KEY)",
		"ALTER TABLE "+name+".a OWNER TO debezium",
		"INSERT INTO "+name+".a VALUES (1)")
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		_ = client.Delete(ctx, name)
		db.DropSlot(name)
		db.Exec("DROP SCHEMA "+name+" CASCADE", "DROP PUBLICATION IF EXISTS "+name)
	})
	config := postgres(stack)
	maps.Copy(config, kafkaconnect.Config{
		"topic.prefix": name, "slot.name": name, "publication.name": name,
		"publication.autocreate.mode": "filtered", "table.include.list": name + ".a",
	})
	if _, err := client.Create(t.Context(), kafkaconnect.CreateRequest{Name: name, Config: config}); err != nil {
		t.Fatal(err)
	}
	acctest.Eventually(t, "the connector's topic and offset", func() bool {
		topics, _ := client.Topics(t.Context(), name)
		offsets, err := client.Offsets(t.Context(), name)
		return len(topics) > 0 && err == nil && len(offsets.Offsets) > 0
	})
	return name
}

func postgres(stack *stackfile.Stack) kafkaconnect.Config {
	return kafkaconnect.Config{
		"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "topic.prefix": "p", "plugin.name": "pgoutput",
		"database.hostname": stack.Postgres.Host, "database.port": fmt.Sprint(stack.Postgres.Port), "database.dbname": stack.Postgres.Name,
		"database.user": stack.Postgres.User, "database.password": stack.Postgres.Password,
	}
}

func matches(pattern string) knownvalue.Check {
	return knownvalue.StringRegexp(regexp.MustCompile(pattern))
}

// TestRealConnector reads all that there is to know of one connector.
func TestRealConnector(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	name := capture(t, stack)
	url, named := stack.Connect[1].URL(), acctest.Block{"name": name}

	runOn(t, acctest.Real(),
		reads(url, "connector_status", named, map[string]knownvalue.Check{
			"status": knownvalue.StringExact("RUNNING"), "healthy": knownvalue.Bool(true), "type": knownvalue.StringExact("source"),
		}),
		reads(url, "connector_topics", named, map[string]knownvalue.Check{"topics": texts(name + "." + name + ".a")}),
		reads(url, "connector_offsets", named, map[string]knownvalue.Check{
			"offsets": matches(`^\{"offsets":\[\{"partition":\{"server":"` + name + `"\},"offset":\{.*"lsn":[0-9]{5,}[,}]`),
		}),
		reads(url, "connectors", acctest.Block{"name_regex": "^" + name + "$"}, map[string]knownvalue.Check{
			"names": texts(name),
			"connectors": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"kind": knownvalue.StringExact("postgres"), "status": knownvalue.StringExact("RUNNING"),
				"config": withoutKey("database.password"),
			})}),
		}),
		refuses(url, "connector_topics", acctest.Block{"name": "no such connector"}, `has no connector "no such connector"`),
		refuses(url, "connector_offsets", acctest.Block{"name": "no such connector"}, `has no connector "no such connector"`),
		refuses(url, "connector_status", acctest.Block{"name": "no such connector"}, `has no connector "no such connector"`),
	)
}

// withoutKey checks a map that has keys, but not this one.
func withoutKey(key string) knownvalue.Check {
	return knownvalueFunc(func(value any) error {
		m, isMap := value.(map[string]any)
		if _, there := m[key]; !isMap || len(m) == 0 || there {
			return fmt.Errorf("want a map without %s, got the keys %v", key, slices.Sorted(maps.Keys(m)))
		}
		return nil
	})
}

type knownvalueFunc func(any) error

func (f knownvalueFunc) CheckValue(value any) error { return f(value) }
func (f knownvalueFunc) String() string             { return "a value by a function" }

func TestRealCluster(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	url := stack.Connect[0].URL()
	installed := knownvalueFunc(func(value any) error {
		plugins, _ := value.([]any)
		for _, p := range plugins {
			if p, _ := p.(map[string]any); p["kind"] == "postgres" && p["version"] == "3.5.0.Final" {
				return nil
			}
		}
		return fmt.Errorf("want PostgreSQL's 3.5.0.Final among %v", plugins)
	})
	runOn(t, acctest.Real(),
		reads(url, "cluster", nil, map[string]knownvalue.Check{
			"version": matches(`^[0-9]+\.[0-9]+`), "commit": matches(`^[0-9a-f]{16}`), "kafka_cluster_id": matches(`^[-_A-Za-z0-9]{22}$`),
			"healthy": knownvalue.Bool(true), "message": matches(`ready`),
		}),
		reads(url, "connector_plugins", nil, map[string]knownvalue.Check{"plugins": installed}),
	)
}

// TestRealValidation: the worker's own words, on properties, the connection, a
// reference and the version of the plugin.
func TestRealValidation(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	url := stack.Connect[0].URL()
	body := func(further map[string]string) acctest.Block {
		config := postgres(stack)
		delete(config, "connector.class")
		config["connection.validation.timeout.ms"] = "20000"
		maps.Copy(config, further)
		return validation("postgres", config)
	}
	found := func(checks ...knownvalue.Check) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{"valid": knownvalue.Bool(len(checks) == 0), "errors": knownvalue.ListExact(checks)}
	}
	of := func(property, pattern string) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"property": knownvalue.StringExact(property),
			"messages": knownvalue.ListExact([]knownvalue.Check{matches(pattern)}),
		})
	}
	noVersion := reads(url, "config_validation", body(map[string]string{"connector.plugin.version": "9.9.9"}),
		found(of("connector.plugin.version", `^Version 9\.9\.9 .*not installed.*3\.5\.0\.Final`)))
	runOn(t, acctest.Real(),
		reads(url, "config_validation", body(nil), found()),
		reads(url, "config_validation", body(map[string]string{"database.port": "many", "slot.name": "Not A Slot"}),
			found(of("database.port", "^The 'database.port' value is invalid: An integer is expected$"), of("slot.name", "^The 'slot.name' value is invalid"))),
		reads(url, "config_validation", body(map[string]string{"database.password": "wr0ng-s3cret"}),
			found(of("database.hostname", `password authentication failed`))),
		reads(url, "config_validation", body(map[string]string{"slot.name": "${env:PATH}"}),
			found(of("slot.name", `^The worker rejected the value that the reference stands for`))),
		noVersion, noVersion,
		refuses(url, "config_validation", acctest.Block{"connector_class": "org.example.Missing", "config": map[string]string{}}, "no plugin with the class org.example.Missing"),
	)
}
