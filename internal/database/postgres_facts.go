package database

// postgresFacts are what one login sees of one PostgreSQL database.
type postgresFacts struct {
	version  int // 150004 is 15.4
	standby  bool
	settings map[string]string
	role     postgresRole
	senders  int // WAL senders that run
	allSlots []postgresSlot
	// decoderbufs tells whether the plug-in's extension is installed.
	decoderbufs  bool
	publications map[string]*postgresPublication
	tables       []*postgresTable // those that Debezium may capture
	byID         map[int64]*postgresTable
	others       map[string]string // names of views and the like, and what they are
	schemas      []string
}

// setting is a server's setting as pg_settings has it, in its own unit.
func (f *postgresFacts) setting(name string) string { return f.settings[name] }

type postgresRole struct {
	name             string
	database         string // that it is connected to
	super            bool
	replication      bool
	managed          string // a role of a managed service that it belongs to, which allows replication
	create           bool   // may create in the database
	connectionLimit  int    // -1 is none
	statementTimeout string // "0" is none
}

type postgresSlot struct {
	name, plugin, kind, database string
	active                       bool
	pid                          int64
	status                       string // wal_status; empty before 13
}

type postgresPublication struct {
	name                                 string
	all                                  bool
	inserts, updates, deletes, truncates bool
	viaRoot                              bool
	owned                                bool // by the role
	owner                                string
	tables                               map[int64]bool
	schemas                              map[string]bool
}

type postgresTable struct {
	id            int64
	schema, table string
	partitioned   bool
	parent        int64 // of a partition
	logged        bool
	identity      string // relreplident
	identityIndex string
	owned         bool
	owner         string
	readable      bool     // in whole
	someReadable  bool     // at least a column
	writable      bool     // INSERT
	usable        bool     // USAGE on the schema
	key           []string // the primary key's columns
	unique        bool     // has another unique index, whose columns Debezium takes for the key
	columns       int
}

// name is the table's name as Debezium's lists have it.
func (t *postgresTable) name() string { return t.schema + "." + t.table }

// quoted is the table's name in SQL.
func (t *postgresTable) quoted() string {
	return quotePostgres(t.schema) + "." + quotePostgres(t.table)
}

// covers reports whether a publication has a table: itself, by its schema, or
// through a table that it is a partition of.
func (p *postgresPublication) covers(t *postgresTable, f *postgresFacts) bool {
	for ; t != nil; t = f.byID[t.parent] {
		if p.all && t.logged || p.tables[t.id] || p.schemas[t.schema] {
			return true
		}
	}
	return false
}

// leaves are the partitions of a table that hold its rows, at any depth.
func (f *postgresFacts) leaves(t *postgresTable) []*postgresTable {
	var leaves []*postgresTable
	for _, p := range f.tables {
		if p.parent != t.id {
			continue
		}
		if p.partitioned {
			leaves = append(leaves, f.leaves(p)...)
		} else {
			leaves = append(leaves, p)
		}
	}
	return leaves
}
