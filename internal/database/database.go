// Package database says whether a database is ready for a connector: what
// would make the connector fail at its start, or capture less than its
// configuration says. It reads the database's own catalogs, in read-only
// transactions, with the connector's own login, and writes nothing.
//
// A reader gathers facts, one per kind of database; the checks are pure
// functions over a configuration and these facts, one row of a table each. The
// package reads the catalog of properties and knows neither Terraform nor
// Kafka Connect.
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

// Kinds are all kinds whose databases can be checked.
func Kinds() []string { return []string{Postgres, MySQL, MariaDB} }

// Severity says how bad a finding is.
type Severity string

const (
	// Error: the connector fails at its start, or captures other data than
	// what the configuration says.
	Error Severity = "error"
	// Warning: the connector runs, but something of its configuration has no
	// effect, or something dangerous will happen later.
	Warning Severity = "warning"
)

// Request asks whether a database is ready for one connector.
type Request struct {
	// Kind is one of Kinds.
	Kind string
	// Version is Debezium's; zero stands for the newest that the catalog knows.
	Version catalog.Version
	// Config is the connector's effective configuration, by Debezium's names.
	Config map[string]string
	// Unknown are the properties that are set to a value that isn't known yet.
	Unknown map[string]bool
	// Current is the configuration that the connector has now, where it exists:
	// what it holds itself (its slot, its server id) isn't taken by another.
	Current map[string]string
}

// Report is what the database says about one connector.
type Report struct {
	Findings []Finding
	// Tables are what the connector captures.
	Tables []Table
	// Skipped says why nothing could be checked; else it is empty.
	Skipped string
	// Notes say what part could not be checked, and why.
	Notes []string
}

// Finding is one thing about the database that isn't as the connector needs it.
type Finding struct {
	Check    string   // the row of the table of checks, such as "postgres-wal-level"
	Severity Severity // of this finding; the same check may find worse and better
	Property string   // the property of the configuration that leads there
	Summary  string   // one line
	Detail   string   // what will happen
	Remedy   string   // what to do. Lines that begin with four spaces are SQL, ready to be run
}

// Table is a table that the connector captures.
type Table struct {
	Name       string   // as Debezium writes it: SCHEMA.TABLE, or DATABASE.TABLE
	PrimaryKey []string // its columns in order; none where the table has no primary key
}

// Check reports whether the database is ready for a connector. An error is an
// *ConnectionError about the connection, remembered and returned again, the same
// pointer, for every connector that it concerns; or that of the context.
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

// kindOf is the catalog's entry of a kind that can be checked.
func kindOf(name string) *catalog.Kind {
	switch name {
	case Postgres, MySQL, MariaDB:
		return catalog.KindByName(name)
	}
	return nil
}
