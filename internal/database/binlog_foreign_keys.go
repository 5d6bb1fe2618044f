package database

import (
	"fmt"
	"strings"
)

var binlogForeignKeyChecks = []check[*binlogView]{
	{Info{
		Check: "binlog-foreign-keys", Kinds: both, Property: "table.include.list", Severity: Warning,
		Title:   "No foreign key of a captured table deletes or changes its rows with those of another table (`ON DELETE CASCADE`, `ON DELETE SET NULL`). MySQL from 9.6 on logs what they do. MariaDB shows foreign keys only to users with another privilege on the table than `SELECT`, such as `REFERENCES`.",
		Remedy:  "Delete or update the rows … before those that they refer to",
		Source:  "MySQL, InnoDB and replication, cascading actions; MySQL 9.6, release notes; seen with Debezium 3.6.1 on MySQL 8.0, and 3.5.0 on MariaDB 11.4",
		Silent:  true,
		Failure: "The connector is RUNNING, and rows that a foreign key deletes or sets to NULL have no event.",
	}, checkForeignKeys},
}

// foreignKey is one that acts on the rows of its table.
type foreignKey struct {
	table, name string
	onDelete    string
	references  string
}

// readForeignKeys reads foreign keys that act when a row is deleted. Those with
// ON UPDATE CASCADE alone are left out: frameworks write it for all keys, and
// keys hardly ever change. MariaDB shows none to a user that has only SELECT.
func (f *binlogFacts) readForeignKeys(a *asker) error {
	return optional(a.each(func(scan func(...any) error) error {
		var database, table, referenced string
		var k foreignKey
		err := scan(&database, &table, &k.name, &k.onDelete, &referenced)
		k.table, k.references = database+"."+table, referenced
		f.foreignKeys = append(f.foreignKeys, k)
		return err
	}, `SELECT constraint_schema, table_name, constraint_name, delete_rule, referenced_table_name FROM information_schema.referential_constraints
		WHERE delete_rule IN ('CASCADE', 'SET NULL') AND constraint_schema NOT IN `+builtIn+` ORDER BY 1, 2, 3`))
}

func checkForeignKeys(v *binlogView) {
	if !v.streams() || v.logsCascades() || !v.known("skipped.operations") {
		return
	}
	captured := map[string]bool{}
	for _, t := range v.captured {
		captured[t.name()] = !v.chosen.signal(t.name())
	}
	var acting []string
	for _, k := range v.foreignKeys {
		operation := "d"
		if k.onDelete == "SET NULL" {
			operation = "u"
		}
		if captured[k.table] && !v.skips(operation) {
			acting = append(acting, fmt.Sprintf("%s (%s: ON DELETE %s, of %s)", k.table, k.name, k.onDelete, k.references))
		}
	}
	if len(acting) == 0 {
		return
	}
	v.addAs(v.running.Severity, v.listInUse(), fmt.Sprintf("Foreign keys change rows of captured tables without events: %s", enumerate(acting)),
		"The storage engine carries out ON DELETE CASCADE and ON DELETE SET NULL by itself, and the binary log doesn't have it: when a row is deleted, the rows that refer to it get no event, and their copies stay as they are.",
		"Delete or update the rows of these tables before those that they refer to, in the applications or in a trigger BEFORE DELETE; with ON DELETE RESTRICT no statement can forget it.")
}

// logsCascades reports whether the binary log has what foreign keys do: from
// MySQL 9.6 on the server carries it out, not the storage engine, unless
// innodb_native_foreign_keys says otherwise.
func (v *binlogView) logsCascades() bool {
	if v.mariadb {
		return false
	}
	major, rest, _ := strings.Cut(v.version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	return number(major) > 9 || number(major) == 9 && number(minor) >= 6
}
