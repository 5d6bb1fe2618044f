// Package messages_test holds what the provider says to its users: each file of
// testdata is one situation, set up as a user would meet it, with all that is
// said in it. Together they are the catalog of the provider's messages, to be
// read when one is changed. `go test ./test/messages -update` writes them anew.
package messages_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

var update = flag.Bool("update", false, "write the files of testdata anew")

// situation is one in which the provider has something to say.
type situation struct {
	file  string // its name in testdata, without .txt
	title string // what a user did, for the reader of the file
	// diagnostics sets it up and returns all that the provider says.
	diagnostics func(t *testing.T) acctest.Diagnostics
}

// situations are all there are.
func situations() []situation {
	return slices.Concat(ruleSituations(), offsetSituations, changeSituations(), collisionSituations(), planSituations,
		verdictSituations, connectionSituations, endpointSituations(), applySituations, refreshSituations, importSituations, actionSituations, listSituations,
		secretSituations, providerSituations(), dataSourceSituations)
}

func TestMain(m *testing.M) {
	flag.Parse()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "DEBEZIUM_CONNECT_") || strings.HasPrefix(name, "DEBEZIUM_VALIDATION_") {
			os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

func TestMessages(t *testing.T) {
	acctest.Parallel(t, situations(), func(s situation) string { return s.file }, func(t *testing.T, s situation) {
		diagnostics := s.diagnostics(t)
		if len(diagnostics) == 0 {
			t.Fatal("the provider says nothing")
		}
		checkStyle(t, diagnostics)
		got := render(s.title, diagnostics)
		path := filepath.Join("testdata", s.file+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is no longer what the provider says (-update writes it anew):\n%s", path, got)
		}
	})
}

// TestEveryFileIsASituation: a file without a situation is compared to nothing.
func TestEveryFileIsASituation(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, s := range situations() {
		if all[s.file] {
			t.Errorf("two situations are called %s", s.file)
		}
		all[s.file] = true
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".txt"); !all[name] {
			t.Errorf("%s belongs to no situation", file)
		}
	}
}

// TestEveryRuleIsASituation: a rule whose message nobody reads may say anything.
func TestEveryRuleIsASituation(t *testing.T) {
	prefix := map[rules.Scope]string{
		rules.OneConfiguration: "rule-", rules.InitialOffsets: "rule-", rules.AgainstRunning: "change-", rules.BetweenConnectors: "collision-",
	}
	all := situations()
	for _, info := range rules.List() {
		file := prefix[info.Scope] + info.Rule
		if !slices.ContainsFunc(all, func(s situation) bool { return s.file == file }) {
			t.Errorf("no situation is called %s", file)
		}
	}
}

// address is one of this machine, with a port that is another in every run.
var address = regexp.MustCompile(`127\.0\.0\.1:\d{4,5}`)

// render writes a situation as its file has it.
func render(title string, diagnostics acctest.Diagnostics) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n", title)
	for _, d := range diagnostics {
		at := ""
		if d.Path != "" {
			at = " at " + d.Path
		}
		severity := strings.ToUpper(string(d.Severity[:1])) + string(d.Severity[1:])
		fmt.Fprintf(&text, "\n%s%s\n%s\n\n%s\n", severity, at, d.Summary, strings.TrimSpace(d.Detail))
	}
	return address.ReplaceAllStringFunc(text.String(), func(found string) string {
		if slices.Contains(fixed, found) {
			return found
		}
		return "connect:8083"
	})
}

// fixed are the addresses that the situations themselves write.
var fixed = []string{"127.0.0.1:9092", "127.0.0.1:15991"}

// odd is English that no native speaker writes, or that means something here
// alone.
var odd = regexp.MustCompile(`(?i)without a word|belong into|come to be|did not take|take turns|taken for|for tests alone|colour|behaviour|` +
	`neighbour|(normal|recogn|author|organ|initial|summar|serial)is|cancelled|time-out|white space|unauthoris|to-day|meanwhile created|an own|the both`)

// checkStyle holds messages to what all of them must be: a summary of one line
// and without the connector's name, so that Terraform folds equal ones, and a
// detail in sentences.
func checkStyle(t *testing.T, diagnostics acctest.Diagnostics) {
	t.Helper()
	for i, d := range diagnostics {
		if strings.ContainsAny(d.Summary, "\n") || strings.HasSuffix(d.Summary, ".") || d.Summary == "" {
			t.Errorf("the summary isn't a headline: %q", d.Summary)
		}
		if d.Severity == acctest.Warning && strings.Contains(d.Summary, `onnector "orders"`) {
			t.Errorf("a warning's summary names the connector: %q", d.Summary)
		}
		if found := odd.FindString(d.Summary + "\n" + d.Detail); found != "" {
			t.Errorf("%q in: %s", found, d)
		}
		if slices.Contains(diagnostics[:i], d) {
			t.Errorf("reported twice: %s", d)
		}
	}
}
