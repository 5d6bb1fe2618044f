package database_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// guideSQL are the statements of the guide under "run: NAME", with names that
// no other test has.
func guideSQL(t *testing.T, name string, names *strings.Replacer) []string {
	t.Helper()
	text, err := os.ReadFile("../../templates/guides/database.md")
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile("(?s)<!-- run: " + name + " -->\n```sql\n(.*?)\n```").FindSubmatch(text)
	if match == nil {
		t.Fatalf("the guide has no SQL for %s", name)
	}
	var statements []string
	for line := range strings.Lines(string(match[1])) {
		statements = append(statements, names.Replace(strings.TrimRight(strings.TrimSpace(line), ";")))
	}
	return statements
}

// TestGuidePostgres runs the SQL of the guide as it stands there; the role that
// it makes then runs a connector, to a row in Kafka and a change after it.
func TestGuidePostgres(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	for _, c := range []struct{ run, mode string }{{"postgres", "disabled"}, {"postgres filtered", "filtered"}} {
		t.Run(c.run, func(t *testing.T) {
			t.Parallel()
			s := newPostgres(t, stack, stack.Postgres)
			// Of what newPostgres makes, the database and the clean-up are left.
			s.admin.Exec(`DROP PUBLICATION `+s.name, `DROP TABLE t`, `DROP ROLE `+s.name,
				fmt.Sprintf(`CREATE ROLE %s_owner`, s.name), fmt.Sprintf(`CREATE SCHEMA shop AUTHORIZATION %s_owner`, s.name),
				`CREATE TABLE shop.orders (id int PRIMARY KEY, v text)`, `CREATE TABLE shop.order_lines (id int PRIMARY KEY)`,
				fmt.Sprintf(`ALTER TABLE shop.orders OWNER TO %s_owner`, s.name), fmt.Sprintf(`ALTER TABLE shop.order_lines OWNER TO %s_owner`, s.name),
				`INSERT INTO shop.orders VALUES (1, 'first')`)
			s.admin.Exec(guideSQL(t, c.run, strings.NewReplacer("debezium", s.name, "shop_owner", s.name+"_owner", "DATABASE shop", "DATABASE "+s.name))...)
			maps.Copy(s.config, map[string]string{
				"database.password": "a-Secret-1", "publication.name": "orders", "publication.autocreate.mode": c.mode,
				"table.include.list": "shop.orders,shop.order_lines",
			})
			s.clean()
			s.captures("shop.orders", `INSERT INTO shop.orders VALUES (2, 'second')`, "second")
		})
	}
}

// TestGuideBinlog does the same for MySQL and MariaDB.
func TestGuideBinlog(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	eachKind(t, func(t *testing.T, kind string) {
		s := newBinlog(t, stack, kind, binlogServer(stack, kind))
		s.admin.Exec(`DROP USER ` + s.name)
		s.admin.Exec(guideSQL(t, kind, strings.NewReplacer("debezium", s.name, "shop.", s.name+"."))...)
		s.config["database.password"] = "a-Secret-1"
		s.clean()
		s.capturesT()
	})
}
