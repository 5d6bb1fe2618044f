package database

import (
	"fmt"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// postgresTypeChecks are about types that Debezium can't read.
var postgresTypeChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-enum-type", Property: "database.dbname", Severity: Error,
		Title:   "No type in the database is an enum without values, or a domain over an enum, before Debezium 3.7.",
		Remedy:  "`ALTER TABLE … ALTER COLUMN … TYPE …;` … `DROP DOMAIN …;`",
		Source:  "Debezium TypeRegistry (run with 2.7.4, 3.0.8, 3.4.3, 3.5.0 and 3.6.1); debezium/dbz#2525, in 3.7",
		Failure: `Cannot invoke "java.sql.Array.getArray()" because the return value of "java.sql.ResultSet.getArray(String)" is null`,
	}, checkEnumTypes},
	{Info{
		Check: "postgres-column-type", Property: "column.exclude.list", Severity: Warning,
		Title: "Each column of a captured table has a type that Debezium publishes, or the lists of columns leave it out. It doesn't publish geometric types except `point`, " +
			"composite types, multiranges, ranges of your own, arrays of domains, and others, such as `tsquery` and `pg_lsn`.",
		Remedy:  "Add … to `column.exclude.list`",
		Source:  "Debezium PostgresValueConverter (run with each type of PostgreSQL 17, and with 2.7.4, 3.0.8, 3.4.3 and 3.6.1)",
		Silent:  true,
		Failure: "The connector is RUNNING, and its events lack the column.",
	}, checkColumnTypes},
}

// emptyEnum is a type that PostgreSQL counts among the enums, and that has no
// values of its own.
type emptyEnum struct {
	name    string
	domain  string   // what it is a domain over; empty for an enum
	columns []string // its columns, as ALTER TABLE names them
}

// unreadColumn is a column that Debezium leaves out.
type unreadColumn struct {
	name, dataType string
	// typeName is that of the elements, for an array, and without its domain.
	typeName string
	// never is true if include.unknown.datatypes changes nothing.
	never bool
}

// unreadTypes are types that Debezium doesn't publish, nor arrays of them, by
// their names in pg_type: those of PostgreSQL and of the extensions that come
// with it. Others may be published by name, as those of PostGIS are.
const unreadTypes = `('aclitem', 'box', 'cid', 'circle', 'gtsvector', 'jsonpath', 'line', 'lseg', 'path', 'pg_lsn', 'pg_snapshot', 'polygon', 'refcursor',
		'regclass', 'regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure', 'regrole', 'regtype',
		'tid', 'tsquery', 'tsvector', 'txid_snapshot', 'xid', 'xid8',
		'cube', 'ean13', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'lquery', 'ltxtquery', 'query_int', 'seg', 'upc')`

// unreadArrays are types of which Debezium never publishes arrays.
const unreadArrays = `('interval', 'money', 'name', 'point', 'refcursor', 'varbit', 'xml')`

// roots selects each type with what it is without its domains.
const roots = `WITH RECURSIVE base (id, root) AS (
				SELECT oid, oid FROM pg_type WHERE typtype <> 'd'
				UNION ALL SELECT d.oid, b.root FROM base b JOIN pg_type d ON d.typbasetype = b.id AND d.typtype = 'd')
			SELECT id, root FROM base`

