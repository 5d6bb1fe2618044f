package database

import (
	"slices"
	"strings"
)

// selection says which tables a connector captures.
type selection struct {
	containers entries // of schemas, or of databases
	tables     entries
	signals    []string // the signal tables, which are captured besides
}

// entries are an include list and the exclude list beside it. Where there is
// an include list, Debezium doesn't look at the other.
type entries struct {
	include, exclude   string // the properties
	included, excluded []*pattern
}

// selection reads the lists; nil where one can't be read here.
func (v *view) selection(container string) *selection {
	s := &selection{}
	ok := v.entries(&s.containers, container) && v.entries(&s.tables, "table")
	if !v.known("signal.data.collection") {
		ok = false
		v.note("Tables aren't checked: signal.data.collection can't be read here.")
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

func (v *view) entries(e *entries, of string) bool {
	e.include, e.exclude = of+".include.list", of+".exclude.list"
	for _, list := range []struct {
		property string
		into     *[]*pattern
	}{{e.include, &e.included}, {e.exclude, &e.excluded}} {
		if !v.known(list.property) {
			v.note("Tables aren't checked: %s can't be read here.", list.property)
			return false
		}
		for _, text := range v.list(list.property) {
			p := compile(text)
			if p == nil {
				v.note("Tables aren't checked: the entry %s of %s can't be evaluated here.", text, list.property)
				return false
			}
			*list.into = append(*list.into, p)
		}
	}
	return true
}

// take reports whether the lists let a name through.
func (e *entries) take(name string) bool {
	matched := func(p *pattern) bool { m, _ := p.matches(name); return m }
	if len(e.included) > 0 {
		return slices.ContainsFunc(e.included, matched)
	}
	return !slices.ContainsFunc(e.excluded, matched)
}

// captures reports whether a connector captures a table.
func (s *selection) captures(container, table string) bool {
	name := container + "." + table
	return s.containers.take(container) && s.tables.take(name) || s.signal(name)
}

// signal reports whether a table is one that signals are sent through.
func (s *selection) signal(name string) bool {
	return slices.ContainsFunc(s.signals, func(signal string) bool { return lower(signal) == lower(name) })
}

// unmatched are the entries of the list in use that no name matches.
func (e *entries) unmatched(names []string) (property string, missing []*pattern) {
	property, list := e.include, e.included
	if len(list) == 0 {
		property, list = e.exclude, e.excluded
	}
	for _, p := range list {
		if !slices.ContainsFunc(names, func(name string) bool { m, ok := p.matches(name); return m || !ok }) {
			missing = append(missing, p)
		}
	}
	return property, missing
}

// identifiers splits a name of several parts, which may be in quotes.
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
