package stack_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// unique is a name that no other run uses, fit for connectors, topics, schemas
// and slots.
func unique(prefix string) string { return fmt.Sprintf("%s_%08x", prefix, rand.Uint32()) }

// realClient asks the worker behind the provider's back. What the test leaves
// on the cluster is deleted.
func realClient(t *testing.T, stack *stackfile.Stack, names ...string) *kafkaconnect.Client {
	t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, name := range names {
			_ = client.Delete(context.Background(), name)
		}
	})
	return client
}

func notThere(t *testing.T, client *kafkaconnect.Client, names ...string) func(*terraform.State) error {
	return func(*terraform.State) error {
		left, err := client.Connectors(t.Context())
		for _, name := range names {
			if _, there := left[name]; there {
				return fmt.Errorf("still on the cluster: %q", name)
			}
		}
		return err
	}
}

// realDatabase is a database of the stack as a life of a connector needs it.
type realDatabase struct {
	resource string // type of the resource
	block    func(stack *stackfile.Stack, name, space string, tables ...string) acctest.Block
	open     func(t *testing.T, stack *stackfile.Stack) *acctest.Database
	create   func(space, table string) []string
	drop     func(space string) []string
	imported []string // what an import leaves out
}

func qualified(space string, tables []string) []string {
	full := make([]string, len(tables))
	for i, table := range tables {
		full[i] = space + "." + table
	}
	return full
}

var realDatabases = map[string]realDatabase{
	"postgres": {
		resource: "debezium_postgres_connector",
		block: func(s *stackfile.Stack, name, space string, tables ...string) acctest.Block {
			return acctest.Block{
				"name":              name,
				"database_hostname": s.Postgres.Host, "database_port": s.Postgres.Port,
				"database_user": s.Postgres.User, "database_password": s.Postgres.Password, "database_dbname": s.Postgres.Name,
				"topic_prefix": space, "table_include_list": qualified(space, tables),
				"publication_autocreate_mode": "filtered",
			}
		},
		open: acctest.Postgres,
		create: func(space, table string) []string {
			return []string{
				"CREATE SCHEMA IF NOT EXISTS " + space + " AUTHORIZATION debezium",
				"CREATE TABLE " + space + "." + table + " (id int PRIMARY KEY, note text)",
				"ALTER TABLE " + space + "." + table + " OWNER TO debezium",
			}
		},
		drop:     func(space string) []string { return []string{"DROP SCHEMA " + space + " CASCADE"} },
		imported: []string{"database_password", "timeouts"},
	},
	"mysql": {
		resource: "debezium_mysql_connector",
		block: func(s *stackfile.Stack, name, space string, tables ...string) acctest.Block {
			return acctest.Block{
				"name":              name,
				"database_hostname": s.MySQL.Host, "database_port": s.MySQL.Port,
				"database_user": s.MySQL.User, "database_password": s.MySQL.Password,
				"topic_prefix": space, "database_include_list": []string{space}, "table_include_list": qualified(space, tables),
				"schema_history_internal_kafka_bootstrap_servers": s.Kafka.BootstrapServers(),
				"config": map[string]string{"database.allowPublicKeyRetrieval": "true"},
			}
		},
		open:     func(t *testing.T, s *stackfile.Stack) *acctest.Database { return acctest.MySQL(t, s.MySQL) },
		create:   createOnMySQL,
		drop:     func(space string) []string { return []string{"DROP DATABASE " + space} },
		imported: []string{"database_password", "timeouts"},
	},
	"mariadb through debezium_connector": {
		resource: "debezium_connector",
		block: func(s *stackfile.Stack, name, space string, tables ...string) acctest.Block {
			return acctest.AnyConnector(catalog.KindByName("mariadb"), name, properties{
				"database.hostname": s.MariaDB.Host, "database.port": strconv.Itoa(s.MariaDB.Port),
				"database.user": s.MariaDB.User, "database.password": s.MariaDB.Password,
				"database.server.id": strconv.FormatInt(catalog.ServerID(name), 10),
				"topic.prefix":       space, "database.include.list": space,
				"table.include.list":                              strings.Join(qualified(space, tables), ","),
				"schema.history.internal.kafka.bootstrap.servers": s.Kafka.BootstrapServers(),
				"schema.history.internal.kafka.topic":             "schema-changes." + name,
			})
		},
		open:     func(t *testing.T, s *stackfile.Stack) *acctest.Database { return acctest.MySQL(t, s.MariaDB) },
		create:   createOnMySQL,
		drop:     func(space string) []string { return []string{"DROP DATABASE " + space} },
		imported: []string{"config.database.password", "config.%", "timeouts"},
	},
}

