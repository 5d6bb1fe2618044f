package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
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
		title:      "An entry of a table list doesn't begin with the database's name, where the connector compares `SCHEMA.TABLE`.",
		harm:       Diverges,
		properties: []string{"table.include.list", "table.exclude.list"},
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
			if commaOutsideBrackets(entry) {
				v.add(key, fmt.Sprintf("%s: an entry has a comma", key), fmt.Sprintf(
					"%s is a single entry, and no name has a comma, so it matches nothing. Make each name an entry of its own. "+
						"In a regular expression, a comma is allowed within brackets, as in {1,3}.", quoted(entry)))
				break
			}
		}
	}
}

func commaOutsideBrackets(entry string) bool {
	depth := 0
	for i := 0; i < len(entry); i++ {
		switch entry[i] {
		case '\\':
			i++
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			if depth <= 0 {
				return true
			}
		}
	}
	return false
}

// databases are the names of the databases that a connector reads.
func (v *evaluation) databases() []string {
	var names []string
	for _, property := range []string{"database.dbname", "database.pdb.name", "database.names"} {
		if v.Kind.Name != "sqlserver" || property != "database.dbname" || v.Version.Less(v20) {
			names = append(names, v.list(property)...)
		}
	}
	return names
}

// separator is the dot between the parts of a name, however it is written.
var separator = regexp.MustCompile(`\\?\.`)

func checkDatabaseInEntry(v *evaluation) {
	for _, key := range []string{"table.include.list", "table.exclude.list"} {
		for _, entry := range v.list(key) {
			parts := separator.Split(entry, -1)
			if len(parts) < 3 || parts[2] == "*" || parts[2] == "" || !slices.ContainsFunc(v.databases(), func(d string) bool { return strings.EqualFold(d, parts[0]) }) {
				continue
			}
			v.add(key, fmt.Sprintf("%s: %s begins with the database's name", key, quoted(entry)), fmt.Sprintf(
				"%s connectors compare each entry with SCHEMA.TABLE, without the database, so %s silently matches nothing. Remove %q.",
				v.Kind.Title, quoted(entry), parts[0]+"."))
		}
	}
}

// containerList is the include list of what a kind's tables or collections lie
// in; empty where it has none that their names begin with.
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
	include := containerList(v.Kind)
	exclude := strings.Replace(include, "include", "exclude", 1)
	for _, key := range []string{"table.include.list", "collection.include.list"} {
		for _, entry := range v.list(key) {
			container, _, found := strings.Cut(strings.ReplaceAll(entry, `\.`, "."), ".")
			if !found || !plainName.MatchString(container) || slices.Contains(v.list("signal.data.collection"), entry) {
				continue
			}
			if v.is("filters.match.mode", "literal") {
				return
			}
			for list, takes := range map[string]bool{include: true, exclude: false} {
				if matches, certain := v.listMatches(list, container); certain && matches != takes {
					v.add(key, fmt.Sprintf("%s: %s leaves out %s", key, list, quoted(entry)), fmt.Sprintf(
						"A table or collection is captured only if all lists allow it. %s allows nothing in %s, so %s is silently left out. "+
							"Change one of the two lists.", list, quoted(container), quoted(entry)))
				}
			}
		}
	}
}

// plainName is a name that stands for itself in a regular expression.
var plainName = regexp.MustCompile(`^[\w$#-]+$`)

// simplePattern has nothing in it that Java and Go read in different ways.
var simplePattern = regexp.MustCompile(`^[\w\-|()*+?^$\[\]\\.]+$`)

// listMatches reports whether an entry of a list matches a name; not certain
// where the list isn't set, or has an entry that can't be judged.
func (v *evaluation) listMatches(property, name string) (matches, certain bool) {
	entries := v.list(property)
	if len(entries) == 0 {
		return false, false
	}
	for _, entry := range entries {
		pattern, err := regexp.Compile("(?i)^(?:" + entry + ")$")
		if err != nil || !simplePattern.MatchString(entry) {
			return false, false
		}
		matches = matches || pattern.MatchString(name)
	}
	return matches, true
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
	// A text without any of these characters matches itself alone.
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
