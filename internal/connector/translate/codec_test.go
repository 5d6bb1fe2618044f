package translate

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

func TestDecodeHoldsTheMeaningAndRemembersTheText(t *testing.T) {
	cases := []struct {
		kind, property, text string
		attribute            any // nil: it goes to config
		remembered           bool
	}{
		{"mysql", "tombstones.on.delete", "true", true, false},
		{"mysql", "tombstones.on.delete", "True", true, true},
		{"mysql", "tombstones.on.delete", " false ", false, true},
		{"mysql", "tombstones.on.delete", "${file:/x:y}", nil, false},
		{"mysql", "tombstones.on.delete", "", nil, false},
		{"mysql", "tombstones.on.delete", "yes", nil, false},
		{"mysql", "database.port", "3306", 3306, false},
		{"mysql", "database.port", " 3306", 3306, true},
		{"mysql", "database.port", "03306", 3306, true},
		{"mysql", "database.port", "+1", 1, true},
		{"mysql", "database.port", "99999999999999999999", nil, false},
		{"mysql", "database.port", "3306.0", nil, false},
		{"mysql", "database.port", "${env:PORT}", nil, false},
		{"mysql", "table.include.list", "a.b,a.c", []string{"a.b", "a.c"}, false},
		{"mysql", "table.include.list", "a.c, a.b", []string{"a.c", "a.b"}, true},
		{"mysql", "table.include.list", "a.b,a.b", []string{"a.b"}, true},
		{"mysql", "table.include.list", `a.t\d{1\,3},b.c`, []string{`a.t\d{1,3}`, "b.c"}, false},
		{"mysql", "table.include.list", `a\,b`, []string{"a,b"}, false},
		{"mysql", "table.include.list", `a\\,b`, []string{`a\\`, "b"}, false},
		{"mysql", "table.include.list", "", []string{}, false},
		{"mysql", "table.include.list", " , ", []string{}, true},
		{"mysql", "table.include.list", "a,${file:/x:y}", nil, false},
		{"mysql", "database.hostname", " db ", " db ", false},
		{"mysql", "database.hostname", "${file:/x:y}", "${file:/x:y}", false},
		// What Terraform wouldn't write as it is where it generates a configuration.
		{"mysql", "database.hostname", "", nil, false},
		{"mysql", "heartbeat.action.query", `{ "a": 1 }`, nil, false},
		{"mysql", "heartbeat.action.query", `[1]`, nil, false},
		{"mysql", "heartbeat.action.query", `{not json}`, `{not json}`, false},
		{"mysql", "heartbeat.action.query", `1`, `1`, false},
		{"mysql", "no.such.property", "x", nil, false},
	}
	for _, c := range cases {
		t.Run(c.property+"="+c.text, func(t *testing.T) {
			kind := catalog.KindByName(c.kind)
			p := divide(kind, Expanded{}, map[string]string{c.property: c.text})
			got, held := p.attributes[catalog.AttributeName(c.property)]
			if held != (c.attribute != nil) {
				t.Fatalf("held by the attribute: %v, want %v", held, c.attribute != nil)
			}
			if held && !got.Equal(valueOf(c.attribute)) {
				t.Errorf("got %s, want %s", got, valueOf(c.attribute))
			}
			if !held && p.config[c.property] != c.text {
				t.Errorf("config has %q", p.config[c.property])
			}
			if _, remembered := p.spellings[c.property]; remembered != c.remembered {
				t.Errorf("text remembered: %v, want %v", remembered, c.remembered)
			}
		})
	}
}

func valueOf(v any) tftypes.Value {
	switch v := v.(type) {
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int:
		return intValue(int64(v))
	case []string:
		elements := make([]tftypes.Value, len(v))
		for i, e := range v {
			elements[i] = StringValue(e)
		}
		return tftypes.NewValue(listType, elements)
	default:
		return StringValue(v.(string))
	}
}

// TestExpandFlattenIsIdentity is the promise that an import never rewrites
// anything, over random configurations of every kind.
func TestExpandFlattenIsIdentity(t *testing.T) {
	for _, kind := range catalog.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				server := randomConfig(kind).Draw(t, "config")
				if again := roundTrip(kind, server); !maps.Equal(again, server) {
					t.Fatalf("flattened and expanded:\n%v\nwant:\n%v", again, server)
				}
			})
		})
	}
}

// roundTrip flattens a configuration, and expands what came out. The secrets,
// which only stay where they are, are mentioned by what was there before.
func roundTrip(kind *catalog.Kind, server map[string]string) map[string]string {
	d := divide(kind, Expanded{}, server)
	prior := Object{AttrConfig: flattenConfig(nil, d.config)}
	maps.Copy(prior, d.attributes)
	flat, spellings := Flatten(kind, prior, "", server, PrivateState{ServerSpellings: d.spellings})
	return Expand(kind, flat, spellings).Values
}

func randomConfig(kind *catalog.Kind) *rapid.Generator[map[string]string] {
	key := rapid.OneOf(
		rapid.SampledFrom(kind.Properties()),
		rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom(kind.Attributes()).Draw(t, "attribute").Property
		}),
		rapid.StringMatching(`[a-z]{1,8}(\.[a-z]{1,8}){0,3}`),
	)
	value := rapid.OneOf(
		rapid.SampledFrom([]string{
			"", " ", "true", "True", " FALSE", "0", " 42 ", "-7", "+7", "007", "1e3", "0.5", "NaN", "Infinity", "2147483648",
			"9223372036854775807", "9223372036854775808", "${file:/secrets/db.properties:port}", "a,${env:X}", "a,b", "b, a", "a,,b", ",",
			`public\.t\d{1\,3}`, `a\\,b`, `a\`, `\,`, `\\`, "••••••••", "ü,ß", "a b,c d", "x\ny",
		}),
		rapid.StringMatching(`[ ,\\a-c.{}0-9*$]{0,12}`),
		rapid.StringMatching(`[ +-]?[0-9]{1,20}( |\.[0-9]+)?`),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) map[string]string {
		config := rapid.MapOfN(key, value, 0, 30).Draw(t, "entries")
		delete(config, catalog.KeyName) // the resource keeps these two elsewhere
		delete(config, catalog.KeyClass)
		return config
	})
}

func FuzzExpandFlattenList(f *testing.F) {
	for _, seed := range []string{"", "a,b", `a\,b`, `\`, ",,", " a , b ", `\\,`, `{1\,3}`} {
		f.Add(seed)
	}
	kind := catalog.KindByName("postgres")
	f.Fuzz(func(t *testing.T, text string) {
		server := map[string]string{"table.include.list": text}
		if again := roundTrip(kind, server); !maps.Equal(again, server) {
			t.Fatalf("%q became %q", text, again["table.include.list"])
		}
	})
}
