package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// moduleRoot is the module's root as tests of this package see it.
const moduleRoot = "../.."

func dataFile(t *catalog.Traits) string {
	return filepath.Join(moduleRoot, dataDir, t.Name+".json")
}

// onStack is a client of the real stack's worker, and what that has.
func onStack(t *testing.T) (*kafkaconnect.Client, []kafkaconnect.Plugin) {
	t.Helper()
	dir := os.Getenv("DEBEZIUM_STACK")
	if dir == "" {
		t.Skip("DEBEZIUM_STACK names no running stack")
	}
	stack, err := stackfile.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	plugins, err := client.PluginsOfAllTypes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return client, plugins
}

// The data must be what a real worker says now; the data of a version that
// the worker doesn't have can't be compared.
func TestDataAgreesWithTheRealWorker(t *testing.T) {
	client, plugins := onStack(t)
	installed, err := installedVersions(plugins)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range catalog.AllTraits() {
		known := unfold(readKind(t, kind))
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

// The same for the transformations, predicates and converters.
func TestComponentsAgreeWithTheRealWorker(t *testing.T) {
	client, plugins := onStack(t)
	file := readComponents(t)
	components, err := componentsAmong(plugins)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range components {
		t.Run(p.Class+" "+p.version.String(), func(t *testing.T) {
			class, variant, _ := strings.Cut(p.Class, "$")
			i := slices.IndexFunc(file, func(c catalog.CapturedComponent) bool { return c.Class == class && c.Type == p.Type })
			if i < 0 || variant != "" && !slices.Contains(file[i].Variants, variant) {
				t.Fatal("the data lack it")
			}
			now, err := captureComponent(t.Context(), client, p)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, unfold(file[i].Captured)[p.version], now)
		})
	}
}

func readKind(t *testing.T, kind *catalog.Traits) catalog.Captured {
	t.Helper()
	var file catalog.Captured
	if err := readFile(dataFile(kind), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func readComponents(t *testing.T) []catalog.CapturedComponent {
	t.Helper()
	var file []catalog.CapturedComponent
	if err := readFile(filepath.Join(moduleRoot, componentsFile), &file); err != nil {
		t.Fatal(err)
	}
	return file
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
		file := readKind(t, kind)
		if got := encode(unfold(file).fold(file.Class)); string(got)+"\n" != string(text) {
			t.Errorf("%s: reading and writing the file changes it", kind.Name)
		}
	}
}

func TestComponentsFileIsAsWritten(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(moduleRoot, componentsFile))
	if err != nil {
		t.Fatal(err)
	}
	file := readComponents(t)
	for i, c := range file {
		file[i].Captured = unfold(c.Captured).fold(c.Class)
	}
	if string(encodeComponents(file)) != string(text) {
		t.Error("reading and writing the file changes it")
	}
}

func TestReadingReversesWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known := byVersion{}
		for minor := range rapid.IntRange(1, 6).Draw(t, "versions") {
			known[catalog.Version{Major: 3, Minor: minor, Patch: 1, Qualifier: "Final"}] = definitions(t)
		}
		var file catalog.Captured
		if err := json.Unmarshal(encode(known.fold("a.Class")), &file); err != nil {
			t.Fatal(err)
		}
		if got := unfold(file); !reflect.DeepEqual(got, known) {
			t.Fatalf("wrote %v\nread  %v", known, got)
		}
	})
}

func TestTheNewestVersionOfAReleaseIsKept(t *testing.T) {
	known := byVersion{}
	for _, patch := range []int{0, 2, 1} {
		known.put(catalog.Version{Major: 3, Minor: 3, Patch: patch, Qualifier: "Final"}, nil)
	}
	if got := known.fold("a.Class").Versions; len(got) != 1 || got[0].Patch != 2 {
		t.Errorf("the versions are %v, want the newest alone", got)
	}
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
