package preflight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// connectionFailure is a connection to the database that a worker couldn't make.
type connectionFailure struct {
	login      bool   // the database answered, and refused the login
	noPassword bool   // and no password is set
	property   string // what it is about, as far as the message tells
	target     string // the host and port that were tried
	tried      string // all that was tried, in words
	message    string // the driver's words
}

// loginRefusals are parts of the drivers' messages when the database answered
// but refused the login.
var loginRefusals = []string{
	"password authentication failed",     // PostgreSQL
	"no password was provided by plugin", // PostgreSQL's driver
	"is not permitted to log in",         // PostgreSQL
	"Access denied for user",             // MySQL, MariaDB
	"ORA-01017",                          // Oracle: invalid user or password
	"Login failed for user",              // SQL Server
	"Exception authenticating",           // MongoDB's driver
	"SQLCODE=-4214",                      // Db2: user ID or password invalid
}

func newConnectionFailure(kind *catalog.Kind, e translate.Effective, message string) connectionFailure {
	f := connectionFailure{message: message}
	if kind == nil || len(kind.Definitions("database.hostname")) > 0 {
		f.property = "database.hostname"
	}
	f.login = slices.ContainsFunc(loginRefusals, func(part string) bool { return strings.Contains(message, part) })
	_, hasPassword := e.Config["database.password"]
	f.noPassword = f.login && !hasPassword && !e.Unknown["database.password"] && e.Config["database.user"] != ""
	host, port := e.Config["database.hostname"], e.Config["database.port"]
	if port == "" && kind != nil {
		if d := kind.Definition("database.port", kind.Newest()); d != nil && d.Default != nil {
			port = *d.Default
		}
	}
	f.target = host + ":" + port
	switch {
	case kind != nil && (kind.Name == "mongodb" || kind.Name == "mongodb_sink"):
		f.property = "mongodb.connection.string"
	case kind != nil && kind.Sink:
		f.property = "connection.url"
	case host == "" && e.Config["database.url"] != "":
		f.property = "database.url"
	case f.noPassword:
		f.property = "database.password"
	case f.login:
		f.property = "database.user"
	}
	if host != "" {
		f.tried = triedTarget(host, port, e.Config)
	}
	return f
}

// triedTarget names the host, port, database and user of a connection.
func triedTarget(host, port string, config map[string]string) string {
	parts := []string{"host " + host}
	if port != "" {
		parts = append(parts, "port "+port)
	}
	for _, property := range []string{"database.dbname", "database.names"} {
		if config[property] != "" {
			parts = append(parts, "database "+config[property])
		}
	}
	if config["database.user"] != "" {
		parts = append(parts, "user "+config["database.user"])
	}
	return strings.Join(parts, ", ")
}

func (f connectionFailure) summary() string {
	switch {
	case f.noPassword:
		return "The database rejected the login: no password is set"
	case f.login:
		return "The database rejected the login"
	}
	return "The database can't be reached"
}

func (f connectionFailure) detail() string {
	var b strings.Builder
	b.WriteString("The worker, not this machine, tried to connect")
	if f.tried != "" {
		fmt.Fprintf(&b, " (%s)", f.tried)
	}
	fmt.Fprintf(&b, ":\n\n%s\n\n", f.message)
	switch {
	case f.noPassword:
		b.WriteString("Set database_password_wo with database_password_wo_version, or database_password.")
	case f.login:
		b.WriteString("The database answered, so the address is right. Check the user and password, and that the database accepts this user from the worker's address.")
	default:
		b.WriteString("Check the address, that the database is running there, and that the worker can reach it.")
	}
	return b.String()
}
