package database

// postgresFacts is what one login sees of a PostgreSQL database.
type postgresFacts struct {
	version  int // 150004 is 15.4
	standby  bool
	settings map[string]string
	role     postgresRole
	senders  int // running WAL senders
	allSlots []postgresSlot
	// decoderbufs is true if the plugin's extension is available.
	decoderbufs  bool
	publications map[string]*postgresPublication
	superusers   map[string]bool
	tables       []*postgresTable // those that Debezium may capture
	byID         map[int64]*postgresTable
	children     map[int64][]int64 // the tables that inherit from one, not its partitions
	others       map[string]string // names of views and the like, and what they are
	schemas      []string
	emptyEnums   []emptyEnum
}

// setting returns a server setting as in pg_settings, in its own unit.
func (f *postgresFacts) setting(name string) string { return f.settings[name] }

type postgresRole struct {
	name             string
	database         string // the current one
	super            bool
	replication      bool
	managed          string // a managed service's role that it is a member of and that allows replication
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
	filters                              map[int64]string   // the row filters of tables that have one
	lacks                                map[int64][]string // the columns of typesPublished that tables' lists of columns leave out
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
	readable      bool     // the whole table
	someReadable  bool     // at least one column
	writable      bool     // INSERT
	deletable     bool     // DELETE
	usable        bool     // USAGE on the schema
	key           []string // the primary key's columns
	unique        bool     // has another unique index, whose columns Debezium uses as the key
	columns       int
	limited       bool     // row-level security may hide rows from the role
	generated     []string // stored generated columns of typesPublished that aren't published
	unread        []unreadColumn
}

// name returns the table's name as in Debezium's lists.
func (t *postgresTable) name() string { return t.schema + "." + t.table }

// quoted returns the table's name quoted for SQL.
func (t *postgresTable) quoted() string {
	return quotePostgres(t.schema) + "." + quotePostgres(t.table)
}

// covers reports whether a publication includes a table: directly, by its
// schema, or through a table that it is a partition of.
func (p *postgresPublication) covers(t *postgresTable, f *postgresFacts) bool {
	for ; t != nil; t = f.byID[t.parent] {
		if p.all && t.logged || p.tables[t.id] || p.schemas[t.schema] {
			return true
		}
	}
	return false
}

// leaves returns the partitions that hold a table's rows, at any depth.
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
