package database

import (
	dbsql "database/sql"
	"fmt"
	"strings"
)

// separator stands between the names in one column of an answer.
const separator = "\x1f"

func gatherPostgres(a *asker) (any, error) {
	f := &postgresFacts{settings: map[string]string{}, publications: map[string]*postgresPublication{}, byID: map[int64]*postgresTable{}, others: map[string]string{}}
	if err := a.one(`SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('statement_timeout')`,
		&f.version, &f.standby, &f.role.statementTimeout); err != nil {
		return nil, err
	}
	if err := a.do(fmt.Sprintf("SET LOCAL statement_timeout = %d", a.limit.Milliseconds())); err != nil {
		return nil, err
	}
	for _, read := range []func(*asker) error{f.readSettings, f.readRole, f.readSlots, f.readPublications, f.readTables, f.readOthers} {
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

// managedRoles are roles of managed services whose members may replicate
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
	return err
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
		p := &postgresPublication{tables: map[int64]bool{}, schemas: map[string]bool{}}
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
		err := scan(&publication, &table)
		if p := byID[publication]; p != nil {
			p.tables[table] = true
		}
		return err
	}, `SELECT prpubid, prrelid FROM pg_publication_rel`)
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

// userSchemas are those whose tables Debezium looks at.
const userSchemas = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\_temp%' AND n.nspname NOT LIKE 'pg\_toast\_temp%'`

func (f *postgresFacts) readTables(a *asker) error {
	return a.each(func(scan func(...any) error) error {
		var key string
		t := &postgresTable{}
		err := scan(&t.id, &t.schema, &t.table, &t.partitioned, &t.parent, &t.logged, &t.identity, &t.identityIndex,
			&t.owned, &t.owner, &t.readable, &t.someReadable, &t.writable, &t.usable, &t.columns, &t.unique, &key)
		if key != "" {
			t.key = strings.Split(key, separator)
		}
		f.tables, f.byID[t.id] = append(f.tables, t), t
		return err
	}, `SELECT c.oid, n.nspname, c.relname, c.relkind = 'p',
			coalesce((SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition), 0)::bigint,
			c.relpersistence = 'p', c.relreplident,
			coalesce((SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident LIMIT 1), ''),
			pg_has_role(c.relowner, 'USAGE'), pg_get_userbyid(c.relowner),
			has_table_privilege(c.oid, 'SELECT'), has_any_column_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
			has_schema_privilege(n.oid, 'USAGE'),
			(SELECT count(*) FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped)::int,
			EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND NOT i.indisprimary AND i.indexprs IS NULL),
			coalesce((SELECT string_agg(t.attname, chr(31) ORDER BY array_position(i.indkey::int2[], t.attnum))
				FROM pg_index i JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum = ANY (i.indkey)
				WHERE i.indrelid = c.oid AND i.indisprimary), '')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND `+userSchemas+` AND lower(c.relname) <> 'spatial_ref_sys'
		ORDER BY n.nspname, c.relname`)
}

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
