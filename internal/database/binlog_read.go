package database

import (
	"context"
	dbsql "database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sql-driver/mysql"
)

func gatherBinlog(a *asker) (any, error) {
	f := &binlogFacts{variables: map[string]string{}, others: map[string]string{}}
	if err := a.one(`SELECT VERSION(), CURRENT_USER()`, &f.version, &f.user); err != nil {
		return nil, err
	}
	f.mariadb = strings.Contains(f.version, "MariaDB")
	f.user = account(f.user)
	limit := fmt.Sprintf("SET SESSION max_execution_time = %d", a.limit.Milliseconds())
	if f.mariadb {
		limit = fmt.Sprintf("SET SESSION max_statement_time = %f", a.limit.Seconds())
	}
	if err := optional(a.do(limit)); err != nil {
		return nil, err
	}
	for _, read := range []func(*asker) error{
		f.readVariables, f.readGrants, f.readPlugin, f.readTables, f.readKeys, f.readForeignKeys, f.readReplication, f.readLogged,
	} {
		if err := read(a); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// account quotes the result of CURRENT_USER() for SQL.
func account(user string) string {
	at := strings.LastIndex(user, "@")
	if at < 0 {
		at = len(user)
		user += "@"
	}
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	return quote(user[:at]) + "@" + quote(user[at+1:])
}

// optional ignores an error if the server refused the statement: the user lacks
// a privilege, or the version doesn't support it. Its result then remains
// unknown.
func optional(err error) error {
	if refusedByBinlog(err) {
		return nil
	}
	return err
}

func (f *binlogFacts) readVariables(a *asker) error {
	err := a.each(func(scan func(...any) error) error {
		var name string
		var value dbsql.NullString
		err := scan(&name, &value)
		f.variables[strings.ToLower(name)] = value.String
		return err
	}, `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'binlog_row_image', 'binlog_row_value_options',
		'binlog_expire_logs_seconds', 'expire_logs_days', 'gtid_mode', 'enforce_gtid_consistency', 'binlog_rows_query_log_events',
		'binlog_annotate_row_events', 'server_id', 'log_slave_updates', 'log_replica_updates', 'time_zone', 'system_time_zone',
		'skip_show_database', 'performance_schema', 'log_bin_compress', 'log_bin_compress_min_len', 'lower_case_table_names')`)
	if err != nil {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var name, value string
		err := scan(&name, &value)
		f.encrypted = value != ""
		return err
	}, `SHOW SESSION STATUS LIKE 'Ssl_cipher'`)
}

// readGrants also reads the active roles' grants: SHOW GRANTS without FOR lists
// them.
func (f *binlogFacts) readGrants(a *asker) error {
	return a.each(func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		if g, ok := parseGrant(line); ok {
			f.grants = append(f.grants, g)
		}
		return err
	}, `SHOW GRANTS`)
}

var pluginPattern = regexp.MustCompile(`IDENTIFIED (?:WITH|VIA) '?(\w+)`)

// readPlugin takes nothing but the plugin's name from the statement, which also
// contains the password hash.
func (f *binlogFacts) readPlugin(a *asker) error {
	if f.mariadb {
		return nil
	}
	return optional(a.each(func(scan func(...any) error) error {
		var statement string
		err := scan(&statement)
		if match := pluginPattern.FindStringSubmatch(statement); match != nil {
			f.plugin = match[1]
		}
		return err
	}, `SHOW CREATE USER CURRENT_USER()`))
}

// builtIn are the databases that Debezium ignores.
const builtIn = `('mysql', 'performance_schema', 'sys', 'information_schema')`

func (f *binlogFacts) readTables(a *asker) error {
	err := a.each(func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		f.databases = append(f.databases, name)
		return err
	}, `SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN `+builtIn+` ORDER BY 1`)
	if err != nil {
		return err
	}
	return a.each(func(scan func(...any) error) error {
		var database, table, kind string
		err := scan(&database, &table, &kind)
		switch kind {
		case "BASE TABLE", "SYSTEM VERSIONED": // the latter is MariaDB's
			f.tables = append(f.tables, &binlogTable{database: database, table: table})
		case "SEQUENCE":
			f.others[database+"."+table] = "a sequence"
		default:
			f.others[database+"."+table] = "a view"
		}
		return err
	}, `SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema NOT IN `+builtIn+` ORDER BY 1, 2`)
}

const binlogColumns = `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
	WHERE table_schema NOT IN ` + builtIn + ` ORDER BY 1, 2, ordinal_position`

func (f *binlogFacts) readKeys(a *asker) error {
	byName := map[string]*binlogTable{}
	for _, t := range f.tables {
		byName[t.name()] = t
	}
	nullable := map[[2]string]bool{} // by table and index
	err := a.each(func(scan func(...any) error) error {
		var database, table, index, column string
		var null dbsql.NullString
		err := scan(&database, &table, &index, &column, &null)
		t := byName[database+"."+table]
		switch {
		case t == nil:
		case index == "PRIMARY":
			t.key = append(t.key, column)
		default:
			nullable[[2]string{t.name(), index}] = nullable[[2]string{t.name(), index}] || null.String == "YES"
		}
		return err
	}, `SELECT table_schema, table_name, index_name, COALESCE(column_name, ''), nullable FROM information_schema.statistics
		WHERE non_unique = 0 AND table_schema NOT IN `+builtIn+` ORDER BY 1, 2, 3, seq_in_index`)
	if err != nil {
		return err
	}
	for index, null := range nullable {
		byName[index[0]].unique = byName[index[0]].unique || !null
	}
	return nil
}

// readReplication needs REPLICATION SLAVE and REPLICATION CLIENT; without them,
// these facts remain unknown.
func (f *binlogFacts) readReplication(a *asker) error {
	replicas := map[string]bool{}
	err := a.records(func(record map[string]string) { replicas[record["server_id"]] = true }, "SHOW REPLICAS", "SHOW SLAVE HOSTS")
	if err == nil {
		f.replicas = replicas
	} else if err = optional(err); err != nil {
		return err
	}
	replica := false
	err = a.records(func(map[string]string) { replica = true }, "SHOW REPLICA STATUS", "SHOW SLAVE STATUS")
	if err == nil {
		f.replica = &replica
	}
	return optional(err)
}

func (f *binlogFacts) readLogged(a *asker) error {
	err := a.records(func(record map[string]string) {
		f.logged = &logged{only: names(record["binlog_do_db"]), ignored: names(record["binlog_ignore_db"])}
	}, "SHOW BINARY LOG STATUS", "SHOW MASTER STATUS")
	return optional(err)
}

func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// records reads results whose columns differ by version, keyed by lowercase
// column name. The statement for newer versions comes first.
func (a *asker) records(each func(map[string]string), statements ...string) error {
	var err error
	for _, statement := range statements {
		if err = a.record(each, statement); !errors.Is(err, errSyntax) {
			return err
		}
	}
	return err
}

// errSyntax is ER_PARSE_ERROR: MySQLError compares by its number.
var errSyntax = &mysql.MySQLError{Number: 1064}

func (a *asker) record(each func(map[string]string), statement string) error {
	ctx, cancel := context.WithTimeout(a.ctx, a.limit)
	defer cancel()
	rows, err := a.tx.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]dbsql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		record := map[string]string{}
		for i, column := range columns {
			record[strings.ToLower(column)] = values[i].String
		}
		each(record)
	}
	return rows.Err()
}
