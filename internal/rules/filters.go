package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

var filterRules = []rule{
	{
		id:         "comma-in-entry",
		title:      "An entry of a list contains no comma, except within brackets of a regular expression.",
		harm:       Diverges,
		properties: regexLists,
		kinds:      sources,
		source:     "Debezium 3.6 Strings.RegExSplitter: an escaped comma is part of the entry",
		check:      checkCommas,
	},
	{
		id:         "database-in-entry",
		title:      "An entry of a table or schema list doesn't begin with the database's name, where the connector compares `SCHEMA.TABLE` and `SCHEMA`.",
		harm:       Diverges,
		properties: []string{"table.include.list", "table.exclude.list", "schema.include.list", "schema.exclude.list"},
		kinds:      kinds("postgres", "sqlserver", "oracle"),
		source:     "Debezium 1.9 to 3.6, each connector's TableIdToStringMapper",
		check:      checkDatabaseInEntry,
	},
	{
		id:         "left-out-entry",
		title:      "The lists of databases or schemas take in what the list of tables or collections names.",
		harm:       Diverges,
		properties: append([]string{"table.include.list", "collection.include.list"}, containerLists()...),
		kinds:      func(k *catalog.Kind) bool { return containerList(k) != "" },
		source:     "Debezium 3.6 RelationalTableFilters: a table must pass every list",
		check:      checkLeftOut,
	},
	{
		id:         "table-without-columns",
		title:      "`column.include.list` names columns of each table that is captured: it applies to all of them.",
		harm:       Risky,
		properties: []string{"column.include.list", "table.include.list"},
		kinds:      relational,
		source:     "Debezium 3.6 ColumnNameFilterFactory: a column that no entry matches is left out; seen with 3.6.1: the values are empty",
		check:      checkTablesWithoutColumns,
	},
	{
		id:         "select-overrides",
		title:      "Each table in `snapshot.select.statement.overrides` has its statement.",
		harm:       Diverges,
		properties: []string{"snapshot.select.statement.overrides"},
		kinds:      relational,
		source:     "Debezium 3.6 RelationalDatabaseConnectorConfig.getSnapshotSelectOverridesByTable: without one the whole table is read, and the log says so",
		check:      checkSelectOverrides,
	},
	{
		id:         "gtid-sources",
		title:      "The GTID sources of MySQL are UUIDs, or regular expressions that match some.",
		harm:       Diverges,
		properties: []string{"gtid.source.includes", "gtid.source.excludes"},
		kinds:      kinds("mysql"),
		source:     "Debezium 3.6 MySqlConnectorConfig, Predicates.includesUuids",
		check:      checkGTIDSources,
	},
}

func checkCommas(v *evaluation) {
	for _, key := range v.keys {
		if !isRegexList(key) || v.hasReplacement(key) {
			continue
		}
		for _, entry := range v.list(key) {
			if len(splitOutsideBrackets(entry, ',')) > 1 {
				v.add(key, fmt.Sprintf("%s: an entry has a comma", key), fmt.Sprintf(
					"%s is a single entry, and no name has a comma, so it matches nothing. Make each name an entry of its own. "+
						"In a regular expression, a comma is allowed within brackets, as in {1,3}.", quoted(entry)))
				break
			}
		}
	}
}

// splitOutsideBrackets splits a regular expression at a character that is outside
// of any bracket.
func splitOutsideBrackets(expression string, at byte) []string {
	var parts []string
	depth, start := 0, 0
	for i := 0; i < len(expression); i++ {
		switch expression[i] {
		case '\\':
			i++
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case at:
			if depth <= 0 {
				parts, start = append(parts, expression[start:i]), i+1
			}
		}
	}
	return append(parts, expression[start:])
}

// databases returns the names of the databases that a connector reads.
func (v *evaluation) databases() []string {
	var names []string
	for _, property := range []string{"database.dbname", "database.pdb.name", "database.names"} {
		if v.Kind.Name != "sqlserver" || property != "database.dbname" || v.Version.Less(v20) {
			names = append(names, v.list(property)...)
		}
	}
	return names
}

// separator is the dot between the parts of a name, escaped or not.
var separator = regexp.MustCompile(`\\?\.`)

func checkDatabaseInEntry(v *evaluation) {
	for key, compared := range map[string]string{
		"table.include.list": tableForm, "table.exclude.list": tableForm,
		"schema.include.list": "SCHEMA", "schema.exclude.list": "SCHEMA",
	} {
		most := strings.Count(compared, ".") + 1
		for _, entry := range v.list(key) {
			parts := separator.Split(entry, -1)
			if len(parts) <= most || parts[most] == "*" || parts[most] == "" || !slices.ContainsFunc(v.databases(), func(d string) bool { return strings.EqualFold(d, parts[0]) }) {
				continue
			}
			v.add(key, fmt.Sprintf("%s: %s begins with the database's name", key, quoted(entry)), fmt.Sprintf(
				"%s connectors compare each entry with %s, without the database, so %s silently matches nothing. Remove %q.",
				v.Kind.Title, compared, quoted(entry), parts[0]+"."))
		}
	}
}

