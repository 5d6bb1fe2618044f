package database

import (
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/filterlist"
)

// selection is which tables a connector captures.
type selection struct {
	containers entries // schemas or databases
	tables     entries
	signals    []string // the signal tables, which are captured as well
}

// entries are an include list and its exclude list. If there is an include
// list, Debezium ignores the other.
type entries struct {
	include, exclude   string // the properties
	included, excluded filterlist.List
}

// selection parses the lists; nil if one can't be read here.
func (v *view) selection(container string) *selection {
	s := &selection{}
	ok := v.entries(&s.containers, container, "Tables") && v.entries(&s.tables, "table", "Tables")
	if !v.known("signal.data.collection") {
		ok = false
		v.note("Tables aren't checked: %s.", v.unread("signal.data.collection"))
	}
	for _, name := range v.list("signal.data.collection") {
		if parts := identifiers(name); len(parts) > 1 {
			s.signals = append(s.signals, strings.Join(parts[len(parts)-2:], "."))
		}
	}
	if !ok {
		return nil
	}
	return s
}

// entries parses an include list and its exclude list. subject is what isn't
// checked if they can't be evaluated here.
func (v *view) entries(e *entries, of, subject string) bool {
	e.include, e.exclude = of+".include.list", of+".exclude.list"
	return v.parse(e.include, subject, &e.included) && v.parse(e.exclude, subject, &e.excluded)
}

func (v *view) parse(property, subject string, into *filterlist.List) bool {
	if !v.known(property) {
		v.note("%s aren't checked: %s.", subject, v.unread(property))
		return false
	}
	for _, text := range v.list(property) {
		p := filterlist.Parse(text)
		if p == nil {
			v.note("%s aren't checked: the entry %s of %s can't be evaluated here.", subject, text, property)
			return false
		}
		into.Add(p)
	}
	return true
}

// take reports whether the lists admit a name.
func (e *entries) take(name string) bool {
	if e.included.Len() > 0 {
		return e.included.Match(name)
	}
	return !e.excluded.Match(name)
}

// captures reports whether a connector captures a table.
func (s *selection) captures(container, table string) bool {
	name := container + "." + table
	return s.containers.take(container) && s.tables.take(name) || s.signal(name)
}

// signal reports whether a table is a signal table.
func (s *selection) signal(name string) bool {
	return slices.ContainsFunc(s.signals, func(signal string) bool { return filterlist.Fold(signal) == filterlist.Fold(name) })
}

// unmatched returns the entries of the list in use that match no name.
func (e *entries) unmatched(names []string) (property string, missing []*filterlist.Entry) {
	if property = e.inUse(); property == e.include {
		return property, e.included.Unmatched(names)
	}
	return property, e.excluded.Unmatched(names)
}

// inUse returns the property whose list counts.
func (e *entries) inUse() string {
	if e.included.Len() > 0 {
		return e.include
	}
	return e.exclude
}

// columnLists returns the lists of columns; nil if they can't be evaluated here.
func (v *view) columnLists() *entries {
	if v.filter == nil {
		lists := &entries{}
		if !v.entries(lists, "column", "Columns") {
			return nil
		}
		v.filter = lists
	}
	return v.filter
}

// identifiers splits a dotted name, whose parts may be quoted.
func identifiers(name string) []string {
	var parts []string
	var part strings.Builder
	quote := rune(0)
	for _, c := range strings.TrimSpace(name) {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '`'):
			quote = c
		case quote == 0 && c == '.':
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteRune(c)
		}
	}
	return append(parts, part.String())
}
