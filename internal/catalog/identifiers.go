package catalog

import (
	"regexp"
	"slices"
	"strings"
)

// identifier is a name that PostgreSQL reads as it is written: letters of any
// language, of which it folds those from A to Z.
var identifier = regexp.MustCompile(`^[a-z_\x{80}-\x{10FFFF}][a-z0-9_$\x{80}-\x{10FFFF}]*$`)

// reservedWords are the words that PostgreSQL 17 doesn't accept as a name
// (pg_get_keywords, categories R and T).
var reservedWords = strings.Fields(`
	all analyse analyze and any array as asc asymmetric authorization binary both
	case cast check collate collation column concurrently constraint create cross
	current_catalog current_date current_role current_schema current_time
	current_timestamp current_user default deferrable desc distinct do else end
	except false fetch for foreign freeze from full grant group having ilike in
	initially inner intersect into is isnull join lateral leading left like limit
	localtime localtimestamp natural not notnull null offset on only or order outer
	overlaps placing primary references returning right select session_user similar
	some symmetric system_user table tablesample then to trailing true union unique
	user using variadic verbose when where window with`)

// IsPostgresIdentifier reports whether a name means itself in PostgreSQL's SQL
// without quotes. Debezium writes the name of a publication that way.
func IsPostgresIdentifier(name string) bool {
	return identifier.MatchString(name) && !slices.Contains(reservedWords, name)
}

// publicationName is a slot's name as the name of a publication. A slot's name
// may be one that isn't an identifier: it may begin with a digit, or be a
// reserved word.
func publicationName(slot string) string {
	if IsPostgresIdentifier(slot) {
		return slot
	}
	name := "_" + slot
	return name[:min(len(name), slotLength)]
}
