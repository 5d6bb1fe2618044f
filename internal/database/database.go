// Package database checks whether a database is ready for a connector: what
// would make the connector fail at startup, or capture less than its
// configuration says. It reads the database's catalogs in read-only
// transactions, with the connector's own login, and writes nothing.
//
// A reader gathers facts, a set for each kind of database; the checks are pure
// functions of a configuration and these facts, one table row each. The package
// reads the catalog of properties and knows nothing of Terraform or Kafka
// Connect.
package database

import (
	"context"
	"fmt"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// The kinds whose databases can be checked.
const (
	Postgres = "postgres"
	MySQL    = "mysql"
	MariaDB  = "mariadb"
)

// Kinds returns all kinds whose databases can be checked.
func Kinds() []string { return []string{Postgres, MySQL, MariaDB} }

// Severity is how bad a finding is.
type Severity string

const (
	// Error: the connector fails at startup, or captures different data than
	// its configuration says.
	Error Severity = "error"
	// Warning: the connector runs, but something of its configuration has no
	// effect, or something dangerous will happen later.
	Warning Severity = "warning"
)

// Request asks whether a database is ready for one connector.
type Request struct {
	// Kind is one of Kinds.
	Kind string
	// Version is Debezium's; zero means the newest in the catalog.
	Version catalog.Version
	// Config is the connector's effective configuration, by Debezium's names.
	Config map[string]string
	// Unknown are the properties whose values aren't known yet.
	Unknown map[string]bool
	// Current is the connector's existing configuration, if any: what it holds
	// itself (its slot, its server id) isn't taken by another.
	Current map[string]string
	// Replaced are the configurations of connectors that are deleted before
	// this one is created, such as that of its old name: what they hold is free
	// by then.
	Replaced []map[string]string
}

// Report is the result of the checks for one connector.
type Report struct {
	Findings []Finding
	// Tables are the tables that the connector captures.
	Tables []Table
	// Skipped is why nothing could be checked; otherwise it is empty.
	Skipped string
	// Notes say which parts could not be checked, and why.
	Notes []string
}

// Finding is one way in which the database isn't ready for the connector.
type Finding struct {
	Check    string   // the row in the table of checks, such as "postgres-wal-level"
	Severity Severity // of this finding; it may differ between findings of a check
	Property string   // the configuration property that it is about
	Summary  string   // one line
	Detail   string   // what will happen
	Remedy   string   // what to do. Lines indented by four spaces are SQL, ready to run
}

// Table is a table that the connector captures.
type Table struct {
	Name       string   // as Debezium writes it: SCHEMA.TABLE, or DATABASE.TABLE
	PrimaryKey []string // its columns in order; none if the table has no primary key
}

// Check reports whether the database is ready for a connector. An error is
// either a *ConnectionError, which is remembered and returned again, as the
// same pointer, for every connector that it affects; or the context's.
func (r *Reader) Check(ctx context.Context, request Request) (Report, error) {
	s := newSettings(request)
	if s == nil {
		return Report{Skipped: fmt.Sprintf("Connectors of the kind %q have no checks of their database.", request.Kind)}, nil
	}
	login, why := s.login()
	if why != "" {
		return Report{Skipped: why}, nil
	}
	if request.Kind == Postgres {
		return r.checkPostgres(ctx, s, login)
	}
	return r.checkBinlog(ctx, s, login)
}

// kindOf returns the catalog's entry for a kind that can be checked.
func kindOf(name string) *catalog.Kind {
	switch name {
	case Postgres, MySQL, MariaDB:
		return catalog.KindByName(name)
	}
	return nil
}
