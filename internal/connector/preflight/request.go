package preflight

import (
	"maps"
	"strconv"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// validationRequest is the effective configuration that a plan asks a worker to
// validate.
type validationRequest struct {
	config kafkaconnect.Config
	// probeOnly are properties changed for the request: errors on them aren't
	// the user's.
	probeOnly map[string]bool
	// skipped reports whether the connection test is left out, as far as the
	// version allows.
	skipped bool
}

// validationRequest bounds the connection test. It skips the test if a value
// isn't known, a secret is masked, or the provider says so.
func (k *planChecker) validationRequest() validationRequest {
	q := validationRequest{config: maps.Clone(k.effective.Config), probeOnly: map[string]bool{}}
	q.skipped = len(k.effective.Unknown) > 0 || k.effective.Written.ConfigUnknown || len(k.effective.Masked) > 0 ||
		!k.isNew() && k.server == nil || k.cluster.Validation.DatabaseConnection == cluster.DatabaseSkip
	for _, property := range k.effective.Masked {
		delete(q.config, property)
	}
	if k.kind != nil && k.kind.Name == "mongodb_sink" {
		q.boundMongoDBSink(k)
	} else {
		q.boundConnection(k)
	}
	return q
}

// mongoDBSinkTest is how long MongoDB's sink tries to connect, regardless of
// its configuration (run, 3.5.0: 10.5 s).
const mongoDBSinkTest = 11 * time.Second

// boundMongoDBSink skips the connection test if it would take longer than it
// may: without a connection string the sink connects to nothing, and reports
// nothing about it either.
func (q *validationRequest) boundMongoDBSink(k *planChecker) {
	if q.skipped || k.cluster.Validation.DatabaseTimeout < mongoDBSinkTest {
		q.skipped = true
		q.set("mongodb.connection.string", "")
	}
}

// boundConnection keeps the worker from waiting up to a minute for a database.
// A timeout of 0 fails its own validation, and then nothing connects (seen on
// PostgreSQL and MySQL); MongoDB connects anyway, so it gets the shortest
// timeout. Releases before 3.2 have no such property: there, making a field
// invalid prevents the connection, so a plan never tests it.
func (q *validationRequest) boundConnection(k *planChecker) {
	kind := k.kind
	if kind == nil || kind.Sink {
		return
	}
	if kind.Definition(catalog.KeyValidationTimeout, k.version) == nil {
		q.skipped = true
		for _, property := range []string{"topic.prefix", "database.server.name"} {
			if kind.Definition(property, k.version) != nil {
				q.set(property, "")
			}
		}
		return
	}
	limit := k.cluster.Validation.DatabaseTimeout.Milliseconds()
	if theirs, ok := catalog.ParseInt(q.config[catalog.KeyValidationTimeout], catalog.Long); ok && theirs > 0 {
		limit = min(limit, theirs)
	}
	switch {
	case q.skipped && kind.Relational:
		limit = 0
	case q.skipped:
		limit = 1
	}
	if text := strconv.FormatInt(limit, 10); q.config[catalog.KeyValidationTimeout] != text {
		q.set(catalog.KeyValidationTimeout, text)
	}
}

func (q *validationRequest) set(property, text string) {
	q.config[property] = text
	q.probeOnly[property] = true
}
