package preflight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/diagnosis"
)

// connectionFailure is a worker's failed connection to the database.
type connectionFailure struct {
	*answer
	noPassword bool   // the login was refused, and no password is set
	kept       bool   // the login was refused, and the password is the server's
	property   string // the property at fault, as far as the message shows
	target     string // the server it tried to reach
	tried      string // everything it tried, in words
	message    string // the driver's message
}

// answer classifies a failed connection by the driver's message.
type answer struct {
	parts      []string // substrings of the message in lower case, any of which matches
	login      bool     // the database answered and refused the login
	properties []string // the properties at fault: the first that the kind has
	summary    string
	advice     string
}

const loginRefused = "The database rejected the login"

// answers are in match order.
var answers = []*answer{
	{
		parts: diagnosis.HostRefused,
		login: true, properties: []string{"database.user"}, summary: loginRefused,
		advice: "The server answered, so the address is right, but its pg_hba.conf doesn't admit this user to this database from the worker's address. " +
			"Add an entry for it and reload the server's configuration. Where the message ends with \"no encryption\", the entry may ask for TLS: set database.sslmode to require.",
	},
	{
		parts: diagnosis.LoginRefused,
		login: true, properties: []string{"database.user"}, summary: loginRefused,
		advice: "The database answered, so the address is right. Check the user and password, and that the database accepts this user from the worker's address.",
	},
	{
		parts:      diagnosis.DatabaseRefused,
		properties: []string{"database.dbname", "database.names", "database.hostname"}, summary: "The database can't be opened",
		advice: "The server answered, so the address is right. Check the database's name, and that this database exists and accepts connections.",
	},
	{
		parts:      diagnosis.ConnectionsExhausted,
		properties: []string{"database.user", "database.hostname"}, summary: "The database accepts no more connections",
		advice: "The database answered, so the address is right, but its connection limit, or this user's, has been reached. Raise the limit, or close connections that aren't needed.",
	},
	{
		parts: []string{
			"the server does not support ssl", "an error occurred while setting up the ssl connection", // PostgreSQL's driver
			"pkix path building failed", // Java: the server's certificate isn't trusted
		},
		properties: []string{"database.sslmode", "database.ssl.mode", "database.hostname"}, summary: "The connection to the database can't be encrypted",
		advice: "Something answered at this address. Check the port, the connector's SSL mode, and that the worker trusts the server's certificate.",
	},
	{
		parts:   []string{"public key retrieval is not allowed", "failed to establish connection with the database"}, // MySQL's driver; Debezium, without the reason
		summary: unreachable,
		advice: "The reason isn't given. Check the address, that the database is running there, and that the worker can reach it; check database.ssl.mode; " +
			"and for a user with caching_sha2_password and a connection without TLS, set driver.allowPublicKeyRetrieval to true.",
	},
}

const unreachable = "The database can't be reached"

// noAnswer is every other failure.
var noAnswer = &answer{
	summary: unreachable,
	advice:  "Check the address, that the database is running there, and that the worker can reach it.",
}

func answerOf(message string) *answer {
	message = strings.ToLower(message)
	for _, a := range answers {
		if slices.ContainsFunc(a.parts, func(part string) bool { return strings.Contains(message, part) }) {
			return a
		}
	}
	return noAnswer
}

func newConnectionFailure(kind *catalog.Kind, e translate.Effective, message string) connectionFailure {
	f := connectionFailure{answer: answerOf(message), message: message}
	_, hasPassword := e.Config["database.password"]
	f.noPassword = f.login && !hasPassword && !e.Unknown["database.password"] && e.Config["database.user"] != ""
	f.kept = f.login && kind.AttributeOf("database.password") != nil && e.Kept["database.password"]
	f.property = f.about(kind, e)
	host, port := e.Config["database.hostname"], e.Config["database.port"]
	if f.property == mongoConnection {
		host, port = mongoHosts(e.Config[mongoConnection]), ""
	} else if kind != nil {
		if len(kind.Definitions("database.hostname")) == 0 {
			host = "" // ignored by this kind
		}
		if d := kind.Definition("database.port", kind.Newest()); d != nil && d.Default != nil {
			port = cmp.Or(port, *d.Default)
		}
	}
	f.target = host + ":" + port
	if host == "" {
		f.target = e.Config["database.url"] + e.Config["connection.url"]
	} else {
		f.tried = triedTarget(host, port, e.Config)
	}
	return f
}

const mongoConnection = "mongodb.connection.string"

// mongoHosts are the hosts and ports of a connection string, without the user
// and password before them and the options after. Anything before an @ may be
// part of a password.
func mongoHosts(connection string) string {
	_, hosts, _ := strings.Cut(connection, "://")
	hosts = hosts[strings.LastIndexByte(hosts, '@')+1:]
	if end := strings.IndexAny(hosts, "/?"); end >= 0 {
		hosts = hosts[:end]
	}
	return hosts
}

// about is the property to report a failure on, or "" if the kind has none.
func (f connectionFailure) about(kind *catalog.Kind, e translate.Effective) string {
	has := func(property string) bool { return kind == nil || len(kind.Definitions(property)) > 0 }
	switch {
	case kind != nil && (kind.Name == "mongodb" || kind.Name == "mongodb_sink"):
		return mongoConnection
	case kind != nil && kind.Sink:
		return "connection.url"
	case e.Config["database.hostname"] == "" && e.Config["database.url"] != "":
		return "database.url"
	case f.noPassword:
		return "database.password"
	}
	for _, property := range f.properties {
		if has(property) {
			return property
		}
	}
	if has("database.hostname") {
		return "database.hostname"
	}
	return ""
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

func (f connectionFailure) title() string {
	if f.noPassword {
		return f.summary + ": no password is set"
	}
	return f.summary
}

func (f connectionFailure) detail() string {
	var b strings.Builder
	b.WriteString("The worker, not this machine, tried to connect")
	if f.tried != "" {
		fmt.Fprintf(&b, " (%s)", f.tried)
	}
	fmt.Fprintf(&b, ":\n\n%s\n\n", f.message)
	if f.noPassword {
		b.WriteString("Set database_password_wo with database_password_wo_version, or database_password.")
	} else {
		b.WriteString(f.advice)
	}
	if f.kept {
		b.WriteString(" The password is the one that the connector has so far. To send another, set database_password_wo, and raise database_password_wo_version.")
	}
	return b.String()
}
