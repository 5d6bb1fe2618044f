package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// pair is two properties of which only one may be set.
type pair struct{ one, other string }

// exclusivePairs puts the error on the second, as Debezium does.
var exclusivePairs = []pair{
	{"database.include.list", "database.exclude.list"},
	{"schema.include.list", "schema.exclude.list"},
	{"table.include.list", "table.exclude.list"},
	{"column.include.list", "column.exclude.list"},
	{"collection.include.list", "collection.exclude.list"},
	{"field.include.list", "field.exclude.list"},
	{"message.prefix.include.list", "message.prefix.exclude.list"},
	{"gtid.source.includes", "gtid.source.excludes"},
	// Oracle checks these two only if the adapter is set explicitly; both at
	// once never make sense.
	{"log.mining.username.include.list", "log.mining.username.exclude.list"},
	{"log.mining.clientid.include.list", "log.mining.clientid.exclude.list"},
}

// regexLists are the properties with comma-separated regular expressions.
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
		catalog.ChangesColumns(property)
}

func pairNames() []string {
	var names []string
	for _, p := range exclusivePairs {
		names = append(names, p.one, p.other)
	}
	return names
}
