package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// The corpus is what people write: the facts of public examples, names and
// values, with hosts, names and secrets replaced. Those under good/ work, in
// the versions that the row names; wrong.json has those that don't.
const corpus = "testdata/corpus/"

type corpusRow struct {
	ID       string
	Source   string   // repository and path
	Class    string   // connector.class
	Versions []string // minor releases, or ranges of them: "2.0-3.2"
	Config   config
	// Allow are the warnings that a good configuration may have, "rule property".
	Allow []string
	// Find is what must be said of a wrong one.
	Find struct{ Property, Severity, Message string }
}

func readCorpus(t testing.TB, pattern string) []corpusRow {
	t.Helper()
	files, err := filepath.Glob(corpus + pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus %s: %v", pattern, err)
	}
	var rows []corpusRow
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var some []corpusRow
		if err := json.Unmarshal(text, &some); err != nil {
			t.Fatalf("%s: %s", file, err)
		}
		rows = append(rows, some...)
	}
	return rows
}

func (r corpusRow) kind(t testing.TB) *catalog.Kind {
	t.Helper()
	k := catalog.KindOfClass(r.Class)
	if k == nil {
		t.Fatalf("%s: no kind has the class %s", r.ID, r.Class)
	}
	return k
}

// minors are the minor releases of Debezium that configurations are judged by.
var minors = []string{"1.9", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6"}

func (r corpusRow) versions(t testing.TB) []string {
	t.Helper()
	var versions []string
	for _, text := range r.Versions {
		first, last, isRange := strings.Cut(text, "-")
		if !isRange {
			last = first
		}
		from, to := slices.Index(minors, first), slices.Index(minors, last)
		if from < 0 || to < from {
			t.Fatalf("%s: %q is no range of versions", r.ID, text)
		}
		versions = append(versions, minors[from:to+1]...)
	}
	return versions
}

// typed is the input of a typed resource: creation defaults stand beside what
// is written.
func (r corpusRow) typed(t testing.TB, v catalog.Version) Input {
	t.Helper()
	in := Input{Kind: r.kind(t), Version: v, Config: r.Config.With(nil), Derived: map[string]bool{}}
	for _, property := range in.Kind.DefaultOrder() {
		if _, written := in.Config[property]; written {
			continue
		}
		if value, ok := in.Kind.AttributeOf(property).Default.Derive(r.ID, in.Config); ok {
			in.Config[property], in.Derived[property] = value, true
		}
	}
	return in
}

func TestGoodCorpusIsClean(t *testing.T) {
	rows := readCorpus(t, "good/*.json")
	kinds := map[string]bool{}
	for _, r := range rows {
		kinds[r.kind(t).Name] = true
		t.Run(r.ID, func(t *testing.T) {
			for _, text := range r.versions(t) {
				v := version(t, text)
				r.judge(t, "typed "+text, Check(r.typed(t, v)))
				r.judge(t, "generic "+text, Check(Input{Kind: r.kind(t), Version: v, Config: r.Config}))
			}
		})
	}
	if len(rows) < 100 || len(kinds) != len(catalog.Kinds()) {
		t.Errorf("%d configurations of %d kinds, want at least 100 of all %d", len(rows), len(kinds), len(catalog.Kinds()))
	}
}

// judge allows what the row allows.
func (r corpusRow) judge(t *testing.T, how string, findings []Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Severity == Error || !slices.Contains(r.Allow, f.Rule+" "+f.Property) {
			t.Errorf("%s: %s: %s: %s", how, f.Severity, f.Summary, f.Detail)
		}
	}
}

// TestValidateIsSilentOnTheGoodCorpus is what "terraform validate" says of it,
// for typed resources and for those of any class.
func TestValidateIsSilentOnTheGoodCorpus(t *testing.T) {
	for _, r := range readCorpus(t, "good/*.json") {
		typed := r.typed(t, catalog.Version{})
		typed.Unknown = typed.Derived
		for name, in := range map[string]Input{"typed": typed, "generic": {Kind: r.kind(t), Config: r.Config}, "any class": {Config: r.Config}} {
			for _, f := range CheckEvery(in) {
				t.Errorf("%s, %s: %s: %s", r.ID, name, f.Summary, f.Detail)
			}
		}
	}
}

func TestWrongCorpusIsFound(t *testing.T) {
	rows := readCorpus(t, "wrong.json")
	if len(rows) < 40 {
		t.Errorf("%d configurations, want at least 40", len(rows))
	}
	for _, r := range rows {
		t.Run(r.ID, func(t *testing.T) {
			for _, text := range r.versions(t) {
				findings := Check(Input{Kind: r.kind(t), Version: version(t, text), Config: r.Config})
				if !slices.ContainsFunc(findings, r.isFoundBy) {
					t.Errorf("%s: want %s at %s with %q, got:\n%s", text, r.Find.Severity, r.Find.Property, r.Find.Message, listed(findings))
					return
				}
			}
		})
	}
}

func (r corpusRow) isFoundBy(f Finding) bool {
	return f.Property == r.Find.Property && f.Severity.String() == r.Find.Severity && strings.Contains(f.Summary+": "+f.Detail, r.Find.Message)
}

func listed(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "  %s %s at %s: %s: %s\n", f.Severity, f.Rule, f.Property, f.Summary, f.Detail)
	}
	return b.String()
}
