package signal

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/sasl"
)

// Access describes how to reach the brokers from this machine.
type Access struct {
	Brokers []string
	TLS     *tls.Config    // nil: plain text
	SASL    sasl.Mechanism // nil: none
}

// Send writes a signal where the channel's connector reads it, and returns its
// offset there. It never creates a topic. Errors say what to do.
func Send(ctx context.Context, a Access, c *Channel, value []byte) (int64, error) {
	dials := &dials{failed: map[string]error{}}
	options := []kgo.Opt{
		kgo.ClientID("terraform-provider-debezium"),
		kgo.SeedBrokers(a.Brokers...),
		kgo.WithHooks(dials),
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.DisableClientMetrics(),
	}
	if a.TLS != nil {
		options = append(options, kgo.DialTLSConfig(a.TLS))
	}
	if a.SASL != nil {
		options = append(options, kgo.SASL(a.SASL))
	}
	client, err := kgo.NewClient(options...)
	if err != nil {
		return 0, fmt.Errorf("the Kafka client can't be created: %w", err)
	}
	defer client.Close()
	// Only closing the client abandons a record that has been handed over.
	defer context.AfterFunc(ctx, client.Close)()
	if err := client.Ping(ctx); err != nil {
		return 0, dials.explain(ctx, err)
	}
	if err := hasTopic(ctx, client, c.Topic); err != nil {
		return 0, dials.explain(ctx, err)
	}
	record := &kgo.Record{Topic: c.Topic, Partition: 0, Key: []byte(c.Key), Value: value}
	if err := client.ProduceSync(ctx, record).FirstErr(); err != nil {
		return 0, dials.explain(ctx, err)
	}
	return record.Offset, nil
}

// hasTopic ensures that the topic exists; otherwise producing a record would
// create it if the brokers auto-create topics.
func hasTopic(ctx context.Context, client *kgo.Client, topic string) error {
	request := kmsg.NewPtrMetadataRequest()
	named := kmsg.NewMetadataRequestTopic()
	named.Topic = &topic
	request.Topics = append(request.Topics, named)
	response, err := request.RequestWith(ctx, client)
	if err != nil {
		return err
	}
	for _, t := range response.Topics {
		if err := kerr.ErrorForCode(t.ErrorCode); err != nil && !kerr.IsRetriable(err) || errors.Is(err, kerr.UnknownTopicOrPartition) {
			return err
		}
	}
	return nil
}

// dials records why each broker couldn't be reached.
type dials struct {
	mu     sync.Mutex
	failed map[string]error
}

// OnBrokerConnect implements kgo.HookBrokerConnect.
func (d *dials) OnBrokerConnect(broker kgo.BrokerMetadata, _ time.Duration, _ net.Conn, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	address := net.JoinHostPort(broker.Host, fmt.Sprint(broker.Port))
	if delete(d.failed, address); err != nil {
		d.failed[address] = err
	}
}

// advice lists what to do about the errors that brokers return.
var advice = []struct {
	kind error
	text string
}{
	{kerr.UnknownTopicOrPartition, "Kafka has no such topic. Create it with one partition: if the brokers don't create topics automatically, the connector waits for it."},
	{kerr.TopicAuthorizationFailed, "The action's user may not write to the topic. Allow it Describe and Write."},
	{kerr.ClusterAuthorizationFailed, "The action's user may not write idempotently. Allow it IdempotentWrite on the cluster, which brokers before 2.8 require."},
	{kerr.SaslAuthenticationFailed, "The brokers rejected the credentials. Check username, password and mechanism in sasl."},
	{kerr.UnsupportedSaslMechanism, "The brokers don't support this mechanism. Set another one in sasl."},
	{kerr.IllegalSaslState, "This listener doesn't accept credentials. Remove sasl, or use another listener in bootstrap_servers."},
}

// explain adds to an error what it means.
func (d *dials) explain(ctx context.Context, err error) error {
	for _, a := range advice {
		if errors.Is(err, a.kind) {
			return fmt.Errorf("%w\n\n%s", err, a.text)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var unreachable []string
	for _, address := range slices.Sorted(maps.Keys(d.failed)) {
		for _, a := range advice {
			if errors.Is(d.failed[address], a.kind) {
				return fmt.Errorf("%w\n\n%s", d.failed[address], a.text)
			}
		}
		unreachable = append(unreachable, fmt.Sprintf("  %s: %s", address, d.failed[address]))
	}
	switch {
	case len(unreachable) > 0:
		return fmt.Errorf("brokers can't be reached from here:\n\n%s\n\n"+
			"Set bootstrap_servers to brokers that this machine can reach; it must also reach the addresses that they advertise. "+
			"A listener with TLS requires tls, one without TLS doesn't allow it, and one with SASL requires sasl with valid credentials", strings.Join(unreachable, "\n"))
	case ctx.Err() != nil:
		return fmt.Errorf("the brokers didn't answer in time (%w), so it isn't known whether the signal was written", context.Cause(ctx))
	}
	return err
}
