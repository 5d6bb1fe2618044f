package rules

import "fmt"

// publicationChanges are about the publication that a PostgreSQL connector
// reads through: PostgreSQL decodes each change with the publications that there
// were when it was made.
var publicationChanges = []changeRule{
	{
		rule: rule{
			id: "changed-publication", harm: Risky, kinds: kinds("postgres"), properties: []string{"publication.name", "plugin.name"},
			title:  "A connector keeps its publication, or moves to one that is older than its position.",
			source: "Debezium 2.7.4, 3.0.8 and 3.6.1, run: the server logs \"publication … does not exist\" once, rows are missing, and the connector shows RUNNING",
		},
		check: checkPublicationMoved,
	},
	{
		rule: rule{
			id: "changed-publication-mode", harm: Risky, kinds: kinds("postgres"), properties: []string{"publication.autocreate.mode", "publication.name"},
			title:  "A publication that exists fits the new `publication.autocreate.mode`.",
			source: "Debezium 3.6.1, run: \"A logical publication for all tables named … can not be altered\"",
		},
		check: checkPublicationMode,
	},
}

// createFirst says how the connector gets a publication and loses nothing.
func (c *change) createFirst(publication string) string {
	owner := ""
	if c.now.is("publication.autocreate.mode", "filtered") {
		owner = " as the connector's user"
	}
	return fmt.Sprintf("Create %s before the apply%s, with CREATE PUBLICATION … FOR TABLE …. "+
		"Apply once the slot's confirmed_flush_lsn in pg_replication_slots is past what pg_current_wal_lsn() returned after that: a change in a captured table moves it, or a heartbeat.", publication, owner)
}

// checkPublicationMoved leaves a slot that goes with the task to other rules.
func checkPublicationMoved(c *change) {
	from, to, ok := c.moved("publication.name")
	if !ok || c.beginsAnew() || c.dropsSlot() || !c.was.is("plugin.name", "pgoutput") || !c.now.is("plugin.name", "pgoutput") || !c.keeps("slot.name") {
		return
	}
	c.warn("publication.name", fmt.Sprintf("publication.name changes from %s to %s: changes may be lost", quoted(from), quoted(to)),
		"PostgreSQL decodes each change with the publications that there were when it was made. "+
			"For changes from before the new publication was created, it reports that the publication doesn't exist: "+
			"the connector goes on without them, and shows RUNNING.",
		fmt.Sprintf("Nothing is lost if %s is older than the slot's position.", quoted(to)),
		c.createFirst("it"),
		fmt.Sprintf("Publication %s stays in the database.", quoted(from)))
}

// keeps reports whether a property certainly stays as it is.
func (c *change) keeps(property string) bool {
	from, ok1 := c.was.effective(property)
	to, ok2 := c.now.effective(property)
	return ok1 && ok2 && from == to
}

func checkPublicationMode(c *change) {
	from, to, ok := c.movedEnum("publication.autocreate.mode")
	name, known := c.now.effective("publication.name")
	if _, _, another := c.moved("publication.name"); !ok || !known || another {
		return
	}
	summary := fmt.Sprintf("publication.autocreate.mode changes from %s to %s, but publication %s stays as it is", from, to, quoted(name))
	const dropped = "Don't drop the publication for that: changes from before it is created again would be lost."
	switch {
	case from == "all_tables" && to == "filtered":
		c.warn("publication.autocreate.mode", summary,
			"The connector created the publication for all tables, and PostgreSQL can't narrow such a publication: the task fails with \"A logical publication for all tables … can not be altered\".",
			"Keep all_tables, or give the connector another publication, in publication.name.", c.createFirst("it"), dropped)
	case from == "filtered" && to == "all_tables":
		c.warn("publication.autocreate.mode", summary,
			"Debezium uses an existing publication as it is. Tables missing from it are silently not captured.",
			fmt.Sprintf("Add them with ALTER PUBLICATION %s ADD TABLE …, or keep filtered, with which the connector adds them itself.", name), dropped)
	}
}
