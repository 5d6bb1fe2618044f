package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// moduleRoot is the module's root as tests of this package see it.
const moduleRoot = "../.."

func dataFile(t *catalog.Traits) string {
	return filepath.Join(moduleRoot, dataDir, t.Name+".json")
}

// The data must be what a real worker says now; the data of a version that
// the worker doesn't have can't be compared.
func TestDataAgreesWithTheWorker(t *testing.T) {
	dir := os.Getenv("DEBEZIUM_STACK")
	if dir == "" {
		t.Skip("DEBEZIUM_STACK names no running stack")
	}
	client, err := connect(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	installed, err := installedVersions(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range catalog.AllTraits() {
		known, err := read(dataFile(kind))
		if err != nil {
			t.Fatal(err)
		}
		if len(installed[kind.Class]) == 0 {
			t.Errorf("%s: the stack has no plugin of class %s", kind.Name, kind.Class)
		}
		for _, v := range installed[kind.Class] {
			t.Run(kind.Name+" "+v.String(), func(t *testing.T) {
				now, err := capture(t.Context(), client, kind.Class, v)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, known[v], now)
			})
		}
	}
}

func compare(t *testing.T, data, now []catalog.Definition) {
	t.Helper()
	byName := map[string]catalog.Definition{}
	for _, d := range data {
		byName[d.Name] = d
	}
	for _, d := range now {
		if was, ok := byName[d.Name]; !ok {
			t.Errorf("the data lacks %s", line(d))
		} else if !same(was, d) {
			t.Errorf("the data has  %s\nthe worker has %s", line(was), line(d))
		}
		delete(byName, d.Name)
	}
	for name := range byName {
		t.Errorf("the worker doesn't have %s", name)
	}
}

func TestDataFilesAreAsWritten(t *testing.T) {
	for _, kind := range catalog.AllTraits() {
		text, err := os.ReadFile(dataFile(kind))
		if err != nil {
			t.Fatal(err)
		}
		known, err := read(dataFile(kind))
		if err != nil {
			t.Fatal(err)
		}
		if got := encode(known.file(kind.Class)); string(got) != string(text) {
			t.Errorf("%s: reading and writing the file changes it", kind.Name)
		}
	}
}

func TestReadingReversesWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kind.json")
	rapid.Check(t, func(t *rapid.T) {
		known := byVersion{}
		for minor := range rapid.IntRange(1, 6).Draw(t, "versions") {
			known[catalog.Version{Major: 3, Minor: minor, Qualifier: "Final"}] = definitions(t)
		}
		if err := os.WriteFile(path, encode(known.file("a.Class")), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := read(path)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, known) {
			t.Fatalf("wrote %v\nread  %v", known, got)
		}
	})
}

// definitions draws few names and shapes, so that consecutive versions often agree.
func definitions(t *rapid.T) []catalog.Definition {
	names := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.ID).Draw(t, "names")
	slices.Sort(names)
	drawn := []catalog.Definition{}
	for _, name := range names {
		d := catalog.Definition{Name: name, Type: catalog.String}
		d.Importance = rapid.SampledFrom([]string{"", "high"}).Draw(t, "importance")
		if rapid.Bool().Draw(t, "values") {
			d.Values = []string{"<x>", "y"}
		}
		drawn = append(drawn, d)
	}
	return drawn
}

func TestDefinition(t *testing.T) {
	version := "3.5.0.Final"
	values := []string{"a", "b"}
	tests := map[string]struct {
		key  kafkaconnect.ConfigKeyInfo
		want catalog.Definition
	}{
		"values of a string": {
			kafkaconnect.ConfigKeyInfo{Name: "snapshot.mode", Type: "STRING", Importance: "LOW"},
			catalog.Definition{Name: "snapshot.mode", Type: catalog.String, Importance: "low", Values: values},
		},
		"installed classes are no values": {
			kafkaconnect.ConfigKeyInfo{Name: "key.converter", Type: "CLASS"},
			catalog.Definition{Name: "key.converter", Type: catalog.Class},
		},
		"installed versions are neither values nor a default": {
			kafkaconnect.ConfigKeyInfo{Name: "connector.plugin.version", Type: "STRING", Default: &version},
			catalog.Definition{Name: "connector.plugin.version", Type: catalog.String},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := definition(test.key, values)
			if !ok || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, %t, want %+v", got, ok, test.want)
			}
		})
	}
	if _, ok := definition(kafkaconnect.ConfigKeyInfo{Name: "column.mask.with.(d+).chars"}, nil); ok {
		t.Error("a pattern of names counts as a property")
	}
}