// containerList is the include list for what contains a kind's tables or
// collections; empty if it has none that their names start with.
func containerList(k *catalog.Kind) string {
	switch k.Name {
	case "mysql", "mariadb", "mongodb":
		return "database.include.list"
	case "postgres", "oracle", "sqlserver", "informix", "ibmi":
		return "schema.include.list"
	}
	return ""
}

func containerLists() []string {
	return []string{"database.include.list", "database.exclude.list", "schema.include.list", "schema.exclude.list"}
}

func checkLeftOut(v *evaluation) {
	if v.is("filters.match.mode", "literal") {
		return
	}
	include := containerList(v.Kind)
	exclude := strings.Replace(include, "include", "exclude", 1)
	signals := v.list("signal.data.collection")
	for list, takes := range map[string]bool{include: true, exclude: false} {
		containers, certain := v.filterList(list)
		if !certain {
			continue
		}
		for _, key := range []string{"table.include.list", "collection.include.list"} {
			for _, entry := range v.list(key) {
				container, _, found := strings.Cut(strings.ReplaceAll(entry, `\.`, "."), ".")
				if !found || !plainName.MatchString(container) || slices.Contains(signals, entry) || containers.Match(container) == takes {
					continue
				}
				v.add(key, fmt.Sprintf("%s: %s leaves out %s", key, list, quoted(entry)), fmt.Sprintf(
					"A table or collection is captured only if all lists allow it. %s allows nothing in %s, so %s is silently left out. "+
						"Change one of the two lists.", list, quoted(container), quoted(entry)))
			}
		}
	}
}

func checkTablesWithoutColumns(v *evaluation) {
	const property = "column.include.list"
	entries, signals := v.list(property), v.list("signal.data.collection")
	if len(entries) == 0 || v.ignores(property) {
		return
	}
	var empty []string
	for _, table := range v.list("table.include.list") {
		name := strings.ReplaceAll(table, `\`, "")
		if !literalName.MatchString(table) || slices.Contains(signals, name) {
			continue
		}
		if !slices.ContainsFunc(entries, func(entry string) bool {
			return slices.ContainsFunc(v.alternatives(entry), func(part string) bool { return mayBegin(part, name+".") })
		}) {
			empty = append(empty, name)
		}
	}
	if len(empty) > 0 {
		v.add(property, fmt.Sprintf("%s names no column of %s", property, strings.Join(empty, ", ")),
			"The list applies to all captured tables, not only to those that it names: the values of these tables' events have no fields. "+
				"Add their columns, such as "+empty[0]+".*, or use column.exclude.list.")
	}
}

// mayBegin reports whether a regular expression may match a name that begins
// with a text. It compares as far as the expression is literal.
func mayBegin(expression, text string) bool {
	literal, _ := requiredLiteral(expression)
	entry, name := strings.ToLower(strings.ReplaceAll(literal, `\`, "")), strings.ToLower(text)
	for i := range min(len(entry), len(name)) {
		if entry[i] != name[i] && entry[i] != '.' {
			return false
		}
	}
	return true
}

// leadingLiteral matches the beginning of an expression in which only dots can
// match other characters.
var leadingLiteral = regexp.MustCompile(`^([\w \-]|\\?\.)*`)

// plainName matches a name that stands for itself in a regular expression.
var plainName = regexp.MustCompile(`^[\w$#-]+$`)

// simplePattern matches patterns that can't be read in different ways.
var simplePattern = regexp.MustCompile(`^[\w\-|()*+?^$\[\]\\.]+$`)

// filterList parses a list; false if it isn't set, or has an entry that can't
// be checked.
func (v *evaluation) filterList(property string) (filterlist.List, bool) {
	var list filterlist.List
	for _, text := range v.list(property) {
		entry := filterlist.Parse(text)
		if entry == nil || !simplePattern.MatchString(text) {
			return list, false
		}
		list.Add(entry)
	}
	return list, list.Len() > 0
}

func checkSelectOverrides(v *evaluation) {
	const property = "snapshot.select.statement.overrides"
	for _, table := range v.list(property) {
		if key := property + "." + table; v.isMissing(key) {
			v.add(property, fmt.Sprintf("%s is missing", key), fmt.Sprintf(
				"%s lists %s, but the statement for it isn't set: a snapshot reads the whole table. Set %s, or remove the table from %s.", property, quoted(table), key, property))
		}
	}
}

var (
	uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	// A text without any of these characters matches only itself.
	regexCharacters = `.*+?|()[]{}^$\`
)

func checkGTIDSources(v *evaluation) {
	for key, effect := range map[string]string{
		"gtid.source.includes": "the changes of every server are left out",
		"gtid.source.excludes": "no changes are left out",
	} {
		for _, source := range v.list(key) {
			if uuid.MatchString(source) || strings.ContainsAny(source, regexCharacters) {
				continue
			}
			v.add(key, fmt.Sprintf("%s: %s is not a UUID", key, quoted(source)), fmt.Sprintf(
				"MySQL identifies the source of a transaction by the server's UUID (SELECT @@server_uuid). %s is neither a UUID nor a regular expression, so it matches no server: as far as this entry goes, %s.",
				quoted(source), effect))
		}
	}
}
