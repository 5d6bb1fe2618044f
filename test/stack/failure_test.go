package stack_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestRealFailedTask: a task that fails ends the apply with the last cause of
// its trace and what to do, not with success and not with a page of Java.
func TestRealFailedTask(t *testing.T) {
	stack := acctest.Stack(t)
	cases := []struct {
		name  string
		setup func(space string) []string // space is also a role's name, with password "secret"
		user  func(space string) string
		body  func(space string) string
		want  []string
	}{
		{
			name: "no replication role",
			setup: func(space string) []string {
				return []string{"CREATE ROLE " + space + " LOGIN PASSWORD 'secret'", "GRANT ALL ON SCHEMA " + space + " TO " + space}
			},
			user: func(space string) string { return space },
			want: []string{"permission denied to start WAL sender", "What to do:", "ALTER ROLE"},
		},
		{
			name: "no publication",
			body: func(string) string { return `publication_autocreate_mode = "disabled"` },
			want: []string{"Publication autocreation is disabled", "What to do:"},
		},
		{
			name: "no table privilege",
			setup: func(space string) []string {
				return []string{
					"CREATE ROLE " + space + " LOGIN REPLICATION PASSWORD 'secret'", "GRANT USAGE ON SCHEMA " + space + " TO " + space,
					"CREATE PUBLICATION " + space + " FOR TABLE " + space + ".a",
				}
			},
			user: func(space string) string { return space },
			body: func(space string) string {
				return fmt.Sprintf("publication_autocreate_mode = \"disabled\"\n  publication_name = %q\n  errors_max_retries = 0", space)
			},
			want: []string{"permission denied for table a", "It stays on the cluster"},
		},
		{
			name: "the slot is in use",
			body: func(space string) string {
				return fmt.Sprintf("publication_autocreate_mode = \"filtered\"\n  slot_name = %q\n  errors_max_retries = 0\n  config = { \"slot.max.retries\" = \"0\" }", space)
			},
			want: []string{"is active for PID", "What to do:"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			space, name := unique("fails"), unique("fails")
			client := realClient(t, stack, name, name+"-first")
			admin := acctest.Postgres(t, stack)
			admin.Exec(realDatabases["postgres"].create(space, "a")...)
			if c.setup != nil {
				admin.Exec(c.setup(space)...)
			}
			t.Cleanup(func() {
				for _, slot := range []string{name, space} {
					_ = client.Delete(context.Background(), name)
					_ = client.Delete(context.Background(), name+"-first")
					admin.DropSlot(catalog.SlotName(slot))
				}
				admin.Exec("DROP PUBLICATION IF EXISTS "+space, "DROP PUBLICATION IF EXISTS "+name, "DROP SCHEMA "+space+" CASCADE")
				admin.Exec("DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '" + space + "') THEN EXECUTE 'DROP OWNED BY " +
					space + "'; EXECUTE 'DROP ROLE " + space + "'; END IF; END $$")
			})
			user, password, body := stack.Postgres.User, stack.Postgres.Password, ""
			if c.user != nil {
				user, password = c.user(space), "secret"
			}
			if c.body != nil {
				body = c.body(space)
			}
			config := func(prefix string, also string) string {
				return fmt.Sprintf(`
provider "debezium" {
  url        = %q
  validation = { collisions = "off" } # the plan would find the slot in use
}
resource "debezium_postgres_connector" "first" {
  count              = %s
  name               = "%s-first"
  database_hostname  = %q
  database_port      = %d
  database_user      = %q
  database_password  = %q
  database_dbname    = %q
  topic_prefix       = "%s-first"
  table_include_list = ["%s.a"]
  slot_name          = %q
  publication_autocreate_mode = "filtered"
}
resource "debezium_postgres_connector" "c" {
  depends_on         = [debezium_postgres_connector.first]
  name               = %q
  database_hostname  = %q
  database_port      = %d
  database_user      = %q
  database_password  = %q
  database_dbname    = %q
  topic_prefix       = %q
  table_include_list = ["%s.a"]
  %s
}
`, stack.Connect[0].URL(), also, name, stack.Postgres.Host, stack.Postgres.Port, stack.Postgres.User, stack.Postgres.Password, stack.Postgres.Name, name, space, space,
					name, stack.Postgres.Host, stack.Postgres.Port, user, password, stack.Postgres.Name, prefix, space, body)
			}
			first := "0"
			if c.name == "the slot is in use" {
				first = "1"
			}
			acctest.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Real(),
				CheckDestroy:             notThere(t, client, name),
				Steps:                    []resource.TestStep{{Config: config(name, first), ExpectError: acctest.Saying(c.want...)}},
			})
		})
	}
}
