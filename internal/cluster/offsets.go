package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// ErrOffsetsOverwritten means that a connector's offsets didn't stay as they
// were written.
var ErrOffsetsOverwritten = errors.New("a task of the connector wrote its own offsets each time, although the connector is stopped. " +
	"Its worker may have lost contact with the others: restart that worker, and try again")

// ChangeOffsets sets the offsets of a stopped connector, or deletes all of them
// if there are none to set, and returns once they have stayed that way for a while.
// passing are refusals that go away on their own. written reports whether the
// offsets have been written, even if there is an error.
//
// A connector is STOPPED, without tasks, and its offsets can be changed, before
// each worker has ended its tasks; a task that ends last commits its offsets
// over the new ones (11 of 40 stops of busy connectors on Kafka Connect 4.3.1
// with two workers). So what was written is read back, and written again.
func (c *Cluster) ChangeOffsets(ctx context.Context, name string, offsets kafkaconnect.Offsets, passing ...error) (written bool, err error) {
	write := func() error { return c.Client.ResetOffsets(ctx, name) }
	if len(offsets.Offsets) > 0 {
		write = func() error { return c.Client.AlterOffsets(ctx, name, &offsets) }
	}
	// The worker refuses until it knows that the connector is stopped.
	passing = append(passing, kafkaconnect.ErrInvalidConfig)
	for range c.Timing.WriteTries {
		if err := c.RetryWrite(ctx, write, passing...); err != nil {
			return written, err
		}
		written = true
		stayed, err := c.offsetsStay(ctx, name, offsets)
		if err != nil {
			return written, fmt.Errorf("the offsets were written, but couldn't be read back: %w", err)
		}
		if stayed {
			return written, nil
		}
		tflog.Warn(ctx, "A task that was still ending overwrote the offsets; writing them again", map[string]any{"connector": name})
	}
	return written, ErrOffsetsOverwritten
}

// offsetsStay reports whether a connector's offsets stay as they were written
// until a task that was still ending would have overwritten them.
func (c *Cluster) offsetsStay(ctx context.Context, name string, want kafkaconnect.Offsets) (bool, error) {
	failures := 0
	for began := time.Now(); ; {
		select {
		case <-time.After(min(c.Timing.Poll, c.Timing.SettleOffsets)):
		case <-ctx.Done(): // the read says how it ended
		}
		got, err := c.Client.Offsets(ctx, name)
		switch {
		case err != nil:
			if failures++; failures == c.Timing.ReadTries || ctx.Err() != nil {
				return false, err
			}
		case !hasOffsets(got.Offsets, want.Offsets):
			return false, nil
		case time.Since(began) >= c.Timing.SettleOffsets:
			return true, nil
		}
	}
}

// hasOffsets reports whether got is what was written: none if want is empty, else
// those of the partitions that want names.
func hasOffsets(got, want []kafkaconnect.Offset) bool {
	if len(want) == 0 {
		return len(got) == 0
	}
	byPartition := map[string]string{}
	for _, o := range got {
		byPartition[canonical(o.Partition)] = canonical(o.Offset)
	}
	for _, o := range want {
		if byPartition[canonical(o.Partition)] != canonical(o.Offset) {
			return false
		}
	}
	return true
}

// canonical returns a JSON text that is the same for whatever Kafka Connect may
// return for one value: members are sorted, those that are null left out, and
// numbers lose their notation; a sink's may also be given as strings. It is
// empty for null and for no text.
func canonical(text json.RawMessage) string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil || value == nil {
		return ""
	}
	sorted, err := json.Marshal(canonicalValue(value))
	if err != nil {
		return string(text)
	}
	return string(sorted)
}

func canonicalValue(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, member := range value {
			if value[key] = canonicalValue(member); member == nil {
				delete(value, key)
			}
		}
	case []any:
		for i, item := range value {
			value[i] = canonicalValue(item)
		}
	case json.Number:
		return canonicalNumber(value.String())
	case string:
		return canonicalNumber(value)
	}
	return value
}

// canonicalNumber leaves whole numbers as they are: as floating-point numbers,
// two large ones could be equal.
func canonicalNumber(text string) string {
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return strconv.FormatInt(whole, 10)
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(number, 'g', -1, 64)
	}
	return text
}
