package cluster

import (
	"os"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Mode is how plans check configurations.
type Mode string

// The modes of validation.
const (
	ModeOnline  Mode = "online"  // by the catalog's rules and by a worker
	ModeOffline Mode = "offline" // only by the catalog's rules
	ModeOff     Mode = "off"
)

// DatabaseConnection is how a plan treats a database that a worker can't reach.
type DatabaseConnection string

// The ways to treat a failed connection.
const (
	DatabaseWarning DatabaseConnection = "warning"
	DatabaseError   DatabaseConnection = "error"
	DatabaseSkip    DatabaseConnection = "skip" // the worker shouldn't try
)

// Collisions is how a plan treats connectors that conflict.
type Collisions string

// The ways to treat a collision.
const (
	CollisionsOn      Collisions = "on"      // an error or a warning, depending on how bad it is
	CollisionsWarning Collisions = "warning" // a warning, however bad
	CollisionsOff     Collisions = "off"
)

// Severity is how an optional finding is reported.
type Severity string

// The severities.
const (
	SeverityOff     Severity = "off"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// Validation configures what plans check.
type Validation struct {
	Mode Mode
	// DebeziumVersion is the version to check against when no worker reports
	// its own; the zero value is the newest in the catalog.
	DebeziumVersion    catalog.Version
	DatabaseConnection DatabaseConnection
	// DatabaseTimeout bounds a worker's attempt to connect to a database.
	DatabaseTimeout time.Duration
	Collisions      Collisions
	// UnknownProperties is the severity for properties that neither Debezium
	// nor Kafka Connect knows, except those that match a pattern in
	// KnownProperties (owner.*).
	UnknownProperties Severity
	KnownProperties   []string
	// Unreachable is the severity when no worker can be reached: plans then
	// continue offline, or end. It is never SeverityOff.
	Unreachable Severity
	// DatabaseChecks is the severity of findings about the database itself.
	DatabaseChecks Severity
}

// EnvMode is the environment variable of Mode.
const EnvMode = "DEBEZIUM_VALIDATION_MODE"

// fromEnvironment returns the default settings with the mode from the environment.
func fromEnvironment() Validation {
	v := DefaultValidation()
	if os.Getenv(EnvMode) == string(ModeOff) {
		v.Mode = ModeOff
	}
	return v
}

// DefaultValidation returns the defaults.
func DefaultValidation() Validation {
	return Validation{
		Mode:               ModeOnline,
		DatabaseConnection: DatabaseWarning,
		DatabaseTimeout:    10 * time.Second,
		Collisions:         CollisionsOn,
		UnknownProperties:  SeverityWarning,
		Unreachable:        SeverityWarning,
		DatabaseChecks:     SeverityOff,
	}
}
