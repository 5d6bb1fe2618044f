package rules

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/rules/rulestest"
)

// config is a configuration in few words.
type config = catalogtest.Config

// unset takes a property out of a base configuration.
const unset = catalogtest.Unset

// minimal configurations start, and give no finding: what a kind needs, on the
// host db, and what a new connector gets from the provider but for a slot.
var minimal = func() map[string]config {
	all := map[string]config{}
	for _, k := range catalog.Kinds() {
		c := catalogtest.WithDefaults(k, k.Newest(), "shop", catalogtest.Minimal(k.Name)).With(config{"slot.name": unset})
		if c["database.hostname"] != "" {
			c["database.hostname"] = "db"
		}
		all[k.Name] = c
	}
	return all
}()

func version(t testing.TB, text string) catalog.Version {
	t.Helper()
	v, err := catalog.ParseVersion(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func found(findings []Finding, rule, property string) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Rule == rule && (property == "" || f.Property == property)
	})
}

func TestExamples(t *testing.T) {
	for _, e := range rulestest.Examples {
		if e.Version == "" {
			e.Version = "3.5"
		}
		t.Run(fmt.Sprintf("%s/%s/%s/%s", e.Rule, e.Kind, e.Property, e.Version), func(t *testing.T) {
			in := Input{Kind: catalog.KindByName(e.Kind), Version: version(t, e.Version), Config: minimal[e.Kind].With(e.Bad)}
			if got := Check(in); !found(got, e.Rule, e.Property) {
				t.Errorf("not found in %v; got %+v", in.Config, got)
			}
			in.Config = minimal[e.Kind].With(e.Good)
			if got := Check(in); found(got, e.Rule, "") {
				t.Errorf("found in %v: %+v", in.Config, got)
			}
		})
	}
}

func TestEveryRuleHasAnExample(t *testing.T) {
	covered := map[Scope]map[string]bool{OneConfiguration: {}, BetweenConnectors: {}, AgainstRunning: {}, InitialOffsets: {}}
	for _, e := range rulestest.Examples {
		covered[OneConfiguration][e.Rule] = true
	}
	for _, e := range collisionExamples {
		covered[BetweenConnectors][e.rule] = true
	}
	for _, e := range changeExamples {
		covered[AgainstRunning][e.rule] = true
	}
	for _, e := range offsetExamples {
		covered[InitialOffsets][e.rule] = true
	}
	for _, info := range List() {
		if !covered[info.Scope][info.Rule] {
			t.Errorf("rule %s (%s) has no example", info.Rule, info.Scope)
		}
	}
}

func TestListDescribesEveryRule(t *testing.T) {
	seen := map[string]bool{}
	for _, info := range List() {
		if seen[info.Rule] {
			t.Errorf("two rules are called %s", info.Rule)
		}
		seen[info.Rule] = true
		if info.Title == "" || info.Source == "" {
			t.Errorf("%s has no title or source", info.Rule)
		}
	}
}

func TestMinimalConfigurationsAreClean(t *testing.T) {
	for _, k := range catalog.Kinds() {
		in := Input{Kind: k, Version: version(t, "3.5"), Config: minimal[k.Name]}
		for _, f := range Check(in) {
			t.Errorf("%s: %+v", k.Name, f)
		}
	}
}

func TestRealisticConfigurationsAreClean(t *testing.T) {
	for name, changes := range realistic {
		for _, text := range []string{"3.5", "3.6"} {
			in := Input{Kind: catalog.KindByName(name), Version: version(t, text), Config: minimal[name].With(changes)}
			for _, f := range Check(in) {
				t.Errorf("%s %s: %+v", name, text, f)
			}
		}
	}
	for _, k := range catalog.Kinds() {
		if realistic[k.Name] == nil {
			t.Errorf("%s has no realistic configuration", k.Name)
		}
	}
}

func TestUnknownClassKnowsConnectsRulesOnly(t *testing.T) {
	got := Check(Input{Config: config{"tasks.max": "0", "my.property": "x", "transforms": "route"}})
	var rules []string
	for _, f := range got {
		rules = append(rules, f.Rule)
	}
	if !slices.Equal(rules, []string{"connect-value", "transform-type"}) {
		t.Errorf("got %+v", got)
	}
}

