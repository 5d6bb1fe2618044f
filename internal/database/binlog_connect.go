package database

import (
	dbsql "database/sql"
	"errors"
	"net"

	"github.com/go-sql-driver/mysql"
)

var binlogEngine = engine{open: openBinlog, classify: classifyBinlog, refused: refusedByBinlog, gather: gatherBinlog, columnQuery: binlogColumns}

func openBinlog(l login, o Options) (*dbsql.DB, error) {
	config := mysql.NewConfig()
	config.Net, config.Addr = "tcp", net.JoinHostPort(l.host, l.port)
	config.User, config.Passwd = l.user, l.password
	config.Timeout = o.ConnectTimeout
	// Contexts bound everything but the end of the transaction. They must fire
	// before these timeouts, which the driver reports as a lost connection.
	config.ReadTimeout = 2 * max(o.ConnectTimeout, o.StatementTimeout)
	config.WriteTimeout = config.ReadTimeout
	config.Logger = &mysql.NopLogger{} // what it would print isn't redacted
	config.ConnectionAttributes = "program_name:" + application
	config.TLS = l.tls.first
	config.AllowFallbackToPlaintext = l.tls.first != nil && l.tls.second != nil
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	db := dbsql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	return db, nil
}

// binlogProblems maps the server's error numbers to connection problems.
var binlogProblems = map[uint16]Problem{
	1044: LoginRefused, // ER_DBACCESS_DENIED_ERROR
	1045: LoginRefused, // ER_ACCESS_DENIED_ERROR
	1130: LoginRefused, // ER_HOST_NOT_PRIVILEGED
	1698: LoginRefused, // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
	1820: LoginRefused, // ER_MUST_CHANGE_PASSWORD
	1862: LoginRefused, // ER_MUST_CHANGE_PASSWORD_LOGIN
	3118: LoginRefused, // ER_ACCOUNT_HAS_BEEN_LOCKED
	4151: LoginRefused, // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB
	1040: Full,         // ER_CON_COUNT_ERROR
	1203: Full,         // ER_TOO_MANY_USER_CONNECTIONS
	1226: Full,         // ER_USER_LIMIT_REACHED
	3159: TLSRequired,  // ER_SECURE_TRANSPORT_REQUIRED
	1053: Lost,         // ER_SERVER_SHUTDOWN
	1927: Lost,         // ER_CONNECTION_KILLED of MariaDB
	3024: Silent,       // ER_QUERY_TIMEOUT
	1969: Silent,       // ER_STATEMENT_TIMEOUT of MariaDB
}

func classifyBinlog(err error) (Problem, bool) {
	var my *mysql.MySQLError
	switch {
	case errors.As(err, &my):
		problem, known := binlogProblems[my.Number]
		if !known {
			problem, known = Failed, true
		}
		return problem, known
	case errors.Is(err, mysql.ErrNoTLS):
		return TLSRefused, true
	case errors.Is(err, mysql.ErrInvalidConn):
		return Lost, true
	}
	return 0, false
}

// refusedByBinlog excludes errors that end the connection, and timeouts.
func refusedByBinlog(err error) bool {
	var my *mysql.MySQLError
	if errors.Is(err, errColumns) {
		return true
	}
	if !errors.As(err, &my) {
		return false
	}
	problem := binlogProblems[my.Number]
	return problem != Lost && problem != Silent
}
