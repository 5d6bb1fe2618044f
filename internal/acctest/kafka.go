package acctest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// patience bounds what a test waits for on the real stack. It is a bound
// against hanging, not a measure.
const patience = 3 * time.Minute

// Eventually waits until something is so.
func Eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %s in vain: %s", patience, what)
		}
	}
}

// ReadUntil reads a topic from its beginning until a record's value holds the
// text, and returns the values read so far, that one last.
func ReadUntil(t *testing.T, stack *stackfile.Stack, topic, text string) []string {
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
	var values []string
	for {
		fetches := client.PollFetches(ctx)
		if ctx.Err() != nil {
			t.Fatalf("no record of topic %s holds %q; read: %v", topic, text, values)
		}
		found := false
		fetches.EachRecord(func(r *kgo.Record) {
			if !found {
				values = append(values, string(r.Value))
				found = strings.Contains(string(r.Value), text)
			}
		})
		if found {
			return values
		}
	}
}
