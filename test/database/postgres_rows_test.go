package database_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestPostgresRows shows which rows and columns only a snapshot has, or only
// changes.
func TestPostgresRows(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.admin.Exec(
		`CREATE TABLE secured (id int PRIMARY KEY)`, `INSERT INTO secured VALUES (1), (2)`, `ALTER TABLE secured ENABLE ROW LEVEL SECURITY`,
		`CREATE POLICY few ON secured USING (id = 1)`,
		`CREATE TABLE filtered (id int PRIMARY KEY)`, `INSERT INTO filtered VALUES (1), (2)`,
		`CREATE TABLE listed (id int PRIMARY KEY, v text, w text)`, `INSERT INTO listed VALUES (1, 'a', 'b')`,
		`CREATE TABLE computed (id int PRIMARY KEY, v text, w text GENERATED ALWAYS AS (v || '!') STORED)`, `INSERT INTO computed VALUES (1, 'a')`,
		`CREATE TABLE parent (id int PRIMARY KEY)`, `CREATE TABLE child () INHERITS (parent)`, `INSERT INTO parent VALUES (1)`, `INSERT INTO child VALUES (2)`,
		`CREATE TABLE selected (id int PRIMARY KEY)`, `INSERT INTO selected VALUES (1), (2)`,
		`GRANT SELECT ON ALL TABLES IN SCHEMA public TO `+s.name,
		`ALTER PUBLICATION `+s.name+` SET TABLE secured, filtered WHERE (id <> 2 AND id <> 3), listed (id, v), computed, parent, selected`,
	)
	maps.Copy(s.config, map[string]string{
		"table.include.list":                                   "public.secured,public.filtered,public.listed,public.computed,public.parent,public.selected",
		"snapshot.select.statement.overrides":                  `public\.selected`,
		`snapshot.select.statement.overrides.public\.selected`: "SELECT * FROM selected WHERE id = 1",
	})
	var found []string
	for _, f := range s.check().Findings {
		found = append(found, f.Check)
	}
	slices.Sort(found)
	if want := []string{"postgres-child-tables", "postgres-generated-columns", "postgres-publication-columns", "postgres-publication-rows",
		"postgres-row-security", "postgres-select-overrides"}; !slices.Equal(found, want) {
		t.Errorf("got %q, want %q", found, want)
	}

	config := s.configuration("100")
	config["value.converter"], config["value.converter.schemas.enable"] = "org.apache.kafka.connect.json.JsonConverter", "false"
	s.create(config)
	s.events("public.selected", `"id":2`)
	s.admin.Exec(`INSERT INTO secured VALUES (3)`, `INSERT INTO filtered VALUES (3), (4)`, `UPDATE listed SET w = 'c'`, `UPDATE computed SET v = 'c'`,
		`INSERT INTO child VALUES (3)`, `INSERT INTO parent VALUES (4)`)
	for table, want := range map[string][]string{
		"secured":  {`r {"id":1}`, `c {"id":3}`},
		"filtered": {`r {"id":1}`, `r {"id":2}`, `c {"id":4}`},
		"listed":   {`r {"id":1,"v":"a","w":"b"}`, `u {"id":1,"v":"a"}`},
		"computed": {`r {"id":1,"v":"a","w":"a!"}`, `u {"id":1,"v":"c"}`},
		"parent":   {`r {"id":1}`, `r {"id":2}`, `c {"id":4}`},
		"selected": {`r {"id":1}`, `r {"id":2}`},
	} {
		_, last, _ := strings.Cut(want[len(want)-1], " ")
		if got := s.events("public."+table, `"after":`+last); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", table, got, want)
		}
	}
}
