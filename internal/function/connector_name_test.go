package function

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestNameOf(t *testing.T) {
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{"__orders--", "", "..EU/1 "}, "orders_eu_1_connector"},
		{[]string{"orders", "Connector"}, "orders_connector"},
		{[]string{"orders_connector connector"}, "orders_connector"},
		{[]string{"connector", "7"}, "connector_7_connector"},
		{[]string{"interconnector"}, "interconnector_connector"},
		{[]string{"Zürich", "日本"}, "z_rich_connector"},
		{[]string{"connector", "_Connector_"}, ""},
		{[]string{"日本"}, ""},
		{nil, ""},
	} {
		if got := nameOf(c.parts); got != c.want {
			t.Errorf("nameOf(%q) = %q, want %q", c.parts, got, c.want)
		}
	}
}

var wellFormed = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*_connector$`)

// TestNameIsWellFormedAndFinal: whatever the parts, the name has the promised
// form, and making a name of a name changes nothing.
func TestNameIsWellFormedAndFinal(t *testing.T) {
	part := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-_ cC]?([cC]onnector|orders|[0-9])[-_ ]?`))
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(part).Draw(t, "parts")
		name := nameOf(parts)
		if name == "" {
			return
		}
		if !wellFormed.MatchString(name) {
			t.Fatalf("nameOf(%q) = %q", parts, name)
		}
		if again := nameOf([]string{name}); again != name {
			t.Fatalf("nameOf(%q) = %q, and of that %q", parts, name, again)
		}
	})
}

func TestJoinWords(t *testing.T) {
	for _, c := range []struct {
		parts []string
		want  string
	}{
		{[]string{"Acme Corp", "Production DB"}, "acme_corp_production_db"},
		{[]string{"orders_connector"}, "orders_connector"},
		{[]string{"__", "7"}, "7"},
		{[]string{"日本", " "}, ""},
		{nil, ""},
	} {
		if got := joinWords(c.parts); got != c.want {
			t.Errorf("joinWords(%q) = %q, want %q", c.parts, got, c.want)
		}
	}
}
