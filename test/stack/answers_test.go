package stack_test

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestRealRefusedConnections: a plan tells what a database answered from one
// that isn't there, by what the real ones and their drivers say.
func TestRealRefusedConnections(t *testing.T) {
	stack := acctest.Stack(t)
	tests := []struct {
		name, database string
		setUp          func(user string) []string // creates the user, with password "secret"
		change         acctest.Block
		isError        bool
		path, summary  string
	}{
		{
			name: "wrong password", database: "postgres",
			change:  acctest.Block{"database_password": "wrong"},
			isError: true, path: "database_user", summary: "The database rejected the login",
		},
		{
			name: "role without login", database: "postgres",
			setUp:   func(user string) []string { return []string{"CREATE ROLE " + user + " PASSWORD 'secret'"} },
			isError: true, path: "database_user", summary: "The database rejected the login",
		},
		{
			name: "no such database", database: "postgres",
			change: acctest.Block{"database_dbname": "nonesuch"},
			path:   "database_dbname", summary: "The database can't be opened",
		},
		{
			name: "limit of a role", database: "postgres",
			setUp: func(user string) []string {
				return []string{"CREATE ROLE " + user + " LOGIN PASSWORD 'secret' CONNECTION LIMIT 0"}
			},
			path: "database_user", summary: "The database accepts no more connections",
		},
		{
			name: "no TLS", database: "postgres",
			change: acctest.Block{"database_sslmode": "require"},
			path:   "database_sslmode", summary: "The connection to the database can't be encrypted",
		},
		{
			name: "another user's host", database: "mysql",
			setUp: func(user string) []string {
				return []string{"CREATE USER " + user + "@'192.0.2.1' IDENTIFIED BY 'secret'"}
			},
			isError: true, path: "database_user", summary: "The database rejected the login",
		},
		{
			name: "locked account", database: "mysql",
			setUp: func(user string) []string {
				return []string{"CREATE USER " + user + " IDENTIFIED BY 'secret' ACCOUNT LOCK"}
			},
			isError: true, path: "database_user", summary: "The database rejected the login",
		},
		{
			name: "expired password", database: "mysql",
			setUp: func(user string) []string {
				return []string{"CREATE USER " + user + " IDENTIFIED BY 'secret' PASSWORD EXPIRE"}
			},
			isError: true, path: "database_user", summary: "The database rejected the login",
		},
		{
			name: "public key", database: "mysql",
			setUp: func(user string) []string {
				return []string{"CREATE USER " + user + " IDENTIFIED WITH caching_sha2_password BY 'secret'"}
			},
			change: acctest.Block{"database_ssl_mode": "disabled", "config": map[string]string{}},
			path:   "database_hostname", summary: "The database can't be reached",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			database, name := realDatabases[test.database], unique("refused")
			block := database.block(stack, name, name, "a").With(acctest.Block{"tasks_max": 1})
			if test.setUp != nil {
				admin := database.open(t, stack)
				admin.Exec(test.setUp(name)...)
				drop := map[string]string{"postgres": "DROP ROLE " + name, "mysql": "DROP USER IF EXISTS " + name + ", " + name + "@'192.0.2.1'"}
				t.Cleanup(func() { admin.Exec(drop[test.database]) })
				block = block.With(acctest.Block{"database_user": name, "database_password": "secret"})
			}
			all := acctest.StartWalk(t, acctest.Real(), acctest.Block{"url": stack.Connect[0].URL()}).
				PlanNew(t.Context(), database.resource, block.With(test.change))
			if len(all) != 1 || all[0].IsError() != test.isError || all[0].Path != test.path || !strings.HasPrefix(all[0].Summary, test.summary) {
				t.Errorf("got %v", all)
			}
		})
	}
}
