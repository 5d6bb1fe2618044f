package stack_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestRealPasswordRotation: a new version of a write-only password alone takes
// the new password to the connector. Only a row that arrives proves it: a
// connector with a wrong password stays RUNNING.
func TestRealPasswordRotation(t *testing.T) {
	b := newBench(t, "postgres")
	role := unique("rotated")
	b.db.Exec(
		fmt.Sprintf("CREATE ROLE %s LOGIN REPLICATION PASSWORD 'old-Secret-1'", role),
		fmt.Sprintf("GRANT debezium TO %s", role),
		fmt.Sprintf("GRANT CREATE ON DATABASE %s TO %s", b.stack.Postgres.Name, role),
	)
	t.Cleanup(func() {
		_ = b.client.Delete(context.Background(), b.name)
		b.db.Exec(fmt.Sprintf("DROP OWNED BY %s", role), fmt.Sprintf("DROP ROLE %s", role))
	})
	connector := func(password string, version int) acctest.Block {
		return b.block(acctest.Block{"database_user": role}).Without("database_password").With(acctest.Block{
			"database_password_wo": password, "database_password_wo_version": version,
		})
	}
	b.WantPlan(t.Context(), "create", connector("old-Secret-1", 1))
	b.insert(1, "by the old password")
	b.read("by the old password")

	b.db.Exec(fmt.Sprintf("ALTER ROLE %s PASSWORD 'new-Secret-2'", role))
	b.WantPlan(t.Context(), "update", connector("new-Secret-2", 2))
	b.insert(2, "by the new password")
	b.read("by the new password")
	info, err := b.client.Connector(t.Context(), b.name)
	if err != nil || info.Config["database.password"] != "new-Secret-2" {
		t.Errorf("the worker has another password (%v)", err)
	}
}

// TestRealUnchangedWriteOnlyVersion: while its version stays the same, another
// value, a null one and an absent one have no part in the worker's verdict, even
// where a database that can't be reached is an error; and what runs keeps its
// password.
func TestRealUnchangedWriteOnlyVersion(t *testing.T) {
	b := newBench(t, "postgres")
	connector := func(size int, password any) acctest.Block {
		return b.block(acctest.Block{"max_batch_size": size}).Without("database_password").With(acctest.Block{
			"database_password_wo": password, "database_password_wo_version": 1,
		})
	}
	b.WantPlan(t.Context(), "create", connector(512, b.stack.Postgres.Password))
	for i, changed := range []acctest.Block{
		connector(600, "placeholder"), connector(700, nil), connector(800, "x").Without("database_password_wo"),
	} {
		b.WantPlan(t.Context(), "update", changed)
		if len(b.Diagnostics) > 0 {
			t.Errorf("%d: %v", i, b.Diagnostics)
		}
	}
	info, err := b.client.Connector(t.Context(), b.name)
	if err != nil || info.Config["database.password"] != b.stack.Postgres.Password || info.Config["max.batch.size"] != "800" {
		t.Errorf("the worker has another configuration (%v)", err)
	}
	b.insert(1, "after the changes")
	b.read("after the changes")
}

// TestRealImportLeavesTheSecret: a connector that came with its password is
// imported without it; a harmless change later leaves it on the worker as it
// was, and the connector running.
func TestRealImportLeavesTheSecret(t *testing.T) {
	b := newBench(t, "postgres")
	b.WantPlan(t.Context(), "create", b.block(nil))
	b.Forget()

	without := b.block(nil).Without("database_password")
	b.proxy.Reset()
	if err := b.Import(t.Context(), b.name); err != nil {
		t.Fatal(err)
	}
	b.WantPlan(t.Context(), "nothing", without)
	if writes := b.proxy.Writes(); len(writes) > 0 {
		t.Errorf("the import wrote: %v", writes)
	}

	b.WantPlan(t.Context(), "update", without.With(acctest.Block{"max_batch_size": 1024}))
	info, err := b.client.Connector(t.Context(), b.name)
	if err != nil || info.Config["database.password"] != b.stack.Postgres.Password || info.Config["max.batch.size"] != "1024" {
		t.Errorf("the worker has %v (%v)", info, err)
	}
	b.insert(1, "after the change")
	b.read("after the change")
}
