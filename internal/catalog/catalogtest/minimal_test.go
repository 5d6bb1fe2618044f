package catalogtest

import (
	"maps"
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

func TestEveryKindHasAMinimalConfiguration(t *testing.T) {
	var names []string
	for _, kind := range catalog.Kinds() {
		names = append(names, kind.Name)
		for property := range Minimal(kind.Name) {
			if kind.Definition(property, kind.Newest()) == nil && !kind.Passthrough(property) && property != "topics" {
				t.Errorf("%s has no property %s", kind.Name, property)
			}
		}
	}
	slices.Sort(names)
	if have := slices.Sorted(maps.Keys(minimal)); !slices.Equal(have, names) {
		t.Errorf("there are minimal configurations of %v, want %v", have, names)
	}
}

func TestDefaultsAreThoseOfTheVersion(t *testing.T) {
	postgres := catalog.KindByName("postgres")
	got := WithDefaults(postgres, postgres.Newest(), "orders", Minimal("postgres").With(Config{"plugin.name": "decoderbufs"}))
	if got["slot.name"] != "orders" || got["plugin.name"] != "decoderbufs" || got["publication.name"] != "" {
		t.Errorf("got %v", got)
	}
}
