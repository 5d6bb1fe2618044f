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
	ModeOffline Mode = "offline" // by the catalog's rules alone
	ModeOff     Mode = "off"
)

// DatabaseConnection is what a plan makes of a database that a worker can't
// reach.
type DatabaseConnection string

// The answers to a failed connection.
const (
	DatabaseWarning DatabaseConnection = "warning"
	DatabaseError   DatabaseConnection = "error"
	DatabaseSkip    DatabaseConnection = "skip" // the worker isn't to try
)

// Collisions is what a plan makes of connectors that get in each other's way.
type Collisions string

// The answers to a collision.
const (
	CollisionsOn      Collisions = "on"      // an error or a warning, by how bad it is
	CollisionsWarning Collisions = "warning" // a warning, however bad
	CollisionsOff     Collisions = "off"
)

// Severity is how much a finding weighs that is one by choice.
type Severity string

// The severities.
const (
	SeverityOff     Severity = "off"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// Validation says what plans check.
type Validation struct {
	Mode Mode
	// DebeziumVersion is the one whose rules hold where no worker tells its
	// own; the zero value is the newest in the catalog.
	DebeziumVersion    catalog.Version
	DatabaseConnection DatabaseConnection
	// DatabaseTimeout bounds a worker's attempt to connect to a database.
	DatabaseTimeout time.Duration
	Collisions      Collisions
	// UnknownProperties is how properties weigh that neither Debezium nor
	// Kafka Connect knows, apart from those that match a pattern of
	// KnownProperties (owner.*).
	UnknownProperties Severity
	KnownProperties   []string
	// Unreachable is how it weighs that no worker can be reached: plans then
	// go on offline, or end. It is never SeverityOff.
	Unreachable Severity
	// DatabaseChecks is how findings about the database itself weigh.
	DatabaseChecks Severity
}

// EnvMode is the environment variable of Mode.
const EnvMode = "DEBEZIUM_VALIDATION_MODE"

// fromEnvironment are the default settings with the mode of the environment.
func fromEnvironment() Validation {
	v := DefaultValidation()
	if os.Getenv(EnvMode) == string(ModeOff) {
		v.Mode = ModeOff
	}
	return v
}

// DefaultValidation is what holds without settings.
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
