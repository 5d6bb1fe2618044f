package database

import (
	dbsql "database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

var postgresEngine = engine{open: openPostgres, classify: classifyPostgres, refused: refusedByPostgres, gather: gatherPostgres, columnQuery: postgresColumns}

// application is the name of the checks in the server's list of sessions.
const application = "terraform-provider-debezium"

func openPostgres(l login, o Options) (*dbsql.DB, error) {
	// pgx only accepts a configuration that it has parsed. What its parser
	// takes from the environment (PGSSLMODE, PGOPTIONS, a password file)
	// applies neither to Debezium nor to these checks: all of it is replaced.
	config, err := pgx.ParseConfig("host=localhost sslmode=disable passfile=/dev/null")
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(l.port, 10, 16)
	if err != nil {
		return nil, err
	}
	config.Host, config.Port, config.Database = l.host, uint16(port), l.database
	config.User, config.Password = l.user, l.password
	config.RuntimeParams = map[string]string{"application_name": application}
	config.ConnectTimeout = o.ConnectTimeout
	config.ValidateConnect, config.AfterConnect = nil, nil
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.TLSConfig, config.Fallbacks = l.tls.first, nil
	if l.tls.second != nil {
		config.Fallbacks = []*pgconn.FallbackConfig{{Host: l.host, Port: uint16(port), TLSConfig: l.tls.second.config}}
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(1)
	return db, nil
}

// postgresProblems maps the server's error codes to connection problems.
var postgresProblems = map[string]Problem{
	"28P01": LoginRefused, // invalid_password
	"28000": LoginRefused, // invalid_authorization_specification
	"42501": LoginRefused, // insufficient_privilege: no CONNECT on the database
	"3D000": NoSuchDatabase,
	"53300": Full,        // too_many_connections
	"57P03": Unreachable, // cannot_connect_now: the server is starting or recovering
	"57P01": Lost,        // admin_shutdown
	"57P02": Lost,        // crash_shutdown
	"57014": Silent,      // query_canceled: the statement timed out
}

func classifyPostgres(err error) (Problem, bool) {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		// A web server, say: its text is taken for a message's length.
		if err != nil && strings.Contains(err.Error(), "invalid body length") {
			return Foreign, true
		}
		if err != nil && strings.Contains(err.Error(), "server refused TLS connection") {
			return TLSRefused, true
		}
		return 0, false
	}
	problem, known := postgresProblems[pg.Code]
	if problem == LoginRefused && strings.Contains(pg.Message, "no encryption") {
		return TLSRequired, true
	}
	return problem, known
}

// refusedByPostgres excludes errors that end the connection, and timeouts.
func refusedByPostgres(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && !strings.HasPrefix(pg.Code, "57")
}
