package stack_test

import (
	"context"
	"errors"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// TestRealFailedTask: a task that fails ends the apply with the last cause of
// its trace and what to do, not with success and not with a page of Java.
func TestRealFailedTask(t *testing.T) {
	stack := acctest.Stack(t)
	cases := []struct {
		name    string
		setup   func(space string) []string // space is also a role's name, with password "secret"
		user    func(space string) string
		changes func(space string) acctest.Block
		want    []string
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
			name:    "no publication",
			changes: func(string) acctest.Block { return acctest.Block{"publication_autocreate_mode": "disabled"} },
			want:    []string{"Publication autocreation is disabled", "What to do:"},
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
			changes: func(space string) acctest.Block {
				return acctest.Block{"publication_autocreate_mode": "disabled", "publication_name": space, "errors_max_retries": 0}
			},
			want: []string{"permission denied for table a", "It stays on the cluster"},
		},
		{
			name: "the slot is in use",
			setup: func(space string) []string {
				return []string{"CREATE PUBLICATION " + space + "_held", "SELECT pg_create_logical_replication_slot('" + space + "', 'pgoutput')"}
			},
			changes: func(space string) acctest.Block {
				return acctest.Block{
					"publication_autocreate_mode": "filtered", "slot_name": space, "errors_max_retries": 0,
					"config": map[string]string{"slot.max.retries": "0"},
				}
			},
			want: []string{"is active for PID", "What to do:"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			space, name := unique("fails"), unique("fails")
			client := realClient(t, stack, name)
			admin := acctest.Postgres(t, stack)
			admin.Exec(realDatabases["postgres"].create(space, "a")...)
			if c.setup != nil {
				admin.Exec(c.setup(space)...)
			}
			t.Cleanup(func() {
				for _, slot := range []string{name, space} {
					_ = client.Delete(context.Background(), name)
					admin.DropSlot(catalog.SlotName(slot))
				}
				admin.Exec("DROP PUBLICATION IF EXISTS "+space, "DROP PUBLICATION IF EXISTS "+name, "DROP PUBLICATION IF EXISTS "+space+"_held", "DROP SCHEMA "+space+" CASCADE")
				admin.Exec("DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '" + space + "') THEN EXECUTE 'DROP OWNED BY " +
					space + "'; EXECUTE 'DROP ROLE " + space + "'; END IF; END $$")
			})
			// The plan would find the slot in use.
			provider := acctest.Block{"url": stack.Connect[0].URL(), "validation": acctest.Block{"collisions": "off"}}
			terraform := acctest.NewTerraform(t, acctest.Real(), provider)
			connector := func(name string) acctest.Block {
				return realDatabases["postgres"].block(stack, name, space, "a").Without("publication_autocreate_mode").With(acctest.Block{"topic_prefix": name})
			}
			if c.name == "the slot is in use" {
				// By another client: a connector would lose it in a rebalance.
				defer acctest.HoldSlot(t, stack, space, space+"_held")()
			}
			failing := connector(name)
			if c.user != nil {
				failing = failing.With(acctest.Block{"database_user": c.user(space), "database_password": "secret"})
			}
			if c.changes != nil {
				failing = failing.With(c.changes(space))
			}
			resource := terraform.Resource("debezium_postgres_connector")
			acctest.WantError(t, resource.Run(t.Context(), failing), c.want...)
			if err := resource.Run(t.Context(), nil); err != nil {
				t.Errorf("the failed connector can't be destroyed: %s", err)
			}
			if _, err := client.Connector(t.Context(), name); !errors.Is(err, kafkaconnect.ErrNotFound) {
				t.Errorf("it is still on the cluster (%v)", err)
			}
		})
	}
}
