package diagnosis

// What databases and their drivers write when they refuse a connection, in
// lower case: in a task's trace, and in the errors of a worker's validation.
// Those of PostgreSQL 15, MySQL 8.0 and MariaDB 11.4 were seen with Debezium
// 3.6.1.
var (
	// HostRefused: PostgreSQL's pg_hba.conf doesn't admit the client.
	HostRefused = []string{"no pg_hba.conf entry for", "pg_hba.conf rejects connection"}

	// LoginRefused: the user or the password is wrong, locked or expired.
	LoginRefused = []string{
		"password authentication failed",                      // PostgreSQL
		"authentication, but no password was provided",        // PostgreSQL's driver: SCRAM, or through one of its plugins
		"authentication, but the password is an empty string", // PostgreSQL's driver
		"is not permitted to log in",                          // PostgreSQL
		"access denied for user",                              // MySQL, MariaDB
		"is not allowed to connect to this",                   // MySQL, MariaDB: no user for this host
		"your password has expired",                           // MySQL, MariaDB
		"ora-01017",                                           // Oracle: invalid user or password
		"ora-28000",                                           // Oracle: the account is locked
		"ora-28001",                                           // Oracle: the password has expired
		"login failed for user",                               // SQL Server
		"exception authenticating",                            // MongoDB's driver
		"sqlcode=-4214",                                       // Db2: user ID or password invalid
	}

	// DatabaseRefused: no database has that name, or it is closed.
	DatabaseRefused = []string{
		"fatal: database \"",   // PostgreSQL: … does not exist, … is not currently accepting connections
		"cannot open database", // SQL Server
		"ora-12514",            // Oracle: the listener doesn't know the service
		"ora-12505",            // Oracle: the listener doesn't know the SID
	}

	// ConnectionsExhausted: a limit of the server, the database or the user.
	ConnectionsExhausted = []string{
		"too many connections",            // PostgreSQL: … for a role or a database; MySQL, MariaDB
		"too many clients already",        // PostgreSQL
		"remaining connection slots are",  // PostgreSQL
		"has exceeded the 'max_user_conn", // MySQL, MariaDB
	}
)
