package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// captureLimit limits the wait for a record, which takes a second or two.
const captureLimit = time.Minute

// capture writes a row and reads the resulting record from Kafka.
func (d *demo) capture(ctx context.Context, c change) error {
	ctx, cancel := context.WithTimeout(ctx, captureLimit)
	defer cancel()
	if err := c.insert(ctx); err != nil {
		return err
	}
	value, err := d.find(ctx, c)
	if err != nil {
		return fmt.Errorf("topic %s: no record of the new row: %w", c.topic, err)
	}
	// Debezium's envelope, as written by Kafka's JSON converter.
	var record struct {
		Payload struct {
			Op    string          `json:"op"`
			After json.RawMessage `json:"after"`
		} `json:"payload"`
	}
	if err := json.Unmarshal(value, &record); err != nil {
		return fmt.Errorf("topic %s: %w", c.topic, err)
	}
	fmt.Printf("%s -> topic %s: op %q, after %s\n", c.database, c.topic, record.Payload.Op, record.Payload.After)
	return nil
}

// find reads the topic from the beginning up to the row's record.
func (d *demo) find(ctx context.Context, c change) ([]byte, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(d.stack.Kafka.BootstrapServers()),
		kgo.ConsumeTopics(c.topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
	)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	for {
		fetches := client.PollFetches(ctx)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, record := range fetches.Records() {
			if strings.Contains(string(record.Value), c.email) {
				return record.Value, nil
			}
		}
	}
}
