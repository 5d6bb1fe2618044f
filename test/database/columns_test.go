package database_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// columnCase is a configuration whose columns aren't what it means. The
// connector runs: what is wrong shows in its records. TABLE is the name of a
// table with the columns id, its key, v and w; SCHEMA contains it.
type columnCase struct {
	check    string // without the prefix of the kind
	name     string // where a check has several cases
	config   map[string]string
	severity database.Severity
	property string
	summary  string
	also     []string
	key      string // in the key of the record of the snapshot
	value    string // in its value
	fix      map[string]string
	// fixedKey and fixedValue are in the record once the remedy is carried out.
	fixedKey, fixedValue string
}

const (
	ownKey   = `"payload":{"id":"k1"}`
	emptyKey = `"payload":{"id":""}`
)

var columnCases = []columnCase{
	{
		check: "column-list", config: map[string]string{"column.exclude.list": "TABLE.ww"},
		severity: warning, property: "column.exclude.list", summary: "TABLE.ww matches no column; did you mean TABLE.w?",
		key: ownKey, value: `"w":"second"`,
		fix: map[string]string{"column.exclude.list": "TABLE.w"}, fixedKey: ownKey, fixedValue: `"after":{"id":"k1","v":"first"}`,
	},
	{
		check: "column-list", name: "mask", config: map[string]string{"column.mask.with.5.chars": "TABLE_.v"},
		severity: warning, property: "column.mask.with.5.chars", summary: "TABLE_.v matches no column; did you mean TABLE.v?",
		key: ownKey, value: `"v":"first"`,
		fix: map[string]string{"column.mask.with.5.chars": "TABLE.v"}, fixedKey: ownKey, fixedValue: `"v":"*****"`,
	},
	{
		check: "no-column", config: map[string]string{"column.include.list": "SCHEMA.t.*"},
		severity: warning, property: "column.include.list", summary: "leaves no column of TABLE", also: []string{"key-left-out"},
		key: ownKey, value: `"after":{}`,
		fix: map[string]string{"column.include.list": "SCHEMA.t.*,TABLE.(id|v)"}, fixedKey: ownKey, fixedValue: `"after":{"id":"k1","v":"first"}`,
	},
	{
		check: "key-columns", config: map[string]string{"message.key.columns": "TABLE:v,ww"},
		severity: failing, property: "message.key.columns", summary: `TABLE has no column "ww"; did you mean w?`,
		key: `"payload":{"v":"first"}`, value: `"w":"second"`,
		fix: map[string]string{"message.key.columns": "TABLE:v,w"}, fixedKey: `"payload":{"v":"first","w":"second"}`, fixedValue: `"id":"k1"`,
	},
	{
		check: "key-left-out", config: map[string]string{"column.exclude.list": "TABLE.id"},
		severity: failing, property: "column.exclude.list", summary: "column.exclude.list leaves out columns of keys: TABLE.id",
		key: emptyKey, value: `"after":{"v":"first","w":"second"}`,
		fix: map[string]string{"column.exclude.list": "TABLE.w"}, fixedKey: ownKey, fixedValue: `"after":{"id":"k1","v":"first"}`,
	},
	{
		check: "key-masked", config: map[string]string{"column.mask.with.5.chars": "TABLE.id"},
		severity: warning, property: "column.mask.with.5.chars", summary: "keys still show TABLE.id",
		key: ownKey, value: `"id":"*****"`,
		fix: map[string]string{"column.mask.with.5.chars": "TABLE.id", "message.key.columns": "TABLE:v"}, fixedKey: `"payload":{"v":"first"}`, fixedValue: `"id":"*****"`,
	},
}

// columnPrefixes are those of the checks, by the kind of database.
var columnPrefixes = map[string]string{database.Postgres: "postgres-", database.MySQL: "binlog-", database.MariaDB: "binlog-"}

func TestColumns(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	for _, c := range columnCases {
		name := strings.Trim(c.check+"/"+c.name, "/")
		t.Run(database.Postgres+"/"+name, func(t *testing.T) {
			t.Parallel()
			s := newPostgres(t, stack, stack.Postgres)
			s.admin.Exec(`CREATE TABLE k (id varchar(20) PRIMARY KEY, v varchar(20), w varchar(20))`, `ALTER TABLE k REPLICA IDENTITY FULL`, `GRANT SELECT ON k TO `+s.name, `ALTER PUBLICATION `+s.name+` ADD TABLE k`)
			c.run(t, s, "public")
		})
		for _, kind := range []string{database.MySQL, database.MariaDB} {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				s := newBinlog(t, stack, kind, binlogServer(stack, kind))
				s.admin.Exec(fmt.Sprintf(`CREATE TABLE %s.k (id varchar(20) PRIMARY KEY, v varchar(20), w varchar(20))`, s.name))
				c.run(t, s, s.name)
			})
		}
	}
}

