package connector

import (
	"maps"
	"strconv"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// timeoutKey bounds Debezium's connection test since 3.2 (DBZ-9004).
const timeoutKey = "connection.validation.timeout.ms"

// question is a configuration as the worker is asked about it in a plan.
type question struct {
	config  kafkaconnect.Config
	own     map[string]bool // properties changed for the question: errors on them aren't the user's
	skipped bool            // whether the connection test is left out, as far as the version can
}

// question makes the whole configuration, with the secrets that are left to
// the server, and with a short bound on the connection test. Where a value
// isn't known, a secret is masked, or the provider says so, there is no test.
func (c *checking) question() question {
	q := question{config: kafkaconnect.Config{keyName: c.name, keyClass: c.class}, own: map[string]bool{}}
	maps.Copy(q.config, c.said.values)
	q.skipped = len(c.said.unknown) > 0 || c.said.partial ||
		c.r.cluster.Validation.DatabaseConnection == cluster.DatabaseSkip
	if !c.isNew {
		entry, _, err := c.r.cluster.View.Connector(c.ctx, c.name)
		if err != nil || entry.Info == nil {
			q.skipped = true
		} else {
			q.addSecrets(c, entry.Info.Config)
		}
	}
	if c.kind != nil && c.kind.Name == "mongodb_sink" {
		q.boundMongoDBSink(c)
	} else {
		q.boundConnection(c)
	}
	return q
}

// mongoDBSinkTest is how long MongoDB's sink tries to connect, whatever its
// configuration says (run, 3.5.0: 10.5 s).
const mongoDBSinkTest = 11 * time.Second

// boundMongoDBSink leaves the connection test out where it would take longer
// than it may: without a connection string the sink connects to nothing, and
// says nothing of it either.
func (q *question) boundMongoDBSink(c *checking) {
	if q.skipped || c.r.cluster.Validation.DatabaseTimeout < mongoDBSinkTest {
		q.skipped = true
		q.set("mongodb.connection.string", "")
	}
}

func (q *question) addSecrets(c *checking, server kafkaconnect.Config) {
	for property, text := range server {
		if _, ok := q.config[property]; ok || c.said.removed[property] || !hidden(c.kind, property, text) {
			continue
		}
		if catalog.IsMask(text) {
			q.skipped = true
			continue
		}
		q.config[property] = text
	}
}

// boundConnection keeps the worker from waiting up to a minute for a database.
// A time-out of 0 is refused by its own rule, and then nothing is connected to
// (seen on PostgreSQL and MySQL); MongoDB connects all the same, so it gets
// the shortest. Releases before 3.2 have no such property: there a field that
// is made invalid prevents the connection, so that a plan never tests it.
func (q *question) boundConnection(c *checking) {
	kind := c.kind
	if kind == nil || kind.Sink {
		return
	}
	if kind.Definition(timeoutKey, c.version) == nil {
		q.skipped = true
		for _, property := range []string{"topic.prefix", "database.server.name"} {
			if kind.Definition(property, c.version) != nil {
				q.set(property, "")
			}
		}
		return
	}
	limit := c.r.cluster.Validation.DatabaseTimeout.Milliseconds()
	if theirs, ok := catalog.ParseInt(q.config[timeoutKey], catalog.Long); ok && theirs > 0 {
		limit = min(limit, theirs)
	}
	switch {
	case q.skipped && kind.Relational:
		limit = 0
	case q.skipped:
		limit = 1
	}
	if text := strconv.FormatInt(limit, 10); q.config[timeoutKey] != text {
		q.set(timeoutKey, text)
	}
}

func (q *question) set(property, text string) {
	q.config[property] = text
	q.own[property] = true
}
