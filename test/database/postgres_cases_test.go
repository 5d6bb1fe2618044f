package database_test

import "github.com/cdc/terraform-provider-debezium/internal/database"

const (
	failing = database.Error
	warning = database.Warning
)

// postgresCases need no server of their own. NAME is that of the site.
var postgresCases = []unready{
	{
		check: "postgres-slot-plugin", wrong: []string{`SELECT pg_create_logical_replication_slot('NAME', 'test_decoding')`},
		severity: failing, property: "slot.name", summary: "uses the plugin test_decoding",
	},
	{
		check: "postgres-slot-plugin", name: "physical", wrong: []string{`SELECT pg_create_physical_replication_slot('NAME')`},
		severity: failing, property: "slot.name", summary: "is a physical slot",
	},
	{
		check: "postgres-decoderbufs", config: map[string]string{"plugin.name": "decoderbufs"},
		severity: warning, property: "plugin.name", summary: "decoderbufs", fix: map[string]string{"plugin.name": "pgoutput"},
	},
	{
		check: "postgres-replication-role", wrong: []string{`ALTER ROLE NAME NOREPLICATION`},
		severity: failing, property: "database.user", summary: `Role "NAME" may not replicate`,
	},
	{
		check: "postgres-select", wrong: []string{`REVOKE SELECT ON t FROM NAME`},
		severity: failing, property: "database.user", summary: "may not read public.t",
	},
	{
		check: "postgres-schema-usage", wrong: []string{`REVOKE USAGE ON SCHEMA public FROM public`},
		severity: failing, property: "database.user", summary: "has no USAGE on schema public",
	},
	{
		check: "postgres-connection-limit", wrong: []string{`ALTER ROLE NAME CONNECTION LIMIT 1`},
		severity: failing, property: "database.user", summary: "1 connection only",
	},
	{
		// A policy makes each row take its time.
		check: "postgres-statement-timeout", wrong: []string{`ALTER ROLE NAME SET statement_timeout = '2s'`,
			`ALTER TABLE t ENABLE ROW LEVEL SECURITY`, `CREATE POLICY slow ON t USING (pg_sleep(4) IS NOT NULL)`},
		severity: warning, property: "database.user", summary: "statement_timeout of 2s",
		also: []string{"postgres-row-security"}, stays: []string{"postgres-row-security"},
	},
	{
		check: "postgres-publication-missing", wrong: []string{`DROP PUBLICATION NAME`},
		severity: failing, property: "publication.name", summary: `Publication "NAME" doesn't exist`,
	},
	{
		check: "postgres-publication-name", wrong: []string{`GRANT CREATE ON DATABASE NAME TO NAME`, `ALTER TABLE t OWNER TO NAME`, `DROP PUBLICATION NAME`},
		config:   map[string]string{"publication.name": "NAME_Pub", "publication.autocreate.mode": "filtered"},
		severity: failing, property: "publication.name", summary: "under another name",
	},
	{
		check: "postgres-publication-create", wrong: []string{`DROP PUBLICATION NAME`, `ALTER TABLE t OWNER TO NAME`},
		config:   map[string]string{"publication.autocreate.mode": "filtered"},
		severity: failing, property: "publication.autocreate.mode", summary: "may not create a publication",
	},
	{
		check: "postgres-publication-superuser", wrong: []string{`DROP PUBLICATION NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`},
		config:   map[string]string{"publication.autocreate.mode": "all_tables"},
		severity: failing, property: "publication.autocreate.mode", summary: "for all tables",
	},
	{
		check: "postgres-publication-table-owner", wrong: []string{`DROP PUBLICATION NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`,
			`CREATE ROLE NAME_owner`, `ALTER TABLE t OWNER TO NAME_owner`},
		config:   map[string]string{"publication.autocreate.mode": "filtered"},
		severity: failing, property: "publication.autocreate.mode", summary: "doesn't own public.t",
	},
	{
		check: "postgres-publication-owner", wrong: []string{`ALTER TABLE t OWNER TO NAME`, `CREATE TABLE other (id int PRIMARY KEY)`, `ALTER PUBLICATION NAME ADD TABLE other`},
		config:   map[string]string{"publication.autocreate.mode": "filtered"},
		severity: failing, property: "publication.name", summary: `belongs to "postgres"`,
	},
	{
		check: "postgres-publication-all-tables", wrong: []string{`DROP PUBLICATION NAME`, `CREATE PUBLICATION NAME FOR ALL TABLES`,
			`ALTER TABLE t OWNER TO NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`},
		config:   map[string]string{"publication.autocreate.mode": "filtered"},
		severity: failing, property: "publication.autocreate.mode", summary: "covers all tables",
	},
	{
		check: "postgres-publication-tables", wrong: []string{`CREATE TABLE other (id int PRIMARY KEY)`, `ALTER PUBLICATION NAME SET TABLE other`},
		severity: failing, property: "publication.name", summary: "lacks public.t",
	},
	{
		check: "postgres-publication-without-tables", wrong: []string{`DROP PUBLICATION NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`},
		config:   map[string]string{"publication.autocreate.mode": "no_tables"},
		severity: warning, property: "publication.autocreate.mode", summary: "will be created without tables",
	},
	{
		check: "postgres-enum-type", wrong: []string{`CREATE TYPE mood AS ENUM ('good', 'bad')`, `CREATE DOMAIN feeling AS mood NOT NULL`,
			`CREATE TABLE parts (id int, v feeling) PARTITION BY RANGE (id)`, `CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9)`},
		severity: failing, property: "database.dbname", summary: "Domain feeling is over an enum",
		words: "java.lang.NullPointerException", // all that a JVM says that has thrown it often
	},
	{
		check: "postgres-enum-type", name: "without values", wrong: []string{`CREATE SCHEMA elsewhere`, `CREATE TYPE elsewhere."no thing" AS ENUM ()`},
		severity: failing, property: "database.dbname", summary: `Type elsewhere."no thing" is an enum without values`,
		words: "java.lang.NullPointerException",
	},
	{
		check: "postgres-column-type", wrong: []string{`ALTER TABLE t ADD COLUMN shape circle`, `ALTER TABLE t ADD COLUMN spot point`},
		severity: warning, property: "column.exclude.list", summary: "doesn't publish public.t.shape (circle)", fix: map[string]string{"column.exclude.list": "public.t.shape"},
	},
	{
		check: "postgres-publication-operations", wrong: []string{`ALTER PUBLICATION NAME SET (publish = 'update, truncate')`},
		severity: failing, property: "publication.name", summary: "doesn't publish insert, delete",
	},
	{
		check: "postgres-publication-operations", name: "truncate", wrong: []string{`ALTER PUBLICATION NAME SET (publish = 'insert, update, delete')`},
		config:   map[string]string{"skipped.operations": "none"},
		severity: warning, property: "publication.name", summary: "doesn't publish truncate",
	},
	{
		check: "postgres-publication-partitions", wrong: []string{`DROP TABLE t`, `CREATE TABLE t (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)`,
			`CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (100)`, `INSERT INTO t VALUES (1, 'first')`,
			`GRANT SELECT ON t TO NAME`, `ALTER PUBLICATION NAME ADD TABLE t`},
		severity: failing, property: "publication.name", summary: "public.t arrive under the names of partitions",
	},
	{
		check: "postgres-publication-partitions", name: "root", wrong: []string{`CREATE TABLE p (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)`,
			`CREATE TABLE p_low PARTITION OF p FOR VALUES FROM (0) TO (100)`, `GRANT SELECT ON p, p_low TO NAME`,
			`ALTER PUBLICATION NAME ADD TABLE p`, `ALTER PUBLICATION NAME SET (publish_via_partition_root = true)`},
		config:   map[string]string{"table.include.list": "public.t,public.p_low"},
		severity: failing, property: "table.include.list", summary: "public.p_low arrive under the name of the partitioned table",
		fix: map[string]string{"table.include.list": "public.t,public.p"},
	},
	{
		check: "postgres-table-list", config: map[string]string{"table.include.list": "public.t,public.order_linse"},
		wrong:    []string{`CREATE TABLE order_lines (id int PRIMARY KEY)`, `GRANT SELECT ON order_lines TO NAME`, `ALTER PUBLICATION NAME ADD TABLE order_lines`},
		severity: warning, property: "table.include.list", summary: "public.order_linse matches no table; did you mean public.order_lines?",
		fix: map[string]string{"table.include.list": "public.t,public.order_lines"},
	},
	{
		check: "postgres-table-list", name: "view", config: map[string]string{"table.include.list": "public.t,public.summary"},
		wrong:    []string{`CREATE VIEW summary AS SELECT count(*) FROM t`},
		severity: warning, property: "table.include.list", summary: "public.summary matches no table",
		fix: map[string]string{"table.include.list": "public.t"},
	},
	{
		check: "postgres-schema-list", config: map[string]string{"schema.include.list": "public,wharehouse", "table.include.list": ""},
		wrong:    []string{`CREATE SCHEMA warehouse`},
		severity: warning, property: "schema.include.list", summary: "did you mean warehouse?",
		fix: map[string]string{"schema.include.list": "public,warehouse"},
	},
	{
		check: "postgres-no-table", config: map[string]string{"table.include.list": "public.(x|y)+", "publication.autocreate.mode": "filtered"},
		wrong:    []string{`DROP PUBLICATION NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`, `ALTER TABLE t OWNER TO NAME`},
		severity: failing, property: "table.include.list", summary: "captures no table", also: []string{"postgres-table-list"},
		fix: map[string]string{"table.include.list": "public.(t|u)"},
	},
	{
		check: "postgres-primary-key", config: map[string]string{"table.include.list": "public.t,public.log"},
		wrong:    []string{`CREATE TABLE log (at timestamp)`, `ALTER TABLE log REPLICA IDENTITY FULL`, `GRANT SELECT ON log TO NAME`, `ALTER PUBLICATION NAME ADD TABLE log`},
		severity: warning, property: "message.key.columns", summary: "public.log",
		fix: map[string]string{"message.key.columns": "public.log:at"},
	},
	{
		check: "postgres-primary-key", name: "unique", config: map[string]string{"table.include.list": "public.t,public.log"},
		wrong:    []string{`CREATE TABLE log (at timestamp, what text)`, `CREATE UNIQUE INDEX ON log (lower(what))`, `ALTER TABLE log REPLICA IDENTITY FULL`, `GRANT SELECT ON log TO NAME`, `ALTER PUBLICATION NAME ADD TABLE log`},
		severity: warning, property: "message.key.columns", summary: "public.log",
		then: []string{`CREATE UNIQUE INDEX ON log (at)`},
	},
	{
		check: "postgres-replica-identity", config: map[string]string{"table.include.list": "public.t,public.log", "message.key.columns": "public.log:at"},
		wrong:    []string{`CREATE TABLE log (at timestamp)`, `GRANT SELECT ON log TO NAME`, `ALTER PUBLICATION NAME ADD TABLE log`},
		severity: warning, property: "database.hostname", summary: "fail on public.log",
	},
	{
		check: "postgres-replica-identity-full", config: map[string]string{"skip.messages.without.change": "true"},
		severity: warning, property: "skip.messages.without.change", summary: "public.t",
	},
	{
		check: "postgres-replica-identity-full", name: "transform", config: map[string]string{"transforms": "changed", "transforms.changed.type": "io.debezium.transforms.ExtractChangedRecordState"},
		severity: warning, property: "transforms.changed.type", summary: "public.t",
	},
	{
		check: "postgres-replica-identity-autoset", config: map[string]string{"replica.identity.autoset.values": "public.t:FULL"},
		severity: warning, property: "replica.identity.autoset.values", summary: "may not set the replica identity of public.t",
	},
	{
		check: "postgres-replica-identity-autoset", name: "entry", config: map[string]string{"replica.identity.autoset.values": "public.u:FULL"},
		severity: warning, property: "replica.identity.autoset.values", summary: "public.u:FULL matches no captured table",
		fix: map[string]string{"replica.identity.autoset.values": "public.t:DEFAULT"},
	},
	{
		check: "postgres-unlogged", config: map[string]string{"table.include.list": "public.t,public.cache", "publication.autocreate.mode": "filtered"},
		wrong: []string{`CREATE UNLOGGED TABLE cache (id int PRIMARY KEY)`, `ALTER TABLE cache OWNER TO NAME`, `ALTER TABLE t OWNER TO NAME`,
			`DROP PUBLICATION NAME`, `GRANT CREATE ON DATABASE NAME TO NAME`},
		severity: failing, property: "table.include.list", summary: "public.cache",
	},
	{
		check: "postgres-unlogged", name: "beside", config: map[string]string{"table.include.list": "public.t,public.cache"},
		wrong:    []string{`CREATE UNLOGGED TABLE cache (id int PRIMARY KEY)`, `GRANT SELECT ON cache TO NAME`},
		severity: warning, property: "table.include.list", summary: "public.cache", runs: true, fix: map[string]string{"table.include.list": "public.t"},
	},
	{
		check: "postgres-row-security", wrong: []string{`ALTER TABLE t ENABLE ROW LEVEL SECURITY`, `CREATE POLICY few ON t USING (id > 1)`},
		severity: warning, property: "database.user", summary: "limits which rows of public.t role",
	},
	{
		check: "postgres-row-security", name: "policy", wrong: []string{`ALTER TABLE t ENABLE ROW LEVEL SECURITY`, `CREATE POLICY others ON t TO postgres USING (true)`},
		severity: warning, property: "database.user", summary: "limits which rows of public.t role",
		then: []string{`CREATE POLICY everything ON t FOR SELECT TO NAME USING (true)`},
	},
	{
		check: "postgres-row-security", name: "restrictive", wrong: []string{`ALTER TABLE t ENABLE ROW LEVEL SECURITY`, `CREATE POLICY everything ON t USING (true)`,
			`CREATE POLICY few ON t AS RESTRICTIVE USING (id > 1)`},
		severity: warning, property: "database.user", summary: "limits which rows of public.t role",
	},
	{
		check: "postgres-publication-rows", wrong: []string{`ALTER PUBLICATION NAME SET TABLE t WHERE (id > 0)`},
		severity: warning, property: "publication.name", summary: `Publication "NAME" publishes only some rows of public.t`,
		fix: map[string]string{"snapshot.select.statement.overrides": "public.t", "snapshot.select.statement.overrides.public.t": "SELECT * FROM public.t WHERE id > 0"},
	},
	{
		check: "postgres-publication-rows", name: "kept", wrong: []string{`GRANT CREATE ON DATABASE NAME TO NAME`, `ALTER TABLE t OWNER TO NAME`,
			`ALTER PUBLICATION NAME OWNER TO NAME`, `ALTER PUBLICATION NAME SET TABLE t WHERE (id > 0)`},
		config:   map[string]string{"publication.autocreate.mode": "filtered"},
		severity: warning, property: "publication.name", summary: `Publication "NAME" publishes only some rows of public.t`,
		then: []string{`ALTER PUBLICATION NAME SET TABLE t`},
	},
	{
		check: "postgres-publication-columns", wrong: []string{`ALTER TABLE t ADD w text`, `ALTER PUBLICATION NAME SET TABLE t (id, v)`},
		severity: failing, property: "publication.name", summary: `Publication "NAME" doesn't publish public.t.w`,
		fix: map[string]string{"column.exclude.list": "public.t.w"},
	},
	{
		check: "postgres-generated-columns", wrong: []string{`ALTER TABLE t ADD w text GENERATED ALWAYS AS (v || '!') STORED`},
		severity: warning, property: "column.exclude.list", summary: "generated columns public.t.w",
		fix: map[string]string{"column.exclude.list": "public.t.w"},
	},
	{
		check: "postgres-child-tables", wrong: []string{`CREATE TABLE child () INHERITS (t)`, `CREATE TABLE grandchild () INHERITS (child)`},
		severity: warning, property: "table.include.list", summary: "Tables that inherit from public.t aren't captured: public.child, public.grandchild",
		fix: map[string]string{"snapshot.select.statement.overrides": "public.t", "snapshot.select.statement.overrides.public.t": "SELECT * FROM ONLY public.t"},
	},
	{
		check: "postgres-snapshot-list", config: map[string]string{"snapshot.include.collection.list": "public.tt"},
		severity: warning, property: "snapshot.include.collection.list", summary: "public.tt matches no captured table; did you mean public.t?",
		fix: map[string]string{"snapshot.include.collection.list": "public.t"},
	},
	{
		check: "postgres-select-overrides", config: map[string]string{
			"snapshot.select.statement.overrides": "public.T", "snapshot.select.statement.overrides.public.T": "SELECT * FROM public.t WHERE id = 1"},
		severity: warning, property: "snapshot.select.statement.overrides", summary: "public.T is no table's name; did you mean public.t?",
		fix: map[string]string{"snapshot.select.statement.overrides": "public.t", "snapshot.select.statement.overrides.public.t": "SELECT * FROM public.t WHERE id = 1"},
	},
	{
		check: "postgres-heartbeat-query", config: map[string]string{"heartbeat.interval.ms": "100", "heartbeat.action.query": "INSERT INTO beat VALUES (1)"},
		severity: failing, property: "heartbeat.action.query", summary: `relation "beat" does not exist`,
		fix: map[string]string{"heartbeat.action.query": "SELECT pg_logical_emit_message(false, 'beat', now()::text)"},
	},
	{
		check: "postgres-heartbeat-query", name: "privilege", config: map[string]string{"heartbeat.interval.ms": "100", "heartbeat.action.query": "INSERT INTO public.beat VALUES (1)"},
		wrong:    []string{`CREATE TABLE beat (id int)`},
		severity: warning, property: "heartbeat.action.query", summary: `permission denied for table beat`, runs: true,
	},
	{
		check: "postgres-signal-table", config: map[string]string{"signal.data.collection": "public.signals"},
		severity: warning, property: "signal.data.collection", summary: "doesn't exist",
	},
	{
		check: "postgres-signal-table", name: "privilege", config: map[string]string{"signal.data.collection": "public.signals"},
		wrong:    []string{`CREATE TABLE signals (id text PRIMARY KEY, type text, data text)`, `GRANT SELECT ON signals TO NAME`, `ALTER PUBLICATION NAME ADD TABLE signals`},
		severity: warning, property: "signal.data.collection", summary: "may not insert",
	},
	{
		check: "postgres-signal-table", name: "delete",
		config:   map[string]string{"signal.data.collection": "public.signals", "incremental.snapshot.watermarking.strategy": "insert_delete"},
		wrong:    []string{`CREATE TABLE signals (id text PRIMARY KEY, type text, data text)`, `GRANT SELECT, INSERT ON signals TO NAME`, `ALTER PUBLICATION NAME ADD TABLE signals`},
		severity: warning, property: "signal.data.collection", summary: "may not delete",
	},
	{
		check: "postgres-signal-table", name: "columns", config: map[string]string{"signal.data.collection": "public.signals"},
		wrong: []string{`CREATE TABLE signals (id text PRIMARY KEY, type text)`, `CREATE TABLE signals3 (id text PRIMARY KEY, type text, data text)`,
			`GRANT SELECT, INSERT ON signals, signals3 TO NAME`, `ALTER PUBLICATION NAME ADD TABLE signals, signals3`},
		severity: warning, property: "signal.data.collection", summary: "2 columns", fix: map[string]string{"signal.data.collection": "public.signals3"},
	},
}