// run drives a case: found, seen in a record, put right, seen right.
func (c columnCase) run(t *testing.T, s *site, schema string) {
	table := schema + ".k"
	named := func(text string) string { return strings.NewReplacer("TABLE", table, "SCHEMA", schema).Replace(text) }
	configured := func(base, config map[string]string) map[string]string {
		all := maps.Clone(base)
		for property, value := range config {
			all[property] = named(value)
		}
		return all
	}
	s.admin.Exec(fmt.Sprintf(`INSERT INTO %s VALUES ('k1', 'first', 'second')`, table))
	base := configured(s.config, map[string]string{"table.include.list": "SCHEMA.t,TABLE"})
	wrong, right := configured(base, c.config), configured(base, c.fix)
	s.config = right
	s.clean()
	s.config = wrong
	prefix := columnPrefixes[s.kind]
	also := make([]string, 0, len(c.also))
	for _, check := range c.also {
		also = append(also, prefix+check)
	}
	found := s.finds(prefix+c.check, also...)
	if found.Severity != c.severity || found.Property != c.property || !strings.Contains(found.Summary, named(c.summary)) {
		t.Errorf("want %s at %s with %q, got %+v", c.severity, c.property, named(c.summary), found)
	}
	if c.name == "" {
		s.remedied(found)
	}
	s.shows(table, "wrong", c.key, c.value)
	s.config = right
	s.shows(table, "right", c.fixedKey, c.fixedValue)
}

// shows runs a connector and holds the record of the snapshot to a key and a value.
func (s *site) shows(table, prefix, key, value string) {
	s.t.Helper()
	config := s.configuration("100")
	config["topic.prefix"] = s.name + "_" + prefix
	s.create(config)
	s.holds(config["topic.prefix"]+"."+table, `"op":"r"`, key, value)
	s.remove()
}

// holds holds the first record of a topic whose value contains a text to a key
// and a value.
func (s *site) holds(topic, text, key, value string) {
	s.t.Helper()
	records := acctest.ReadRecords(s.t, s.stack, topic, text)
	last := records[len(records)-1]
	if !strings.Contains(string(last.Key), key) || !strings.Contains(string(last.Value), value) {
		s.t.Errorf("want %s with %s, got %s with %s", key, value, last.Key, last.Value)
	}
}

// TestPostgresKeysOfDeletes: a delete has no other columns than those of the
// replica identity.
func TestPostgresKeysOfDeletes(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	s := newPostgres(t, stack, stack.Postgres)
	s.config["message.key.columns"] = "public.t:v"
	found := s.finds("postgres-key-identity")
	if found.Severity != failing || !strings.Contains(found.Summary, "Keys of deletes lack public.t.v") {
		t.Errorf("got %+v", found)
	}
	s.remedied(found)
	s.create(s.configuration("100"))
	topic := s.name + ".public.t"
	s.reads(topic, "first")
	s.admin.Exec(`DELETE FROM t`)
	s.holds(topic, `"op":"d"`, `"payload":{"v":null}`, `"id":1`)
	s.admin.Exec(statements(found.Remedy)...)
	s.admin.Exec(`INSERT INTO t VALUES (2, 'second')`, `DELETE FROM t`)
	s.holds(topic, `"before":{"id":2,"v":"second"}`, `"payload":{"v":"second"}`, `"op":"d"`)
	s.remove()
	acctest.Eventually(t, "the slot is free", func() bool {
		return s.admin.Number(`SELECT count(*) FROM pg_replication_slots WHERE slot_name = '`+s.name+`' AND active`) == 0
	})
	s.clean()
}

