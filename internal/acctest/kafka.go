package acctest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// patience limits what a test waits for on the real stack. It guards against
// hanging; it isn't a measurement.
const patience = 3 * time.Minute

// Eventually waits until a condition is true.
func Eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %s in vain: %s", patience, what)
		}
	}
}

// ReadUntil reads a topic from the beginning until a record's value contains
// text, and returns the values read, that one last.
func ReadUntil(t *testing.T, stack *stackfile.Stack, topic, text string) []string {
	t.Helper()
	var values []string
	for _, r := range ReadRecords(t, stack, topic, text) {
		values = append(values, string(r.Value))
	}
	return values
}

// ReadRecords reads a topic from the beginning until a record's value contains
// text, and returns the records read, that one last.
func ReadRecords(t *testing.T, stack *stackfile.Stack, topic, text string) []*kgo.Record {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client, err := kgo.NewClient(
		kgo.SeedBrokers(stack.Kafka.BootstrapServers()),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.MetadataMinAge(200*time.Millisecond),
		kgo.UnknownTopicRetries(-1),
	)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var records []*kgo.Record
	for {
		fetches := client.PollFetches(ctx)
		if ctx.Err() != nil {
			t.Fatalf("no record of topic %s holds %q; read: %d records", topic, text, len(records))
		}
		found := false
		fetches.EachRecord(func(r *kgo.Record) {
			if !found {
				records = append(records, r)
				found = strings.Contains(string(r.Value), text)
			}
		})
		if found {
			return records
		}
	}
}
