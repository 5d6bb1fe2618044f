// Package database_test drives the checks of databases on real servers: those
// of the stack, and further ones with other settings. What a check finds is
// seen to fail on a real worker, what it advises is carried out as printed, and
// then the connector must run.
package database_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/database"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// site is one database that a connector is to capture, with a name that
// everything in it shares: the role, the slot, the publication, the topic
// prefix and the connector.
type site struct {
	t      *testing.T
	stack  *stackfile.Stack
	client *kafkaconnect.Client
	name   string
	kind   string
	class  string
	config map[string]string
	admin  *acctest.Database
	// started counts the connectors so far.
	started int
	// primary is the port of the primary, where the site is on a standby.
	primary string
}

// newName is a name that no other test has.
func newName() string { return fmt.Sprintf("ready_%08x", rand.Uint32()) }

func newClient(t *testing.T, stack *stackfile.Stack) *kafkaconnect.Client {
	t.Helper()
	client, err := kafkaconnect.New(kafkaconnect.Options{URL: stack.Connect[0].URL()})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// check asks the database about the site's configuration.
func (s *site) check() database.Report {
	s.t.Helper()
	return s.checkWith(database.Request{Kind: s.kind, Config: s.config})
}

func (s *site) checkWith(request database.Request) database.Report {
	s.t.Helper()
	report, err := database.NewReader(database.DefaultOptions).Check(context.Background(), request)
	if err != nil {
		s.t.Fatalf("the database can't be checked: %s", err)
	}
	if report.Skipped != "" || len(report.Notes) > 0 {
		s.t.Fatalf("left out: %q %q", report.Skipped, report.Notes)
	}
	return report
}

// clean fails unless the database is ready.
func (s *site) clean() {
	s.t.Helper()
	for _, f := range s.check().Findings {
		s.t.Errorf("nothing is wrong, but it says: %+v", f)
	}
}

// finds returns the finding of a check. No other may be there, but those that
// are named.
func (s *site) finds(check string, also ...string) database.Finding {
	s.t.Helper()
	var found *database.Finding
	for _, f := range s.check().Findings {
		switch {
		case f.Check == check && found == nil:
			found = &f
		case !slices.Contains(also, f.Check):
			s.t.Errorf("besides %s it says: %+v", check, f)
		}
	}
	if found == nil {
		s.t.Fatalf("%s isn't found", check)
	}
	for what, text := range map[string]string{"summary": found.Summary, "detail": found.Detail, "remedy": found.Remedy} {
		if text == "" {
			s.t.Errorf("%s has no %s", check, what)
		}
	}
	return *found
}

// remedied holds the remedy of a finding to the table of checks.
func (s *site) remedied(f database.Finding) {
	s.t.Helper()
	if want := infoOf(s.t, f.Check).Remedy; !holds(f.Remedy, strings.ReplaceAll(want, "`", "")) {
		s.t.Errorf("the remedy of %s isn't %q: %s", f.Check, want, f.Remedy)
	}
}

// statements are the lines of SQL in a remedy.
func statements(remedy string) []string {
	var found []string
	for line := range strings.Lines(remedy) {
		if statement, ok := strings.CutPrefix(line, "    "); ok {
			found = append(found, strings.TrimRight(strings.TrimSpace(statement), ";"))
		}
	}
	return found
}

// configuration is the connector's. Where it is to run, it waits for its slot,
// which another worker may hold for a moment while the cluster rebalances.
func (s *site) configuration(slotRetries string) kafkaconnect.Config {
	config := kafkaconnect.Config{
		"name": s.connector(), "connector.class": s.class, "topic.prefix": s.name, "errors.max.retries": "0",
	}
	maps.Copy(config, s.config)
	if s.kind == database.Postgres {
		config["slot.max.retries"], config["slot.retry.delay.ms"] = slotRetries, "500"
	} else {
		config["schema.history.internal.kafka.bootstrap.servers"] = s.stack.Kafka.BootstrapServers()
		config["schema.history.internal.kafka.topic"] = "schema-changes." + s.connector()
	}
	return config
}

func (s *site) create(config kafkaconnect.Config) {
	s.t.Helper()
	if _, err := s.client.Create(s.t.Context(), kafkaconnect.CreateRequest{Name: s.connector(), Config: config}); err != nil {
		s.t.Fatal(err)
	}
}

// refusal is what the worker itself says against a configuration.
func (s *site) refusal(config kafkaconnect.Config) string {
	s.t.Helper()
	verdict, err := s.client.Validate(s.t.Context(), s.class, config)
	if err != nil {
		s.t.Fatal(err)
	}
	var messages []string
	for _, c := range verdict.Configs {
		if c.Value != nil {
			messages = append(messages, c.Value.Errors...)
		}
	}
	return strings.Join(messages, "\n")
}

// remove deletes the connector. Its offsets stay: the next one has another name.
func (s *site) remove() {
	ctx := context.WithoutCancel(s.t.Context())
	_ = s.client.Delete(ctx, s.connector())
	s.started++
}

// connector is the name of the connector that runs, or comes next.
func (s *site) connector() string { return fmt.Sprintf("%s-%d", s.name, s.started) }

// fails has the worker refuse the connector, or waits until its task fails, with
// these words.
func (s *site) fails(words string) {
	s.t.Helper()
	config := s.configuration("0")
	trace := s.refusal(config)
	if trace == "" {
		s.create(config)
		acctest.Eventually(s.t, "the task fails", func() bool {
			status, err := s.client.Status(s.t.Context(), s.connector())
			if err == nil && len(status.Tasks) > 0 && status.Tasks[0].State == kafkaconnect.StateFailed {
				trace = excerpt(status.Tasks[0].Trace)
			}
			return trace != ""
		})
	}
	s.t.Logf("the worker says:\n%s", trace)
	if !holds(trace, words) {
		s.t.Errorf("the worker doesn't say %q", words)
	}
	s.remove()
}

// holds reports whether a text has words in their order, "…" standing for
// anything between.
func holds(text, words string) bool {
	for part := range strings.SplitSeq(words, "…") {
		_, rest, ok := strings.Cut(text, strings.TrimSpace(part))
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// captures makes the connector and waits until it has sent the first row, and
// then another one, which the statement inserts.
func (s *site) captures(topic, insert, streamed string) {
	s.t.Helper()
	s.create(s.configuration("100"))
	topic = s.name + "." + topic
	s.reads(topic, "first")
	s.admin.Exec(insert)
	s.reads(topic, streamed)
	s.remove()
}

// reads waits for a row in a topic, unless the task fails before.
func (s *site) reads(topic, text string) {
	s.t.Helper()
	defer func() {
		if s.t.Failed() {
			status, err := s.client.Status(context.WithoutCancel(s.t.Context()), s.connector())
			s.t.Logf("the connector's status: %+v (%v)", status, err)
		}
	}()
	acctest.Eventually(s.t, "the connector has a topic, or fails", func() bool {
		status, err := s.client.Status(s.t.Context(), s.connector())
		if err == nil && len(status.Tasks) > 0 && status.Tasks[0].State == kafkaconnect.StateFailed {
			s.t.Fatalf("the task failed:\n%s", excerpt(status.Tasks[0].Trace))
		}
		topics, err := s.client.Topics(s.t.Context(), s.connector())
		return err == nil && slices.Contains(topics, topic)
	})
	acctest.ReadUntil(s.t, s.stack, topic, text)
}

// events returns the operations and rows that a topic has until one with a text
// comes, such as `u {"id":1,"v":"x"}`.
func (s *site) events(table, until string) []string {
	s.t.Helper()
	s.reads(s.name+"."+table, until)
	var events []string
	for _, value := range acctest.ReadUntil(s.t, s.stack, s.name+"."+table, until) {
		_, row, _ := strings.Cut(value, `"after":`)
		row, _, _ = strings.Cut(row, `,"source"`)
		_, operation, ok := strings.Cut(value, `"op":"`)
		if ok {
			events = append(events, operation[:1]+" "+row)
		}
	}
	return events
}

var causes = regexp.MustCompile(`(?m)^(Caused by: .*|[\w.]+(Exception|Error): .*)$`)

// excerpt are the lines of a trace that say what happened.
func excerpt(trace string) string {
	return strings.Join(append([]string{strings.SplitN(trace, "\n", 2)[0]}, causes.FindAllString(trace, -1)...), "\n")
}

// infoOf is a check's row in the table.
func infoOf(t *testing.T, check string) database.Info {
	t.Helper()
	for _, info := range database.List() {
		if info.Check == check {
			return info
		}
	}
	t.Fatalf("there is no check %s", check)
	return database.Info{}
}
