package messages_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// unanswered is a situation in which a worker doesn't give a verdict.
func unanswered(file, title string, fault connecttest.Fault) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		fault := fault
		fault.Method, fault.Path = http.MethodPut, "/connector-plugins/*/config/validate"
		env.Fault(fault)
		_, _ = env.Connector.Plan(env.Ctx, acctest.Orders)
		return env.Connector.Diagnostics
	}}
}

// verdictSituations are about what a worker says of a configuration.
var verdictSituations = []situation{
	planned("worker-class-missing", "A converter that the worker doesn't have.", orders(acctest.Block{"value_converter": "com.example.ProtobufConverter"})),
	planned("worker-class-nearest", "A converter that the worker has in another package.", orders(acctest.Block{"value_converter": "com.example.JsonConverter"})),
	unanswered("worker-without-driver", "The plugin lacks the database's driver.",
		connecttest.Fault{Status: 500, Message: "java.lang.NoClassDefFoundError: com/ibm/db2/jcc/DB2Driver"}),
	unanswered("worker-fails", "The worker can't validate.", connecttest.Fault{Status: 500, Message: "java.lang.NullPointerException"}),
	{"plugin-missing", "A debezium_connector of a class that isn't installed.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.Manage("debezium_connector", acctest.Block{"url": env.Hooks.URL})
		_, _ = env.Connector.Plan(env.Ctx, acctest.Block{"name": "orders", "connector_class": "io.debezium.connector.postgres.PostgresConnector"})
		return env.Connector.Diagnostics
	}},
	{"plugin-missing-for-kind", "A resource whose plugin isn't installed.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.Manage("debezium_vitess_connector", acctest.Block{"url": env.Hooks.URL})
		_, _ = env.Connector.Plan(env.Ctx, block("vitess", nil))
		return env.Connector.Diagnostics
	}},
}

// The drivers' words, as workers pass them on.
const (
	refusedPostgres = "Error while validating connector config: Connection to db.internal:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections."
	unknownHost     = "Error while validating connector config: The connection attempt failed."
	wrongPassword   = `Error while validating connector config: FATAL: password authentication failed for user "debezium"`
	refusedMySQL    = "Error during connection validation: io.debezium.DebeziumException: Failed to establish connection with the database: "
	noPassword      = "Error while validating connector config: The server requested SCRAM-based authentication, but no password was provided."
	noPasswordMD5   = "Error while validating connector config: The server requested password-based authentication, but no password was provided by plugin null"
	deniedMySQL     = "Unable to connect: Access denied for user 'debezium'@'10.0.0.7' (using password: YES)"
)

// unconnected is a situation in which a worker can't connect to a database.
func unconnected(file, title, kindName, words string, validation, configuration acctest.Block) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := newEnv(t, catalog.KindByName(kindName), acctest.Block{"validation": validation})
		env.ConnectionError(func(kafkaconnect.Config) string { return words })
		_, _ = env.Connector.Plan(env.Ctx, configuration)
		return env.Connector.Diagnostics
	}}
}

// checked is a plan that looks into the database.
func checked(file, title string, changes acctest.Block) situation {
	return situation{file, title, func(t *testing.T) acctest.Diagnostics {
		env := newEnv(t, catalog.KindByName("postgres"), acctest.Block{"validation": acctest.Block{"database_checks": "error"}})
		_, _ = env.Connector.Plan(env.Ctx, orders(changes))
		return env.Connector.Diagnostics
	}}
}

