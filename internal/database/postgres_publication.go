package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var postgresPublicationChecks = []check[*postgresView]{
	{Info{
		Check: "postgres-publication-missing", Property: "publication.name", Severity: Error,
		Title:   "The publication exists, where the connector may not create it (`publication.autocreate.mode` = `disabled`, or a standby).",
		Remedy:  "`CREATE PUBLICATION … FOR TABLE …;`",
		Source:  "Debezium PostgresReplicationConnection.initPublication",
		Failure: "Publication autocreation is disabled, please create one and restart the connector.",
	}, checkPublicationMissing},
	{Info{
		Check: "postgres-publication-name", Property: "publication.name", Severity: Error,
		Title:   "A publication that the connector is to create has a name in lower-case letters, digits and `_`: Debezium creates it without quotes, and reads it with them.",
		Remedy:  "`CREATE PUBLICATION … FOR TABLE …;`",
		Source:  "Debezium PostgresReplicationConnection.initPublication, run",
		Failure: "publication \"…\" already exists",
	}, checkPublicationName},
	{Info{
		Check: "postgres-publication-create", Property: "publication.autocreate.mode", Severity: Error,
		Title:   "The role has `CREATE` on the database, where it is to create the publication.",
		Remedy:  "`GRANT CREATE ON DATABASE … TO …;`",
		Source:  "PostgreSQL, CREATE PUBLICATION",
		Failure: "permission denied for database",
	}, checkPublicationCreate},
	{Info{
		Check: "postgres-publication-superuser", Property: "publication.autocreate.mode", Severity: Error,
		Title:   "The role is a superuser, where it is to create a publication for all tables (`all_tables`, the default).",
		Remedy:  "Set `publication.autocreate.mode` to filtered … `CREATE PUBLICATION … FOR ALL TABLES;`",
		Source:  "PostgreSQL, CREATE PUBLICATION",
		Failure: "must be superuser to create FOR ALL TABLES publication",
	}, checkPublicationSuperuser},
	{Info{
		Check: "postgres-publication-table-owner", Property: "publication.autocreate.mode", Severity: Error,
		Title:   "The role owns each captured table, where it is to put them into the publication (`filtered`).",
		Remedy:  "`GRANT … TO …;`",
		Source:  "PostgreSQL, CREATE PUBLICATION, ALTER PUBLICATION",
		Failure: "must be owner of table",
	}, checkPublicationTableOwner},
	{Info{
		Check: "postgres-publication-owner", Property: "publication.name", Severity: Error,
		Title:   "The role owns the publication, where it is to change its tables (`filtered`).",
		Remedy:  "`ALTER PUBLICATION … OWNER TO …;`",
		Source:  "PostgreSQL, ALTER PUBLICATION",
		Failure: "must be owner of publication",
	}, checkPublicationOwner},
	{Info{
		Check: "postgres-publication-all-tables", Property: "publication.autocreate.mode", Severity: Error,
		Title:   "The publication isn't one for all tables, where the connector is to filter it.",
		Remedy:  "`DROP PUBLICATION …;`",
		Source:  "Debezium PostgresReplicationConnection.initPublication",
		Failure: "is already active on the server and can not be altered",
	}, checkPublicationAllTables},
	{Info{
		Check: "postgres-publication-tables", Property: "publication.name", Severity: Error,
		Title:   "The publication has each captured table, where the connector doesn't set them itself.",
		Remedy:  "`ALTER PUBLICATION … ADD TABLE …;`",
		Source:  "PostgreSQL, Logical replication, Publication",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the tables' rows, and no change of them ever comes.",
	}, checkPublicationTables},
	{Info{
		Check: "postgres-publication-without-tables", Property: "publication.autocreate.mode", Severity: Warning,
		Title:   "The connector isn't to create a publication without tables (`no_tables`).",
		Remedy:  "`CREATE PUBLICATION … FOR TABLE …;`",
		Source:  "Debezium 3.0 PostgresReplicationConnection.initPublication, run",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the tables' rows, and no change comes until the tables are added to the publication.",
	}, checkPublicationWithoutTables},
	{Info{
		Check: "postgres-publication-operations", Property: "publication.name", Severity: Error,
		Title:   "The publication publishes each operation that `skipped.operations` doesn't leave out.",
		Remedy:  "`ALTER PUBLICATION … SET (publish = 'insert, update, delete, truncate');`",
		Source:  "PostgreSQL, CREATE PUBLICATION, publish",
		Silent:  true,
		Failure: "The connector is RUNNING, and operations of that kind never come.",
	}, checkPublicationOperations},
	{Info{
		Check: "postgres-publication-partitions", Property: "table.include.list", Severity: Error,
		Title:   "Changes of a partitioned table are published under a name that the lists choose (`publish_via_partition_root`).",
		Remedy:  "`ALTER PUBLICATION … SET (publish_via_partition_root = true);`",
		Source:  "PostgreSQL, CREATE PUBLICATION, publish_via_partition_root",
		Silent:  true,
		Failure: "The connector is RUNNING, the snapshot has the table's rows, and no change of it ever comes.",
	}, checkPublicationPartitions},
}

