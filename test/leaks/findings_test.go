package leaks_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// TestNoSecretComesOutOfRealDatabases: servers of each kind let a connector's
// user in, and quote the password in what they say of its statement, which has
// it for a column.
func TestNoSecretComesOutOfRealDatabases(t *testing.T) {
	stack := acctest.Stack(t)
	l := newLeaks(t, byPassword+"\n  validation = { database_checks = var.database_checks }")
	l.write("variables.tf", `
variable "database_checks" {}

locals {
  identifier = replace(var.typed, "\"", "\"\"")
}
`)
	all := []unusable{
		withUser(t, database.Postgres, stack.Postgres), withUser(t, database.MySQL, stack.MySQL), withUser(t, database.MariaDB, stack.MariaDB),
	}
	l.configure(connectors(all, 1))
	l.run("init")
	t.Setenv("TF_VAR_database_checks", "warning")
	l.tells(all)
	l.wantOutput("(sensitive)")
	t.Setenv("TF_VAR_database_checks", "error")
	l.fails("heartbeat.action.query can't be run", "plan")
	t.Setenv("TF_VAR_database_checks", "off")
	l.planned(true)

	text := databaseChecks(all)
	for _, u := range all {
		text += fmt.Sprintf("output %q {\n  value = data.debezium_database_checks.%[1]s.findings\n}\n", u.name)
	}
	l.configure(text)
	l.run("apply", "-auto-approve")
	for _, u := range all {
		l.wantOutput(u.says)
	}
	l.wantOutput("(sensitive)")
}

// withUser makes a user who has a secret for his password.
func withUser(t *testing.T, kind string, server stackfile.Database) unusable {
	t.Helper()
	name := fmt.Sprintf("leak_%08x", rand.Uint32())
	u := unusable{kind: kind, name: kind + "_heartbeat", password: typed, says: "heartbeat.action.query can't be run"}
	u.config = map[string]string{
		"database.hostname": server.Host, "database.port": strconv.Itoa(server.Port), "database.user": name, "heartbeat.interval.ms": "1000",
	}
	if kind == database.Postgres {
		u.config["database.dbname"] = server.Name
		u.config["heartbeat.action.query"] = `SELECT "${local.identifier}" FROM pg_class`
		admin := acctest.Postgres(t, &stackfile.Stack{Postgres: server})
		admin.Exec(fmt.Sprintf(`CREATE ROLE %s LOGIN REPLICATION PASSWORD '%s'`, name, typed.value))
		t.Cleanup(func() { admin.Exec(`DROP ROLE ` + name) })
		return u
	}
	u.config["heartbeat.action.query"] = "SELECT `${var.typed}` FROM information_schema.tables"
	admin := acctest.MySQL(t, server)
	admin.Exec(fmt.Sprintf(`CREATE USER %s IDENTIFIED BY '%s'`, name, strings.ReplaceAll(typed.value, `\`, `\\`)))
	t.Cleanup(func() { admin.Exec(`DROP USER ` + name) })
	return u
}
