package cluster

import (
	"slices"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

func TestRefusals(t *testing.T) {
	c := New(nil, Options{Secrets: &redact.Set{}})
	c.Secrets.Add("s3cret")
	answer := func(property string, messages ...string) kafkaconnect.ConfigInfo {
		return kafkaconnect.ConfigInfo{Value: &kafkaconnect.ConfigValueInfo{Name: property, Errors: messages}}
	}
	verdict := &kafkaconnect.ConfigInfos{Configs: []kafkaconnect.ConfigInfo{
		{}, // an alias without a value, as Debezium 3.5 and 3.6 answer
		answer("slot.name", "The 'slot.name' value is invalid: resolved-slot"),
		answer("mongodb.connection.string", "Unable to connect: mongodb://u:p@h"),
		answer("database.port", "b", "a", "b"),
		answer("database.hostname", "no answer for s3cret", "The 'database.hostname' value is invalid: h"),
		answer("topic.prefix"),
	}}
	config := kafkaconnect.Config{"slot.name": "${env:SLOT}", "mongodb.connection.string": "${env:MONGO}", "database.hostname": "h"}
	const left = " (the worker's message is left out, since it may quote that value)."
	want := []Refusal{
		{"database.hostname", "The 'database.hostname' value is invalid: h", false},
		{"database.hostname", "no answer for (sensitive)", true},
		{"database.port", "a", false},
		{"database.port", "b", false},
		{"mongodb.connection.string", "The worker couldn't connect with the value that the reference stands for" + left, true},
		{"slot.name", "The worker rejected the value that the reference stands for" + left, false},
	}
	if got := c.Refusals(verdict, config); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
