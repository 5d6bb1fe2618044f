package database

import (
	dbsql "database/sql"
	"fmt"
	"strconv"
	"strings"
)

// separator separates the names within one column of a result.
const separator = "\x1f"

// split splits a column of names; nil if there are none.
func split(names string) []string {
	if names == "" {
		return nil
	}
	return strings.Split(names, separator)
}

func gatherPostgres(a *asker) (any, error) {
	f := &postgresFacts{settings: map[string]string{}, publications: map[string]*postgresPublication{}, byID: map[int64]*postgresTable{},
		children: map[int64][]int64{}, others: map[string]string{}, superusers: map[string]bool{}}
	if err := a.one(`SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('statement_timeout')`,
		&f.version, &f.standby, &f.role.statementTimeout); err != nil {
		return nil, err
	}
	if err := a.do(fmt.Sprintf("SET LOCAL statement_timeout = %d", a.limit.Milliseconds())); err != nil {
		return nil, err
	}
	for _, read := range []func(*asker) error{f.readSettings, f.readRole, f.readSlots, f.readPublications, f.readTables, f.readTypes, f.readOthers} {
		if err := read(a); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *postgresFacts) readSettings(a *asker) error {
	err := a.each(func(scan func(...any) error) error {
		var name, value string
		err := scan(&name, &value)
		f.settings[name] = value
		return err
	}, `SELECT name, setting FROM pg_settings WHERE name IN
		('wal_level', 'max_replication_slots', 'max_wal_senders', 'max_slot_wal_keep_size', 'max_wal_size', 'hot_standby_feedback')`)
	if err != nil {
		return err
	}
	return a.one(`SELECT count(*) FROM pg_stat_replication`, &f.senders)
}

// managedRoles are roles of managed services whose members may use replication
// without the attribute.
const managedRoles = `'rds_replication', 'rds_superuser', 'rdsadmin', 'rdsrepladmin', 'azure_pg_admin'`

func (f *postgresFacts) readRole(a *asker) error {
	var managed dbsql.NullString
	err := a.one(`SELECT current_user, current_database(), r.rolsuper, r.rolreplication, r.rolconnlimit,
		has_database_privilege(current_database(), 'CREATE'),
		(SELECT min(m.rolname) FROM pg_roles m WHERE m.rolname IN (`+managedRoles+`) AND pg_has_role(r.oid, m.oid, 'MEMBER')),
		EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'decoderbufs')
		FROM pg_roles r WHERE r.rolname = current_user`,
		&f.role.name, &f.role.database, &f.role.super, &f.role.replication, &f.role.connectionLimit, &f.role.create, &managed, &f.decoderbufs)
	f.role.managed = managed.String
	if err != nil {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		f.superusers[name] = true
		return err
	}, `SELECT rolname FROM pg_roles WHERE rolsuper`)
}

func (f *postgresFacts) readSlots(a *asker) error {
	status := "''"
	if f.version >= 130000 {
		status = "coalesce(wal_status, '')"
	}
	return a.each(func(scan func(...any) error) error {
		var s postgresSlot
		err := scan(&s.name, &s.plugin, &s.kind, &s.database, &s.active, &s.pid, &s.status)
		f.allSlots = append(f.allSlots, s)
		return err
	}, `SELECT slot_name, coalesce(plugin, ''), slot_type, coalesce(database, ''), active, coalesce(active_pid, 0), `+status+` FROM pg_replication_slots`)
}

func (f *postgresFacts) readPublications(a *asker) error {
	viaRoot, truncates := "false", "false"
	if f.version >= 110000 {
		truncates = "pubtruncate"
	}
	if f.version >= 130000 {
		viaRoot = "pubviaroot"
	}
	byID := map[int64]*postgresPublication{}
	err := a.each(func(scan func(...any) error) error {
		p := &postgresPublication{tables: map[int64]bool{}, filters: map[int64]string{}, lacks: map[int64][]string{}, schemas: map[string]bool{}}
		var id int64
		err := scan(&id, &p.name, &p.all, &p.inserts, &p.updates, &p.deletes, &p.truncates, &p.viaRoot, &p.owned, &p.owner)
		f.publications[p.name], byID[id] = p, p
		return err
	}, `SELECT oid, pubname, puballtables, pubinsert, pubupdate, pubdelete, `+truncates+`, `+viaRoot+`,
		pg_has_role(pubowner, 'USAGE'), pg_get_userbyid(pubowner) FROM pg_publication`)
	if err != nil {
		return err
	}
	err = a.each(func(scan func(...any) error) error {
		var publication, table int64
		var filter, lacks string
		err := scan(&publication, &table, &filter, &lacks)
		if p := byID[publication]; p != nil {
			p.tables[table] = true
			if filter != "" && filter != "true" {
				p.filters[table] = filter
			}
			p.lacks[table] = split(lacks)
		}
		return err
	}, `SELECT prpubid, prrelid, `+f.published()+` FROM pg_publication_rel`)
	if err != nil || f.version < 150000 {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var publication int64
		var schema string
		err := scan(&publication, &schema)
		if p := byID[publication]; p != nil {
			p.schemas[schema] = true
		}
		return err
	}, `SELECT p.pnpubid, n.nspname FROM pg_publication_namespace p JOIN pg_namespace n ON n.oid = p.pnnspid`)
}

// typesPublished are types whose columns all versions of Debezium publish. Of
// others, such as tsvector, some leave the columns out.
const typesPublished = `('bool'::regtype, 'int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'float4'::regtype, 'float8'::regtype, 'numeric'::regtype,
	'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'date'::regtype, 'time'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype,
	'uuid'::regtype, 'json'::regtype, 'jsonb'::regtype, 'bytea'::regtype)`