// publication returns the connector's publication, or nil if there is none.
func (v *postgresView) publication() *postgresPublication {
	return v.publications[v.value("publication.name")]
}

// creates reports whether the connector will create the publication at startup,
// in this mode; an empty one means any.
func (v *postgresView) creates(mode string) bool {
	is := v.option("publication.autocreate.mode")
	return v.publishes() && v.publication() == nil && !v.standby && is != "disabled" && is != "" && (mode == "" || mode == is)
}

// filters reports whether startup sets the publication's tables.
func (v *postgresView) filters() bool {
	return v.publishes() && !v.standby && v.option("publication.autocreate.mode") == "filtered"
}

// createPublication returns the statement that creates the publication.
func (v *postgresView) createPublication() string {
	_, tables := v.where(func(*postgresTable) bool { return true })
	return v.createFor("FOR TABLE "+strings.Join(tables, ", "), len(tables) == 0 || len(tables) > 10*listed)
}

func (v *postgresView) createFor(tables string, all bool) string {
	if all {
		tables = "FOR ALL TABLES"
	}
	with := ""
	if slices.ContainsFunc(v.captured, func(t *postgresTable) bool { return t.partitioned }) && v.version >= 130000 {
		with = " WITH (publish_via_partition_root = true)"
	}
	return fmt.Sprintf("CREATE PUBLICATION %s %s%s;", quotePostgres(v.value("publication.name")), tables, with)
}

func checkPublicationMissing(v *postgresView) {
	disabled := v.option("publication.autocreate.mode") == "disabled"
	if !v.publishes() || v.publication() != nil || !disabled && !v.standby {
		return
	}
	detail, where := "With publication.autocreate.mode = disabled the connector doesn't create it, and the task fails.", ""
	if v.standby {
		detail, where = "The server is a standby, on which the connector can't create it, and the task fails.", " on the primary"
	}
	remedy := sql("As the owner of the tables with CREATE on the database, or as a superuser, run this"+where+":", v.createPublication())
	if list := v.listInUse(); len(v.captured) == 0 && list != noList {
		// Not for all tables: the lists don't select them.
		remedy = fmt.Sprintf("Correct %s, or create its tables. Then create the publication%s for these tables, as their owner with CREATE on the database.", list, where)
	}
	v.add(fmt.Sprintf("Publication %q doesn't exist in database %q", v.value("publication.name"), v.role.database), detail, remedy)
}

func checkPublicationName(v *postgresView) {
	name := v.value("publication.name")
	if !v.creates("") || catalog.IsPostgresIdentifier(name) {
		return
	}
	v.add(fmt.Sprintf("Publication %q will be created under another name, or not at all", name),
		"Debezium doesn't quote the name when it creates the publication, so PostgreSQL folds it to lower case or rejects it; but when it reads from the publication, the exact name counts. The task fails.",
		sql("Choose a name in lower case, or create the publication first:", v.createPublication()))
}

func checkPublicationCreate(v *postgresView) {
	if !v.creates("") || v.role.create || v.role.super {
		return
	}
	v.add(fmt.Sprintf("Role %q may not create a publication in database %q", v.role.name, v.role.database),
		fmt.Sprintf("Publication %q doesn't exist, and publication.autocreate.mode = %s lets the connector create it, which requires CREATE on the database. The task fails.",
			v.value("publication.name"), v.value("publication.autocreate.mode")),
		sql("As the owner of the database, or a superuser, run this; or create the publication yourself and set publication.autocreate.mode to disabled:",
			fmt.Sprintf("GRANT CREATE ON DATABASE %s TO %s;", quotePostgres(v.role.database), v.asRole())))
}

