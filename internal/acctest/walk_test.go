package acctest

import (
	"fmt"
	"testing"
)

// recorder keeps the failures of a test in place of failing.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func TestNothingIsSaidTwiceInAWalk(t *testing.T) {
	warning := Diagnostic{Warning, "slot_name", "It is shared", "With another connector."}
	elsewhere := warning
	elsewhere.Path = "publication_name"
	r := &recorder{TB: t}
	w := &Walk{Terraform: &Terraform{t: r}}
	w.hear(Diagnostics{warning, elsewhere})
	if len(r.failures) > 0 {
		t.Errorf("two that differ: %v", r.failures)
	}
	w.hear(Diagnostics{warning})
	if len(r.failures) != 1 {
		t.Errorf("the same one again: %v", r.failures)
	}
}
