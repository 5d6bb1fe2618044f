package main

import (
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

func TestEveryCheckHasOneParagraph(t *testing.T) {
	var list, details strings.Builder
	writeChecks(&list, rules.List())
	writeDetails(&details, rules.List())
	for _, info := range rules.List() {
		if n := strings.Count(details.String(), `<a id="`+info.Rule+`"></a>`); n != 1 {
			t.Errorf("%s has %d paragraphs", info.Rule, n)
		}
		if n, most := strings.Count(list.String(), "(check-details.md#"+info.Rule+")"), max(1, len(info.Kinds)); n < 1 || n > most {
			t.Errorf("%s is in the list %d times, want 1 to %d", info.Rule, n, most)
		}
	}
}

// TestAKindFitsOnAScreen: that is what the list is for.
func TestAKindFitsOnAScreen(t *testing.T) {
	const lines = 40
	for _, p := range parts(rules.List()) {
		if len(p.kinds) == 1 && len(p.infos) > lines {
			t.Errorf("%s has %d lines, want at most %d", p.title, len(p.infos), lines)
		}
	}
}

func TestLimits(t *testing.T) {
	some := part{kinds: []string{"mysql", "postgres"}}
	tests := map[string]rules.Info{
		"":                            {Kinds: []string{"mysql", "postgres", "oracle"}},
		" (from 2.6)":                 {Versions: "from 2.6"},
		" (not MySQL)":                {Kinds: []string{"postgres"}},
		" (not PostgreSQL; from 2.6)": {Kinds: []string{"mysql"}, Versions: "from 2.6"},
	}
	for want, info := range tests {
		if got := some.limits(info); got != want {
			t.Errorf("%+v: %q, want %q", info, got, want)
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
		"any connector":         nil,
		"all of Debezium":       named(func(*catalog.Kind) bool { return true }),
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
