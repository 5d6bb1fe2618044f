package database

import (
	"slices"
	"strings"
)

// binlogFacts are what one login sees of one MySQL or MariaDB server.
type binlogFacts struct {
	version   string // 8.0.15, 11.4.5-MariaDB
	mariadb   bool
	variables map[string]string
	user      string // as the server writes it: 'name'@'host', in SQL
	plugin    string // that authenticates the user; empty where that isn't known
	encrypted bool   // the connection
	grants    grants
	databases []string
	tables    []*binlogTable
	others    map[string]string // names of views, and what they are
	replicas  map[string]bool   // the server ids of those that are registered; nil where that isn't known
	replica   *bool             // whether the server is a replica itself; nil where that isn't known
	logged    *logged           // nil where that isn't known
}

// logged are the databases that the binary log is limited to.
type logged struct{ only, ignored []string }

type binlogTable struct {
	database, table string
	key             []string // the primary key's columns
	unique          bool     // has another unique index of columns that aren't null
}

// name is the table's name as Debezium's lists have it.
func (t *binlogTable) name() string { return t.database + "." + t.table }

func (t *binlogTable) quoted() string { return quoteBinlog(t.database) + "." + quoteBinlog(t.table) }

func quoteBinlog(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// has reports whether a database's changes are in the binary log.
func (l *logged) has(database string) bool {
	is := func(name string) bool { return strings.EqualFold(name, database) }
	if len(l.only) > 0 {
		return slices.ContainsFunc(l.only, is)
	}
	return !slices.ContainsFunc(l.ignored, is)
}

// grants are what SHOW GRANTS says of the user and its active roles.
type grants []grant

type grant struct {
	revoked    bool            // a partial revoke
	privileges map[string]bool // in upper case
	columns    bool            // some of them for columns alone
	database   string          // as it stands there, with wildcards; * is all
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
	return (g.database == "*" || wildcard(g.database, database)) && (g.table == "*" || g.table == table)
}

// wildcard matches a database's name with a pattern of GRANT: % and _, unless a
// backslash stands before them.
func wildcard(pattern, name string) bool {
	if pattern == "" {
		return name == ""
	}
	switch c := pattern[0]; {
	case c == '%':
		for i := range len(name) + 1 {
			if wildcard(pattern[1:], name[i:]) {
				return true
			}
		}
		return false
	case name == "":
		return false
	case c == '_':
		return wildcard(pattern[1:], name[1:])
	case c == '\\' && len(pattern) > 1:
		pattern = pattern[1:]
	}
	return lower(pattern[:1]) == lower(name[:1]) && wildcard(pattern[1:], name[1:])
}