func checkPublicationSuperuser(v *postgresView) {
	if !v.creates("all_tables") || v.role.super {
		return
	}
	v.add(fmt.Sprintf("Role %q may not create a publication for all tables", v.role.name),
		fmt.Sprintf("Publication %q doesn't exist, and publication.autocreate.mode = all_tables, the default, creates it for all tables, which only a superuser may do. The task fails.", v.value("publication.name")),
		sql("Set publication.autocreate.mode to filtered, or, as a superuser, run this:", v.createFor("", true)))
}

// resets reports whether startup sets the tables of an existing publication:
// Debezium compares the names, and leaves an equal list alone.
func (v *postgresView) resets() bool {
	p := v.publication()
	if !v.filters() || p == nil || p.all || v.chosen == nil || len(v.captured) == 0 {
		return false
	}
	same := len(p.schemas) == 0 && len(p.tables) == len(v.captured)
	for _, t := range v.captured {
		same = same && p.tables[t.id] && !t.partitioned
	}
	return !same
}

func checkPublicationTableOwner(v *postgresView) {
	if !v.creates("filtered") && !v.resets() {
		return
	}
	names, _ := v.where(func(t *postgresTable) bool { return !v.mayOwn(t) })
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("Role %q doesn't own %s", v.role.name, enumerate(names)),
		"With publication.autocreate.mode = filtered the connector adds the tables to the publication itself, which only their owner may do. The task fails.",
		v.ownerRemedy())
}

// ownerRemedy never makes the role a member of a superuser's: it would be one
// itself.
func (v *postgresView) ownerRemedy() string {
	var grants []string
	for _, t := range v.captured {
		grant := fmt.Sprintf("GRANT %s TO %s;", quotePostgres(t.owner), v.asRole())
		switch {
		case v.mayOwn(t) || slices.Contains(grants, grant):
		case v.superusers[t.owner]:
			return sql("Set publication.autocreate.mode to disabled, and, as a superuser, run this:", v.publishAll())
		default:
			grants = append(grants, grant)
		}
	}
	return sql("Create the publication yourself and set publication.autocreate.mode to disabled; or, as a superuser, make the role a member of the owner's:", grants...)
}

// publishAll returns the statement after which the publication has the captured
// tables.
func (v *postgresView) publishAll() string {
	if p := v.publication(); p != nil {
		_, tables := v.where(func(*postgresTable) bool { return true })
		return fmt.Sprintf("ALTER PUBLICATION %s SET TABLE %s;", quotePostgres(p.name), strings.Join(tables, ", "))
	}
	return v.createPublication()
}

func checkPublicationOwner(v *postgresView) {
	if p := v.publication(); v.resets() && !p.owned && !v.role.super {
		v.add(fmt.Sprintf("Publication %q belongs to %q, not to role %q", p.name, p.owner, v.role.name),
			"With publication.autocreate.mode = filtered the connector sets the publication's tables to its own, which only the owner may do. They differ now, and the task fails.",
			sql("Set publication.autocreate.mode to disabled, or, as a superuser, run this:",
				fmt.Sprintf("ALTER PUBLICATION %s OWNER TO %s;", quotePostgres(p.name), v.asRole())))
	}
}

func checkPublicationAllTables(v *postgresView) {
	if p := v.publication(); v.filters() && p != nil && p.all {
		v.add(fmt.Sprintf("Publication %q covers all tables", p.name),
			"With publication.autocreate.mode = filtered the connector would set the publication's tables, which PostgreSQL doesn't allow for such a publication. The task fails.",
			sql("Set publication.autocreate.mode to all_tables or disabled. If nobody else reads the publication, drop it, and the connector creates its own:",
				fmt.Sprintf("DROP PUBLICATION %s;", quotePostgres(p.name))))
	}
}

func checkPublicationTables(v *postgresView) {
	p := v.publication()
	if !v.publishes() || p == nil || v.filters() {
		return
	}
	// A partition's own name doesn't matter if its parent is published.
	names, quoted := v.where(func(t *postgresTable) bool {
		return t.logged && !p.covers(t, v.postgresFacts) && !v.throughLeaves(p, t)
	})
	if len(names) == 0 {
		return
	}
	v.add(fmt.Sprintf("Publication %q lacks %s", p.name, enumerate(names)),
		"The snapshot reads the tables, but their changes aren't published: the connector runs but never captures one.",
		sql("As the owner of the publication and the tables, or a superuser, run this:",
			fmt.Sprintf("ALTER PUBLICATION %s ADD TABLE %s;", quotePostgres(p.name), strings.Join(quoted, ", "))))
}

