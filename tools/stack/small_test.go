//go:build unix

package main

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

func componentNames(s *stackfile.Stack) []string {
	var names []string
	for _, g := range groups(layout{dir: "/s"}, installation{}, s) {
		for _, c := range g {
			names = append(names, c.name)
		}
	}
	slices.Sort(names)
	return names
}

func TestASmallStackIsAPartOfTheFullOne(t *testing.T) {
	small, full := componentNames(newStack(layout{}, true)), componentNames(newStack(layout{}, false))
	if want := []string{"connect-1", "kafka", "mysql", "postgres"}; !reflect.DeepEqual(small, want) {
		t.Errorf("a small stack has %q, want %q", small, want)
	}
	if want := []string{"connect-1", "connect-2", "kafka", "mariadb", "mysql", "postgres", "registry"}; !reflect.DeepEqual(full, want) {
		t.Errorf("the full stack has %q, want %q", full, want)
	}
}

func TestNothingIsDownloadedTwice(t *testing.T) {
	var in installation
	seen, dirs := map[artifact]string{}, map[string]bool{}
	for _, p := range append(in.smallParts(), in.furtherParts()...) {
		dir, err := p.download.dir("cache")
		if err != nil {
			t.Fatal(err)
		}
		if dirs[dir] {
			t.Errorf("two downloads in %s", dir)
		}
		dirs[dir] = true
		for _, a := range append(p.pom.Dependencies, p.pom.Plugin.Items...) {
			if other, there := seen[a]; there {
				t.Errorf("%s has %s %s, and so has %s", p.name, a.ArtifactID, a.Version, other)
			}
			seen[a] = p.name
		}
	}
}

func TestTheFullPluginPathBeginsWithTheSmallOne(t *testing.T) {
	in := installation{plugins: "/a", morePlugins: "/b", converters: "/c"}
	if got := in.pluginPath(true); got != "/a" {
		t.Errorf("small: %s", got)
	}
	if got := in.pluginPath(false); got != "/a,/b,/c" {
		t.Errorf("full: %s", got)
	}
}

func TestVariablesNameOnlyWhatIsThere(t *testing.T) {
	of := func(small bool) []string {
		var names []string
		for _, v := range variables(newStack(layout{dir: "/s"}, small)) {
			if v.value == "0" || strings.Contains(v.value, ":0") {
				t.Errorf("%s=%s", v.name, v.value)
			}
			names = append(names, v.name)
		}
		return names
	}
	small, full := of(true), of(false)
	absent := []string{"TF_VAR_connect_failover_url", "TF_VAR_schema_registry_url", "TF_VAR_mariadb_port"}
	if want := append(slices.Clone(small), absent...); !reflect.DeepEqual(full, want) {
		t.Errorf("the full stack sets %q, want %q", full, want)
	}
}

func TestOnlyAStoppedStackChangesItsSize(t *testing.T) {
	l := layout{dir: t.TempDir()}
	self, err := stackfile.Identify(os.Getpid())
	if err != nil {
		t.Skipf("processes cannot be identified here: %v", err)
	}
	for _, small := range []bool{true, false} {
		recorded := newStack(l, small)
		if err := recorded.Save(); err != nil {
			t.Fatal(err)
		}
		loaded, err := loadOrNew(l)
		if err != nil || !reflect.DeepEqual(loaded, recorded) {
			t.Errorf("loaded %+v (%v), want %+v", loaded, err, recorded)
		}
		if got, err := sized(l, loaded, !small); err != nil || got.Small == small {
			t.Errorf("small %t: %v (%v), want the other size", small, got, err)
		}
		loaded.Kafka.Process = self
		if got, err := sized(l, loaded, small); err != nil || got != loaded {
			t.Errorf("small %t: %v (%v), want the running one", small, got, err)
		}
		if _, err := sized(l, loaded, !small); err == nil || !strings.Contains(err.Error(), "run down") {
			t.Errorf("small %t: error %v, want one that says to run down", small, err)
		}
	}
}
