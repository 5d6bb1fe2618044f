package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// qualification is the full name that the entries of a list are compared with.
type qualification struct {
	dots   int    // minimum in such a name
	form   string // of the name
	harm   Harm   // of an entry that doesn't match
	effect string // of such an entry, in a sentence
}

const (
	tableForm      = "SCHEMA.TABLE"
	columnForm     = "SCHEMA.TABLE.COLUMN"
	collectionForm = "DATABASE.COLLECTION"

	capturesNothing = "so nothing is captured through it"
	excludesNothing = "so it excludes nothing"
)

var qualified = map[string]qualification{
	"table.include.list":               {1, tableForm, Diverges, capturesNothing},
	"table.exclude.list":               {1, tableForm, Diverges, excludesNothing},
	"column.include.list":              {2, columnForm, Diverges, capturesNothing},
	"column.exclude.list":              {2, columnForm, Diverges, excludesNothing},
	"collection.include.list":          {1, collectionForm, Diverges, capturesNothing},
	"collection.exclude.list":          {1, collectionForm, Diverges, excludesNothing},
	"snapshot.include.collection.list": {1, tableForm, Diverges, "so no snapshot reads it"},
	"column.propagate.source.type":     {2, columnForm, Ignored, "so no column gets the parameters"},
	"datatype.propagate.source.type":   {2, "SCHEMA.TABLE.TYPE", Ignored, "so no column gets the parameters"},
}

// qualification returns that of a list's entries; false if it is no such list.
func (v *evaluation) qualification(property string) (qualification, bool) {
	q, ok := qualified[property]
	if !ok && catalog.ChangesColumns(property) {
		q, ok = qualification{2, columnForm, Diverges, "so the values are published as they are"}, true
	}
	if v.Kind.Name == "mongodb" && q.form == tableForm {
		q.form = collectionForm
	}
	q.form = strings.Replace(q.form, "SCHEMA", container(v.Kind), 1)
	return q, ok
}

var qualifiedRules = []rule{
	{
		id:    "unqualified-name",
		title: "An entry of a table, column or collection list is a full name, as is each alternative of a regular expression: without its dots it matches nothing.",
		harm:  Diverges,
		properties: []string{
			"table.include.list", "table.exclude.list", "column.include.list", "column.exclude.list", "collection.include.list", "collection.exclude.list",
			"snapshot.include.collection.list", "column.propagate.source.type", "datatype.propagate.source.type",
			"column.mask.with.N.chars", "column.truncate.to.N.chars", "column.mask.hash.ALGORITHM.with.salt.SALT", "message.key.columns",
		},
		kinds:  func(k *catalog.Kind) bool { return k.Relational || k.Name == "mongodb" },
		source: "Debezium 3.6 RelationalTableFilters, ColumnNameFilterFactory, ColumnMappers, Key.CustomKeyMapper: an entry must match the whole name",
		check:  checkQualified,
	},
	{
		id:         "sql-in-entry",
		title:      "An entry of a list is a regular expression: names stand in it without SQL's quotes, and `%` is no wildcard.",
		harm:       Diverges,
		properties: []string{"table.include.list", "table.exclude.list", "column.include.list", "column.exclude.list"},
		kinds:      relational,
		source:     "Debezium 3.6 Tables.TableFilter, Predicates.includes: entries are compared with names that have no quotes",
		check:      checkSQLInEntry,
	},
	{
		id:         "column-parameters",
		title:      "The properties that mask, hash or truncate columns carry their parameters in their names: `column.mask.with.N.chars`, `column.truncate.to.N.chars`, `column.mask.hash.ALGORITHM.with.salt.SALT`.",
		harm:       Diverges,
		properties: []string{"column.mask.with.N.chars", "column.truncate.to.N.chars", "column.mask.hash.ALGORITHM.with.salt.SALT"},
		kinds:      relational,
		source:     "Debezium 3.6 ColumnMappers: names of another form are not read",
		check:      checkColumnParameters,
	},
}

// literalName matches names in which only dots can match a dot.
var literalName = regexp.MustCompile(`^([\w \-]|\\?\.)+$`)

// lacksDots reports whether a text can't match a full name, for want of dots.
func (q qualification) lacksDots(text string) bool {
	return literalName.MatchString(text) && strings.Count(text, ".") < q.dots
}

// matching leaves out the entries of a list that certainly match nothing, which
// other rules report.
func (v *evaluation) matching(property string, entries []string) []string {
	q, ok := v.qualification(property)
	if !ok {
		return entries
	}
	return slices.DeleteFunc(slices.Clone(entries), func(entry string) bool {
		return v.Kind.Relational && quotedInSQL(entry) ||
			!slices.ContainsFunc(v.alternatives(entry), func(part string) bool { return !q.lacksDots(part) })
	})
}

func checkQualified(v *evaluation) {
	for _, key := range v.keys {
		q, ok := v.qualification(key)
		if !ok || v.ignores(key) {
			continue
		}
		for _, entry := range v.list(key) {
			for _, part := range v.alternatives(entry) {
				if q.lacksDots(part) {
					v.unqualified(key, part, q)
				}
			}
		}
	}
	v.checkKeyTables()
	v.checkReselected()
}

func (v *evaluation) unqualified(key, name string, q qualification) {
	v.addAs(q.harm, key, fmt.Sprintf("%s: %s matches nothing", key, quoted(name)),
		fmt.Sprintf("Debezium compares each entry with the full name, %s. %s can't match such a name, %s, and Debezium doesn't report it. Write the full name.",
			q.form, quoted(name), q.effect))
}

