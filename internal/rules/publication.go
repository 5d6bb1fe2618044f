package rules

import (
	"slices"
	"strings"
)

// publicationUse is how a PostgreSQL connector uses its publication.
type publicationUse struct {
	filtered bool // each start limits the publication to the connector's own tables
	tables   tableFilter
}

var publicationCollisions = []collisionRule{{
	rule: rule{
		id: "shared-publication", harm: Diverges, kinds: kinds("postgres"),
		title:      "No connector uses a publication that another one filters to its own tables, unless the tables are the same.",
		properties: append([]string{"publication.name", "publication.autocreate.mode", "database.dbname"}, filterProperties...),
		source:     "Debezium 3.6.1, run: each start alters a filtered publication, and other connectors then receive nothing, while they show RUNNING",
	},
	stopped: warnsStopped,
	claim:   claimPublication,
	judge:   judgePublications,
	consequence: "With publication.autocreate.mode = filtered, a connector sets the publication to its own tables each time it starts. " +
		"Another connector on the same publication then shows RUNNING but silently receives nothing from its other tables; " +
		"and a start fails if the other connector created the publication for all tables.",
	remedy: "Give each connector a publication.name of its own, or create one publication for all of them and set publication.autocreate.mode to disabled.",
}}

func claimPublication(v *evaluation) []*claim {
	if plugin, ok := v.effective("plugin.name"); ok && !strings.EqualFold(plugin, "pgoutput") {
		return nil // the other plugins don't use publications
	}
	mode, ok1 := v.effective("publication.autocreate.mode")
	tables, ok2 := v.tableFilter()
	if !ok1 || !ok2 {
		return nil
	}
	claims := v.claim("publication.name", 0, v.identify(append(v.server(), "database.dbname", "publication.name")...))
	for _, c := range claims {
		c.reads = publicationUse{filtered: strings.EqualFold(mode, "filtered"), tables: tables}
	}
	return claims
}

// judgePublications returns an error if two connectors rewrite the publication.
// A reader of a publication that another connector rewrites may be intended,
// and whether regular expressions cover others can't be determined: a warning.
func judgePublications(self, other *claim) (Severity, bool) {
	a, b := self.reads, other.reads
	switch {
	case a.filtered && b.filtered:
		return Error, !a.tables.covers(b.tables) || !b.tables.covers(a.tables)
	case a.filtered:
		return Warning, !a.tables.covers(b.tables)
	case b.filtered:
		return Warning, !b.tables.covers(a.tables)
	}
	return 0, false
}

// filterProperties determine which tables are captured: include lists, each
// followed by its exclude list.
var filterProperties = []string{"schema.include.list", "schema.exclude.list", "table.include.list", "table.exclude.list"}

// tableFilter are the elements of filterProperties.
type tableFilter [][]string

// tableFilter returns false if part of it isn't known.
func (v *evaluation) tableFilter() (tableFilter, bool) {
	var f tableFilter
	for _, property := range filterProperties {
		if _, ok := v.effective(property); !ok {
			return nil, false
		}
		f = append(f, v.list(property))
	}
	return f, true
}

// covers reports whether f certainly has every table in g, comparing text,
// since the elements are regular expressions.
func (f tableFilter) covers(g tableFilter) bool {
	for i := 0; i < len(f); i += 2 {
		includes := len(f[i]) == 0 || len(g[i]) > 0 && contains(f[i], g[i])
		if !includes || !contains(g[i+1], f[i+1]) {
			return false
		}
	}
	return true
}

// contains reports whether every element of part is in all.
func contains(all, part []string) bool {
	return slices.Equal(all, part) || len(without(part, all)) == 0
}