// unmaskedValues are a value of each type that Debezium doesn't mask, and what
// shows in the record, by the kind of database.
var unmaskedValues = map[string][]struct{ sqlType, value, shown string }{
	database.Postgres: {
		{"int2", "12341", "12341"}, {"int4", "12342", "12342"}, {"int8", "12343", "12343"}, {"numeric", "12344", `"value":"`}, {"float4", "1234.5", "1234.5"},
		{"float8", "12346.5", "12346.5"}, {"bool", "true", "true"}, {"date", "'2024-05-06'", "19849"}, {"time", "'01:02:03'", "3723000000"},
		{"timestamp", "'2024-05-06 01:02:03'", "1714957323000000"}, {"timestamptz", "'2024-05-06 01:02:03Z'", "2024-05-06T01:02:03"},
		{"uuid", "'6ab25a1c-9a1e-4f0e-8c3e-0f4f5a6b7c8d'", "6ab25a1c-9a1e-4f0e-8c3e-0f4f5a6b7c8d"}, {"json", `'{"secret": 1}'`, "secret"}, {"jsonb", `'{"secret": 2}'`, "secret"},
		{"xml", "'<secret/>'", "<secret/>"}, {"bytea", "'secret'", "c2VjcmV0"}, {"inet", "'10.1.2.3'", "10.1.2.3"}, {"citext", "'secret'", "secret"},
		{"hstore", "'secret=>x'", "secret"}, {"text[]", "'{secret}'", "secret"},
	},
	database.MySQL:   slices.Concat(unmaskedBinlog, []struct{ sqlType, value, shown string }{{"json", `'{"secret": 1}'`, "secret"}}),
	database.MariaDB: unmaskedBinlog,
}

// unmaskedBinlog has no ninth number: for a table with a YEAR and eight more,
// MySQL logs a byte less than Debezium 3.6.1 reads, and every connector of the
// server would fail.
var unmaskedBinlog = []struct{ sqlType, value, shown string }{
	{"tinyint", "121", "121"}, {"smallint", "12341", "12341"}, {"int", "12343", "12343"}, {"bigint", "12344", "12344"},
	{"decimal(10,2)", "1234.5", "AeI6"}, {"float", "1234.5", "1234.5"}, {"double", "12346.5", "12346.5"}, {"date", "'2024-05-06'", "19849"}, {"time", "'01:02:03'", "3723000000"},
	{"datetime", "'2024-05-06 01:02:03'", "1714957323000"}, {"timestamp", "'2024-05-06 01:02:03'", "2024-05-0"}, {"year", "2024", "2024"},
	{"binary(6)", "'secret'", "c2VjcmV0"}, {"varbinary(20)", "'secret'", "c2VjcmV0"}, {"tinyblob", "'secret'", "c2VjcmV0"}, {"blob", "'secret'", "c2VjcmV0"},
	{"mediumblob", "'secret'", "c2VjcmV0"}, {"longblob", "'secret'", "c2VjcmV0"},
}

// TestTypesThatAreNotMasked: each of them is found, and is seen in the record.
func TestTypesThatAreNotMasked(t *testing.T) {
	stack := acctest.Stack(t)
	t.Parallel()
	for kind, values := range unmaskedValues {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var s *site
			schema := "public"
			if kind == database.Postgres {
				s = newPostgres(t, stack, stack.Postgres)
				s.admin.Exec(`CREATE EXTENSION IF NOT EXISTS citext`, `CREATE EXTENSION IF NOT EXISTS hstore`)
			} else {
				s = newBinlog(t, stack, kind, binlogServer(stack, kind))
				schema = s.name
			}
			columns, row := "", ""
			for i, v := range values {
				columns += fmt.Sprintf(", c%d %s", i, v.sqlType)
				row += ", " + v.value
			}
			table := schema + ".k"
			s.admin.Exec(fmt.Sprintf(`CREATE TABLE %s (id varchar(20) PRIMARY KEY%s)`, table, columns), fmt.Sprintf(`INSERT INTO %s VALUES ('k1'%s)`, table, row))
			if kind == database.Postgres {
				s.admin.Exec(`GRANT SELECT ON k TO `+s.name, `ALTER PUBLICATION `+s.name+` ADD TABLE k`)
			}
			s.config["table.include.list"] = table
			s.config["column.mask.with.5.chars"] = table + ".c.*"
			found := s.finds(columnPrefixes[kind] + "masked-type")
			if n := strings.Count(found.Summary, " ("); n != len(values) {
				t.Errorf("%d of %d types are found: %s", n, len(values), found.Summary)
			}
			s.remedied(found)
			s.create(s.configuration("100"))
			for i, v := range values {
				s.holds(s.name+"."+table, `"op":"r"`, `"k1"`, v.shown)
				if t.Failed() {
					t.Fatalf("c%d %s", i, v.sqlType)
				}
			}
			s.holds(s.name+"."+table, `"op":"r"`, `"k1"`, `"after":{"id":"k1"`)
			s.remove()
		})
	}
}
