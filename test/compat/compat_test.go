package compat_test

import (
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
)

// TestCompatibility: see the package's comment. What was seen is the table of
// the guide on versions: with -write it is written, otherwise it must be there.
func TestCompatibility(t *testing.T) {
	stack := acctest.Stack(t)
	all := releases(t, stack)
	provider := acctest.ProviderBinary(t)
	var s sightings
	t.Run("on", func(t *testing.T) {
		for _, r := range all {
			for _, kind := range []string{"postgres", "mysql"} {
				t.Run(kind+" on "+r.String(), func(t *testing.T) {
					t.Parallel()
					g := newRig(t, stack, provider, r, kind)
					for _, f := range features {
						if f.kinds == nil || slices.Contains(f.kinds, kind) {
							t.Log("--- " + f.name)
							s.try(t, g, f)
						}
					}
				})
			}
		}
	})
	if !t.Failed() {
		checkGuide(t, table(all, &s))
	}
}
