package database

import (
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// binlogFacts is what one login sees of a MySQL or MariaDB server.
type binlogFacts struct {
	version   string // 8.0.15, 11.4.5-MariaDB
	mariadb   bool
	variables map[string]string
	user      string // as the server writes it: 'name'@'host', quoted as in SQL
	plugin    string // authenticates the user; empty if unknown
	encrypted bool   // the connection
	grants    grants
	databases []string
	tables    []*binlogTable
	others    map[string]string // names of views, and what they are
	// foreignKeys are those that act when a row is deleted.
	foreignKeys []foreignKey
	replicas    map[string]bool // the server ids of registered replicas; nil if unknown
	replica     *bool           // whether the server is itself a replica; nil if unknown
	logged      *logged         // nil if unknown
}

// logged holds the databases that the binary log is limited to.
type logged struct{ only, ignored []string }

type binlogTable struct {
	database, table string
	key             []string // the primary key's columns
	unique          bool     // has another unique index, on non-null columns
}

// name returns the table's name as in Debezium's lists.
func (t *binlogTable) name() string { return t.database + "." + t.table }

func (t *binlogTable) quoted() string { return quoteBinlog(t.database) + "." + quoteBinlog(t.table) }

func quoteBinlog(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// has reports whether a database's changes are written to the binary log.
func (l *logged) has(database string) bool {
	is := func(name string) bool { return strings.EqualFold(name, database) }
	if len(l.only) > 0 {
		return slices.ContainsFunc(l.only, is)
	}
	return !slices.ContainsFunc(l.ignored, is)
}

// grants is what SHOW GRANTS lists for the user and its active roles.
type grants []grant

type grant struct {
	revoked    bool            // a partial revoke
	privileges map[string]bool // in upper case
	columns    bool            // some of them on columns only
	database   string          // as SHOW GRANTS lists it, with wildcards; * is all
	table      string          // * is all
}

// everywhere reports whether the user has one of these privileges on all databases.
func (g grants) everywhere(privileges ...string) bool {
	for _, one := range g {
		if !one.revoked && one.database == "*" && one.gives(privileges) {
			return true
		}
	}
	return false
}

// on reports whether the user has one of these privileges on a table, or at
// least on a column of it.
func (g grants) on(database, table string, privileges ...string) bool {
	has := false
	for _, one := range g {
		if !one.covers(database, table) || !one.gives(privileges) {
			continue
		}
		if one.revoked {
			return false
		}
		has = true
	}
	return has
}

func (g grant) gives(privileges []string) bool {
	return g.privileges["ALL PRIVILEGES"] || slices.ContainsFunc(privileges, func(p string) bool { return g.privileges[p] })
}

func (g grant) covers(database, table string) bool {
	return (g.database == "*" || wildcard([]rune(filterlist.Fold(g.database)), []rune(filterlist.Fold(database)))) &&
		(g.table == "*" || g.table == table)
}

// wildcard matches a database's name against a pattern of GRANT: % and _ are
// wildcards unless escaped by a backslash.
func wildcard(pattern, name []rune) bool {
	if len(pattern) == 0 {
		return len(name) == 0
	}
	switch c := pattern[0]; {
	case c == '%':
		for i := range len(name) + 1 {
			if wildcard(pattern[1:], name[i:]) {
				return true
			}
		}
		return false
	case len(name) == 0:
		return false
	case c == '_':
		return wildcard(pattern[1:], name[1:])
	case c == '\\' && len(pattern) > 1:
		pattern = pattern[1:]
	}
	return pattern[0] == name[0] && wildcard(pattern[1:], name[1:])
}
