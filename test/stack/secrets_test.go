package stack_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

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
	config := func(password string, version int) string {
		return b.config(fmt.Sprintf("  database_password_wo_version = %d", version),
			fmt.Sprintf("%q", b.stack.Postgres.User), fmt.Sprintf("%q", role),
			fmt.Sprintf("database_password           = %q", b.stack.Postgres.Password), fmt.Sprintf("database_password_wo = %q", password))
	}
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Real(),
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.RequireAbove(tfversion.Version1_11_0)},
		Steps: []resource.TestStep{
			{Config: config("old-Secret-1", 1), Check: b.checks(func() { b.insert(1, "by the old password"); b.read("by the old password") })},
			{
				PreConfig: func() {
					b.db.Exec(fmt.Sprintf("ALTER ROLE %s PASSWORD 'new-Secret-2'", role))
				},
				Config:           config("new-Secret-2", 2),
				ConfigPlanChecks: acctest.Applies(b.address(), plancheck.ResourceActionUpdate),
				Check: b.checks(func() {
					b.insert(2, "by the new password")
					b.read("by the new password")
					info, err := b.client.Connector(t.Context(), b.name)
					if err != nil || info.Config["database.password"] != "new-Secret-2" {
						t.Errorf("the worker has another password (%v)", err)
					}
				}),
			},
		},
	})
}

// TestRealImportLeavesTheSecret: a connector that came with its password is
// imported without it; a harmless change later leaves it on the worker as it
// was, and the connector running.
func TestRealImportLeavesTheSecret(t *testing.T) {
	b := newBench(t, "postgres")
	without := func(more string) string {
		return b.config(more, fmt.Sprintf("database_password           = %q", b.stack.Postgres.Password), "")
	}
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Real(),
		Steps: []resource.TestStep{
			{Config: b.config("")},
			// Forget it, and bring it in again, this time without the password.
			{
				Config: fmt.Sprintf("provider \"debezium\" {\n  url = %q\n}\nremoved {\n  from = %s\n  lifecycle {\n    destroy = false\n  }\n}\n", b.proxy.URL, b.address()),
			},
			{
				PreConfig: b.proxy.Reset,
				Config:    without("") + fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", b.address(), b.name),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(b.address(), plancheck.ResourceActionNoop)},
				},
				Check: b.checks(func() {
					if writes := b.proxy.Writes(); len(writes) > 0 {
						t.Errorf("the import wrote: %v", writes)
					}
				}),
			},
			{
				Config:           without("  max_batch_size = 1024"),
				ConfigPlanChecks: acctest.Applies(b.address(), plancheck.ResourceActionUpdate),
				Check: b.checks(func() {
					info, err := b.client.Connector(t.Context(), b.name)
					if err != nil || info.Config["database.password"] != b.stack.Postgres.Password || info.Config["max.batch.size"] != "1024" {
						t.Errorf("the worker has %v (%v)", info, err)
					}
					b.insert(1, "after the change")
					b.read("after the change")
				}),
			},
		},
	})
}
