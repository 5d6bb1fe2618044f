package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// pair is two properties of which only one may be set.
type pair struct{ one, other string }

// exclusivePairs: the error falls on the second, as Debezium's does.
var exclusivePairs = []pair{
	{"database.include.list", "database.exclude.list"},
	{"schema.include.list", "schema.exclude.list"},
	{"table.include.list", "table.exclude.list"},
	{"column.include.list", "column.exclude.list"},
	{"collection.include.list", "collection.exclude.list"},
	{"field.include.list", "field.exclude.list"},
	{"message.prefix.include.list", "message.prefix.exclude.list"},
	{"gtid.source.includes", "gtid.source.excludes"},
	// Oracle looks at these two only when the adapter is set by name; both
	// at once never make sense.
	{"log.mining.username.include.list", "log.mining.username.exclude.list"},
	{"log.mining.clientid.include.list", "log.mining.clientid.exclude.list"},
}

// regexLists are the properties that hold regular expressions, separated by commas.
var regexLists = []string{
	"database.include.list", "database.exclude.list",
	"schema.include.list", "schema.exclude.list",
	"table.include.list", "table.exclude.list",
	"column.include.list", "column.exclude.list",
	"collection.include.list", "collection.exclude.list",
	"message.prefix.include.list", "message.prefix.exclude.list",
	"snapshot.include.collection.list",
	"column.propagate.source.type", "datatype.propagate.source.type",
	"gtid.source.includes", "gtid.source.excludes",
}

// columnPattern are the properties that carry their parameters in their names.
var columnPattern = regexp.MustCompile(`^column\.(mask\.with\.\d+\.chars|truncate\.to\.\d+\.chars|mask\.hash(\.v2)?\.[^.]+\.with\.salt\..+)$`)

// qualified are the lists whose entries are compared with a full name, and how
// many dots such a name has at least.
var qualified = map[string]struct {
	dots int
	form string
}{
	"table.include.list":      {1, "SCHEMA.TABLE"},
	"table.exclude.list":      {1, "SCHEMA.TABLE"},
	"column.include.list":     {2, "SCHEMA.TABLE.COLUMN"},
	"column.exclude.list":     {2, "SCHEMA.TABLE.COLUMN"},
	"collection.include.list": {1, "DATABASE.COLLECTION"},
	"collection.exclude.list": {1, "DATABASE.COLLECTION"},
}

var listRules = []rule{
	{
		id:         "include-and-exclude",
		title:      "An include list and its exclude list aren't both set.",
		harm:       Refused,
		properties: pairNames(),
		kinds:      everyKind,
		source:     "Debezium 3.6 ConnectorConfigValidationHelper.validateExcludeField, JdbcSinkConnectorConfig.validate",
		check:      checkPairs,
	},
	{
		id:         "regular-expression",
		title:      "Each entry of a list of regular expressions compiles in Java. Only what Java certainly rejects is found.",
		harm:       Refused,
		properties: append([]string{"column.mask.with.N.chars", "column.truncate.to.N.chars", "column.mask.hash.ALGORITHM.with.salt.SALT"}, regexLists...),
		kinds:      sources,
		source:     "Debezium 3.6 Field.isListOfRegex, java.util.regex.Pattern",
		check:      checkRegexes,
	},
	{
		id:         "unqualified-name",
		title:      "An entry of a table, column or collection list is a full name: without its dots it matches nothing.",
		harm:       Diverges,
		properties: []string{"table.include.list", "table.exclude.list", "column.include.list", "column.exclude.list", "collection.include.list", "collection.exclude.list"},
		kinds:      func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
		source:     "Debezium 3.6 RelationalTableFilters, ColumnNameFilterFactory: an entry must match the whole name",
		check:      checkQualified,
	},
}

func checkPairs(v *evaluation) {
	for _, p := range exclusivePairs {
		if !v.isSet(p.one) || !v.isSet(p.other) || v.definition(p.other) == nil {
			continue
		}
		v.add(p.other, fmt.Sprintf("%s and %s can't be combined", p.one, p.other),
			"Debezium accepts only one of the two and rejects the configuration. Remove one of them.")
	}
}

func checkRegexes(v *evaluation) {
	// In this mode MongoDB's lists are names, not expressions.
	literal := v.Kind.Name == "mongodb" && !v.is("filters.match.mode", "", "regex")
	for _, key := range v.keys {
		if !isRegexList(key) || v.hasReplacement(key) || v.ignores(key) || literal && strings.HasSuffix(key, "clude.list") {
			continue
		}
		for _, entry := range v.list(key) {
			if problem := regexProblem(entry); problem != "" {
				v.add(key, key+" has an invalid regular expression",
					fmt.Sprintf("The entry %s is not a valid regular expression: %s. Debezium rejects the configuration. "+
						"In a property's text, commas separate entries, and a comma within an expression is escaped with a backslash (\\,); "+
						"in a list attribute it needs no escaping.", quoted(entry), problem))
			}
		}
	}
}

func isRegexList(property string) bool {
	return slices.Contains(regexLists, property) ||
		strings.HasPrefix(property, "column.") && columnPattern.MatchString(property)
}

// literalName has nothing in it that could match a dot, other than dots.
var literalName = regexp.MustCompile(`^([\w \-]|\\?\.)+$`)

func checkQualified(v *evaluation) {
	for _, key := range v.keys {
		want, ok := qualified[key]
		if !ok {
			continue
		}
		form := strings.Replace(want.form, "SCHEMA", container(v.Kind), 1)
		for _, entry := range v.list(key) {
			if !literalName.MatchString(entry) || strings.Count(entry, ".") >= want.dots {
				continue
			}
			effect := "so nothing is captured through it"
			if strings.Contains(key, "exclude") {
				effect = "so it excludes nothing"
			}
			v.add(key, fmt.Sprintf("%s: %s matches nothing", key, quoted(entry)),
				fmt.Sprintf("Debezium compares each entry with the full name, %s. %s can't match such a name, %s, and Debezium doesn't report it. Write the full name.",
					form, quoted(entry), effect))
		}
	}
}

// container is what comes before a table's name.
func container(k *catalog.Kind) string {
	switch k.Name {
	case "mysql", "mariadb":
		return "DATABASE"
	case "vitess":
		return "KEYSPACE"
	}
	return "SCHEMA"
}

func pairNames() []string {
	var names []string
	for _, p := range exclusivePairs {
		names = append(names, p.one, p.other)
	}
	return names
}
