package catalog

import "slices"

// traits are all kinds that the provider has resources for. The limits on tasks
// are from each connector's taskConfigs.
var traits = []*Traits{
	{Name: "mysql", Class: "io.debezium.connector.mysql.MySqlConnector", Title: "MySQL",
		Relational: true, SchemaHistory: true, OneTaskOnly: true},
	{Name: "mariadb", Class: "io.debezium.connector.mariadb.MariaDbConnector", Title: "MariaDB",
		Relational: true, SchemaHistory: true, OneTaskOnly: true},
	{Name: "postgres", Class: "io.debezium.connector.postgresql.PostgresConnector", Title: "PostgreSQL",
		Relational: true},
	{Name: "oracle", Class: "io.debezium.connector.oracle.OracleConnector", Title: "Oracle",
		Relational: true, SchemaHistory: true, OneTaskOnly: true},
	{Name: "sqlserver", Class: "io.debezium.connector.sqlserver.SqlServerConnector", Title: "SQL Server",
		Relational: true, SchemaHistory: true, MultiTask: true},
	{Name: "mongodb", Class: "io.debezium.connector.mongodb.MongoDbConnector", Title: "MongoDB"},
	{Name: "db2", Class: "io.debezium.connector.db2.Db2Connector", Title: "Db2",
		Relational: true, SchemaHistory: true},
	{Name: "informix", Class: "io.debezium.connector.informix.InformixConnector", Title: "Informix",
		Relational: true, SchemaHistory: true, OneTaskOnly: true},
	{Name: "vitess", Class: "io.debezium.connector.vitess.VitessConnector", Title: "Vitess",
		Relational: true, MultiTask: true},
	{Name: "spanner", Class: "io.debezium.connector.spanner.SpannerConnector", Title: "Spanner",
		MultiTask: true},
	{Name: "ibmi", Class: "io.debezium.connector.db2as400.As400RpcConnector", Title: "Db2 for i",
		Relational: true},
	{Name: "jdbc_sink", Class: "io.debezium.connector.jdbc.JdbcSinkConnector", Title: "JDBC sink",
		Sink: true, MultiTask: true},
	// The class has been in the source connector's plugin since 3.0.
	{Name: "mongodb_sink", Class: "io.debezium.connector.mongodb.MongoDbSinkConnector", Title: "MongoDB sink",
		Sink: true, MultiTask: true},
}

// AllTraits returns the traits of all kinds, whether their data has been
// captured or not: what tools/catalog iterates over.
func AllTraits() []*Traits { return traits }

// kinds selects the kinds that an overlay row applies to.
type kinds func(*Traits) bool

var (
	allKinds   kinds = func(*Traits) bool { return true }
	sources    kinds = func(t *Traits) bool { return !t.Sink }
	sinks      kinds = func(t *Traits) bool { return t.Sink }
	relational kinds = func(t *Traits) bool { return t.Relational }
	historized kinds = func(t *Traits) bool { return t.SchemaHistory }
	binlog           = only("mysql", "mariadb")
	// snapshotting are the sources that can read existing data.
	snapshotting = sources.except("spanner")
)

func only(names ...string) kinds {
	return func(t *Traits) bool { return slices.Contains(names, t.Name) }
}

func (in kinds) except(names ...string) kinds {
	return func(t *Traits) bool { return in(t) && !slices.Contains(names, t.Name) }
}
