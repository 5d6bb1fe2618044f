package database_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// postgresTypes are PostgreSQL's types, those of its extensions, and some of
// one's own.
const postgresTypes = `"char" aclitem bigint bit boolean box bpchar bytea cid cidr circle date datemultirange daterange float4 float8 inet int int4multirange
	int4range int8range interval json jsonb jsonpath line lseg macaddr macaddr8 money name nummultirange numrange numeric oid path pg_lsn pg_snapshot point
	polygon refcursor regclass regconfig regproc regrole regtype smallint text tid time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzrange tsvector
	txid_snapshot uuid varbit varchar xid xid8 xml
	citext cube ean13 hstore isbn isbn13 issn lo lquery ltree ltxtquery query_int seg upc
	mood pair span span_multirange positive over_positive disk pairs whole_numbers`

// TestPostgresColumnTypes holds the check of types to what a connector
// publishes, type by type, without and with include.unknown.datatypes.
func TestPostgresColumnTypes(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	for _, extension := range []string{"citext", "cube", "hstore", "intarray", "isn", "lo", "ltree", "seg"} {
		s.admin.Exec("CREATE EXTENSION " + extension)
	}
	s.admin.Exec(`CREATE TYPE mood AS ENUM ('good')`, `CREATE TYPE pair AS (a int, b text)`, `CREATE TYPE span AS RANGE (subtype = float8)`,
		`CREATE DOMAIN positive AS int CHECK (value > 0)`, `CREATE DOMAIN over_positive AS positive`, `CREATE DOMAIN disk AS circle`,
		`CREATE DOMAIN pairs AS pair`, `CREATE DOMAIN whole_numbers AS int[]`)
	typeOf := map[string]string{} // by table
	for _, name := range strings.Fields(postgresTypes) {
		for _, dataType := range []string{name, name + "[]"} {
			table := fmt.Sprintf("t%d", len(typeOf))
			s.admin.Exec(fmt.Sprintf("CREATE TABLE %s (id int PRIMARY KEY, c %s)", table, dataType), fmt.Sprintf("INSERT INTO %s VALUES (1)", table))
			typeOf[table] = dataType
		}
	}
	s.admin.Exec(`CREATE TABLE last (id int PRIMARY KEY)`, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO `+s.name, `DROP PUBLICATION `+s.name, `CREATE PUBLICATION `+s.name+` FOR ALL TABLES`)
	for _, include := range []string{"false", "true"} {
		s.config["include.unknown.datatypes"] = include
		config := s.configuration("100")
		maps.Copy(config, map[string]string{
			"value.converter": "org.apache.kafka.connect.json.JsonConverter", "value.converter.schemas.enable": "false", "schema.include.list": "public",
			"transforms": "one", "transforms.one.type": "org.apache.kafka.connect.transforms.RegexRouter", "transforms.one.regex": ".*", "transforms.one.replacement": s.connector(),
		})
		delete(config, "table.include.list")
		s.create(config)
		s.reads(s.connector(), `"table":"t1"`)
		s.admin.Exec(fmt.Sprintf("INSERT INTO last VALUES (%d)", 70+s.started))
		published := map[string]bool{}
		for _, value := range acctest.ReadUntil(t, stack, s.connector(), fmt.Sprintf(`"after":{"id":%d}`, 70+s.started)) {
			var event struct {
				After  map[string]any
				Source struct{ Table string }
			}
			if err := json.Unmarshal([]byte(value), &event); err != nil {
				t.Fatal(err)
			}
			_, published[event.Source.Table] = event.After["c"]
		}
		s.remove()
		for table, dataType := range typeOf {
			s.config["table.include.list"] = "public." + table
			told := false
			for _, f := range s.check().Findings {
				told = told || f.Check == "postgres-column-type"
			}
			if is, there := published[table]; !there || is == told {
				t.Errorf("include.unknown.datatypes = %s: a column of type %s is published: %v (with events: %v); the check reports it: %v", include, dataType, is, there, told)
			}
		}
	}
}
