package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIsReference(t *testing.T) {
	tests := map[string]bool{
		"${file:/secrets/db.properties:password}": true,
		"${env:PASSWORD}":                         true,
		"jdbc:mysql://${env:HOST}/db":             true,
		"${topic}":                                false,
		"$${topic}_${source.table}":               false,
		"a:b}":                                    false,
		"":                                        false,
	}
	for value, want := range tests {
		if got := IsReference(value); got != want {
			t.Errorf("%q is a reference: %t, want %t", value, got, want)
		}
	}
}

func TestIsMask(t *testing.T) {
	tests := map[string]bool{"••••••••": true, "********": true, "***": true, "*": false, "**": false, "": false, "a*": false, "secret": false}
	for value, want := range tests {
		if got := IsMask(value); got != want {
			t.Errorf("%q is a mask: %t, want %t", value, got, want)
		}
	}
}

func TestSplitList(t *testing.T) {
	tests := map[string][]string{
		"":                    nil,
		" ":                   nil,
		"a":                   {"a"},
		"a,b":                 {"a", "b"},
		" a , b ":             {"a", "b"},
		"a,,b,":               {"a", "b"},
		"a, ,b":               {"a", "b"},
		`a\,b`:                {"a,b"},
		`t_[0-9]{1\,3},u`:     {"t_[0-9]{1,3}", "u"},
		`a\.b,c\.d`:           {`a\.b`, `c\.d`},
		`a\\,b`:               {`a\\`, "b"},
		"public.a,\npublic.b": {"public.a", "public.b"},
	}
	for text, want := range tests {
		if got := SplitList(text); !slices.Equal(got, want) {
			t.Errorf("%q splits into %q, want %q", text, got, want)
		}
	}
}

func TestJoinList(t *testing.T) {
	tests := []struct {
		elements []string
		want     string
	}{
		{nil, ""},
		{[]string{"a", "b"}, "a,b"},
		{[]string{"t_[0-9]{1,3}", "u"}, `t_[0-9]{1\,3},u`},
		{[]string{`t_[0-9]{1\,3}`}, `t_[0-9]{1\,3}`},
		{[]string{`a\.b`}, `a\.b`},
		{[]string{`a\\,b`}, `a\\\,b`},
	}
	for _, test := range tests {
		if got := JoinList(test.elements); got != test.want {
			t.Errorf("%q joins to %q, want %q", test.elements, got, test.want)
		}
	}
}

// ambiguous are elements that no text of a list gives back as they are: a
// backslash before a comma, or at the end, reads as an escape.
var ambiguous = regexp.MustCompile(`(^|[^\\])(\\\\)*\\(,|$)`)

func TestSplittingReversesJoining(t *testing.T) {
	element := rapid.StringOfN(rapid.SampledFrom([]rune(`ab.*\, {}`)), 1, 12, -1).Filter(func(s string) bool {
		return strings.TrimSpace(s) == s && !ambiguous.MatchString(s)
	})
	rapid.Check(t, func(t *rapid.T) {
		elements := rapid.SliceOf(element).Draw(t, "elements")
		text := JoinList(elements)
		if got := SplitList(text); !slices.Equal(got, elements) {
			t.Fatalf("%q joins to %q, which splits into %q", elements, text, got)
		}
	})
}

func TestSameMeaning(t *testing.T) {
	tests := []struct {
		a, b string
		t    Type
		want bool
	}{
		{"True", "true", Boolean, true},
		{" false", "FALSE", Boolean, true},
		{"true", "false", Boolean, false},
		{"yes", "Yes", Boolean, false},
		{" 8", "8", Int, true},
		{"+8", "8", Long, true},
		{"8", "9", Int, false},
		{"99999999999", "99999999999 ", Int, false},
		{"99999999999", "99999999999 ", Long, true},
		{"1.0", "1", Double, true},
		{"1.5", "1", Double, false},
		{"b, a", "a,b", List, true},
		{"a,a,b", "a,b", List, true},
		{`a\,b`, "a,b", List, false},
		{"a", "a,b", List, false},
		{"A", "a", List, false},
		{"a ", "a", String, false},
		{"same", "same", String, true},
		{"not a number", "not a number", Int, true},
	}
	for _, test := range tests {
		if got := SameMeaning(test.a, test.b, test.t); got != test.want {
			t.Errorf("%q and %q mean the same as %s: %t, want %t", test.a, test.b, test.t, got, test.want)
		}
		if got := SameMeaning(test.b, test.a, test.t); got != test.want {
			t.Errorf("%q and %q mean the same as %s: %t, want %t", test.b, test.a, test.t, got, test.want)
		}
	}
}

