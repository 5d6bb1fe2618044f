package cluster

import (
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
}

// DefaultValidation is what holds without settings.
func DefaultValidation() Validation {
	return Validation{
		Mode:               ModeOnline,
		DatabaseConnection: DatabaseWarning,
		DatabaseTimeout:    10 * time.Second,
		Collisions:         CollisionsOn,
	}
}
