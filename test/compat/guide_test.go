package compat_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "write what was seen into the guide")

const (
	guide = "../../templates/guides/versions.md"
	begin = "<!-- made by make compat -->\n"
	end   = "<!-- end -->\n"
)

// table is what was seen, in Markdown.
func table(all []release, s *sightings) string {
	var b strings.Builder
	b.WriteString("| Kafka Connect<br>with Debezium |")
	for _, r := range all {
		fmt.Fprintf(&b, " %s<br>%s |", r.kafka, strings.TrimSuffix(r.debezium.String(), ".Final"))
	}
	b.WriteString("\n|---|" + strings.Repeat(":---:|", len(all)) + "\n")
	for _, f := range features {
		fmt.Fprintf(&b, "| %s |", f.name)
		for _, r := range all {
			fmt.Fprintf(&b, " %s |", map[bool]string{true: "yes", false: "no"}[s.seen[f.name][r.String()]])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func checkGuide(t *testing.T, table string) {
	t.Helper()
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no lines %q and %q", guide, begin, end)
	}
	fresh := before + begin + "\n" + table + "\n" + end + after
	if !*write {
		if fresh != string(text) {
			t.Errorf("%s isn't what was seen; make compat writes it:\n%s", guide, table)
		}
		return
	}
	if err := os.WriteFile(guide, []byte(fresh), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestGuideNamesTheReleases: the releases between those that are tried, from
// the provider's own limits.
func TestGuideNamesTheReleases(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range features {
		if row := fmt.Sprintf("\n| %d.%d | ", f.since.Major, f.since.Minor); !f.since.IsZero() && !strings.Contains(string(text), row) {
			t.Errorf("%s has no row %q for %s", guide, row, f.name)
		}
		if !strings.Contains(string(text), "| "+f.name+" |") {
			t.Errorf("%s says nothing of %q: run make compat", guide, f.name)
		}
	}
}
