package database_test

import "github.com/cdc/terraform-provider-debezium/internal/database"

// binlogCases need no server of their own. NAME is that of the site.
var binlogCases = []unready{
	{
		check: "binlog-select", wrong: []string{`CREATE TABLE NAME.u (id INT PRIMARY KEY)`, `REVOKE SELECT ON NAME.* FROM NAME`,
			`GRANT INSERT ON NAME.t TO NAME`},
		severity: failing, property: "database.user", summary: "may not read NAME.t",
	},
	{
		check: "binlog-reload", wrong: []string{`REVOKE RELOAD ON *.* FROM NAME`},
		severity: failing, property: "database.user", summary: "has no RELOAD",
	},
	{
		check: "binlog-reload", name: "lock tables", wrong: []string{`REVOKE RELOAD ON *.* FROM NAME`, `GRANT LOCK TABLES ON *.* TO NAME`},
		severity: failing, property: "database.user", summary: "has no RELOAD", words: "Access denied; you need (at least one of) the RELOAD",
	},
	{
		check: "binlog-reload", name: "none", wrong: []string{`REVOKE RELOAD ON *.* FROM NAME`},
		severity: failing, property: "database.user", summary: "has no RELOAD", runs: true,
		fix: map[string]string{"snapshot.locking.mode": "none"},
	},
	{
		check: "binlog-replication-slave", wrong: []string{`REVOKE REPLICATION SLAVE ON *.* FROM NAME`},
		severity: failing, property: "database.user", summary: "has no REPLICATION SLAVE",
	},
	{
		check: "binlog-replication-client", only: database.MySQL, wrong: []string{`REVOKE REPLICATION CLIENT ON *.* FROM NAME`},
		severity: failing, property: "database.user", summary: "has no REPLICATION CLIENT",
	},
	{
		check: "binlog-replication-client", only: database.MariaDB, wrong: []string{`REVOKE BINLOG MONITOR ON *.* FROM NAME`},
		severity: failing, property: "database.user", summary: "has no BINLOG MONITOR",
	},
	{
		check: "binlog-database-list", config: map[string]string{"database.include.list": "NAME,inventroy"},
		wrong:    []string{`GRANT SELECT ON inventory.* TO NAME`},
		severity: warning, property: "database.include.list", summary: "did you mean inventory?",
		fix: map[string]string{"database.include.list": "NAME,inventory"},
	},
	{
		check: "binlog-table-list", config: map[string]string{"table.include.list": "NAME.t,NAME.order_linse"},
		wrong:    []string{`CREATE TABLE NAME.order_lines (id INT PRIMARY KEY)`},
		severity: warning, property: "table.include.list", summary: "did you mean NAME.order_lines?",
		fix: map[string]string{"table.include.list": "NAME.t,NAME.order_lines"},
	},
	{
		check: "binlog-no-table", config: map[string]string{"table.include.list": "NAME.x", "database.include.list": ""},
		severity: warning, property: "table.include.list", summary: "captures no table that user", also: []string{"binlog-table-list"},
		fix: map[string]string{"table.include.list": "NAME.t"},
	},
	{
		check: "binlog-primary-key", config: map[string]string{"table.include.list": "NAME.t,NAME.log"},
		wrong:    []string{`CREATE TABLE NAME.log (at INT, what INT, UNIQUE (what))`},
		severity: warning, property: "message.key.columns", summary: "NAME.log",
		fix: map[string]string{"message.key.columns": "NAME.log:at"},
	},
	{
		check: "binlog-primary-key", name: "unique", config: map[string]string{"table.include.list": "NAME.t,NAME.log"},
		wrong:    []string{`CREATE TABLE NAME.log (at INT NOT NULL)`},
		severity: warning, property: "message.key.columns", summary: "NAME.log",
		then: []string{`CREATE UNIQUE INDEX key_of_log ON NAME.log (at)`},
	},
	{
		check: "binlog-foreign-keys", config: map[string]string{"table.include.list": "NAME.t,NAME.child"},
		wrong: []string{`GRANT REFERENCES ON NAME.* TO NAME`, `CREATE TABLE NAME.parent (id INT PRIMARY KEY)`,
			`CREATE TABLE NAME.child (id INT PRIMARY KEY, parent INT, CONSTRAINT cascading FOREIGN KEY (parent) REFERENCES NAME.parent (id) ON DELETE CASCADE)`},
		severity: warning, property: "table.include.list", summary: "NAME.child (cascading: ON DELETE CASCADE, of parent)",
		then: []string{`ALTER TABLE NAME.child DROP FOREIGN KEY cascading`, `ALTER TABLE NAME.child ADD FOREIGN KEY (parent) REFERENCES NAME.parent (id) ON DELETE RESTRICT`},
	},
	{
		check: "binlog-foreign-keys", name: "null", config: map[string]string{"table.include.list": "NAME.t,NAME.child"},
		wrong: []string{`GRANT REFERENCES ON NAME.* TO NAME`, `CREATE TABLE NAME.parent (id INT PRIMARY KEY)`,
			`CREATE TABLE NAME.child (id INT PRIMARY KEY, parent INT, CONSTRAINT emptying FOREIGN KEY (parent) REFERENCES NAME.parent (id) ON DELETE SET NULL)`},
		severity: warning, property: "table.include.list", summary: "NAME.child (emptying: ON DELETE SET NULL, of parent)",
		fix: map[string]string{"skipped.operations": "u"},
	},
	{
		check: "binlog-snapshot-list", config: map[string]string{"snapshot.include.collection.list": "NAME.tt"},
		severity: warning, property: "snapshot.include.collection.list", summary: "NAME.tt matches no captured table; did you mean NAME.t?",
		fix: map[string]string{"snapshot.include.collection.list": "NAME.t"},
	},
	{
		check: "binlog-select-overrides", config: map[string]string{
			"snapshot.select.statement.overrides": "NAME.T", "snapshot.select.statement.overrides.NAME.T": "SELECT * FROM NAME.t WHERE id = 1"},
		severity: warning, property: "snapshot.select.statement.overrides", summary: "NAME.T is no table's name; did you mean NAME.t?",
		fix: map[string]string{"snapshot.select.statement.overrides": "NAME.t", "snapshot.select.statement.overrides.NAME.t": "SELECT * FROM NAME.t WHERE id = 1"},
	},
	{
		check: "binlog-heartbeat-query", config: map[string]string{"heartbeat.interval.ms": "100", "heartbeat.action.query": "INSERT INTO NAME.beat VALUES (1)"},
		severity: failing, property: "heartbeat.action.query", summary: "beat",
		fix: map[string]string{"heartbeat.action.query": "SELECT 1"},
	},
	{
		check: "binlog-heartbeat-query", name: "privilege", config: map[string]string{"heartbeat.interval.ms": "100", "heartbeat.action.query": "INSERT INTO NAME.beat VALUES (1)"},
		wrong:    []string{`CREATE TABLE NAME.beat (id INT)`},
		severity: failing, property: "heartbeat.action.query", summary: "INSERT command denied", runs: true,
	},
	{
		check: "binlog-heartbeat-query", name: "database", config: map[string]string{"heartbeat.interval.ms": "100", "heartbeat.action.query": "INSERT INTO beat VALUES (1)"},
		wrong:    []string{`CREATE TABLE NAME.beat (id INT)`, `GRANT INSERT ON NAME.* TO NAME`},
		severity: warning, property: "heartbeat.action.query", summary: "No database selected", runs: true,
		fix: map[string]string{"heartbeat.action.query": "INSERT INTO NAME.beat VALUES (1)"},
	},
	{
		check: "binlog-signal-table", config: map[string]string{"signal.data.collection": "NAME.signals"},
		severity: warning, property: "signal.data.collection", summary: "doesn't exist",
	},
	{
		check: "binlog-signal-table", name: "privilege", config: map[string]string{"signal.data.collection": "NAME.signals"},
		wrong:    []string{`CREATE TABLE NAME.signals (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32), data VARCHAR(2048))`},
		severity: warning, property: "signal.data.collection", summary: "may not insert",
	},
	{
		check: "binlog-signal-table", name: "delete",
		config: map[string]string{"signal.data.collection": "NAME.signals", "incremental.snapshot.watermarking.strategy": "insert_delete"},
		wrong: []string{`CREATE TABLE NAME.signals (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32), data VARCHAR(2048))`,
			`GRANT INSERT ON NAME.signals TO NAME`},
		severity: warning, property: "signal.data.collection", summary: "may not delete",
	},
	{
		check: "binlog-signal-table", name: "columns", config: map[string]string{"signal.data.collection": "NAME.signals"},
		wrong: []string{`CREATE TABLE NAME.signals (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32))`,
			`CREATE TABLE NAME.signals3 (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32), data VARCHAR(2048))`, `GRANT INSERT ON NAME.* TO NAME`},
		severity: warning, property: "signal.data.collection", summary: "three columns", fix: map[string]string{"signal.data.collection": "NAME.signals3"},
	},
	{
		check: "binlog-public-key", only: database.MySQL, config: map[string]string{"database.ssl.mode": "disabled"},
		wrong:    []string{`ALTER USER NAME IDENTIFIED WITH caching_sha2_password BY 's3cret-of-NAME'`},
		severity: failing, property: "database.ssl.mode", summary: "caching_sha2_password",
		before: []string{`FLUSH PRIVILEGES`}, // the server forgets the login of the check
		fix:    map[string]string{"database.allowPublicKeyRetrieval": "true"},
	},
}
