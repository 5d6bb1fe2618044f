package list_test

import (
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

const s3Class = "io.confluent.connect.s3.S3SinkConnector"

// cluster has a connector of each kind, named by it, one by a class's simple
// name, and two of a class that has no resource.
func cluster(t *testing.T) *connecttest.Server {
	t.Helper()
	s3 := &connecttest.Plugin{Class: s3Class, Type: "sink", Version: "11.0.0"}
	worker := connecttest.New(t, connecttest.Plugins(append(connecttest.DefaultPlugins(), s3)...))
	for _, kind := range catalog.Kinds() {
		worker.AddConnector(kind.Name, ofClass(kind.Class, catalogtest.Minimal(kind.Name)), "")
	}
	worker.AddConnector("alias", ofClass("PostgresConnector", catalogtest.Minimal("postgres")), kafkaconnect.StatePaused)
	worker.AddConnector("archive-1", ofClass(s3Class, nil), "")
	worker.AddConnector("archive-2", ofClass(s3Class, nil), kafkaconnect.StateStopped)
	worker.FailTask("archive-1", 0, "java.lang.IllegalStateException: broken")
	return worker
}

func ofClass(class string, properties catalogtest.Config) kafkaconnect.Config {
	return kafkaconnect.Config(properties.With(catalogtest.Config{"connector.class": class}))
}

func walk(t *testing.T, url string) *acctest.Walk {
	t.Helper()
	return acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": url})
}

// TestEveryKindIsListed: each kind's list has its connectors and no other, and
// that of debezium_connector what is left.
func TestEveryKindIsListed(t *testing.T) {
	worker := cluster(t)
	w := walk(t, worker.URL)
	listed := []string{}
	for _, kind := range append(catalog.Kinds(), nil) {
		found, diags := w.Query(t.Context(), acctest.ResourceOf(kind), nil, false, 100)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		for _, f := range found {
			if f.Name != f.DisplayName || f.Resource.Type() != nil {
				t.Errorf("found: %+v", f)
			}
			config, _ := worker.Config(f.Name)
			if catalog.KindOfClass(config["connector.class"]) != kind {
				t.Errorf("%s is listed as %s", f.Name, acctest.ResourceOf(kind))
			}
			listed = append(listed, f.Name)
		}
	}
	want := append(catalog.KindNames(), "alias", "archive-1", "archive-2")
	slices.Sort(listed)
	if slices.Sort(want); !slices.Equal(listed, want) {
		t.Errorf("listed: %v, want %v", listed, want)
	}
	if n := worker.Count("GET", "/connectors"); n != 1 {
		t.Errorf("%d listings of the cluster, want one for all", n)
	}
}

func TestFilters(t *testing.T) {
	w := walk(t, cluster(t).URL)
	all := append(catalog.KindNames(), "alias", "archive-1", "archive-2")
	slices.Sort(all)
	for name, c := range map[string]struct {
		resource string
		config   acctest.Block
		limit    int64
		want     []string
	}{
		"name":                     {"debezium_postgres_connector", acctest.Block{"name_regex": "^al"}, 100, []string{"alias"}},
		"status":                   {"debezium_postgres_connector", acctest.Block{"status": "RUNNING"}, 100, []string{"postgres"}},
		"both":                     {"debezium_postgres_connector", acctest.Block{"status": "RUNNING", "name_regex": "^al"}, 100, nil},
		"failed":                   {"debezium_connector", acctest.Block{"status": "FAILED"}, 100, []string{"archive-1"}},
		"limit":                    {"debezium_connector", nil, 1, []string{"archive-1"}},
		"class":                    {"debezium_connector", acctest.Block{"connector_class": s3Class}, 100, []string{"archive-1", "archive-2"}},
		"class with a resource":    {"debezium_connector", acctest.Block{"connector_class": "PostgresConnector"}, 100, []string{"alias", "postgres"}},
		"class by its short name":  {"debezium_connector", acctest.Block{"connector_class": "Postgres"}, 100, []string{"alias", "postgres"}},
		"another's class":          {"debezium_connector", acctest.Block{"connector_class": "org.acme.Sink"}, 100, nil},
		"all":                      {"debezium_connector", acctest.Block{"include_typed": true}, 100, all},
		"typed are not asked for":  {"debezium_connector", acctest.Block{"include_typed": false}, 100, []string{"archive-1", "archive-2"}},
		"limit within the filters": {"debezium_connector", acctest.Block{"include_typed": true, "name_regex": "sink"}, 1, []string{"jdbc_sink"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, diags := w.Query(t.Context(), c.resource, c.config, false, c.limit)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			var names []string
			for _, f := range found {
				names = append(names, f.Name)
			}
			if !slices.Equal(names, c.want) {
				t.Errorf("found %v, want %v", names, c.want)
			}
		})
	}
}

// TestResource: what comes with a result is what an import gives.
func TestResource(t *testing.T) {
	w := walk(t, cluster(t).URL)
	for _, kind := range append(catalog.Kinds(), nil) {
		found, diags := w.Query(t.Context(), acctest.ResourceOf(kind), nil, true, 100)
		if len(diags) > 0 || len(found) == 0 {
			t.Fatalf("found %v: %v", found, diags)
		}
		for _, f := range found {
			imported := w.Resource(acctest.ResourceOf(kind))
			if diags := w.Import(t.Context(), imported, f.Name); diags.HasError() {
				t.Fatal(diags)
			}
			if !f.Resource.Equal(imported.State) {
				t.Errorf("listed: %s\nimported: %s", f.Resource, imported.State)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	worker := cluster(t)
	for name, c := range map[string]struct {
		url    string
		config acctest.Block
		want   string
	}{
		"a regular expression that is none": {worker.URL, acctest.Block{"name_regex": "("}, "Invalid regular expression"},
		"a status that is none":             {worker.URL, acctest.Block{"status": "BROKEN"}, `"RUNNING"`},
		"nobody there":                      {"http://127.0.0.1:1", nil, "connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			found, diags := walk(t, c.url).Query(t.Context(), "debezium_connector", c.config, false, 100)
			if len(found) > 0 || len(diags) != 1 || !diags.Mention(c.want) {
				t.Errorf("found %v and %v, want one error: %q", found, diags, c.want)
			}
		})
	}
}

// TestUnknownURL: nothing can be listed where the provider's URL isn't known.
func TestUnknownURL(t *testing.T) {
	w, _ := acctest.NewTerraform(t, acctest.InMemory(), acctest.Block{"url": acctest.Unknown}).Walk(t.Context())
	if _, diags := w.Query(t.Context(), "debezium_connector", nil, false, 100); len(diags) != 1 || !diags.Mention("The provider's url isn't known") {
		t.Errorf("got %v", diags)
	}
}
