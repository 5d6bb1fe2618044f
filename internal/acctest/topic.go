package acctest

import (
	"context"
	"testing"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// LimitRecords sets the maximum record size of a topic, in bytes. A connector
// whose row is rejected for that fails: no release of Kafka Connect or Debezium
// retries.
func LimitRecords(t *testing.T, stack *stackfile.Stack, topic, bytes string) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(stack.Kafka.BootstrapServers()))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	limit := kmsg.NewIncrementalAlterConfigsRequestResourceConfig()
	limit.Name, limit.Op, limit.Value = "max.message.bytes", kmsg.IncrementalAlterConfigOpSet, &bytes
	resource := kmsg.NewIncrementalAlterConfigsRequestResource()
	resource.ResourceType, resource.ResourceName = kmsg.ConfigResourceTypeTopic, topic
	resource.Configs = append(resource.Configs, limit)
	request := kmsg.NewPtrIncrementalAlterConfigsRequest()
	request.Resources = append(request.Resources, resource)
	response, err := request.RequestWith(context.Background(), client)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range response.Resources {
		if r.ErrorCode != 0 {
			t.Fatalf("max.message.bytes=%s on %s: error %d", bytes, r.ResourceName, r.ErrorCode)
		}
	}
}