func checkPublicationWithoutTables(v *postgresView) {
	if !v.creates("no_tables") || len(v.captured) == 0 {
		return
	}
	v.add(fmt.Sprintf("Publication %q will be created without tables", v.value("publication.name")),
		"With publication.autocreate.mode = no_tables the connector leaves the publication's tables to you. The snapshot reads the tables, but their changes aren't published until they are added, and those made before never arrive.",
		sql("Create the publication with its tables before the connector starts: as the owner of the tables with CREATE on the database, or as a superuser, run this:", v.createPublication()))
}

// throughLeaves reports whether a publication has all of a table's partitions.
func (v *postgresView) throughLeaves(p *postgresPublication, t *postgresTable) bool {
	if !t.partitioned {
		return false
	}
	leaves := v.leaves(t)
	return len(leaves) > 0 && !slices.ContainsFunc(leaves, func(l *postgresTable) bool { return !p.covers(l, v.postgresFacts) })
}

func checkPublicationOperations(v *postgresView) {
	p := v.publication()
	if !v.publishes() || p == nil || !v.known("skipped.operations") {
		return
	}
	var lacking []string
	severity := Warning // truncating is rare, and skipped unless asked for
	for _, o := range []struct {
		letter, name string
		published    bool
	}{{"c", "insert", p.inserts}, {"u", "update", p.updates}, {"d", "delete", p.deletes}, {"t", "truncate", p.truncates}} {
		if o.published || v.skips(o.letter) {
			continue
		}
		lacking = append(lacking, o.name)
		if o.letter != "t" {
			severity = v.running.Severity
		}
	}
	if len(lacking) > 0 {
		v.addAs(severity, v.running.Property, fmt.Sprintf("Publication %q doesn't publish %s", p.name, strings.Join(lacking, ", ")),
			"The connector runs, but such changes never reach it. If that is intended, list them in skipped.operations.",
			sql("As the owner of the publication, run this:", fmt.Sprintf("ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');", quotePostgres(p.name))))
	}
}

func checkPublicationPartitions(v *postgresView) {
	if !v.publishes() || v.chosen == nil {
		return
	}
	viaRoot := v.flag("publish.via.partition.root")
	if p := v.publication(); p != nil {
		viaRoot = p.viaRoot
	} else if !v.known("publish.via.partition.root") {
		return
	}
	if viaRoot {
		v.checkRoots()
	} else {
		v.checkLeaves()
	}
}

// checkLeaves is for changes that carry the name of their partition.
func (v *postgresView) checkLeaves() {
	captured := map[int64]bool{}
	for _, t := range v.captured {
		captured[t.id] = true
	}
	names, _ := v.where(func(t *postgresTable) bool {
		return t.partitioned && slices.ContainsFunc(v.leaves(t), func(l *postgresTable) bool { return !captured[l.id] })
	})
	if len(names) == 0 {
		return
	}
	property, remedy := v.running.Property, "Set publish.via.partition.root to true, or add the partitions to the lists."
	if p := v.publication(); p != nil {
		property = "publication.name"
		remedy = sql("As the owner of the publication, run this:",
			fmt.Sprintf("ALTER PUBLICATION %s SET (publish_via_partition_root = true);", quotePostgres(p.name)))
	}
	v.addAs(v.running.Severity, property, "Changes of "+enumerate(names)+" arrive under the names of partitions, which aren't captured",
		"Without publish_via_partition_root, a change carries the name of its partition. The lists select the partitioned table but not all of its partitions: the snapshot has their rows, but their changes are discarded.", remedy)
}

// checkRoots is for changes that carry the name of the topmost table that is
// itself in the publication.
func (v *postgresView) checkRoots() {
	names, _ := v.where(func(t *postgresTable) bool {
		root := t
		for above := v.byID[t.parent]; above != nil; above = v.byID[above.parent] {
			if v.lists(above) {
				root = above
			}
		}
		return root != t && !v.chosen.captures(root.schema, root.table)
	})
	if len(names) == 0 {
		return
	}
	v.add("Changes of "+enumerate(names)+" arrive under the name of the partitioned table, which isn't captured",
		"With publish_via_partition_root, a change carries the name of the published table that the partition belongs to. The lists select the partition but not that table: the snapshot has its rows, but its changes are discarded.",
		"Select the partitioned table in the lists instead.")
}

// lists reports whether the publication has a table itself, once the connector
// runs.
func (v *postgresView) lists(t *postgresTable) bool {
	p := v.publication()
	switch {
	case v.filters():
		return v.chosen.captures(t.schema, t.table)
	case p == nil:
		return v.creates("all_tables")
	}
	return p.all || p.tables[t.id] || p.schemas[t.schema]
}