// alternatives returns the parts of an entry between the | outside any group:
// each must match the whole name.
func (v *evaluation) alternatives(entry string) []string {
	if v.Kind.Name == "mongodb" && !v.is("filters.match.mode", "", "regex") {
		return []string{entry} // a name, not an expression
	}
	parts := splitOutsideBrackets(entry, '|')
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}

// checkKeyTables checks the tables in message.key.columns.
func (v *evaluation) checkKeyTables() {
	const property = "message.key.columns"
	value, ok := v.known(property)
	if !ok || !v.Kind.Relational {
		return
	}
	for _, k := range filterlist.ParseKeys(value) {
		table, _, _ := strings.Cut(k.Text, ":")
		if table = strings.TrimSpace(table); literalName.MatchString(table) && !strings.Contains(table, ".") {
			v.unqualified(property, table, qualification{form: container(v.Kind) + ".TABLE", harm: Diverges, effect: "so the records keep the key that they have anyway"})
		}
	}
}

// checkReselected checks the columns that are reread from the database.
func (v *evaluation) checkReselected() {
	for _, p := range v.parts() {
		if p.Class != "io.debezium.processors.reselect.ReselectColumnsPostProcessor" {
			continue
		}
		for _, key := range []string{p.prefix + "reselect.columns.include.list", p.prefix + "reselect.columns.exclude.list"} {
			for _, entry := range v.list(key) {
				if literalName.MatchString(entry) {
					v.unqualified(key, entry, qualification{form: container(v.Kind) + ".TABLE:COLUMN", harm: Diverges, effect: "so it selects no column"})
				}
			}
		}
	}
}

var (
	// quotedPart is a part of a name in SQL quotes.
	quotedPart = regexp.MustCompile("(^|\\.)(\"[^\"]+\"|`[^`]+`)(\\\\?\\.|$)")
	// bracketedName is a name as SQL Server quotes it; as a regular expression
	// it would match one character per part.
	bracketedName = regexp.MustCompile(`^(\[\w{2,}\]\\?\.)+\[\w{2,}\]$`)
	// percentName is a name with the SQL wildcard.
	percentName = regexp.MustCompile(`^([\w \-%]|\\?\.)*%([\w \-%]|\\?\.)*$`)
)

func quotedInSQL(entry string) bool {
	return quotedPart.MatchString(entry) || bracketedName.MatchString(entry)
}

func checkSQLInEntry(v *evaluation) {
	for _, key := range v.keys {
		q, ok := v.qualification(key)
		if !ok || q.harm != Diverges || v.ignores(key) {
			continue
		}
		for _, entry := range v.list(key) {
			switch {
			case quotedInSQL(entry):
				v.add(key, fmt.Sprintf("%s: %s is in SQL's quotes", key, quoted(entry)), fmt.Sprintf(
					"Debezium compares each entry, as a regular expression, with names that have no quotes. %s matches none of them, %s, and Debezium doesn't report it. Write the name without quotes.", quoted(entry), q.effect))
			case percentName.MatchString(entry):
				v.addAs(Risky, key, fmt.Sprintf("%s: %% in %s is no wildcard", key, quoted(entry)), fmt.Sprintf(
					"Entries are regular expressions, in which %% stands for itself. Unless a name really contains it, %s matches nothing, %s. The wildcard is .*", quoted(entry), q.effect))
			}
		}
	}
}

// columnProperty starts a property that has parameters in its name.
var columnProperty = regexp.MustCompile(`^column\.(mask|truncate)\.`)

func checkColumnParameters(v *evaluation) {
	forms := []string{"column.mask.with.N.chars", "column.truncate.to.N.chars", "column.mask.hash.ALGORITHM.with.salt.SALT"}
	for _, key := range v.keys {
		if !columnProperty.MatchString(key) || v.isDeclaredKnown(key) || !v.wrote(key) {
			continue
		}
		if !catalog.ChangesColumns(key) {
			v.add(key, key+" is not read", fmt.Sprintf(
				"Debezium reads %s, and silently ignores any other name: the values are published as they are. Correct the name.", strings.Join(forms, ", ")))
			continue
		}
		if algorithm := hashAlgorithm.FindStringSubmatch(key); algorithm != nil && !isHash(algorithm[1]) {
			v.addAs(Fails, key, fmt.Sprintf("%s: %s is not a hash algorithm", key, quoted(algorithm[1])),
				"Java knows these: "+strings.Join(hashes, ", ")+". "+consequence(Fails))
		}
	}
}

var hashAlgorithm = regexp.MustCompile(`^column\.mask\.hash\.(?:v2\.)?([^.]+)\.with\.salt\.`)

// hashes are the algorithms that every Java has.
var hashes = []string{"MD2", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"}

// isHash reports whether a name may be that of an algorithm. SHA256 and the
// like mean those with a hyphen, and providers other than Java's own may have
// more: only a near miss of one of Java's certainly isn't one.
func isHash(name string) bool {
	known := slices.Concat(hashes, []string{"SHA", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA-512/224", "SHA-512/256", "SHA512/224", "SHA512/256"})
	if slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
		return true
	}
	return catalog.Nearest(name, hashes) == ""
}

// container is what precedes a table's name.
func container(k *catalog.Kind) string {
	switch k.Name {
	case "mysql", "mariadb":
		return "DATABASE"
	case "vitess":
		return "KEYSPACE"
	}
	return "SCHEMA"
}