func TestUnknownValuesWait(t *testing.T) {
	k := catalog.KindByName("postgres")
	all := minimal["postgres"].With(config{
		"slot.name": "Not Valid", "snapshot.mode": "nonsense", "database.port": "x", "max.queue.size": "1",
		"skipped.operations": "x", "table.include.list": "(", "tasks.max": "0", "plugin.name": "x", "heartbeat.interval.ms": "-1",
		"signal.enabled.channels": "kafka", "transforms": "a",
	})
	for name, in := range map[string]Input{
		"unknown":   {Config: config{}, Unknown: map[string]bool{}},
		"reference": {Config: config{}},
	} {
		for key := range all {
			if name == "unknown" {
				in.Unknown[key] = true
			} else {
				in.Config[key] = "${file:/secrets:" + key + "}"
			}
		}
		in.Kind = k
		if got := Check(in); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := Check(Input{Kind: k, Config: all}); len(got) < 10 {
		t.Errorf("with known values: %+v", got)
	}
}

func TestPartialWaitsForWhatIsMissing(t *testing.T) {
	for _, k := range catalog.Kinds() {
		if got := Check(Input{Kind: k, Partial: true}); len(got) != 0 {
			t.Errorf("%s: %+v", k.Name, got)
		}
		if got := Check(Input{Kind: k}); len(got) == 0 {
			t.Errorf("%s: an empty configuration has no finding", k.Name)
		}
	}
}

func TestCheckEveryFindsWhatNoVersionAllows(t *testing.T) {
	in := Input{Kind: catalog.KindByName("postgres"), Config: minimal["postgres"].With(config{
		"slot.name":            "Not Valid", // wrong in every version
		"snapshot.mode":        "no_data",   // since 2.6 only
		"database.hostname":    unset,       // needed in every version
		"database.server.name": "shop",      // right in 1.9
	})}
	got := CheckEvery(in)
	if !found(got, "slot-name", "slot.name") || !found(got, "required", "database.hostname") {
		t.Errorf("got %+v", got)
	}
	for _, property := range []string{"snapshot.mode", "database.server.name", "topic.prefix"} {
		if slices.ContainsFunc(got, func(f Finding) bool { return f.Property == property }) {
			t.Errorf("%s is right in some version: %+v", property, got)
		}
	}
}

func TestJavaRegex(t *testing.T) {
	for _, good := range []string{
		`public\.orders`, `public.(orders|lines)`, `(?i)public\..*`, `a{2}`, `a{1,3}?`, `a*+`, `[]a]`, `[^]a]`, `[a-z&&[^b]]`, `\Q(\E`, `\Qa(`,
		`(?!x)a`, `(?<=x)a`, `(?<name>a)\k<name>`, `\p{Lower}`, `a|`, `]`, `}`, `^*a`, `\x{41}`, `(?x) a # (`, ``,
	} {
		if problem := regexProblem(good); problem != "" {
			t.Errorf("%s: %s", good, problem)
		}
	}
	for _, bad := range []string{
		`(`, `)`, `a)`, `(a`, `[`, `[a`, `[]`, `[[a]`, `*a`, `a**`, `(*)`, `a|*`, `a{`, `a{x}`, `a{1,3`, `{a,b}`, `a\`, `\y`, `\g`, `(?a)`, `(?<n`, `\p{L`, `a?*`,
	} {
		if regexProblem(bad) == "" {
			t.Errorf("%s is taken for valid", bad)
		}
	}
}

// TestAnyConfigurationIsJudged: no configuration makes a check panic, and the
// same one always gives the same findings.
func TestAnyConfigurationIsJudged(t *testing.T) {
	names := []string{""} // an unknown class
	var properties []string
	for _, k := range catalog.Kinds() {
		names = append(names, k.Name)
		properties = append(properties, k.Properties()...)
	}
	properties = append(properties, "transforms", "transforms.a.type", "converters", "database.server.name", "table.whitelist", "x.y", "column.mask.with.3.chars")
	values := rapid.OneOf(
		rapid.String(), rapid.SampledFrom([]string{"", " ", "true", "0", "-1", "99999999999", "a,b", "custom", "kafka", "source", "***", "${x:y}", "(", "[a", `\`, "hybrid"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		in := Input{
			Kind:    catalog.KindByName(rapid.SampledFrom(names).Draw(t, "kind")),
			Version: catalog.Version{Major: rapid.IntRange(0, 5).Draw(t, "major"), Minor: rapid.IntRange(0, 10).Draw(t, "minor")},
			Config:  rapid.MapOf(rapid.OneOf(rapid.SampledFrom(properties), rapid.StringN(1, -1, -1)), values).Draw(t, "config"),
			Unknown: rapid.MapOf(rapid.SampledFrom(properties), rapid.Bool()).Draw(t, "unknown"),
			Partial: rapid.Bool().Draw(t, "partial"),
		}
		first := Check(in)
		for range 3 {
			if again := Check(in); !slices.Equal(first, again) {
				t.Fatalf("%+v\n%+v", first, again)
			}
		}
		for _, f := range CheckEvery(in) {
			if f.Property == "" || f.Summary == "" || f.Detail == "" || f.Rule == "" {
				t.Fatalf("incomplete: %+v", f)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	in := Input{Kind: catalog.KindByName("mysql"), Version: version(b, "3.5"), Config: minimal["mysql"].With(realistic["mysql"])}
	for b.Loop() {
		Check(in)
	}
}

func BenchmarkCheckEvery(b *testing.B) {
	in := Input{Kind: catalog.KindByName("mysql"), Config: minimal["mysql"].With(realistic["mysql"])}
	for b.Loop() {
		CheckEvery(in)
	}
}