// readTypes reads what checkEnumTypes and checkColumnTypes need: few rows, if
// any.
func (f *postgresFacts) readTypes(a *asker) error {
	err := a.each(func(scan func(...any) error) error {
		var e emptyEnum
		var columns string
		err := scan(&e.name, &e.domain, &columns)
		e.columns = split(columns)
		f.emptyEnums = append(f.emptyEnums, e)
		return err
	}, `SELECT format_type(t.oid, NULL), CASE WHEN t.typbasetype = 0 THEN '' ELSE format_type(t.typbasetype, NULL) END,
			coalesce((SELECT string_agg(format('ALTER TABLE %s ALTER COLUMN %I', c.oid::regclass, a.attname), chr(31) ORDER BY c.oid, a.attnum)
				FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
				WHERE a.atttypid = t.oid AND NOT a.attisdropped AND a.attinhcount = 0 AND c.relkind IN ('r', 'p')), '')
		FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
		WHERE t.typcategory = 'E' AND n.nspname <> 'pg_toast' AND NOT EXISTS (SELECT 1 FROM pg_enum e WHERE e.enumtypid = t.oid) ORDER BY 1`)
	if err != nil {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var table int64
		var c unreadColumn
		err := scan(&table, &c.name, &c.dataType, &c.typeName, &c.never)
		if t := f.byID[table]; t != nil {
			t.unread = append(t.unread, c)
		}
		return err
	}, `SELECT c.oid::bigint, a.attname, format_type(a.atttypid, a.atttypmod), coalesce(e.typname, t.typname),
			coalesce(e.typname IN `+unreadArrays+`, false)
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN (`+roots+`) b ON b.id = a.atttypid JOIN pg_type t ON t.oid = b.root LEFT JOIN pg_type e ON t.typcategory = 'A' AND e.oid = t.typelem
		WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND `+userSchemas+`
			AND a.atttypid NOT IN `+typesPublished+` -- nearly all columns have one of these
			AND (coalesce(e.typname, t.typname) IN `+unreadTypes+` OR e.typname IN `+unreadArrays+` OR e.typtype = 'd' OR coalesce(e.typtype, t.typtype) IN ('c', 'm')
				OR coalesce(e.typtype, t.typtype) = 'r' AND coalesce(e.oid, t.oid) >= 16384)
		ORDER BY c.oid, a.attnum`)
}

// readsEmptyEnums is the first version that starts where an enum has no values.
var readsEmptyEnums = catalog.Version{Major: 3, Minor: 7}

func checkEnumTypes(v *postgresView) {
	if !v.view.version.Less(readsEmptyEnums) {
		return
	}
	for _, e := range v.emptyEnums {
		if e.domain == "" {
			v.add(fmt.Sprintf("Type %s is an enum without values", e.name),
				"Debezium reads all types of the database at startup, whatever is captured, and fails on an enum that has no values.",
				sql("As the owner of the type, run this, or add a value to it:", fmt.Sprintf("DROP TYPE %s;", e.name)))
			continue
		}
		statements := make([]string, 0, len(e.columns)+1)
		for _, column := range e.columns {
			statements = append(statements, fmt.Sprintf("%s TYPE %s;", column, e.domain))
		}
		v.add(fmt.Sprintf("Domain %s is over an enum", e.name),
			"Debezium reads all types of the database at startup, whatever is captured, and fails on a domain over an enum: it finds no values for it.",
			sql("As the owner of the domain and its tables, run this; checks of the domain become those of the tables:", append(statements, fmt.Sprintf("DROP DOMAIN %s;", e.name))...))
	}
}

// publishesTSVector is the first version that may publish tsvector: 3.0.8
// doesn't, 3.4.3 does.
var publishesTSVector = catalog.Version{Major: 3, Minor: 1}

// published reports whether a version publishes the column all the same.
// unknown is include.unknown.datatypes.
func (c unreadColumn) published(version catalog.Version, unknown bool) bool {
	return unknown && !c.never || c.typeName == "tsvector" && !version.Less(publishesTSVector)
}

func checkColumnTypes(v *postgresView) {
	const include = "include.unknown.datatypes"
	lists := v.columnLists()
	if v.chosen == nil || lists == nil || !v.known(include) {
		return
	}
	var unread []string
	never := true
	for _, t := range v.captured {
		if v.chosen.signal(t.name()) {
			continue
		}
		for _, c := range t.unread {
			name := t.name() + "." + c.name
			if !lists.take(name) || c.published(v.view.version, v.flag(include)) {
				continue
			}
			unread, never = append(unread, fmt.Sprintf("%s (%s)", name, c.dataType)), never && c.never
		}
	}
	if len(unread) == 0 {
		return
	}
	remedy := "Add them to column.exclude.list, which says that they are left out."
	if lists.inUse() == lists.include {
		remedy = "Remove them from column.include.list, which then says that they are left out."
	}
	if !never {
		remedy += " To publish them as bytes, set include.unknown.datatypes to true."
	}
	v.addAs(v.running.Severity, lists.inUse(), "Debezium doesn't publish "+enumerate(unread),
		"Debezium has no schema for columns of these types: it leaves them out of snapshots and changes, and reports no error.",
		remedy+" Or add a column of another type, such as text, that is computed from the value.")
}
