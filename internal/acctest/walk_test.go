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

func TestNoDiagnosticTwiceInAWalk(t *testing.T) {
	warning := Diagnostic{Warning, "slot_name", "It is shared", "With another connector."}
	wrong := Diagnostic{Error, "slot_name", "It is wrong", "It has a space."}
	one, other := &Resource{}, &Resource{}
	cases := map[string]struct {
		of       *Resource
		again    Diagnostic
		failures int
	}{
		"the same warning":                     {one, warning, 1},
		"the same warning of another resource": {other, warning, 1},
		"a warning elsewhere":                  {one, Diagnostic{Warning, "publication_name", warning.Summary, warning.Detail}, 0},
		"the same error":                       {one, wrong, 1},
		"the same error of another resource":   {other, wrong, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := &recorder{TB: t}
			w := &Walk{Terraform: &Terraform{t: r}, reported: map[reported]bool{}}
			_ = w.report(one, Diagnostics{warning, wrong})
			_ = w.report(c.of, Diagnostics{c.again})
			if len(r.failures) != c.failures {
				t.Errorf("failures: %v", r.failures)
			}
		})
	}
}