func createOnMySQL(space, table string) []string {
	return []string{
		"CREATE DATABASE IF NOT EXISTS " + space,
		"CREATE TABLE " + space + "." + table + " (id int PRIMARY KEY, note text)",
	}
}

// TestRealLife is the whole life of a connector on real databases, with the
// terraform binary, and rows
// read back from its topics.
func TestRealLife(t *testing.T) {
	for label, d := range realDatabases {
		t.Run(label, func(t *testing.T) {
			stack := acctest.Stack(t)
			t.Parallel()
			space, one, two := unique("life"), unique("one"), unique("two")
			client := realClient(t, stack, one, two)
			db := d.open(t, stack)
			db.Exec(append(d.create(space, "a"), d.create(space, "b")...)...)
			t.Cleanup(func() {
				if d.resource == "debezium_postgres_connector" {
					for _, name := range []string{one, two} {
						_ = client.Delete(context.Background(), name)
						db.DropSlot(catalog.SlotName(name))
						db.Exec("DROP PUBLICATION IF EXISTS " + catalog.SlotName(name))
					}
				}
				db.Exec(d.drop(space)...)
			})
			insert := func(table string, id int, note string) func() {
				return func() {
					db.Exec(fmt.Sprintf("INSERT INTO %s.%s VALUES (%d, '%s')", space, table, id, note))
				}
			}
			arrives := func(table, note string) resource.TestCheckFunc {
				return func(*terraform.State) error {
					acctest.ReadUntil(t, stack, space+"."+space+"."+table, note)
					return nil
				}
			}
			proxy := acctest.NewProxy(t, stack.Connect[0].URL())
			address := d.resource + ".c"
			config := func(name string, tables ...string) string {
				return acctest.Block{"url": proxy.URL}.ProviderHCL() + d.block(stack, name, space, tables...).HCL(d.resource, "c")
			}
			acctest.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Real(),
				CheckDestroy:             notThere(t, client, one, two),
				Steps: []resource.TestStep{
					{
						PreConfig: insert("a", 1, "snapshot of a"),
						Config:    config(one, "a"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionCreate),
						Check: arrives("a", "snapshot of a"),
					},
					{Config: config(one, "a"), ConfigPlanChecks: acctest.NoChanges()},
					{
						Config: config(one, "a", "b"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionUpdate),
					},
					{
						PreConfig: insert("b", 1, "streamed from b"),
						Config:    config(one, "a", "b"), ConfigPlanChecks: acctest.NoChanges(),
						Check: arrives("b", "streamed from b"),
					},
					{Config: config(two, "a", "b"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionReplace)},
					{
						PreConfig:    proxy.Reset,
						ResourceName: address, ImportState: true, ImportStateId: two,
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
						ImportStateVerifyIgnore: d.imported,
					},
					{Config: config(two, "a", "b"), ConfigPlanChecks: acctest.NoChanges(), Check: func(*terraform.State) error {
						if writes := proxy.Writes(); len(writes) > 0 {
							return fmt.Errorf("an import and an empty plan wrote: %v", writes)
						}
						return nil
					}},
					{
						PreConfig: func() {
							if err := client.Delete(t.Context(), two); err != nil {
								t.Fatal(err)
							}
						},
						Config: config(two, "a", "b"), ConfigPlanChecks: acctest.Applies(address, plancheck.ResourceActionCreate),
					},
				},
			})
		})
	}
}
