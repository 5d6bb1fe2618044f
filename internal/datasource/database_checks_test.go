package datasource_test

import (
	"maps"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// checks is the body of the data source; the configuration is that of orders()
// with other values.
func checks(connector string, further map[string]string) acctest.Block {
	config := orders()
	delete(config, "connector.class")
	maps.Copy(config, further)
	body := validation("postgres", config)
	if connector != "" {
		body["connector"] = connector
	}
	return body
}

// TestDatabaseChecksThatCannotBeMade: what only the worker knows is no error.
func TestDatabaseChecksThatCannotBeMade(t *testing.T) {
	server := connecttest.New(t)
	skipped := func(note string) map[string]knownvalue.Check {
		return map[string]knownvalue.Check{
			"ready": knownvalue.Null(), "findings": knownvalue.ListSizeExact(0), "tables": knownvalue.ListSizeExact(0), "notes": texts(note),
		}
	}
	run(t,
		reads(server.URL, "database_checks", checks("", map[string]string{"database.password": "${file:/secrets:password}"}),
			skipped("The database isn't checked: database.password is a reference, which only the worker can resolve.")),
		reads(server.URL, "database_checks", checks("", map[string]string{"database.password": "••••••"}),
			skipped("The database isn't checked: database.password is masked by the cluster and isn't in the configuration.")),
		reads(server.URL, "database_checks", checks("", map[string]string{"database.user": null}),
			skipped("The database isn't checked: database.user isn't set.")),
	)
}

// TestDatabaseChecksOfAnUnreachableDatabase: one error, without the password.
// The cluster isn't asked, nor need it be there.
func TestDatabaseChecksOfAnUnreachableDatabase(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	_ = listener.Close()
	run(t,
		refuses("http://127.0.0.1:1", "database_checks", checks("", map[string]string{"database.hostname": host, "database.port": port}),
			"The database can't be checked: Connecting to the database server "+host+":"+port+": connection refused."),
		refuses("http://127.0.0.1:1", "database_checks", acctest.Block{"kind": "oracle", "config": map[string]string{}}, `value must be one of: ["postgres" "mysql" "mariadb"]`),
		refuses("http://127.0.0.1:1", "database_checks", checks("orders", nil), "connection refused Check the provider's url"),
	)
}

// TestDatabaseChecksOfAConnectorThatTheListingLacks: one whose status hasn't
// arrived, or of which a worker lists the status alone, is asked for by name, so
// that what it holds isn't taken for another's.
func TestDatabaseChecksOfAConnectorThatTheListingLacks(t *testing.T) {
	for name, fault := range map[string]connecttest.Fault{
		"no status":        {Kind: connecttest.NoStatus, Method: "GET", Path: "/connectors"},
		"no configuration": {Method: "GET", Path: "/connectors", Status: 200, Body: `{"orders": {"status": {"name": "orders", "connector": {"state": "RUNNING"}}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			server := withOrders(t)
			server.Fault(fault)
			run(t, refuses(server.URL, "database_checks", checks("orders", map[string]string{"database.hostname": "127.0.0.1", "database.port": "1"}),
				"Connecting to the database server 127.0.0.1:1"))
			if n := server.Count("GET", "/connectors/orders"); n != 1 {
				t.Errorf("the connector was asked for %d times, want once", n)
			}
		})
	}
}

// TestRealDatabaseChecks reads the stack's own database.
func TestRealDatabaseChecks(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	name := capture(t, stack)
	config := postgres(stack)
	delete(config, "connector.class")
	maps.Copy(config, kafkaconnect.Config{
		"slot.name": name, "publication.name": name, "publication.autocreate.mode": "filtered", "table.include.list": name + ".a",
	})
	missing := maps.Clone(config)
	missing["table.include.list"] += "," + name + ".aa"
	found := func(check, severity string) knownvalue.Check {
		return object(map[string]string{"check": check, "severity": severity})
	}
	tables := knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
		"name": knownvalue.StringExact(name + ".a"), "primary_key": texts("id"),
	})})
	runOn(t, acctest.Real(),
		// Its own slot is no other's.
		reads(stack.Connect[0].URL(), "database_checks", checks(name, config), map[string]knownvalue.Check{
			"ready": knownvalue.Bool(true), "findings": knownvalue.ListSizeExact(0), "notes": knownvalue.ListSizeExact(0), "tables": tables,
		}),
		reads(stack.Connect[0].URL(), "database_checks", checks("", config), map[string]knownvalue.Check{
			"ready": knownvalue.Bool(false), "findings": knownvalue.ListExact([]knownvalue.Check{found("postgres-slot-active", "error")}), "tables": tables,
		}),
		reads(stack.Connect[0].URL(), "database_checks", checks(name, missing), map[string]knownvalue.Check{
			"ready": knownvalue.Bool(true), "findings": knownvalue.ListExact([]knownvalue.Check{found("postgres-table-list", "warning")}),
		}),
	)
}

// TestDatabaseKindsAreKinds: what has checks is a kind of the catalog, with a
// name that the documentation uses.
func TestDatabaseKindsAreKinds(t *testing.T) {
	for _, info := range database.List() {
		kind, _, _ := strings.Cut(info.Check, "-")
		if kind != "postgres" && kind != "binlog" || slices.Contains(info.Kinds, "") {
			t.Errorf("%+v", info)
		}
	}
}