// connectionSituations are about databases that a worker can't use.
var connectionSituations = []situation{
	unconnected("database-refused", "The database isn't running.", "postgres", refusedPostgres, nil, acctest.Orders),
	unconnected("database-unknown-host", "The host has no address.", "postgres", unknownHost, nil, acctest.Orders),
	unconnected("database-required", `The same with database_connection = "error".`, "postgres", refusedPostgres,
		acctest.Block{"database_connection": "error"}, acctest.Orders),
	unconnected("database-password", "The password is wrong.", "postgres", wrongPassword, nil, acctest.Orders),
	{"database-password-kept", "The password has changed in the database, and its version hasn't.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.SetUp(acctest.Orders)
		env.ConnectionError(func(kafkaconnect.Config) string { return wrongPassword })
		_, _ = env.Connector.Plan(env.Ctx, orders(acctest.Block{"database_password_wo": "corrected", "max_batch_size": 1024}))
		return env.Connector.Diagnostics
	}},
	unconnected("database-no-password", "There is no password.", "postgres", noPassword, nil,
		acctest.Orders.Without("database_password_wo", "database_password_wo_version")),
	unconnected("database-not-admitted", "pg_hba.conf has no entry for the user.", "postgres",
		`Error while validating connector config: FATAL: no pg_hba.conf entry for host "10.0.0.7", user "debezium", database "inventory", no encryption`, nil, acctest.Orders),
	unconnected("database-missing", "The server has no database of this name.", "postgres",
		`Error while validating connector config: FATAL: database "inventory" does not exist`, nil, acctest.Orders),
	unconnected("database-full", "The user has reached its limit of connections.", "postgres",
		`Error while validating connector config: FATAL: too many connections for role "debezium"`, nil, acctest.Orders),
	unconnected("database-without-tls", "The server has no TLS.", "postgres",
		"Error while validating connector config: The server does not support SSL.", nil, orders(acctest.Block{"database_sslmode": "require"})),
	unconnected("database-no-password-md5", "There is no password, and the database doesn't use SCRAM.", "postgres", noPasswordMD5, nil,
		acctest.Orders.Without("database_password_wo", "database_password_wo_version")),
	unconnected("database-mysql", "A MySQL database isn't running.", "mysql", refusedMySQL, nil, block("mysql", nil)),
	unconnected("database-mysql-denied", "MySQL refuses the login.", "mysql", deniedMySQL, nil, block("mysql", nil)),
	checked("checks-unreachable", "database_checks, and nothing listens on the database's port.", acctest.Block{"database_hostname": "127.0.0.1", "database_port": 1}),
	checked("checks-reference", "database_checks, and the password is a reference.", acctest.Block{
		"database_password_wo": nil, "database_password_wo_version": nil, "database_password": "${env:DATABASE_PASSWORD}",
	}),
	checked("checks-certificate", "database_checks with a certificate of the worker's.", acctest.Block{
		"database_sslmode": "verify-ca", "config": map[string]string{"database.sslrootcert": "/nowhere/ca.pem"},
	}),
	{"database-refused-in-apply", "The database can't be reached in the apply either.", func(t *testing.T) acctest.Diagnostics {
		env := acctest.NewEnv(t)
		env.ConnectionError(func(kafkaconnect.Config) string { return refusedPostgres })
		p, err := env.Connector.Plan(env.Ctx, acctest.Orders)
		env.Must(err)
		_ = env.Connector.Apply(env.Ctx, p)
		return env.Connector.Diagnostics.Errors()
	}},
}

// TestOneWrongHostIsReportedOnce: forty connectors with one host that is down make
// no more than two warnings.
func TestOneWrongHostIsReportedOnce(t *testing.T) {
	env := acctest.NewEnv(t)
	env.ConnectionError(func(kafkaconnect.Config) string { return refusedPostgres })
	w := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": env.Hooks.URL})
	var all acctest.Diagnostics
	for i := range 40 {
		name := "orders" + strings.Repeat("x", i)
		all = append(all, w.PlanNew(env.Ctx, "debezium_postgres_connector", orders(acctest.Block{"name": name, "topic_prefix": name}))...)
	}
	if len(all) == 0 || len(all) > 2 || len(all.Errors()) > 0 {
		t.Errorf("%d diagnostics: %s", len(all), all)
	}
}
