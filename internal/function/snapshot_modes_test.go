package function

import (
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// TestEveryModeHasAMeaning goes through the modes of all kinds and versions,
// and finds what the table says about modes that don't exist.
func TestEveryModeHasAMeaning(t *testing.T) {
	used := map[string]bool{}
	for _, kind := range catalog.Kinds() {
		for _, d := range kind.Definitions("snapshot.mode") {
			if len(d.Values) == 0 {
				t.Errorf("%s has snapshot.mode from %q until %q, but no modes", kind.Name, d.From, d.Until)
			}
			for _, mode := range d.Values {
				used[mode] = true
				if snapshotMeanings[mode] == "" {
					t.Errorf("%s has the mode %s from %q until %q, without a meaning", kind.Name, mode, d.From, d.Until)
				}
			}
		}
	}
	for mode := range snapshotMeanings {
		if !used[mode] {
			t.Errorf("no kind has the mode %s", mode)
		}
	}
}
