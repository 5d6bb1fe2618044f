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
