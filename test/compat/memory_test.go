package compat_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// exchanges are requests whose answers differ between releases, or might. NAME
// is a connector's name, CONFIG its configuration, CLASS its class.
var exchanges = []struct{ method, path, body string }{
	{"GET", "/health", ""},
	{"GET", "/connectors/missing", ""},
	{"GET", "/connectors/missing/status", ""},
	{"GET", "/connectors/missing/offsets", ""},
	{"GET", "/connectors/missing/topics", ""},
	{"PUT", "/connectors/missing/pause", ""},
	{"PUT", "/connectors/missing/stop", ""},
	{"POST", "/connectors/missing/restart", ""},
	{"POST", "/connectors/missing/restart?includeTasks=true&onlyFailed=true", ""},
	{"DELETE", "/connectors/missing", ""},
	{"POST", "/connectors", `{"name": "NAME", "initial_state": "PAUSED", "config": CONFIG}`},
	{"DELETE", "/connectors/NAME", ""}, // where that was understood
	{"POST", "/connectors", `{"name": "NAME-2", "config": CONFIG}`},
	{"POST", "/connectors", `{"name": "NAME-2", "config": CONFIG}`},
	{"GET", "/connectors/NAME-2", ""},
	{"POST", "/connectors/NAME-2/restart", ""},
	{"POST", "/connectors/NAME-2/restart?includeTasks=true", ""},
	{"POST", "/connectors/NAME-2/restart?includeTasks=true&onlyFailed=true", ""},
	{"POST", "/connectors/NAME-2/tasks/9/restart", ""},
	{"GET", "/connectors/NAME-2/topics", ""},
	{"PUT", "/connectors/NAME-2/topics/reset", ""},
	{"PATCH", "/connectors/NAME-2/config", `{"max.batch.size": "1024"}`},
	{"PUT", "/connectors/NAME-2/config", `{}`},
	{"PATCH", "/connectors/NAME-2/offsets", `{"offsets": [{"partition": {"server": "a"}, "offset": {"lsn": 1}}]}`},
	{"DELETE", "/connectors/NAME-2/offsets", ""},
	{"PUT", "/connectors/NAME-2/pause", ""},
	{"PUT", "/connectors/NAME-2/stop", ""},
	{"PUT", "/connectors/NAME-2/resume", ""},
	{"DELETE", "/connectors/NAME-2", ""},
	{"GET", "/connector-plugins/CLASS/config", ""},
	{"GET", "/connector-plugins/PostgresConnector/config", ""},
	{"GET", "/connector-plugins/com.example.Missing/config", ""},
	{"PUT", "/connector-plugins/CLASS/config/validate", `{"connector.class": "CLASS", "name": "x"}`},
	{"PUT", "/connector-plugins/CLASS/config/validate", `{}`},
	{"PUT", "/connector-plugins/com.example.Missing/config/validate", `{"connector.class": "com.example.Missing"}`},
	{"POST", "/connectors", `{"name": "NAME-3", "config": {"connector.class": "com.example.Missing"}}`},
	{"POST", "/connectors", `{"name": "NAME-3", "config": {}}`},
	{"PUT", "/connectors/NAME-3/config", `{"connector.class": "com.example.Missing"}`},
	{"GET", "/connectors/a%2Fb", ""},
	{"GET", "/connectors/a%25b", ""},
	{"GET", "/connectors/a%5Cb", ""},
	{"GET", "/connectors/%2e%2e", ""},
	{"GET", "/connectors/a%3Bb", ""},
	{"GET", "/nowhere", ""},
	{"DELETE", "/connector-plugins", ""},
}

// TestInMemoryWorkersAnswerAsOldOnes holds the in-memory Kafka Connect in its
// versions before 4 to the real ones: with the same status and the same words.
func TestInMemoryWorkersAnswerAsOldOnes(t *testing.T) {
	stack := acctest.Stack(t)
	for _, r := range releases(t, stack)[1:] {
		t.Run(r.String(), func(t *testing.T) {
			t.Parallel()
			g := newTable(t, stack, r)
			inMemory := connecttest.New(t, connecttest.Version(r.kafka.String()),
				connecttest.Plugins(captured("postgres", r), captured("mysql", r)))
			for _, e := range exchanges {
				actual, fake := g.exchange(r.url, e.method, e.path, e.body), g.exchange(inMemory.URL, e.method, e.path, e.body)
				if actual != fake {
					t.Errorf("%s %s %.60s\nreal:      %s\nin memory: %s", e.method, e.path, e.body, actual, fake)
				}
			}
		})
	}
}

// captured is a plugin in the release's version, or the last before it that
// the catalog has captured.
func captured(kind string, r release) *connecttest.Plugin {
	versions := slices.DeleteFunc(slices.Clone(catalog.KindByName(kind).Versions()), r.debezium.Less)
	return connecttest.DebeziumPlugin(kind, versions[len(versions)-1].String())
}

// newTable is a rig without a workspace.
func newTable(t *testing.T, stack *stackfile.Stack, r release) *rig {
	t.Helper()
	g := &rig{t: t, stack: stack, release: r, kind: "postgres", client: clientOf(t, r.url)}
	g.makeTable()
	g.forget(g.name)
	g.forget(g.name + "-2")
	return g
}

// exchange sends a request, and gives the status and the words of the answer
// with what differs from run to run left out.
func (g *rig) exchange(url, method, path, body string) string {
	g.t.Helper()
	class := catalog.KindByName(g.kind).Class
	fill := strings.NewReplacer("NAME", g.name, "CONFIG", g.json(), "CLASS", class)
	for {
		request, err := http.NewRequestWithContext(g.t.Context(), method, url+fill.Replace(path), strings.NewReader(fill.Replace(body)))
		if err != nil {
			g.t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			g.t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			g.t.Fatal(err)
		}
		words := wordsOf(text)
		if strings.Contains(words, "rebalance") {
			continue // a moment after a write
		}
		return fmt.Sprintf("%d %s", response.StatusCode, words)
	}
}

// changing is what differs between runs: paths, and where a JSON text broke.
var changing = regexp.MustCompile(`(?s)PluginDesc\{.*|\s*at \[Source.*`)

// wordsOf is an error's message, and nothing for other answers.
func wordsOf(body []byte) string {
	var failure struct{ Message string }
	if json.Unmarshal(body, &failure) == nil {
		return changing.ReplaceAllString(failure.Message, "")
	}
	return ""
}

// json is the configuration of a connector on the rig's table.
func (g *rig) json() string {
	prefix, db := "topic.prefix", g.stack.Postgres
	if g.release.debezium.Major < 2 {
		prefix = "database.server.name"
	}
	text, err := json.Marshal(map[string]string{
		"connector.class": catalog.KindByName(g.kind).Class, "tasks.max": "1", prefix: g.space,
		"database.hostname": db.Host, "database.port": fmt.Sprint(db.Port), "database.user": db.User,
		"database.password": db.Password, "database.dbname": db.Name, "plugin.name": "pgoutput",
		"slot.name": catalog.SlotName(g.name + "-2"), "publication.name": catalog.SlotName(g.name + "-2"),
		"publication.autocreate.mode": "filtered", "table.include.list": g.space + ".a",
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return string(text)
}