// published selects the row filter of a table in a publication, and the columns
// that its list of columns leaves out. Generated ones can't be listed.
func (f *postgresFacts) published() string {
	if f.version < 150000 {
		return `'', ''`
	}
	return `coalesce(pg_get_expr(prqual, prrelid), ''),
		coalesce((SELECT string_agg(t.attname, chr(31) ORDER BY t.attnum) FROM pg_attribute t
			WHERE prattrs IS NOT NULL AND t.attrelid = prrelid AND t.attnum > 0 AND NOT t.attisdropped AND t.attgenerated = ''
			AND t.attnum <> ALL (prattrs::int2[]) AND t.atttypid IN ` + typesPublished + `), '')`
}

// limited selects whether row-level security may hide rows: no policy shows all
// of them, or a restrictive one counts besides.
const limited = `(c.relrowsecurity AND row_security_active(c.oid) AND (
				NOT EXISTS (SELECT 1 FROM pg_policy p WHERE ` + applies + ` AND p.polpermissive AND pg_get_expr(p.polqual, c.oid) = 'true')
				OR EXISTS (SELECT 1 FROM pg_policy p WHERE ` + applies + ` AND NOT p.polpermissive AND pg_get_expr(p.polqual, c.oid) <> 'true')))`

// applies selects the policies of a table that count where the role reads it.
// Those for everybody are for the role 0.
const applies = `p.polrelid = c.oid AND p.polcmd IN ('r', '*')
					AND EXISTS (SELECT 1 FROM unnest(p.polroles) o WHERE CASE WHEN o = 0 THEN true ELSE pg_has_role(o, 'USAGE') END)`

// generated selects the stored generated columns, which PostgreSQL may publish
// from 18 on.
func (f *postgresFacts) generated() string {
	if f.version < 120000 || f.version >= 180000 {
		return `''`
	}
	return `coalesce((SELECT string_agg(t.attname, chr(31) ORDER BY t.attnum) FROM pg_attribute t
				WHERE t.attrelid = c.oid AND NOT t.attisdropped AND t.attgenerated = 's' AND t.atttypid IN ` + typesPublished + `), '')`
}

// userSchemas selects the schemas whose tables Debezium considers.
const userSchemas = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\_temp%' AND n.nspname NOT LIKE 'pg\_toast\_temp%'`

func (f *postgresFacts) readTables(a *asker) error {
	return a.each(func(scan func(...any) error) error {
		var key, generated, parents string
		t := &postgresTable{}
		err := scan(&t.id, &t.schema, &t.table, &t.partitioned, &t.parent, &t.logged, &t.identity, &t.identityIndex,
			&t.owned, &t.owner, &t.readable, &t.someReadable, &t.writable, &t.deletable, &t.usable, &t.columns, &t.unique, &key,
			&t.limited, &generated, &parents)
		t.key, t.generated = split(key), split(generated)
		for _, parent := range split(parents) {
			if id, err := strconv.ParseInt(parent, 10, 64); err == nil {
				f.children[id] = append(f.children[id], t.id)
			}
		}
		f.tables, f.byID[t.id] = append(f.tables, t), t
		return err
	}, `SELECT c.oid, n.nspname, c.relname, c.relkind = 'p',
			coalesce((SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition), 0)::bigint,
			c.relpersistence = 'p', c.relreplident,
			coalesce((SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident LIMIT 1), ''),
			pg_has_role(c.relowner, 'USAGE'), pg_get_userbyid(c.relowner),
			has_table_privilege(c.oid, 'SELECT'), has_any_column_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'), has_table_privilege(c.oid, 'DELETE'),
			has_schema_privilege(n.oid, 'USAGE'),
			(SELECT count(*) FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped)::int,
			EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND NOT i.indisprimary AND i.indexprs IS NULL),
			coalesce((SELECT string_agg(t.attname, chr(31) ORDER BY array_position(i.indkey::int2[], t.attnum))
				FROM pg_index i JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum = ANY (i.indkey)
				WHERE i.indrelid = c.oid AND i.indisprimary), ''),
			`+limited+`,
			`+f.generated()+`,
			coalesce((SELECT string_agg(i.inhparent::text, chr(31)) FROM pg_inherits i WHERE i.inhrelid = c.oid AND NOT c.relispartition AND c.relkind = 'r'), '')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND `+userSchemas+` AND lower(c.relname) <> 'spatial_ref_sys'
		ORDER BY n.nspname, c.relname`)
}

// postgresColumns reads the names of types as in pg_type. A domain is what it is
// based on.
const postgresColumns = `SELECT n.nspname, c.relname, a.attname, coalesce(b.typname, t.typname)
	FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype
	WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND ` + userSchemas + `
	ORDER BY c.oid, a.attnum`

// readOthers reads what a list may name by mistake.
func (f *postgresFacts) readOthers(a *asker) error {
	err := a.each(func(scan func(...any) error) error {
		var name, kind string
		err := scan(&name, &kind)
		f.others[name] = kind
		return err
	}, `SELECT n.nspname || '.' || c.relname,
			CASE c.relkind WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view' ELSE 'a foreign table' END
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm', 'f') AND `+userSchemas)
	if err != nil {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		f.schemas = append(f.schemas, name)
		return err
	}, `SELECT n.nspname FROM pg_namespace n WHERE `+userSchemas+` ORDER BY 1`)
}

func quotePostgres(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
