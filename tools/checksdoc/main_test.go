package main

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

func TestEveryCheckHasOneLine(t *testing.T) {
	var page strings.Builder
	write(&page, rules.List())
	for _, info := range rules.List() {
		if n := strings.Count(page.String(), `<a id="`+info.Rule+`"></a>`); n != 1 {
			t.Errorf("%s is on the page %d times", info.Rule, n)
		}
	}
	for line := range strings.Lines(page.String()) {
		columns := strings.Count(line, "|") - strings.Count(line, `\|`)
		if strings.HasPrefix(line, "|") && columns != 7 {
			t.Errorf("not six columns: %s", line)
		}
	}
}

func TestConnectors(t *testing.T) {
	named := func(want func(*catalog.Kind) bool) []string {
		var names []string
		for _, k := range catalog.Kinds() {
			if want(k) {
				names = append(names, k.Name)
			}
		}
		return names
	}
	tests := map[string][]string{
		"any class":             nil,
		"all":                   named(func(*catalog.Kind) bool { return true }),
		"all sources":           named(func(k *catalog.Kind) bool { return !k.Sink }),
		"all but MySQL":         named(func(k *catalog.Kind) bool { return k.Name != "mysql" }),
		"MongoDB sink, MySQL":   {"mongodb_sink", "mysql"},
		"JDBC sink, PostgreSQL": {"postgres", "jdbc_sink"},
	}
	for want, names := range tests {
		if got := connectors(names); got != want {
			t.Errorf("%v are called %q, want %q", names, got, want)
		}
	}
}