func TestParseInt(t *testing.T) {
	tests := []struct {
		text string
		t    Type
		want int64
		ok   bool
	}{
		{"2147483647", Int, 2147483647, true},
		{"2147483648", Int, 0, false},
		{"2147483648", Long, 2147483648, true},
		{"32767", Short, 32767, true},
		{"32768", Short, 0, false},
		{" -1 ", Int, -1, true},
		{"1e3", Int, 0, false},
		{"", Int, 0, false},
	}
	for _, test := range tests {
		if n, ok := ParseInt(test.text, test.t); ok != test.ok || ok && n != test.want {
			t.Errorf("%q as %s is %d, %t, want %d, %t", test.text, test.t, n, ok, test.want, test.ok)
		}
	}
}

func TestIsSecret(t *testing.T) {
	tests := map[string]bool{
		"database.password":                                              true,
		"database.ssl.keystore.password":                                 true,
		"DATABASE.PASSWORD":                                              true,
		"some.client.secret":                                             true,
		"schema.history.internal.producer.sasl.jaas.config":              true,
		"value.converter.basic.auth.user.info":                           true,
		"value.converter.apicurio.registry.auth.client-secret":           true,
		"value.converter.basic.auth.user.info.extra":                     true,
		"value.converter.apicurio.registry.auth.client-secret.extra":     true,
		"gcp.spanner.credentials.json":                                   true,
		"mongodb.connection.string":                                      true,
		"schema.history.internal.azure.storage.account.connectionstring": true,
		"database.password.file":                                         false,
		"secret.name":                                                    false,
		"sasl.jaas.config.path":                                          false,
		"gcp.spanner.credentials.path":                                   false,
		"database.user":                                                  false,
		"value.converter.basic.auth.credentials.source":                  false,
		"mongodb.connection.string.shard.params":                         false,
	}
	for property, want := range tests {
		if got := IsSecret(property, String); got != want {
			t.Errorf("%s is a secret: %t, want %t", property, got, want)
		}
	}
	if !IsSecret("any.name", Password) {
		t.Error("a property of type PASSWORD is no secret")
	}
}

// Each version tells its own pattern as the default of custom.sanitize.pattern.
// What any of them masks must be a secret here.
func TestSecretsAreThoseThatDebeziumMasks(t *testing.T) {
	patterns := map[string]bool{}
	for _, k := range Kinds() {
		for _, d := range k.Definitions("custom.sanitize.pattern") {
			if d.Default != nil {
				patterns[*d.Default] = true
			}
		}
	}
	if len(patterns) == 0 {
		t.Fatal("no version tells its pattern")
	}
	for pattern := range patterns {
		masks := regexp.MustCompile(`(?i)^(?:` + pattern + `)$`)
		for _, k := range Kinds() {
			for _, property := range k.Properties() {
				if masks.MatchString(property) && !IsSecret(property, String) {
					t.Errorf("%s masks %s, which is no secret here", pattern, property)
				}
			}
		}
		for part := range strings.SplitSeq(pattern, "|") {
			name := strings.NewReplacer(`.*`, "x.", `\.`, ".", `$`, "").Replace(part)
			if !IsSecret(name, String) {
				t.Errorf("%s masks %s, which is no secret here", pattern, name)
			}
		}
	}
}

// A kind knows its secrets beforehand; for other names only the name decides.
func TestKindIsSecret(t *testing.T) {
	tests := []struct {
		kind, property string
		want           bool
	}{
		{"mysql", "database.password", true},
		{"mysql", "database.hostname", false},
		{"mongodb", "mongodb.connection.string", true},
		{"mysql", "my.own.secret", true},
		{"mysql", "my.own.property", false},
		{"", "database.password", true},
		{"", "database.hostname", false},
	}
	for _, test := range tests {
		if got := KindByName(test.kind).IsSecret(test.property); got != test.want {
			t.Errorf("%s: %s is a secret: %t, want %t", test.kind, test.property, got, test.want)
		}
	}
	for _, k := range Kinds() {
		for _, property := range k.Properties() {
			if want := IsSecret(property, k.newest(property).Type); k.IsSecret(property) != want {
				t.Errorf("%s: %s is a secret: %t, want %t", k.Name, property, !want, want)
			}
		}
	}
}

func BenchmarkKindIsSecret(b *testing.B) {
	k := KindByName("mysql")
	for name, property := range map[string]string{"known": "table.include.list", "unknown": "transforms.unwrap.type"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				k.IsSecret(property)
			}
		})
	}
}

func BenchmarkReplacement(b *testing.B) {
	k := KindByName("mysql")
	for b.Loop() {
		k.Replacement("table.include.list")
	}
}
